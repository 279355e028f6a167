import ExcelJS from 'exceljs';
import type { PlanType } from '../../../workflows/forms/plan-sections.js';
import { cellValue, formatOf } from './cell-value.js';
import { guidanceLines } from './guidance-lines.js';
import { placesOf } from './prefilled-places.js';
import { grandTotal, workbookSheets, type WorkbookColumn, type WorkbookSheet } from './workbook-columns.js';
import { identityText, rowMarks } from './workbook-identity.js';
import type { PlanWorkbookRegister, TypedSections } from './workbook-register.js';

type Row = Readonly<Record<string, unknown>>;
type MarkedRow = { readonly mark: string; readonly row: Row };

/** Rows 1 and 2 are the hidden fields and the heads; data begin in the third. */
const firstRow = 3;
const placesSheet = '区划代码';
const headFill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EEF7' } } as const;
const bold = { name: '宋体', size: 11, bold: true } as const;
const paper = { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 } as const;
const widths: Readonly<Record<string, number>> = { name: 38, placeCode: 16, justification: 36, approval: 24, task: 48, tier: 22, category: 18 };

/**
 * A plan as a workbook to fill in and bring back: what was typed so far, and a prepared row for each place of the unit that has no project yet.
 * @param plan sections as typed (m², 万元); `typedPlan` turns a frozen plan into them. What cannot be read as a figure is written as it was typed
 * @param writtenAt the day the workbook says it was made on
 */
export async function writePlanWorkbook(plan: TypedSections, register: PlanWorkbookRegister, writtenAt: Date): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  Object.assign(workbook, { creator: 'Yanshou', created: writtenAt, modified: writtenAt });
  writeGuidance(workbook, plan, register);
  const places = placesOf(register);
  for (const sheet of workbookSheets(register.pack)) writeSheet(workbook, sheet, rowsOf(sheet, plan, places), register, places.length);
  writePlaces(workbook, places);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function rowsOf({ id, section, list }: WorkbookSheet, plan: TypedSections, places: ReturnType<typeof placesOf>): MarkedRow[] {
  const own = ((plan[section]?.[list] ?? []) as Row[]).map((row): MarkedRow => ({ mark: rowMarks.plan, row }));
  if (id === 'phases') return own;
  if (id === 'funds') return [...own, { mark: rowMarks.plan, row: { category: 'grandTotal', total: plan.funds?.total } }];
  const taken = new Set(own.map(({ row }) => `${row.tier}:${row.placeCode}`));
  const free = places.filter(({ tier, placeCode }) => !taken.has(`${tier}:${placeCode}`));
  return [...own, ...free.map(({ tier, placeCode, name }): MarkedRow => ({ mark: rowMarks.prefilled, row: { tier, placeCode, name } }))];
}

function writeSheet(workbook: ExcelJS.Workbook, sheet: WorkbookSheet, rows: readonly MarkedRow[], register: PlanWorkbookRegister, places: number): void {
  const frozen = sheet.columns.filter(({ key }) => key).length;
  const page = workbook.addWorksheet(sheet.name.zh, { views: [{ state: 'frozen', ySplit: 2, xSplit: frozen + 1 }], pageSetup: paper });
  const reach = Math.min(sheet.mostRows, rows.length + 500) + firstRow - 1;
  page.getCell(1, 1).value = identityText(sheet.id, register);
  page.getCell(2, 1).value = rowMarks.heads;
  page.getRow(1).hidden = true;
  page.getColumn(1).hidden = true;
  sheet.columns.forEach((column, index) => writeColumn(page, column, index + 2, reach, places));
  page.getRow(2).height = 48;
  page.autoFilter = { from: { row: 2, column: 2 }, to: { row: Math.max(rows.length, 1) + firstRow - 1, column: sheet.columns.length + 1 } };
  rows.forEach(({ mark, row }, index) => {
    const line = page.getRow(firstRow + index);
    line.getCell(1).value = mark;
    sheet.columns.forEach((column, at) => {
      const value = cellValue(column, row[column.id]);
      if (value !== null) line.getCell(at + 2).value = value;
    });
  });
}

function writeColumn(page: ExcelJS.Worksheet, column: WorkbookColumn, at: number, reach: number, places: number): void {
  const whole = page.getColumn(at);
  whole.width = widths[column.id] ?? 14;
  whole.numFmt = formatOf(column.kind);
  page.getCell(1, at).value = column.id;
  const head = page.getCell(2, at);
  head.value = column.head.zh;
  head.font = bold;
  head.fill = headFill;
  head.alignment = { wrapText: true, vertical: 'middle' };
  const options = column.kind === 'flag' ? ['是', '否'] : column.options.map(({ words }) => words.zh);
  const list = column.id === 'placeCode' ? `'${placesSheet}'!$B$2:$B$${places + 1}` : `"${options.join(',')}"`;
  if (options.length === 0 && column.id !== 'placeCode') return;
  const letter = page.getColumn(at).letter;
  validationsOf(page).add(`${letter}${firstRow}:${letter}${reach}`, {
    type: 'list', allowBlank: true, formulae: [list], showErrorMessage: true, errorStyle: 'warning', errorTitle: '请核对', error: '请从下拉列表中选择。',
  });
}

/** The library can validate ranges, which its types do not say. */
const validationsOf = (page: ExcelJS.Worksheet) => (page as unknown as { dataValidations: { add(range: string, rule: ExcelJS.DataValidation): void } }).dataValidations;

function writeGuidance(workbook: ExcelJS.Workbook, plan: TypedSections, register: PlanWorkbookRegister): void {
  const page = workbook.addWorksheet('说明');
  page.getColumn(1).width = 24;
  page.getColumn(2).width = 92;
  const planType = plan.basics?.planType as PlanType | undefined;
  guidanceLines(register, planType, grandTotal.zh).forEach(([name, text], index) => {
    const line = page.getRow(index + 1);
    line.values = [name, text];
    line.getCell(1).font = bold;
    line.getCell(2).alignment = { wrapText: true, vertical: 'top' };
  });
}

function writePlaces(workbook: ExcelJS.Workbook, places: ReturnType<typeof placesOf>): void {
  const page = workbook.addWorksheet(placesSheet, { views: [{ state: 'frozen', ySplit: 1 }] });
  const tierNames = { hall: '区县（功能区）', center: '街道、乡镇', station: '社区、行政村' } as const;
  page.columns = [{ width: 16 }, { width: 16 }, { width: 32 }, { width: 24 }];
  page.addRow(['级别', '代码', '名称', '所属街道、乡镇']).font = bold;
  for (const { tier, placeCode, place, township } of places) page.addRow([tierNames[tier], placeCode, place, township]);
}
