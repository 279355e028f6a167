import { readArea } from '../../domain/area.js';
import { parseDate } from '../../domain/chinese-date.js';
import { readMoney } from '../../domain/money.js';
import { exactDecimal } from './typed-plan.js';
import type { ColumnKind, WorkbookColumn } from './workbook-columns.js';

const formats: Readonly<Record<ColumnKind, string>> = { text: '@', choice: '@', flag: '@', area: '#,##0.00', money: '#,##0.00####', date: 'yyyy-mm-dd' };

/** The number format of a column. Codes and names are text: 370102001002 keeps its figures. */
export const formatOf = (kind: ColumnKind): string => formats[kind];

/**
 * What was typed as the value of a cell: figures and days as such where they can be read, everything else exactly as it was typed, so that
 * nothing is lost on the way out. null for nothing.
 */
export function cellValue({ kind, options }: WorkbookColumn, typed: unknown): string | number | Date | null {
  if (typed === null || typed === undefined || typed === '') return null;
  if (kind === 'flag') return flagText(typed);
  const text = printable(String(typed));
  if (kind === 'choice') return options.find(({ value }) => value === text)?.words.zh ?? text;
  if (kind === 'area') return figure(readArea('', text, Number.MAX_SAFE_INTEGER), 2) ?? text;
  if (kind === 'money') return figure(readMoney('', text, Number.MAX_SAFE_INTEGER), 6) ?? text;
  const day = kind === 'date' ? parseDate(text) : undefined;
  return day === undefined ? text : new Date(`${day}T00:00:00Z`);
}

function flagText(typed: unknown): string {
  if (typed === true || typed === 'on' || typed === 'true') return '是';
  return typed === false || typed === 'off' || typed === 'false' ? '否' : printable(String(typed));
}

/** Digits a binary float of a cell holds for certain: longer figures stay text. */
const exactDigits = 15;

function figure(read: ReturnType<typeof readArea>, decimals: number): number | null {
  return read.ok && String(read.value).length <= exactDigits ? Number(exactDecimal(read.value, decimals)) : null;
}

/** A text as XML can carry it: signs XML forbids are left out, what looks like an escape of the format is escaped itself. */
const printable = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, '').replace(/_(x[0-9A-Fa-f]{4}_)/g, '_x005F_$1');
