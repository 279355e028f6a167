import type { CaseProgress } from './year-progress.js';

/** How a unit's plan of a year stands. */
export interface UnitPlan {
  /** The plan on record as it was last amended; before that the one under way. */
  readonly plan: CaseProgress | undefined;
  /** An amendment of it that is under way (方案调整): it takes the plan's place when it is itself on record, and not before. */
  readonly amendment: CaseProgress | undefined;
}

/** Tells the plan of a unit from its amendments. `cases` are the unit's own of one year, oldest first. */
export function planOnRecord(cases: readonly CaseProgress[]): UnitPlan {
  const plans = cases.filter((one) => one.workflow === 'plan');
  const onRecord = plans.filter((one) => one.outcome === 'filed').at(-1);
  if (onRecord === undefined) return { plan: plans.at(-1), amendment: undefined };
  return { plan: onRecord, amendment: plans.find((one) => !one.final) };
}
