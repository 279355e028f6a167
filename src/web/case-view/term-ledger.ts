import type { WorkCalendar } from '../../domain/calendar.js';
import { addDays, localDay, weekdayOf, type Day } from '../../domain/local-day.js';
import { words, type Words } from '../../domain/text.js';
import { termOf } from '../../../workflows/policies/pack-rules.js';
import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import type { StageMeta } from '../../../workflows/vocabulary.js';
import type { StageVisit } from '../../reads/year-progress.js';
import { pausing } from './visits-of-stages.js';

/** One working day of a term. */
export interface LedgerCell {
  day: Day;
  label: string;
  kind: 'counted' | 'paused' | 'over' | 'left' | 'after';
  /** Place in the picture: 13 cells to a row. */
  x: number;
  y: number;
  /** The month, where this cell is the first of one. */
  month: number | null;
}

/** One line of the ledger: what happened on a day and how many working days had been used by then. */
export interface LedgerLine {
  day: Day;
  words: Words;
  used: string;
  over: boolean;
}

/** Days in a row; `to` is null for a single one. */
export interface DaySpan {
  from: Day;
  to: Day | null;
}

/** 期限账: one cell per working day, and below why it stopped and went on. */
export interface TermLedger {
  stage: Words;
  budget: number;
  used: number;
  over: number;
  cells: LedgerCell[];
  height: number;
  lines: LedgerLine[];
  /** Days off and working weekends within the span. */
  footnote: { off: DaySpan[]; worked: DaySpan[] };
}

const PER_ROW = 13;
const [CELL_X, CELL_Y] = [26, 44];

/** The last run of visits to a stage that share one budget: each is parted from the next by nothing but a pause. */
function runOf(visits: readonly StageVisit[], stage: string): StageVisit[] {
  const own = visits.filter((visit) => visit.stage === stage);
  const last = own.at(-1);
  if (last === undefined) return [];
  const run = [last];
  for (let index = own.length - 2; index >= 0; index -= 1) {
    const paused = visits.some((visit) => pausing.has(visit.stage) && visit.enteredAt.getTime() === own[index]!.leftAt?.getTime());
    if (!paused) break;
    run.unshift(own[index]!);
  }
  return run;
}

/**
 * The ledger of a stage whose term is counted in working days; null for statutory dates, calendar days and stages never entered. A day
 * counts after the day it began on, as the calendar counts; the days between two visits that share a budget are paused. `granted` are the days
 * the term began with, which stay its own when the case is led to a chart that gives fewer.
 */
export function termLedger(pack: PolicyPack, calendar: WorkCalendar, visits: readonly StageVisit[], meta: StageMeta, now: Date, final: boolean, granted: number | null = null): TermLedger | null {
  if (meta.term === undefined || pack.terms[meta.term] === undefined) return null;
  const { count, unit } = termOf(pack, meta.term);
  const budget = granted ?? count;
  const run = runOf(visits, meta.stage);
  if (unit !== 'workday' || run.length === 0) return null;
  const paused = !final && run.at(-1)!.leftAt !== null && visits.some((visit) => pausing.has(visit.stage) && visit.leftAt === null && visit.enteredAt.getTime() === run.at(-1)!.leftAt!.getTime());
  const today = localDay(now);
  const first = localDay(run[0]!.enteredAt);
  const end = run.at(-1)!.leftAt === null || paused ? today : localDay(run.at(-1)!.leftAt!);
  const counting = (day: Day): boolean => run.some((visit) => day > localDay(visit.enteredAt) && day <= (visit.leftAt === null ? today : localDay(visit.leftAt)));
  const days: { day: Day; kind: LedgerCell['kind'] }[] = [];
  let used = 0;
  for (let day = addDays(first, 1); day <= end; day = addDays(day, 1)) {
    if (!calendar.isWorkday(day)) continue;
    if (counting(day)) days.push({ day, kind: (used += 1) > budget ? 'over' : 'counted' });
    else days.push({ day, kind: 'paused' });
  }
  const running = run.at(-1)!.leftAt === null;
  for (let day = addDays(end, 1), left = running ? budget - used : 0; left > 0; day = addDays(day, 1)) {
    if (!calendar.isWorkday(day)) continue;
    days.push({ day, kind: 'left' });
    left -= 1;
  }
  const cells = days.map(({ day, kind }, index): LedgerCell => ({
    day, kind, label: String(Number(day.slice(8))), x: (index % PER_ROW) * CELL_X, y: Math.floor(index / PER_ROW) * CELL_Y,
    month: index === 0 || days[index - 1]!.day.slice(0, 7) !== day.slice(0, 7) ? Number(day.slice(5, 7)) : null,
  }));
  const over = Math.max(0, used - budget);
  return {
    stage: meta.words, budget, used, over, cells, height: (Math.floor(Math.max(0, cells.length - 1) / PER_ROW) + 1) * CELL_Y,
    lines: linesOf(run, calendar, budget, days, today, running, over), footnote: footnoteOf(calendar, first, days.at(-1)?.day ?? first),
  };
}

function linesOf(
  run: readonly StageVisit[], calendar: WorkCalendar, budget: number, days: readonly { day: Day; kind: LedgerCell['kind'] }[], today: Day, running: boolean, over: number,
): LedgerLine[] {
  const usedBy = (day: Day): number => days.filter((one) => one.day <= day && (one.kind === 'counted' || one.kind === 'over')).length;
  const line = (day: Day, text: Words): LedgerLine => ({ day, words: text, used: String(usedBy(day)), over: usedBy(day) > budget });
  const visits = run.flatMap((visit, index): LedgerLine[] => {
    const began = index === 0 ? words('开始，次日起算', 'Began; counts from the next day') : words('收到补正，次日续算', 'Corrected; goes on from the next day');
    const left = visit.leftAt === null ? [] : [line(localDay(visit.leftAt), index < run.length - 1 || running ? words('退回补正，暂停', 'Returned; the clock stops') : words('办结或暂停', 'Done or stopped'))];
    return [line(localDay(visit.enteredAt), began), ...left];
  });
  const full = days.filter((one) => one.kind === 'counted' || one.kind === 'left').at(budget - 1);
  const end = full === undefined ? [] : [{ day: full.day, words: words('期满', 'Last day'), used: String(budget), over: false }];
  const now = running && over > 0 ? [{ day: today, words: words('今天', 'Today'), used: `+${over}`, over: true }] : [];
  return [...visits, ...end, ...now].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

function footnoteOf(calendar: WorkCalendar, first: Day, last: Day): TermLedger['footnote'] {
  const [off, worked]: [Day[], Day[]] = [[], []];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const weekend = [0, 6].includes(weekdayOf(day));
    if (weekend && calendar.isWorkday(day)) worked.push(day);
    if (!weekend && !calendar.isWorkday(day)) off.push(day);
  }
  return { off: spansOf(off), worked: spansOf(worked) };
}

function spansOf(days: readonly Day[]): DaySpan[] {
  const spans: DaySpan[] = [];
  for (const day of days) {
    const last = spans.at(-1);
    if (last !== undefined && addDays(last.to ?? last.from, 1) === day) last.to = day;
    else spans.push({ from: day, to: null });
  }
  return spans;
}
