import ExcelJS from 'exceljs';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { readPlanWorkbook } from '../../../../src/content/workbook/read-plan-workbook.js';
import { writePlanWorkbook } from '../../../../src/content/workbook/write-plan-workbook.js';
import type { PlanWorkbookRegister, TypedSections } from '../../../../src/content/workbook/workbook-register.js';
import { registerOf, writtenAt } from './jinan-plans.js';

export const register = registerOf('370102');
export const township = '370102001';
const hall = { tier: 'hall', placeCode: '370102', name: '历下区大厅', kind: 'new', type: 'new', grossArea: '4000', money: '1200.5', plannedFinish: '2026-12-01' };
export const center = { tier: 'center', placeCode: township, name: '解放路街道中心', kind: 'new', type: 'new', grossArea: '300', usableArea: '280' };
const line = { category: 'constructionFund', city: '0', district: '1200.5', township: '0', total: '1200.5' };
export const plan: TypedSections = { premises: { projects: [hall, center] }, funds: { lines: [line], total: '1200.5' }, schedule: { phases: [{ name: '实施', from: '2026-09-01', to: '2026-12-31' }] } };

/** The plan's workbook after a clerk's hand was on it. */
export async function altered(alter: (book: ExcelJS.Workbook) => void, sections = plan, own: PlanWorkbookRegister = register): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await writePlanWorkbook(sections, own, writtenAt)) as unknown as ExcelJS.Buffer, { ignoreNodes: ['dataValidations'] });
  alter(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

export const projects = (book: ExcelJS.Workbook): ExcelJS.Worksheet => book.getWorksheet('建设项目')!;
export const columnOf = (page: ExcelJS.Worksheet, id: string): number => (page.getRow(1).values as string[]).indexOf(id);
export const set = (id: string, value: ExcelJS.CellValue, row = 3) => (book: ExcelJS.Workbook) => {
  const cell = projects(book).getRow(row).getCell(columnOf(projects(book), id));
  cell.value = value;
  // A style of its own: cells of one column share one.
  if (value instanceof Date) cell.style = { ...cell.style, numFmt: 'yyyy-mm-dd' };
};
export const defectsOf = async (bytes: Buffer, own = register) => {
  const { rows, sections } = await readPlanWorkbook(bytes, own);
  const defects = rows.filter(({ level }) => level === 'defect');
  expect(sections === null).toBe(defects.length > 0);
  return defects;
};
export const only = async (alter: (book: ExcelJS.Workbook) => void) => {
  const defects = await defectsOf(await altered(alter));
  expect(defects).toHaveLength(1);
  return defects[0]!;
};

export const zipped = async (files: [string, Buffer][]) => {
  const zip = new ZipFile();
  for (const [name, bytes] of files) zip.addBuffer(bytes, name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** The workbook with one part edited as bytes: what no library would write. */
export async function patched(part: string, edit: (xml: string) => string): Promise<Buffer> {
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
export const projectsPart = 'xl/worksheets/sheet2.xml';
/** Replaces the gross area of row 3. */
export const areaCell = (xml: string) => (found: string) => found.replace(/<c r="G3"[^>]*>.*?<\/c>/, xml);
