import ExcelJS from 'exceljs';
import { words, type Words } from '../../domain/text.js';

/** A cell as found: nothing, a text (figures in their shortest exact decimal), a day, yes or no, or a reason why it is not taken. */
export type CellReading =
  | { readonly what: 'blank' }
  | { readonly what: 'text'; readonly text: string }
  | { readonly what: 'day'; readonly text: string }
  | { readonly what: 'flag'; readonly value: boolean; readonly text: string }
  | { readonly what: 'refused'; readonly text: string; readonly code: string; readonly sentence: Words };

const { ValueType } = ExcelJS;

/** Reads one cell. A formula is never replaced by the value it last had: that value may be of another day or another file. */
export function readCell(cell: ExcelJS.Cell | undefined): CellReading {
  if (cell === undefined) return { what: 'blank' };
  const { address } = cell;
  if (cell.isMerged) return refused('', 'merged', `${address} 在合并单元格里，请取消合并，逐行填写。`, `${address} lies in merged cells: unmerge them and fill in row by row.`);
  switch (cell.type) {
    case ValueType.Formula: return refused(`=${cell.formula ?? ''}`, 'formula', `${address} 是公式，请改成数值（复制后“选择性粘贴—数值”）。`, `${address} is a formula; enter the value itself (paste as values).`);
    case ValueType.Error: return refused(cell.text, 'cell-error', `${address} 显示错误值 ${cell.text}，请改成数值或清空。`, `${address} shows the error ${cell.text}; enter a value or clear it.`);
    case ValueType.Number: return { what: 'text', text: plainDecimal(cell.value as number) };
    case ValueType.Date: return dayOf(cell.value as Date, address);
    case ValueType.Boolean: return { what: 'flag', value: cell.value === true, text: cell.value === true ? 'TRUE' : 'FALSE' };
    default: return textOf(cell.value);
  }
}

function textOf(value: ExcelJS.CellValue): CellReading {
  const rich = typeof value === 'object' && value !== null && 'richText' in value ? value.richText.map((run) => run.text).join('') : value;
  const text = rich === null || rich === undefined ? '' : String(rich).trim();
  return text === '' ? { what: 'blank' } : { what: 'text', text };
}

function dayOf(value: Date, address: string): CellReading {
  if (Number.isNaN(value.getTime())) return refused('', 'not-a-date', `${address} 的日期读不出来，写成 2026-09-08。`, `The date in ${address} cannot be read; write 2026-09-08.`);
  const text = value.toISOString();
  if (text.endsWith('T00:00:00.000Z')) return { what: 'day', text: text.slice(0, 10) };
  return refused(text.slice(0, 16).replace('T', ' '), 'day-with-time', `${address} 的日期带了时间，只填日期，如 2026-09-08。`, `${address} has a time of day; enter the date only, as 2026-09-08.`);
}

const refused = (text: string, code: string, zh: string, en: string): CellReading => ({ what: 'refused', text, code, sentence: words(zh, en) });

/** A stored figure as a clerk reads it, without an exponent: 1e-7 is 0.0000001, so that its seventh decimal is refused and not its letter. */
function plainDecimal(value: number): string {
  const short = String(value);
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(short);
  if (parts === null) return short;
  const [, sign = '', first = '', rest = '', power] = parts;
  const exponent = Number(power);
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${first}${rest}`;
  return `${sign}${first}${rest.padEnd(exponent, '0')}`;
}

/** The part of a forged or foreign text that goes into a report. */
export const excerpt = (text: string): string => ([...text].length <= 60 ? text : `${[...text].slice(0, 60).join('')}…`);
