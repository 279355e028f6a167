import type { WorkCalendar } from './calendar.js';
import { addDays, daysBetween, endOfLocal, instantOfLocal, localDay, type Day } from './local-day.js';

/** A day of every year, as the pack writes it. */
export interface YearDay {
  readonly month: number;
  readonly day: number;
}

/** A statutory date: the last day, its end (24:00, exclusive) and the last working day on or before it, for reminders. */
export interface StatutoryDeadline {
  readonly day: Day;
  readonly at: Date;
  readonly lastWorkday: Day;
  /** The last working day rests on a year whose arrangement is not published. */
  readonly provisional: boolean;
}

/** The day of a year, 'YYYY-MM-DD'. */
export function dayOfYear(year: number, { month, day }: YearDay): Day {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/**
 * The filing deadline of a programme year (C-7.7): the day itself until 24:00, never moved by a holiday; the last working
 * day before is only shown.
 */
export function statutoryDeadline(calendar: WorkCalendar, year: number, date: YearDay): StatutoryDeadline {
  const day = dayOfYear(year, date);
  const last = calendar.lastWorkdayOnOrBefore(day);
  return { day, at: endOfLocal(day), lastWorkday: last.day, provisional: last.provisional };
}

/** How a plan came in. What the system acknowledged or the registrar entered needs no further proof; paper does. */
export interface Delivery {
  readonly channel: 'system' | 'paper' | 'exchange' | 'registration';
  /** The instant, or only the day where the proof shows no time (a postmark, a signed list). */
  readonly at: Date | Day;
  /** What proves it: acknowledgement number, evidence file, exchange receipt. Empty when there is none. */
  readonly proof: string;
}

/** Extension granted by the leading group: a later last day for one unit. */
export interface Extension {
  readonly until: Day;
}

/** `open` before the deadline, `overdue` after it, both without a proven delivery; the rest name what was delivered. */
export type Timeliness = 'onTime' | 'extended' | 'late' | 'open' | 'openExtended' | 'overdue';

/** The judgement with what it rests on: the decisive delivery and those that lack proof and were not counted. */
export interface TimelinessJudgement {
  readonly status: Timeliness;
  readonly decisive: Delivery | null;
  readonly unproven: readonly Delivery[];
  /** Calendar days after the deadline of the decisive delivery; 0 unless it came later. */
  readonly daysLate: number;
}

/** Whether a delivery may be counted: only paper and exchange need evidence of their own. */
export function isProven(delivery: Delivery): boolean {
  return delivery.channel === 'system' || delivery.channel === 'registration' || delivery.proof.trim() !== '';
}

/**
 * On time is the earliest proven delivery before the end of the day (decision 5). A delivery within an extension is shown
 * as 延期, never as on time.
 */
export function judgeTimeliness(
  deadline: StatutoryDeadline,
  deliveries: readonly Delivery[],
  now: Date,
  extension: Extension | null = null,
): TimelinessJudgement {
  const unproven = deliveries.filter((one) => !isProven(one));
  const decisive = deliveries.filter(isProven).sort((a, b) => instantOf(a) - instantOf(b))[0] ?? null;
  const at = decisive === null ? now.getTime() : instantOf(decisive);
  const inTime = at < deadline.at.getTime();
  const inExtension = extension !== null && at < endOfLocal(extension.until).getTime();
  const status = (decisive === null ? openStatus : deliveredStatus)(inTime, inExtension, extension !== null);
  const daysLate = decisive === null || inTime ? 0 : daysBetween(deadline.day, localDay(new Date(at)));
  return { status, decisive, unproven, daysLate };
}

/** One reminder before the deadline: the day, how many calendar days are left, and whether it is the last working day. */
export interface Reminder {
  readonly day: Day;
  readonly daysLeft: number;
  readonly lastWorkday: boolean;
}

/** The ladder of reminders: the pack's days before the deadline and, where wanted, the last working day; each day once. */
export function reminderLadder(
  deadline: StatutoryDeadline,
  daysBefore: readonly number[],
  onLastWorkday: boolean,
): Reminder[] {
  const days = new Set(daysBefore.map((count) => addDays(deadline.day, -count)));
  if (onLastWorkday) days.add(deadline.lastWorkday);
  return [...days].sort().map((day) => ({
    day,
    daysLeft: daysBetween(day, deadline.day),
    lastWorkday: day === deadline.lastWorkday,
  }));
}

function openStatus(inTime: boolean, inExtension: boolean, extended: boolean): Timeliness {
  if (extended) return inExtension ? 'openExtended' : 'overdue';
  return inTime ? 'open' : 'overdue';
}

function deliveredStatus(inTime: boolean, inExtension: boolean): Timeliness {
  if (inTime) return 'onTime';
  return inExtension ? 'extended' : 'late';
}

/** A proof that shows only a day is good for the whole of it. */
function instantOf({ at }: Delivery): number {
  return (typeof at === 'string' ? instantOfLocal(at) : at).getTime();
}
