import { formatDate } from '../domain/chinese-date.js';
import { grouped } from '../domain/decimal-text.js';
import { localDay, localTime } from '../domain/local-day.js';

/** How papers write what the domain knows. Formats shared with the screens are the domain's own. */
export { formatArea } from '../domain/area.js';
export { formatDate } from '../domain/chinese-date.js';
export { formatDocumentNumber } from '../domain/document-number.js';
export { formatYuan } from '../domain/money.js';
export { formatScore } from '../domain/scoring.js';

/** A span of days; the second date drops what it shares with the first: `2026年11月9日至13日`. */
export function formatDateSpan(from: string, to: string): string {
  if (from === to) return formatDate(from);
  const [fromYear, fromMonth] = from.split('-');
  const [toYear, toMonth] = to.split('-');
  const end = formatDate(to);
  if (fromYear !== toYear) return `${formatDate(from)}至${end}`;
  const withoutYear = end.slice(end.indexOf('年') + 1);
  if (fromMonth !== toMonth) return `${formatDate(from)}至${withoutYear}`;
  return `${formatDate(from)}至${withoutYear.slice(withoutYear.indexOf('月') + 1)}`;
}

/** An instant (ISO 8601 with zone) in Beijing time to the second: `2026年9月30日 23:59:59`. */
export function formatInstant(isoInstant: string): string {
  const instant = new Date(isoInstant);
  return `${formatDate(localDay(instant))} ${localTime(instant)}`;
}

/** A whole number with thousands separators: 1640000 → `1,640,000`. */
export function formatCount(count: number): string {
  return grouped(count);
}

const numerals = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** 1…99 in Chinese numerals for headings: 11 → 十一, 20 → 二十. */
export function chineseNumeral(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value > 99) throw new RangeError(`no heading number: ${value}`);
  if (value <= 10) return numerals[value]!;
  const tens = Math.trunc(value / 10);
  const ones = value % 10;
  return `${tens === 1 ? '' : numerals[tens]}十${ones === 0 ? '' : numerals[ones]}`;
}

/** A title in book-title marks with its number: 《…》（济政办字〔2011〕61号）. Inner marks become 〈〉. */
export function citeDocument(title: string, number: string | null): string {
  const inner = title.replaceAll('《', '〈').replaceAll('》', '〉');
  return `《${inner}》${number === null ? '' : `（${number}）`}`;
}
