import type ExcelJS from 'exceljs';
import { readPlanWorkbook } from '../../../../src/content/workbook/read-plan-workbook.js';
import { altered, areaCell, center, columnOf, defectsOf, only, patched, plan, projects, projectsPart, register, set } from './spoil-workbook.js';

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
    ['a choice with half-width brackets and in English', 'tier', 'Service hall', 'hall'],
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
