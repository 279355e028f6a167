import ExcelJS from 'exceljs';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { readPlanWorkbook } from '../../../../src/content/workbook/read-plan-workbook.js';
import { writePlanWorkbook } from '../../../../src/content/workbook/write-plan-workbook.js';
import type { PlanWorkbookRegister, TypedSections } from '../../../../src/content/workbook/workbook-register.js';
import { registerOf, writtenAt } from './jinan-plans.js';

const register = registerOf('370102');
const township = '370102001';
const hall = { tier: 'hall', placeCode: '370102', name: '历下区大厅', kind: 'new', type: 'new', grossArea: '4000', money: '1200.5', plannedFinish: '2026-12-01' };
const center = { tier: 'center', placeCode: township, name: '解放路街道中心', kind: 'new', type: 'new', grossArea: '300', usableArea: '280' };
const line = { category: 'constructionFund', city: '0', district: '1200.5', township: '0', total: '1200.5' };
const plan: TypedSections = { premises: { projects: [hall, center] }, funds: { lines: [line], total: '1200.5' }, schedule: { phases: [{ name: '实施', from: '2026-09-01', to: '2026-12-31' }] } };

/** The plan's workbook after a clerk's hand was on it. */
async function altered(alter: (book: ExcelJS.Workbook) => void, sections = plan, own: PlanWorkbookRegister = register): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await writePlanWorkbook(sections, own, writtenAt)) as unknown as ExcelJS.Buffer, { ignoreNodes: ['dataValidations'] });
  alter(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

const projects = (book: ExcelJS.Workbook): ExcelJS.Worksheet => book.getWorksheet('建设项目')!;
const columnOf = (page: ExcelJS.Worksheet, id: string): number => (page.getRow(1).values as string[]).indexOf(id);
const set = (id: string, value: ExcelJS.CellValue, row = 3) => (book: ExcelJS.Workbook) => {
  const cell = projects(book).getRow(row).getCell(columnOf(projects(book), id));
  cell.value = value;
  // A style of its own: cells of one column share one.
  if (value instanceof Date) cell.style = { ...cell.style, numFmt: 'yyyy-mm-dd' };
};
const defectsOf = async (bytes: Buffer, own = register) => {
  const { rows, sections } = await readPlanWorkbook(bytes, own);
  const defects = rows.filter(({ level }) => level === 'defect');
  expect(sections === null).toBe(defects.length > 0);
  return defects;
};
const only = async (alter: (book: ExcelJS.Workbook) => void) => {
  const defects = await defectsOf(await altered(alter));
  expect(defects).toHaveLength(1);
  return defects[0]!;
};

const zipped = async (files: [string, Buffer][]) => {
  const zip = new ZipFile();
  for (const [name, bytes] of files) zip.addBuffer(bytes, name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** The workbook with one part edited as bytes: what no library would write. */
async function patched(part: string, edit: (xml: string) => string): Promise<Buffer> {
  const zip = await fromBufferPromise(await writePlanWorkbook(plan, register, writtenAt));
  const files: [string, Buffer][] = [];
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    if (!entry.fileName.endsWith('/')) files.push([entry.fileName, entry.fileName === part ? Buffer.from(edit(bytes.toString('utf8'))) : bytes]);
  }
  return zipped(files);
}
const projectsPart = 'xl/worksheets/sheet2.xml';
/** Replaces the gross area of row 3. */
const areaCell = (xml: string) => (found: string) => found.replace(/<c r="G3"[^>]*>.*?<\/c>/, xml);

describe('a cell that would be misread', () => {
  it.each<[string, string, ExcelJS.CellValue, string]>([
    ['a formula, whatever value it last had', 'grossArea', { formula: 'SUM(1,2)', result: 3 }, '公式'],
    ['a formula of a date', 'plannedFinish', { formula: 'TODAY()', result: new Date('2026-09-01T00:00:00Z') }, '公式'],
    ['an error value', 'money', { error: '#REF!' }, '错误值 #REF!'],
    ['a third decimal', 'grossArea', 199.995, '最多保留 2 位小数'],
    ['a third decimal in full-width digits', 'grossArea', '１９９．９９５', '最多保留 2 位小数'],
    ['a seventh decimal hidden by an exponent', 'money', 1e-7, '最多保留 6 位小数'],
    ['a negative area', 'grossArea', -5, '不能是负数'],
    ['an absurd area', 'grossArea', 1e21, '超过100,000 m²'],
    ['an absurd amount', 'money', 100000.01, '超过100,000.00 万元'],
    ['a word for a figure', 'grossArea', '约三百', '不是数字'],
    ['a blank inside a figure', 'grossArea', '2 000', '不是数字'],
    ['a date where a figure belongs', 'grossArea', new Date('2026-09-01T00:00:00Z'), '被当成了日期'],
    ['a text that Excel made a date of', 'approval', new Date('2026-09-01T00:00:00Z'), '被当成了日期'],
    ['a date that does not exist', 'plannedFinish', '2026-02-30', '不是日期'],
    ['a date with a time', 'plannedFinish', new Date('2026-09-01T08:30:00Z'), '带了时间'],
    ['a choice that is none', 'type', '扩建一点', '只能填：新建，改扩建，易地重建，现有场所达标'],
    ['neither yes nor no', 'streetFront', '大概', '只填“是”或“否”'],
    ['a name that is gone', 'name', null, '请填写平台名称'],
  ])('%s is refused in a sentence that names the cell', async (_what, id, value, sentence) => {
    const defect = await only(set(id, value));
    expect(defect.sentence.zh).toContain(sentence);
    expect(defect.sentence.en).not.toBe('');
    expect([defect.sheet, defect.row, defect.cell]).toEqual(['建设项目', 3, expect.stringMatching(/^[A-Z]+3$/)]);
    expect(defect.column?.zh).toBeTruthy();
  });

  it.each<[string, string, ExcelJS.CellValue, unknown]>([
    ['thousands separators', 'grossArea', '5,236.50', '5,236.50'],
    ['full-width digits and a unit', 'grossArea', '２００㎡', '２００㎡'],
    ['a figure with trailing zeros', 'grossArea', 200.10, '200.1'],
    ['trailing blanks', 'approval', ' 历发改〔2026〕7号　 ', '历发改〔2026〕7号'],
    ['rich text', 'name', { richText: [{ text: '历下区' }, { font: { bold: true }, text: '𠮷堃大厅' }] }, '历下区𠮷堃大厅'],
    ['a linked text', 'name', { text: '大厅', hyperlink: 'https://example.org/' }, '大厅'],
    ['a Chinese date', 'plannedFinish', '2026年9月8日', '2026-09-08'],
    ['an Excel date', 'plannedFinish', new Date('2026-09-08T00:00:00Z'), '2026-09-08'],
    ['a choice with half-width brackets and in English', 'tier', 'District hall', 'hall'],
    ['a true box', 'streetFront', true, true],
    ['a code stored as a number', 'placeCode', 370102, '370102'],
  ])('%s are understood', async (_what, id, value, read) => {
    const reading = await readPlanWorkbook(await altered(set(id, value)), register);
    expect(reading.rows.filter(({ level }) => level === 'defect')).toEqual([]);
    expect(reading.sections?.premises?.projects[0]?.[id]).toEqual(read);
  });

  it.each([
    ['a shared formula', '<c r="G3"><f t="shared" si="0"/><v>4000</v></c>', 'formula'],
    ['a data table', '<c r="G3"><f t="dataTable" ref="G3" r1="A1"/><v>4000</v></c>', 'formula'],
    ['an array formula', '<c r="G3"><f t="array" ref="G3">SUM(1)</f><v>4000</v></c>', 'formula'],
    ['a day stored as text', '<c r="G3" t="d"><v>2026-09-08</v></c>', 'custom'],
    ['no number at all', '<c r="G3"><v>NaN</v></c>', 'custom'],
  ])('%s is never read as the figure beside it', async (_what, xml, code) => {
    const defects = await defectsOf(await patched(projectsPart, areaCell(xml)));
    expect(defects.map((one) => [one.cell, one.code])).toEqual([['G3', code]]);
  });
});

describe('a place that is not the unit’s', () => {
  it.each([['370103002', '市中区'], ['370176', '济南高新区'], ['370102999', '没有 370102999'], ['370102', '与平台级别不符'], ['370102001002', '与平台级别不符']])(
    'code %s for a township centre is refused', async (code, words) => {
      const defects = await defectsOf(await altered(set('placeCode', code, 4)));
      expect(defects.map(({ sentence }) => sentence.zh).join()).toContain(words);
    });

  it('a township listed twice is refused with the row it repeats', async () => {
    const defect = (await defectsOf(await altered(() => undefined, { premises: { projects: [center, { ...center, name: '又一个' }] } })))[0]!;
    expect([defect.row, defect.code, defect.sentence.zh]).toEqual([4, 'duplicate-place', expect.stringContaining('与第 3 行重复')]);
  });
});

describe('a sheet that was rearranged', () => {
  it('is read though columns were moved, heads renamed, sheets renamed and rows put above', async () => {
    const moved = await altered((book) => {
      const page = projects(book);
      const names = columnOf(page, 'name');
      const values = page.getColumn(names).values;
      page.spliceColumns(names, 1);
      const end = page.columnCount + 1;
      page.getColumn(end).values = values;
      page.getRow(2).getCell(end).value = '我们的叫法';
      page.name = '表一';
      page.spliceRows(1, 0, ['历下区填报表']);
    });
    const read = await readPlanWorkbook(moved, register);
    expect(read.rows.filter(({ level }) => level === 'defect')).toEqual([]);
    expect(read.sections).toEqual(plan);
  });

  it('with missing columns names every one of them', async () => {
    const defects = await defectsOf(await altered((book) => {
      const page = projects(book);
      for (const id of ['money', 'grossArea']) page.spliceColumns(columnOf(page, id), 1);
    }));
    expect(defects.map(({ code, column }) => [code, column?.zh])).toEqual([['missing-column', '建筑面积（m²）'], ['missing-column', '投入（万元）']]);
  });

  it('with merged cells names each of them, and takes merged headings', async () => {
    const defects = await defectsOf(await altered((book) => projects(book).mergeCells(3, 6, 4, 6)));
    expect(defects.map(({ cell, code }) => [cell, code])).toEqual([['F3', 'merged'], ['F4', 'merged']]);
    expect(await defectsOf(await altered((book) => { projects(book).spliceRows(1, 0, ['标题']); projects(book).mergeCells(1, 1, 1, 9); }))).toEqual([]);
  });

  it('notes a column of the clerk’s own instead of swallowing it', async () => {
    const { rows, sections } = await readPlanWorkbook(await altered((book) => { projects(book).getCell(2, 30).value = '备注'; projects(book).getCell(3, 30).value = '急'; }), register);
    expect(rows.filter(({ code }) => code === 'own-column').map(({ read }) => read)).toEqual(['备注']);
    expect(sections).toEqual(plan);
  });

  it('skips empty rows between and blank rows after, and reads a row hidden by a filter', async () => {
    const read = await readPlanWorkbook(await altered((book) => {
      projects(book).getRow(4).hidden = true;
      projects(book).insertRow(4, []);
      projects(book).getRow(900).getCell(3).value = '   ';
      projects(book).getRow(5000).getCell(4).font = { bold: true };
    }), register);
    expect(read.sections).toEqual(plan);
  });

  it('that is hidden is not read, and its absence is named', async () => {
    const defects = await defectsOf(await altered((book) => { book.getWorksheet('经费预算')!.state = 'hidden'; }));
    expect(defects.map(({ code, sheet }) => [code, sheet])).toEqual([['missing-sheet', '经费预算']]);
  });

  it('copied within the workbook is not read twice', async () => {
    const defects = await defectsOf(await altered((book) => { book.addWorksheet('副本').getCell(1, 1).value = projects(book).getCell(1, 1).value; }));
    expect(defects.map(({ code }) => code)).toEqual(['doubled-sheet']);
  });

  it('with two grand totals is refused', async () => {
    const defects = await defectsOf(await altered((book) => book.getWorksheet('经费预算')!.addRow([null, '总计', null, null, null, 5])));
    expect(defects.map(({ code }) => code)).toEqual(['doubled-total']);
  });

  it('that was emptied deletes nothing', async () => {
    const read = await readPlanWorkbook(await altered((book) => book.getWorksheet('实施步骤')!.spliceRows(3, 5)), register);
    expect(Object.keys(read.sections!)).toEqual(['premises', 'funds']);
    expect(read.rows.some(({ code, level }) => code === 'empty-sheet' && level === 'note')).toBe(true);
  });
});

describe('one defect', () => {
  it('keeps every other row from being imported, and every defect of a file is listed', async () => {
    const { rows, sections } = await readPlanWorkbook(await altered((book) => { set('grossArea', -1)(book); set('grossArea', 'x', 4)(book); }), register);
    expect(sections).toBeNull();
    expect(rows.filter(({ level }) => level === 'defect').map(({ row }) => row)).toEqual([3, 4]);
  });
});

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
