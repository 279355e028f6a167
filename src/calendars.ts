import type { Database } from './database.js';
import { workerActor } from './domain/actor.js';
import type { WorkCalendar } from './domain/calendar.js';
import { chineseCalendar, chineseCalendarVersion } from './register/chinese-calendar.js';

const FRESH_MS = 60_000;

/** The working-day calendar of each city: the published years with the city's imported notices laid over them, read anew each minute. */
export function calendars(database: Database): (city: string) => Promise<WorkCalendar> {
  const kept = new Map<string, { at: number; calendar: WorkCalendar }>();
  return async (city) => {
    const found = kept.get(city);
    if (found && performance.now() - found.at < FRESH_MS) return found.calendar;
    const imported = await database.asActor(workerActor(city), (trx) =>
      trx('calendar_year').where({ city }).distinctOn('year').orderBy([{ column: 'year' }, { column: 'version', order: 'desc' }]).select('year', 'version', 'holidays', 'workdays'));
    const version = imported.length === 0 ? chineseCalendarVersion : `${chineseCalendarVersion}+${imported.map((y) => `${y.year}.${y.version}`).join('+')}`;
    const calendar = chineseCalendar(imported, version);
    kept.set(city, { at: performance.now(), calendar });
    return calendar;
  };
}
