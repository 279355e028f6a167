import { InvalidInput } from './errors.js';
import { words } from './text.js';

/** A calendar day of the business zone, 'YYYY-MM-DD'. Sorts as text. */
export type Day = string;

const hour = 3_600_000;
const dayLength = 24 * hour;
/** Asia/Shanghai has been UTC+8 without summer time since 1992; the programme begins in 2011. */
const offset = 8 * hour;
const dayShape = /^(\d{4})-(\d{2})-(\d{2})$/;
const timeShape = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{3}))?)?$/;

/** Whether the text is a day that exists: '2026-02-29' is none. */
export function isDay(text: string): text is Day {
  return !Number.isNaN(utcOf(text));
}

/** The start of a day in UTC, in milliseconds; NaN for a day that does not exist, which arithmetic would carry over into the next month. */
function utcOf(text: string): number {
  const parts = dayShape.exec(text);
  if (parts === null) return NaN;
  const [month, day] = [Number(parts[2]), Number(parts[3])];
  const start = Date.parse(`${text}T00:00:00Z`);
  const found = new Date(start);
  return found.getUTCMonth() + 1 === month && found.getUTCDate() === day ? start : NaN;
}

/** The day of an instant in Asia/Shanghai. */
export function localDay(instant: Date): Day {
  return new Date(instant.getTime() + offset).toISOString().slice(0, 10);
}

/** The local clock time of an instant, 'HH:MM:SS'. */
export function localTime(instant: Date): string {
  return new Date(instant.getTime() + offset).toISOString().slice(11, 19);
}

/**
 * The instant of a local day and clock time 'HH:MM', 'HH:MM:SS' or 'HH:MM:SS.mmm'. '24:00' is the start of the next day.
 * @throws InvalidInput for a day or time that does not exist
 */
export function instantOfLocal(day: Day, time = '00:00'): Date {
  const start = startOf(day);
  const parts = timeShape.exec(time);
  const [hours, minutes, seconds, millis] = (parts ?? []).slice(1).map((part) => Number(part ?? 0));
  const within = hours! <= 23 && minutes! <= 59 && (seconds ?? 0) <= 59;
  const midnight = hours === 24 && !minutes && !seconds && !millis;
  if (parts === null || !(within || midnight)) throw noSuch('time', time);
  return new Date(start - offset + hours! * hour + minutes! * 60_000 + (seconds ?? 0) * 1000 + (millis ?? 0));
}

/** The end of a day, 24:00, as the first instant that no longer belongs to it. */
export function endOfLocal(day: Day): Date {
  return instantOfLocal(day, '24:00');
}

/** The day a number of calendar days later (or earlier, when negative). */
export function addDays(day: Day, count: number): Day {
  return new Date(startOf(day) + count * dayLength).toISOString().slice(0, 10);
}

/** Calendar days from one day to another; negative when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((startOf(to) - startOf(from)) / dayLength);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(day: Day): number {
  return new Date(startOf(day)).getUTCDay();
}

/** The year of a day. */
export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

function startOf(day: Day): number {
  const start = utcOf(day);
  if (Number.isNaN(start)) throw noSuch('day', day);
  return start;
}

function noSuch(field: 'day' | 'time', text: string): InvalidInput {
  const sentence =
    field === 'day'
      ? words(`没有“${text}”这一天。日期写成 2026-09-30 的样子。`, `There is no day “${text}”. Write it as 2026-09-30.`)
      : words(`没有“${text}”这个时间。时间写成 23:59 的样子。`, `There is no time “${text}”. Write it as 23:59.`);
  return new InvalidInput([{ field, code: `no-such-${field}`, sentence }]);
}
