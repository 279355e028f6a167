import { words } from '../../domain/text.js';
import type { LocatedSheet } from './locate-columns.js';
import { cellLine, type ReadSheet, type TypedRow } from './read-rows.js';
import type { RowReport } from '../../domain/row-report.js';

const isTotal = ({ values }: TypedRow): boolean => values.category === 'grandTotal';

/** Parts the line of the grand total from the lines of the budget. It has no lines of its own to be missed; two of them are a defect. */
export function partGrandTotal(found: LocatedSheet, read: ReadSheet): ReadSheet & { readonly total: string | undefined } {
  const totals = read.typed.filter(isTotal);
  const at = new Set(totals.map(({ row }) => row));
  const rows = read.rows.filter(({ row, code }) => !(at.has(row) && code === 'missing'));
  const head = found.columns.find(({ id }) => id === 'category');
  const stated = totals.filter(({ values }) => values.total !== undefined);
  const doubled = head === undefined ? [] : stated.slice(1).map(({ row }): RowReport => cellLine(found, row, head, 'defect', '总计', 'doubled-total', words(
    `第 ${stated[0]!.row} 行已经是总计，请只留一行。`, `Row ${stated[0]!.row} is the grand total already; keep one.`)));
  const parts = totals.flatMap(({ row, values }) => found.columns.filter(({ id }) => id !== 'category' && id !== 'total' && values[id] !== undefined).map((column) => (
    cellLine(found, row, column, 'note', String(values[column.id]), 'only-total', words('总计一行只读合计，这一格没有读入。', 'Of the grand total only the sum is read; this cell was left out.')))));
  return { typed: read.typed.filter((one) => !isTotal(one)), rows: [...rows, ...doubled, ...parts], total: stated[0]?.values.total as string | undefined };
}
