import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { WorkCalendar, type CalendarYear } from '../domain/calendar.js';

/** The years for which the package carries the State Council's notice. Outside them it would answer by weekday only. */
export const coveredYears = { from: 2004, to: 2026 } as const;

/** Names the data set in term rows. */
export const chineseCalendarVersion = 'chinese-days-1.5.7';

/**
 * The published arrangement of one year as plain data: the days off, the weekend days worked instead. Undefined for a year
 * the package does not cover. Its table is read, not its functions: they reckon in the machine's own zone and are a day off
 * west of Greenwich.
 */
export function chineseYear(year: number): CalendarYear | undefined {
  if (year < coveredYears.from || year > coveredYears.to) return undefined;
  const ofYear = (days: object) => Object.keys(days).filter((day) => day.startsWith(`${year}-`)).sort();
  return { year, holidays: ofYear(published.holidays), workdays: ofYear(published.workdays) };
}

/** The calendar of all covered years, with imported notices laid over it (an import replaces its whole year). */
export function chineseCalendar(imported: readonly CalendarYear[] = [], version = chineseCalendarVersion): WorkCalendar {
  const years = new Map<number, CalendarYear>();
  for (let year = coveredYears.from; year <= coveredYears.to; year += 1) years.set(year, chineseYear(year)!);
  for (const notice of imported) years.set(notice.year, notice);
  return new WorkCalendar([...years.values()], version);
}
