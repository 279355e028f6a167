import { localDay, weekdayOf } from '../../domain/local-day.js';
import { words, type Words } from '../../domain/text.js';
import { visitSchedule } from '../../reads/visit-schedule.js';
import type { Exchange } from '../context.js';
import { readAs } from '../reading.js';

/** One line of 检查日程. */
export interface CalendarVisit {
  caseId: string;
  unitName: string;
  month: number;
  date: number;
  weekday: Words;
  /** The last day, where the visit takes more than one. */
  to: string | null;
  leader: string | null;
  members: number;
  sites: number;
  open: number;
  running: boolean;
}

const weekdays = [words('周日', 'Sun'), words('周一', 'Mon'), words('周二', 'Tue'), words('周三', 'Wed'), words('周四', 'Thu'), words('周五', 'Fri'), words('周六', 'Sat')];

/** 检查日程: announced visits that are not over, earliest first. */
export async function visitCalendar(x: Exchange, year: number): Promise<CalendarVisit[]> {
  const today = localDay(x.context.now);
  const visits = await readAs(x, (trx) => visitSchedule(trx, x.services.city, year));
  return visits.map(({ caseId, unitName, from, to, leader, members, sites }) => ({
    caseId, unitName, month: Number(from.slice(5, 7)), date: Number(from.slice(8)), weekday: weekdays[weekdayOf(from)]!, to: to === from ? null : to, leader, members,
    sites: sites.length, open: sites.filter((site) => site.open).length, running: from <= today,
  }));
}
