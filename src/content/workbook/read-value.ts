import { accepted, rejected, type Read } from '../../domain/errors.js';
import { halfWidth, words } from '../../domain/text.js';
import { defectOf } from '../../../workflows/forms/command-form.js';
import type { CellReading } from './workbook-cell.js';
import type { WorkbookColumn } from './workbook-columns.js';

const yes = new Set(['是', '有', '√', '✓', '✔', 'y', 'yes', 'true']);
const no = new Set(['否', '无', '×', '✗', 'x', 'n', 'no', 'false']);

/** Two ways of writing one choice are one: brackets, spaces and cases do not matter. */
const folded = (text: string): string => halfWidth(text).replace(/\s/g, '').toLowerCase();

/**
 * What a cell says, as a clerk would have typed it into the section: text that the section's own form accepts, true or false, the value of a
 * choice; undefined for an empty cell. The sentences are the form's.
 */
export function readValue(column: WorkbookColumn, reading: CellReading): Read<string | boolean | undefined> {
  if (reading.what === 'blank') return accepted(undefined);
  if (reading.what === 'refused') return rejected(column.id, reading.code, reading.sentence);
  if (column.kind === 'flag') return flagOf(column, reading);
  if (column.kind === 'choice') return choiceOf(column, reading.text);
  if (reading.what === 'day' && column.kind !== 'date') {
    return rejected(column.id, 'became-a-date', words(
      `这一格被当成了日期（${reading.text}）。请把单元格格式改为“文本”，重新填写。`, `This cell has become a date (${reading.text}). Set its format to text and enter it again.`));
  }
  const parsed = column.schema.safeParse(reading.text);
  if (!parsed.success) return { ok: false, defect: { ...defectOf(parsed.error.issues[0]!), field: column.id } };
  return accepted(column.kind === 'date' ? String(parsed.data) : reading.text);
}

function flagOf({ id }: WorkbookColumn, reading: Exclude<CellReading, { what: 'blank' | 'refused' }>): Read<boolean> {
  if (reading.what === 'flag') return accepted(reading.value);
  const text = folded(reading.text);
  if (yes.has(text)) return accepted(true);
  return no.has(text) ? accepted(false) : rejected(id, 'not-yes-or-no', words('只填“是”或“否”。', 'Enter 是 (yes) or 否 (no).'));
}

function choiceOf({ id, options }: WorkbookColumn, text: string): Read<string> {
  const typed = folded(text);
  const found = options.find(({ value, words: name }) => [value, name.zh, name.en].some((one) => folded(one) === typed));
  if (found !== undefined) return accepted(found.value);
  return rejected(id, 'not-a-choice', words(
    `只能填：${options.map((one) => one.words.zh).join('，')}。`, `One of: ${options.map((one) => one.words.en).join(', ')}.`));
}
