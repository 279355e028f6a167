import ExcelJS from 'exceljs';
import { readPlanWorkbook } from '../../../../src/content/workbook/read-plan-workbook.js';
import { writePlanWorkbook } from '../../../../src/content/workbook/write-plan-workbook.js';
import type { PlanWorkbookRegister } from '../../../../src/content/workbook/workbook-register.js';
import { registerOf, writtenAt } from './jinan-plans.js';
import { altered, defectsOf, patched, plan, projects, projectsPart, register, township, zipped } from './spoil-workbook.js';

describe('a workbook of somebody else', () => {
  it.each([
    ['another unit', registerOf('370103'), 'other-unit', '这是市中区的工作簿'],
    ['another year', { ...register, year: 2025 }, 'other-year', '2025 年度'],
    ['another case', { ...register, caseId: '01990000-0000-7000-8000-000000000002' }, 'other-case', '另一个案卷'],
  ])('of %s is refused', async (_what, theirs, code, sentence) => {
    const defects = await defectsOf(await writePlanWorkbook({}, theirs as PlanWorkbookRegister, writtenAt));
    expect(defects).toHaveLength(1);
    expect([defects[0]!.code, defects[0]!.sentence.zh]).toEqual([code, expect.stringContaining(sentence)]);
  });

  it('of another layout is refused instead of misread', async () => {
    const alter = (book: ExcelJS.Workbook) => { const cell = projects(book).getCell(1, 1); cell.value = String(cell.value).replace('/1;', '/2;'); };
    expect((await defectsOf(await altered(alter))).map(({ code }) => code)).toEqual(['other-version']);
  });
});

describe('a file that is no workbook of ours', () => {
  const foreign = async (): Promise<Buffer> => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('建设项目').addRow(['平台级别', '名称']);
    return Buffer.from(await book.xlsx.writeBuffer());
  };
  const parts: [string, Buffer][] = [['xl/workbook.xml', Buffer.from('<workbook/>')], ['xl/_rels/workbook.xml.rels', Buffer.from('<Relationships/>')]];
  const mergedEverywhere = Buffer.from('<worksheet><sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>');

  it.each<[string, () => Promise<Buffer>, string]>([
    ['zero bytes', async () => Buffer.alloc(0), 'empty'],
    ['an old .xls', async () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old-or-locked'],
    ['a .csv', async () => Buffer.from('平台级别,名称\n大厅,一\n'), 'no-workbook'],
    ['a ZIP that is no workbook', () => zipped([['读我.txt', Buffer.from('hello')]]), 'no-workbook'],
    ['half a file', async () => (await foreign()).subarray(0, 3000), 'broken-archive'],
    ['a workbook from elsewhere', foreign, 'not-our-workbook'],
    ['a workbook with macros', () => zipped([...parts, ['xl/vbaProject.bin', Buffer.from('x')]]), 'macros'],
    ['60 MB of blanks packed into 60 kB', () => zipped([...parts, ['xl/worksheets/sheet1.xml', Buffer.alloc(60 * 1024 * 1024, 32)]]), 'unpacks-too-large'],
    ['one merged range over the whole sheet', () => zipped([...parts, ['xl/worksheets/sheet1.xml', mergedEverywhere]]), 'unpacks-too-large'],
    ['XML that is none', () => zipped([...parts, ['xl/worksheets/sheet1.xml', Buffer.from('<worksheet><sheetData><row')]]), 'unreadable-workbook'],
    ['eleven megabytes', async () => Buffer.alloc(11 * 1024 * 1024, 80), 'too-large'],
  ])('%s is refused in one sentence', async (_what, make, code) => {
    const read = await readPlanWorkbook(await make(), register);
    expect([read.sections, read.rows.map((row) => row.code)]).toEqual([null, [code]]);
    expect(read.rows[0]!.sentence.zh).toMatch(/[。]$/);
  }, 30_000);

  it('names and validations over a million cells do not stop the process', async () => {
    const everywhere = "<definedNames><definedName name=\"all\">'建设项目'!$A$1:$XFD$1048576</definedName></definedNames>";
    const names = await patched('xl/workbook.xml', (xml) => xml.replace(/<definedNames>.*<\/definedNames>/, '').replace('<calcPr', `${everywhere}<calcPr`));
    expect((await readPlanWorkbook(names, register)).sections).toEqual(plan);
    const rules = await patched(projectsPart, (xml) => xml.replace(/sqref="[^"]*"/g, 'sqref="A1:XFD1048576"'));
    expect((await readPlanWorkbook(rules, register)).sections).toEqual(plan);
  }, 30_000);

  it('a row beyond the last one Excel has is refused, not counted up to', async () => {
    const bytes = await patched(projectsPart, (xml) => xml.replace('</sheetData>', '<row r="4000000000"><c r="A4000000000" t="str"><v>x</v></c></row></sheetData>'));
    expect((await defectsOf(bytes)).map(({ code }) => code)).toEqual(['unreadable-workbook']);
  });
});

describe('very many rows', () => {
  const stations = (count: number) => Array.from({ length: count }, (_, index) => ({ tier: 'station', placeCode: String(370102001000 + index), name: `站${index}`, type: 'new', grossArea: '60' }));
  const registerOfMany = (count: number): PlanWorkbookRegister => (
    { ...register, villages: new Map(stations(count).map(({ placeCode, name }) => [placeCode, { name, township }])) });

  it('10,000 are read', async () => {
    const many = registerOfMany(10_000);
    const read = await readPlanWorkbook(await writePlanWorkbook({ premises: { projects: stations(10_000) } }, many, writtenAt), many);
    expect(read.sections?.premises?.projects).toHaveLength(10_000);
  }, 120_000);

  it('one more is one sentence, not ten thousand', async () => {
    const many = registerOfMany(10_001);
    const read = await readPlanWorkbook(await writePlanWorkbook({ premises: { projects: stations(10_001) } }, many, writtenAt), many);
    expect([read.sections, read.rows.filter(({ level }) => level === 'defect').map(({ code }) => code)]).toEqual([null, ['too-many-rows']]);
  }, 120_000);

  it('with a defect in each are listed up to a thousand, and the rest is counted', async () => {
    const sections = { premises: { projects: stations(1500).map((one) => ({ ...one, grossArea: '-1' })) } };
    const many = registerOfMany(1500);
    const { rows } = await readPlanWorkbook(await writePlanWorkbook(sections, many, writtenAt), many);
    const defects = rows.filter(({ level }) => level === 'defect');
    expect([defects.length, defects.at(-1)!.sentence.zh]).toEqual([1001, expect.stringContaining('另有 500 处')]);
  }, 60_000);

  it('of phases beyond what the section holds are refused', async () => {
    const phases = Array.from({ length: 61 }, (_, index) => ({ name: `第${index}步`, from: '2026-09-01', to: '2026-09-30' }));
    const defects = await defectsOf(await writePlanWorkbook({ schedule: { phases } }, register, writtenAt));
    expect(defects.map(({ code, sentence }) => [code, sentence.zh])).toEqual([['too-many-rows', '“实施步骤”表有 61 行，最多 60 行。']]);
  });
});
