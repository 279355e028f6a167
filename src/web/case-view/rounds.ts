import type { WorkCalendar } from '../../domain/calendar.js';
import { localDay } from '../../domain/local-day.js';
import type { Words } from '../../domain/text.js';
import { termOf } from '../../../workflows/policies/pack-rules.js';
import { stepsOf } from '../../../workflows/registry.js';
import type { CaseHead } from '../../reads/case-head.js';
import type { WebServices } from '../services.js';
import { stageWords } from './stage-words.js';
import type { TimelineView } from './timeline-view.js';
import { lineVisits, pausing, type LineVisit } from './visits-of-stages.js';

/** One round of a stage in 办理过程: what was done in it, and how many working days it took. */
export interface Round {
  words: Words;
  /** From the second on. */
  round: number | null;
  from: Date;
  to: Date | null;
  /** Working days after the day it began. */
  used: number;
  /** These days count for nobody: the term before stands still. */
  paused: boolean;
  over: number;
  entries: TimelineView[];
}

export interface Rounds {
  rounds: Round[];
  /** What the unit did before it filed, folded; for the city only stages and days. */
  before: { rounds: Round[]; count: number; from: Date; to: Date | null } | null;
}

/** Groups the timeline by visits to stages, latest first. An entry belongs to the visit it began or happened in. */
export function roundsOf(services: WebServices, head: CaseHead, timeline: readonly TimelineView[], calendar: WorkCalendar, now: Date, scope: 'unit' | 'city' | 'system'): Rounds {
  const steps = stepsOf(head.workflow, head.chartVersion);
  const visits = lineVisits(steps, head);
  const { pack } = services.packOf(head.pack);
  const metas = services.stagesOf(head.workflow, head.chartVersion, head.pack);
  const budgetOf = (visit: LineVisit): number | null => {
    const term = metas.find((meta) => meta.stage === visit.stage)?.term;
    if (term === undefined || pack.terms[term] === undefined) return null;
    const { count, unit } = termOf(pack, term);
    return unit === 'workday' ? (head.terms.find((one) => one.term === term)?.budget ?? count) : null;
  };
  // Before the city a district's own steps are stages and days, and nothing is reckoned of them.
  const inside = (stage: string): boolean => scope === 'city' && metas.find((meta) => meta.stage === stage)?.visibility === 'unit';
  const usedBefore = new Map<string, number>();
  const rounds = visits.map((visit, index): Round => {
    const next = visits[index + 1];
    const used = Math.max(0, calendar.workdaysBetween(localDay(visit.enteredAt), localDay(visit.leftAt ?? (head.final ? visit.enteredAt : now))).days);
    const budget = budgetOf(visit);
    const total = used + (usedBefore.get(visit.stage) ?? 0);
    usedBefore.set(visit.stage, next !== undefined && pausing.has(next.stage) ? total : 0);
    return {
      words: stageWords(services, head, visit.stage), from: visit.enteredAt, to: visit.leftAt, paused: pausing.has(visit.stage),
      round: !inside(visit.stage) && visits.some((one) => one.stage === visit.stage && one.round > 1) ? visit.round : null,
      used: inside(visit.stage) ? 0 : used, over: budget === null || inside(visit.stage) ? 0 : Math.max(0, total - budget),
      entries: timeline.filter((entry) => entry.seq >= visit.seq && (next === undefined || entry.seq < next.seq)),
    };
  });
  // What was journalled before the first stage of the line belongs to it.
  const first = visits[0];
  if (first !== undefined) rounds[0]!.entries.push(...timeline.filter((entry) => entry.seq < first.seq));
  const latest = [...rounds].reverse();
  const filed = visits.findIndex((visit) => visit.stage === 'registered');
  if (head.workflow !== 'plan' || filed < 1) return { rounds: latest, before: null };
  const earlier = rounds.slice(0, filed).reverse();
  return {
    rounds: rounds.slice(filed).reverse(),
    before: { rounds: earlier, count: earlier.reduce((sum, one) => sum + one.entries.length, 0), from: earlier.at(-1)!.from, to: earlier[0]!.to },
  };
}
