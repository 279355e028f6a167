import type ExcelJS from 'exceljs';
import { words, type Words } from '../../domain/text.js';
import type { RowReport } from '../../domain/row-report.js';
import { excerpt, readCell } from './workbook-cell.js';
import type { WorkbookColumn, WorkbookSheet } from './workbook-columns.js';
import { parseIdentity, rowMarks, workbookVersion, type WorkbookIdentity } from './workbook-identity.js';
import type { PlanWorkbookRegister } from './workbook-register.js';

/** A sheet recognised by its hidden head row. */
export interface FoundSheet {
  readonly page: ExcelJS.Worksheet;
  readonly identity: WorkbookIdentity;
  readonly headRow: number;
  /** The hidden column that says what a row is. */
  readonly markColumn: number;
}

/** A sheet with its columns where they now stand. */
export interface LocatedSheet extends FoundSheet {
  readonly sheet: WorkbookSheet;
  readonly columns: readonly (WorkbookColumn & { readonly at: number })[];
  readonly firstRow: number;
}

/** Rows somebody may have put above the hidden head row before it is no longer looked for. */
const searchedRows = 10;

const textAt = (page: ExcelJS.Worksheet, row: number, column: number): string => {
  const reading = readCell(page.findRow(row)?.findCell(column));
  return reading.what === 'text' ? reading.text : '';
};

/** The sheets of ours among those of a file, by the text in their hidden head row. */
export function findSheets(pages: readonly ExcelJS.Worksheet[]): FoundSheet[] {
  return pages.flatMap((page): FoundSheet[] => {
    const width = page.columnCount;
    for (let row = 1; row <= Math.min(searchedRows, page.rowCount); row += 1) {
      for (let column = 1; column <= width; column += 1) {
        const identity = parseIdentity(textAt(page, row, column));
        if (identity !== null) return [{ page, identity, headRow: row, markColumn: column }];
      }
    }
    return [];
  });
}

/** Why a recognised workbook is not this case's: another layout, unit, year or case. null where it is. */
export function foreignWorkbook({ version, unit, year, caseId }: WorkbookIdentity, register: PlanWorkbookRegister): { code: string; sentence: Words } | null {
  if (version !== workbookVersion) {
    return { code: 'other-version', sentence: words('这个工作簿的版式与现在的不同，请重新下载。', 'This workbook has another layout than the present one; download it anew.') };
  }
  if (unit !== register.unit.code) {
    const owner = register.elsewhere.get(unit) ?? unit;
    return { code: 'other-unit', sentence: words(`这是${owner}的工作簿，不是${register.unit.name}的，不能导入。`, `This is the workbook of ${owner}, not of ${register.unit.name}.`) };
  }
  if (year !== register.year) {
    return { code: 'other-year', sentence: words(`这是 ${year} 年度的工作簿，本案卷是 ${register.year} 年度。要用上年内容请用“沿用上年”。`, `This is the workbook of ${year}; this case is of ${register.year}. To start from last year use “carry over”.`) };
  }
  if (caseId === register.caseId) return null;
  return { code: 'other-case', sentence: words('这是另一个案卷的工作簿，请从本案卷重新下载。', 'This is the workbook of another case; download it from this one.') };
}

/** Finds every column by its hidden field name. A missing or doubled column is a defect with its name; columns of the clerk's own are noted. */
export function locateColumns(found: FoundSheet, sheet: WorkbookSheet): { located: LocatedSheet; rows: RowReport[] } {
  const { page, headRow, markColumn } = found;
  const places = new Map<string, number[]>();
  const own: number[] = [];
  const width = page.columnCount;
  for (let column = 1; column <= width; column += 1) {
    const id = textAt(page, headRow, column);
    if (column === markColumn) continue;
    if (sheet.columns.some((one) => one.id === id)) places.set(id, [...(places.get(id) ?? []), column]);
    else own.push(column);
  }
  const firstRow = headsRow(found) + 1;
  const line = (level: RowReport['level'], column: Words | null, read: string, code: string, zh: string, en: string): RowReport => (
    { level, sheet: page.name, row: 0, cell: '', column, read, code, sentence: words(zh, en) });
  const rows = sheet.columns.flatMap(({ id, head }): RowReport[] => {
    const at = places.get(id) ?? [];
    if (at.length === 0) return [line('defect', head, '', 'missing-column', `“${page.name}”表缺“${head.zh}”一列，请用下载的工作簿填写，不要删列。`, `The sheet “${page.name}” lacks the column “${head.en}”; use the downloaded workbook and delete no columns.`)];
    return at.length === 1 ? [] : [line('defect', head, '', 'doubled-column', `“${page.name}”表的“${head.zh}”有 ${at.length} 列，请只留一列。`, `The sheet “${page.name}” has the column “${head.en}” ${at.length} times; keep one.`)];
  });
  const unknown = own.flatMap((column): RowReport[] => {
    const head = textAt(page, firstRow - 1, column);
    return head === '' ? [] : [line('note', null, excerpt(head), 'own-column', `“${excerpt(head)}”不是表内的列，没有读入。`, `“${excerpt(head)}” is no column of this sheet and was not read.`)];
  });
  const columns = sheet.columns.flatMap((column) => (places.get(column.id) ?? []).slice(0, 1).map((at) => ({ ...column, at })));
  return { located: { ...found, sheet, columns, firstRow }, rows: [...rows, ...unknown] };
}

/** The row of the visible heads: marked in the hidden column, else the one under the hidden row. */
function headsRow({ page, headRow, markColumn }: FoundSheet): number {
  for (let row = headRow + 1; row <= headRow + searchedRows; row += 1) if (textAt(page, row, markColumn) === rowMarks.heads) return row;
  return headRow + 1;
}
