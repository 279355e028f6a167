import { localDay, yearOf } from '../domain/local-day.js';
import type { Exchange } from './context.js';

/** The programme year of a page: `?year=` or the year of today. */
export function programmeYear(x: Exchange): number {
  const asked = Number(x.req.query.year);
  return Number.isInteger(asked) && asked >= 2000 && asked <= 2060 ? asked : yearOf(localDay(x.context.now));
}
