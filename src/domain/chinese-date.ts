import { accepted, rejected, type Read } from './errors.js';
import { isDay, type Day } from './local-day.js';
import { halfWidth, words } from './text.js';

const digits = '〇一二三四五六七八九';
/** Everything people type for 〇: the geometric circles, the letter in Latin and Cyrillic, the figure, 零. */
const zeros = /[○◯OoОо零0]/g;
const chinese = /^([〇一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日$/;
const arabic = /^(\d{4})(?:年|-|\.|\/)(\d{1,2})(?:月|-|\.|\/)(\d{1,2})日?$/;
const compact = /^(\d{4})(\d{2})(\d{2})$/;

/** `2026年9月8日`: Arabic figures, full year, nothing padded (GB/T 9704-2012, 7.3.5.4). */
export function formatDate(day: Day): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** `二〇一一年九月十六日`, as papers before 2012 are dated. */
export function formatChineseDate(day: Day): string {
  const [year = '', month, date] = day.split('-');
  const figures = [...year].map((figure) => digits[Number(figure)]).join('');
  return `${figures}年${numeral(Number(month))}月${numeral(Number(date))}日`;
}

/** The day a text names: Chinese numerals with any sort of zero, 2026年9月8日, 2026-9-8, 2026.9.8, 20260908. */
export function parseDate(text: string): Day | undefined {
  const typed = halfWidth(text).replace(/\s/g, '');
  const parts = arabic.exec(typed) ?? compact.exec(typed);
  const [year, month, date] = parts?.slice(1).map(Number) ?? chineseParts(typed);
  if (year === undefined) return undefined;
  const day = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  return isDay(day) ? day : undefined;
}

/** Reads a date typed by a person. */
export function readDate(field: string, text: string): Read<Day> {
  const day = parseDate(text);
  if (day !== undefined) return accepted(day);
  if (text.trim() === '') return rejected(field, 'missing', words('请填写日期。', 'Enter the date.'));
  const sentence = words(
    `“${text.trim()}”不是日期。写成 2026年9月8日 或 2026-09-08。`,
    `“${text.trim()}” is not a date. Write 2026-09-08.`,
  );
  return rejected(field, 'not-a-date', sentence);
}

function chineseParts(text: string): number[] {
  const parts = chinese.exec(text.replace(zeros, '〇'));
  if (parts === null) return [];
  const year = Number([...parts[1]!].map((figure) => digits.indexOf(figure)).join(''));
  return [year, valueOfNumeral(parts[2]!), valueOfNumeral(parts[3]!)];
}

/** 1 to 31 in Chinese: 九, 十, 十六, 二十, 三十一. */
function numeral(value: number): string {
  const [tens, ones] = [Math.trunc(value / 10), value % 10];
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${ones > 0 ? digits[ones] : ''}`;
}

function valueOfNumeral(text: string): number {
  for (let value = 1; value <= 31; value += 1) if (numeral(value) === text) return value;
  return NaN;
}
