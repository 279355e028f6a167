import type { WorkCalendar } from '../domain/calendar.js';
import { Refused } from '../domain/errors.js';
import { localDay, type Day } from '../domain/local-day.js';
import { words } from '../domain/text.js';

/** Whoever was reminded rests for the pack's interval of working days (C-7.11). @throws Refused with the day from which it may be said again */
export function restBetweenReminders(last: Date, now: Date, interval: number, calendar: WorkCalendar): void {
  const [day, again] = [localDay(last), calendar.addWorkdays(localDay(last), interval).day];
  if (localDay(now) >= again) return;
  throw new Refused('reminded-of-late', words(
    `${plain(day)}已提醒过，每 ${interval} 个工作日最多提醒一次，${plain(again)}起可以再提醒。`,
    `Reminded on ${day}. At most once in ${interval} working days: again from ${again}.`,
  ));
}

const plain = (day: Day): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
