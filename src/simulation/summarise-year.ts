import { addDays, daysBetween, instantOfLocal, localDay, type Day } from '../domain/local-day.js';
import { statutoryDates } from '../engine/pack-terms.js';
import { quantile, rounded } from './quantile.js';
import type { YearGround } from './run-year.js';
import { WorkingTime } from './working-time.js';
import type { UnitRecord, YearRecord } from './year-record.js';

/** What became of a unit in one year. Days are 'YYYY-MM-DD'; null where it did not come to that. */
export interface UnitSummary {
  unit: string;
  name: string;
  timeliness: UnitRecord['timeliness'];
  filed: Day | null;
  /** Calendar days after the statutory date; 0 in time, null where nothing was filed. */
  daysLate: number | null;
  onRecord: Day | null;
  inspected: Day | null;
  reportIssued: Day | null;
  closed: Day | null;
  /** How plan, inspection, acceptance and programme ended, in the charts' own names. */
  outcomes: Record<string, string>;
}

/** What one kind of post had to do. Waiting is in working days of the office, from when a duty could have been begun until somebody began it. */
export interface PostSummary {
  role: string;
  people: number;
  duties: number;
  hours: number;
  waitMedian: number;
  wait90: number;
  /** Part of all waiting of the year. */
  share: number;
  /** The unit whose duties waited longest there, where the post is a unit's. */
  worst: string | null;
  /** The three fullest weeks by their Mondays: hours, and the part of the hours that were there. */
  weeks: { from: Day; hours: number; full: number }[];
}

export interface YearSummary {
  seed: number;
  units: UnitSummary[];
  /** By share of waiting, greatest first: the first is the bottleneck. */
  posts: PostSummary[];
  /** How often each term fell due. */
  terms: Record<string, number>;
  steps: number;
}

const HOUR = 3_600_000;

/** One simulated year in numbers. */
export function summariseYear(ground: YearGround, seed: number, record: YearRecord): YearSummary {
  const due = localDay(new Date(Date.parse(statutoryDates(ground.pack.pack, ground.year)['plan.filing']!) - 1));
  const day = (at: string | null): Day | null => (at === null ? null : localDay(new Date(at)));
  return {
    seed, posts: postsOf(ground, record), terms: Object.fromEntries([...record.terms].sort(([a], [b]) => (a < b ? -1 : 1))), steps: record.steps,
    units: [...record.units.values()].map((one): UnitSummary => {
      const filed = day(one.filed);
      return {
        unit: one.unit, name: one.name, timeliness: one.timeliness, filed, daysLate: filed === null ? null : one.timeliness === 'late' ? Math.max(1, daysBetween(due, filed)) : 0,
        onRecord: day(one.onRecord), inspected: day(one.inspected), reportIssued: day(one.reportIssued), closed: day(one.closed), outcomes: one.outcomes,
      };
    }),
  };
}

function postsOf({ city, scenario, calendar, year }: YearGround, record: YearRecord): PostSummary[] {
  const span = { from: `${year}-01-01`, to: `${year + 2}-12-31` };
  const office = new WorkingTime(calendar, scenario.hours, span);
  const workday = scenario.hours.reduce((sum, [from, to]) => sum + (instantOfLocal('2026-01-05', to).getTime() - instantOfLocal('2026-01-05', from).getTime()), 0);
  const all = record.pieces.reduce((sum, { waited }) => sum + waited, 0);
  const roles = [...new Set(record.pieces.map(({ role }) => role))];
  const summaries = roles.map((role): PostSummary => {
    const own = record.pieces.filter((one) => one.role === role);
    const people = city.people.filter((one) => one.role === role);
    const waits = own.map(({ waited }) => waited / workday);
    const byUnit = new Map<string, number>();
    for (const { unit, waited } of own) byUnit.set(unit, (byUnit.get(unit) ?? 0) + waited);
    const [worst] = [...byUnit].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    const there = (from: Day): number => people.reduce((sum, person) => {
      const leave = scenario.leave.filter(({ who }) => who === person.key);
      const time = leave.length === 0 ? office : new WorkingTime(calendar, scenario.hours, { from, to: addDays(from, 6) }, leave);
      return sum + (time.between(instantOfLocal(from).getTime(), instantOfLocal(addDays(from, 7)).getTime()) / HOUR) * person.attention;
    }, 0);
    const weeks = [...(record.weeks.get(role) ?? [])].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, 3)
      .map(([from, hours]) => ({ from, hours: rounded(hours), full: rounded(hours / (there(from) || hours), 2) }));
    return {
      role, people: people.length, duties: own.length, hours: rounded(own.reduce((sum, { hours }) => sum + hours, 0)), waitMedian: rounded(quantile(waits, 0.5) ?? 0), wait90: rounded(quantile(waits, 0.9) ?? 0),
      share: all === 0 ? 0 : rounded(waits.reduce((sum, one) => sum + one, 0) * workday / all, 3), worst: people.some(({ unit }) => unit !== null) && worst !== undefined && worst[1] > 0 ? worst[0] : null, weeks,
    };
  });
  return summaries.sort((a, b) => b.share - a.share || (a.role < b.role ? -1 : 1));
}
