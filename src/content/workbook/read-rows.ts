import { words, type Words } from '../../domain/text.js';
import type { LocatedSheet } from './locate-columns.js';
import { readValue } from './read-value.js';
import type { RowReport } from '../../domain/row-report.js';
import { excerpt, readCell, type CellReading } from './workbook-cell.js';
import type { WorkbookColumn } from './workbook-columns.js';
import { rowMarks } from './workbook-identity.js';

type Placed = WorkbookColumn & { readonly at: number };

/** One row as typed. */
export interface TypedRow {
  readonly row: number;
  readonly values: Readonly<Record<string, string | boolean>>;
}

export interface ReadSheet {
  readonly typed: readonly TypedRow[];
  readonly rows: readonly RowReport[];
}

interface FoundRow {
  readonly row: number;
  readonly readings: readonly CellReading[];
}

/** A line of the report about one cell of a sheet. */
export function cellLine(found: LocatedSheet, row: number, column: Placed, level: RowReport['level'], read: string, code: string, sentence: Words): RowReport {
  const cell = `${found.page.getColumn(column.at).letter}${row}`;
  return { level, sheet: found.page.name, row, cell, column: column.head, read: excerpt(read), code, sentence };
}

/** Reads the rows of a sheet one by one. More rows than the pack allows are one sentence, not thousands. */
export function readRows(found: LocatedSheet): ReadSheet {
  const { page, sheet } = found;
  const { filled, unused } = filledRows(found);
  const line = (level: RowReport['level'], code: string, zh: string, en: string): RowReport => (
    { level, sheet: page.name, row: 0, cell: '', column: null, read: '', code, sentence: words(zh, en) });
  if (filled.length > sheet.mostRows) {
    return { typed: [], rows: [line('defect', 'too-many-rows', `“${page.name}”表有 ${filled.length} 行，一次最多导入 ${sheet.mostRows} 行。`, `The sheet “${page.name}” has ${filled.length} rows; at most ${sheet.mostRows} are imported at once.`)] };
  }
  const read = filled.map((one) => readRow(found, one));
  const note = line('note', 'unused-rows', `预填而没有再填内容的 ${unused} 行没有列入。`, `${unused} prepared rows without further entries were left out.`);
  return { typed: read.map(({ typed }) => typed), rows: [...(unused > 0 ? [note] : []), ...read.flatMap(({ rows }) => rows)] };
}

/** Rows with something in them; prepared rows that say no more than which place they are for are not among them. */
function filledRows({ page, columns, markColumn, firstRow }: LocatedSheet): { filled: FoundRow[]; unused: number } {
  const filled: FoundRow[] = [];
  let unused = 0;
  for (let row = firstRow; row <= page.rowCount; row += 1) {
    const line = page.findRow(row);
    const readings = line === undefined ? [] : columns.map(({ at }) => readCell(line.findCell(at)));
    if (readings.every(({ what }) => what === 'blank')) continue;
    const mark = readCell(line!.findCell(markColumn));
    const prepared = mark.what === 'text' && mark.text === rowMarks.prefilled;
    if (prepared && readings.every(({ what }, index) => columns[index]!.key || what === 'blank')) unused += 1;
    else filled.push({ row, readings });
  }
  return { filled, unused };
}

function readRow(found: LocatedSheet, { row, readings }: FoundRow): { typed: TypedRow; rows: RowReport[] } {
  const values: Record<string, string | boolean> = {};
  const rows = found.columns.flatMap((column, index): RowReport[] => {
    const reading = readings[index]!;
    const seen = reading.what === 'blank' ? '' : reading.text;
    const value = readValue(column, reading);
    if (!value.ok) return [cellLine(found, row, column, 'defect', seen, value.defect.code, value.defect.sentence)];
    if (value.value !== undefined) values[column.id] = value.value;
    return value.value === undefined ? missing(found, row, column) : [];
  });
  return { typed: { row, values }, rows };
}

/** A draft may have gaps, so an empty cell is only noted – unless nobody could tell what the row is about. */
function missing(found: LocatedSheet, row: number, column: Placed): RowReport[] {
  if (column.schema.safeParse(undefined).success) return [];
  const { head } = column;
  return [cellLine(found, row, column, column.key ? 'defect' : 'note', '', 'missing', column.key
    ? words(`请填写${head.zh}。不要的行请整行清空。`, `Please fill in: ${head.en}. Clear the whole row if it is not wanted.`)
    : words(`${head.zh}还没有填，可以以后再补。`, `${head.en} is still empty; it can be entered later.`))];
}
