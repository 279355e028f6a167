import type { CaseHead } from '../../reads/case-head.js';
import type { StageVisit } from '../../reads/year-progress.js';
import type { FlowStep } from '../../../workflows/registry.js';

/** A visit to a stage of the main line, with its place in it and how often the stage had been entered by then. */
export interface LineVisit extends StageVisit {
  step: number;
  round: number;
}

/** The visits to stages of the main line, in the order of entry; regions that run beside it (timeliness, the year) are left out. */
export function lineVisits(steps: readonly FlowStep[], head: Pick<CaseHead, 'stages'>): LineVisit[] {
  const counts = new Map<string, number>();
  return [...head.stages].sort((a, b) => a.seq - b.seq || a.enteredAt.getTime() - b.enteredAt.getTime()).flatMap((visit): LineVisit[] => {
    const step = steps.findIndex((one) => one.stages.includes(visit.stage));
    if (step < 0) return [];
    const round = (counts.get(visit.stage) ?? 0) + 1;
    counts.set(visit.stage, round);
    return [{ ...visit, step, round }];
  });
}

/** Stages in which the clock of the stage before stands still: the unit corrects what the office returned. */
export const pausing: ReadonlySet<string> = new Set(['correcting']);
