import { valueOf, type Entry, type PolicyPack } from '../../workflows/policies/policy-pack.js';
import { addDays, endOfLocal, type Day } from '../domain/local-day.js';
import type { TermRule } from './terms.js';

const pad = (n: number): string => String(n).padStart(2, '0');

/** The statutory instants of a programme year, by term id: each the first instant after the last day, Beijing time. */
export function statutoryDates(pack: PolicyPack, year: number): Record<string, string> {
  const end = (day: Day): string => endOfLocal(day).toISOString();
  const filing = valueOf(pack.deadlines.planFiling);
  const window = valueOf(pack.windows.inspection);
  const archiving = valueOf(pack.archive.archivingDay);
  const on = (y: number, d: { month: number; day: number }): Day => `${y}-${pad(d.month)}-${pad(d.day)}`;
  return {
    'plan.filing': end(on(year, filing)),
    'inspection.windowOpens': end(addDays(on(year, window.from), -1)),
    'inspection.windowCloses': end(on(year, window.to)),
    'programme.yearEnd': end(on(year + 1, archiving)),
  };
}

/** The pack's rule for a term of a chart. A term that stands among the case's statutory dates is a date; reminders belong to dates. */
export function termRule(pack: PolicyPack, term: string, dates: Record<string, string>): TermRule {
  if (term === 'plan.filing' && term in dates) {
    return { kind: 'date', amount: 0, reminders: valueOf(pack.timing.reminderDays), onLastWorkday: valueOf(pack.timing.remindOnLastWorkday) };
  }
  if (term in dates) return { kind: 'date', amount: 0, reminders: [] };
  if (term === 'plan.missed') return { kind: 'workdays', amount: valueOf(pack.timing.supervisionDraftAfterWorkdays), reminders: [] };
  const { count, unit } = termBasis(pack, term).value as PolicyPack['terms'][string]['value'];
  return { kind: unit === 'workday' ? 'workdays' : 'days', amount: count, reminders: [1] };
}

/** The entry of the pack a term or statutory date rests on: its clause, and whether the city filled in a sample (示例). */
export function termBasis(pack: PolicyPack, term: string): Entry<unknown> {
  const dated: Record<string, Entry<unknown>> = {
    'plan.filing': pack.deadlines.planFiling, 'inspection.windowOpens': pack.windows.inspection, 'inspection.windowCloses': pack.windows.inspection,
    'programme.yearEnd': pack.archive.archivingDay, 'plan.missed': pack.timing.supervisionDraftAfterWorkdays,
  };
  const entry = dated[term] ?? pack.terms[term];
  if (!entry) throw new Error(`the pack '${pack.id}' has no term '${term}'`);
  return entry;
}
