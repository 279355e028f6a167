import type { Knex } from 'knex';
import { InvalidInput, type Defect } from '../domain/errors.js';
import { isDay, weekdayOf, yearOf } from '../domain/local-day.js';
import { words } from '../domain/text.js';

/** A year's arrangement as the State Council's notice gives it: weekdays off, weekend days worked, and the notice itself. */
export interface CalendarNotice {
  year: number;
  holidays: string[];
  workdays: string[];
  /** Number or title of the notice. */
  source: string;
}

const MOST_DAYS = 60;

/** Reads a notice from parsed JSON. @throws InvalidInput with one sentence for each day that cannot be right */
export function readNotice(json: unknown): CalendarNotice {
  const notice = (typeof json === 'object' && json !== null ? json : {}) as Partial<CalendarNotice>;
  const defects: Defect[] = [];
  const refuse = (field: string, code: string, zh: string, en: string): void => void defects.push({ field, code, sentence: words(zh, en) });
  const { year } = notice;
  if (!Number.isInteger(year) || year! < 2000 || year! > 2060) refuse('year', 'no-year', '年度应为 2000 到 2060 的整数。', 'The year is a whole number from 2000 to 2060.');
  if (typeof notice.source !== 'string' || notice.source.trim() === '') refuse('source', 'no-source', '请写明通知的文号或标题。', 'Name the notice it comes from.');
  for (const [field, weekend] of [['holidays', false], ['workdays', true]] as const) {
    const days = notice[field];
    if (!Array.isArray(days) || days.length > MOST_DAYS) {
      refuse(field, 'no-list', `${field} 应为不超过 ${MOST_DAYS} 天的列表。`, `${field} is a list of at most ${MOST_DAYS} days.`);
      continue;
    }
    days.forEach((day, index) => {
      if (typeof day !== 'string' || !isDay(day) || yearOf(day) !== year) refuse(`${field}.${index}`, 'no-such-day', `${String(day)} 不是 ${String(year)} 年的日期。`, `${String(day)} is no day of ${String(year)}.`);
      else if ([0, 6].includes(weekdayOf(day)) !== weekend) {
        const zh = weekend ? `${day} 不是周末，不需要列为补班。` : `${day} 是周末，不需要列为放假。`;
        refuse(`${field}.${index}`, 'wrong-weekday', zh, weekend ? `${day} is no weekend day and need not be listed as worked.` : `${day} is a weekend day and need not be listed as off.`);
      }
    });
  }
  if (defects.length > 0) throw new InvalidInput(defects);
  return { year: year!, holidays: [...new Set(notice.holidays!)].sort(), workdays: [...new Set(notice.workdays!)].sort(), source: notice.source!.trim() };
}

/** Keeps a notice as a new version of its year; earlier versions stay, and term rows say under which they were reckoned. */
export async function importCalendar(trx: Knex.Transaction, city: string, notice: CalendarNotice, now: Date): Promise<number> {
  const { version } = (await trx('calendar_year').where({ city, year: notice.year }).max('version as version').first()) as { version: number | null };
  const next = (version ?? 0) + 1;
  await trx('calendar_year').insert({
    city, year: notice.year, version: next, holidays: JSON.stringify(notice.holidays), workdays: JSON.stringify(notice.workdays), source: notice.source, imported_at: now,
  });
  return next;
}
