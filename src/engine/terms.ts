import { endOfLocal, addDays, daysBetween, localDay, type Day } from '../domain/local-day.js';
import type { WorkCalendar } from '../domain/calendar.js';

/** How long a term runs, as the pack says: working days, calendar days, or a statutory date kept in the case. */
export interface TermRule {
  kind: 'workdays' | 'days' | 'date';
  amount: number;
  /** Days before the due day on which a reminder is sent, largest first. */
  reminders: readonly number[];
  /** Reminds on the last working day too, which is the due day itself unless that is a day off. */
  onLastWorkday?: boolean;
}

/** One term of a case. The snapshot knows nothing of it: pause, extension and a new calendar change this row only. */
export interface TermRow {
  key: string;
  side: 'unit' | 'city';
  term: string;
  entry: number;
  status: 'armed' | 'paused' | 'fired' | 'cancelled';
  startedAt: string;
  budgetWorkdays: number | null;
  /** Days used before the last start; calendar days where the rule counts those. */
  usedWorkdays: number;
  pausedAt: string | null;
  dueAt: string | null;
  nextRung: number | null;
  nextReminderAt: string | null;
  calendarVersion: string;
  provisional: boolean;
}

/** A due day at 24:00 Beijing time, the instant after its last moment. */
const end = (day: Day): string => endOfLocal(day).toISOString();

/** Arms a term at the step that entered its state. `date` is the statutory instant for rules of that kind. */
export function armTerm(
  term: string, rule: TermRule, side: 'unit' | 'city', entry: number, now: string, calendar: WorkCalendar, date?: string,
): TermRow {
  const today = localDay(new Date(now));
  const reckoned = rule.kind === 'workdays' ? calendar.addWorkdays(today, rule.amount) : null;
  const dueAt = rule.kind === 'date' ? date! : end(reckoned?.day ?? addDays(today, rule.amount));
  return withReminder({
    key: term, side, term, entry, status: 'armed', startedAt: now, budgetWorkdays: rule.kind === 'workdays' ? rule.amount : null,
    usedWorkdays: 0, pausedAt: null, dueAt, nextRung: null, nextReminderAt: null, calendarVersion: calendar.version,
    provisional: reckoned?.provisional ?? false,
  }, rule, now, calendar);
}

/** Stops the clock; the days used are kept: working days, or calendar days where the rule counts those. */
export function pauseTerm(row: TermRow, rule: TermRule, now: string, calendar: WorkCalendar): TermRow {
  const [from, to] = [localDay(new Date(row.startedAt)), localDay(new Date(now))];
  const used = rule.kind === 'workdays' ? calendar.workdaysBetween(from, to).days : daysBetween(from, to);
  return { ...row, status: 'paused', usedWorkdays: row.usedWorkdays + used, pausedAt: now, dueAt: null, nextRung: null, nextReminderAt: null };
}

/** Goes on with the days that are left; a term already used up is due at the end of today. */
export function resumeTerm(row: TermRow, rule: TermRule, entry: number, now: string, calendar: WorkCalendar): TermRow {
  const today = localDay(new Date(now));
  const left = Math.max(0, (row.budgetWorkdays ?? rule.amount) - row.usedWorkdays);
  const reckoned = rule.kind === 'workdays' ? calendar.addWorkdays(today, left) : null;
  return withReminder({
    ...row, entry, status: 'armed', startedAt: now, pausedAt: null, dueAt: end(reckoned?.day ?? addDays(today, left)), calendarVersion: calendar.version,
    provisional: reckoned?.provisional ?? false,
  }, rule, now, calendar);
}

/** The same term under another calendar: what has been used stays used, its last day is found anew; a date does not move, its last working day may. */
export function reckonAnew(row: TermRow, rule: TermRule, now: string, calendar: WorkCalendar): TermRow {
  const reckoned = rule.kind === 'workdays' ? calendar.addWorkdays(localDay(new Date(row.startedAt)), Math.max(0, (row.budgetWorkdays ?? 0) - row.usedWorkdays)) : null;
  const dueAt = reckoned === null ? row.dueAt : end(reckoned.day);
  return withReminder({ ...row, dueAt, calendarVersion: calendar.version, provisional: reckoned?.provisional ?? false }, rule, now, calendar);
}

/** The next rung of the reminder ladder after an instant: the start of the day that is so many days before the due day. */
export function withReminder(row: TermRow, rule: TermRule, now: string, calendar: WorkCalendar): TermRow {
  if (!row.dueAt) return { ...row, nextRung: null, nextReminderAt: null };
  const dueDay = localDay(new Date(Date.parse(row.dueAt) - 1));
  const rungs = new Set(rule.reminders);
  if (rule.onLastWorkday) rungs.add(daysBetween(calendar.lastWorkdayOnOrBefore(dueDay).day, dueDay));
  for (const rung of [...rungs].sort((a, b) => b - a)) {
    const at = endOfLocal(addDays(dueDay, -rung - 1)).toISOString();
    if (Date.parse(at) > Date.parse(now)) return { ...row, nextRung: rung, nextReminderAt: at };
  }
  return { ...row, nextRung: null, nextReminderAt: null };
}
