import { newId } from '../../clock.js';
import type { Actor } from '../../domain/actor.js';
import type { CaseHead } from '../../reads/case-head.js';
import type { UnitPlan } from '../../reads/plans-of-unit.js';

/** 方案调整 beside a plan on record and on the page of its year. */
export interface AmendmentView {
  /** The unit's clerk may open one now. */
  offered: boolean;
  key: string;
  /** The one under way: there is never a second. */
  running: UnitPlan | null;
  /** The amendment that is on record in the place of the plan shown. */
  replacedBy: UnitPlan | null;
}

/** Null where nothing is on record yet, or the reader has no part in it and there is nothing to say. */
export function amendmentView(head: CaseHead, plans: readonly UnitPlan[], actors: readonly Actor[]): AmendmentView | null {
  const onRecord = plans.filter((plan) => plan.outcome === 'filed').at(-1);
  if (onRecord === undefined || !(head.workflow === 'programme' || (head.workflow === 'plan' && head.outcome === 'filed'))) return null;
  const running = plans.find((plan) => !plan.final) ?? null;
  const replacedBy = head.workflow === 'plan' && head.caseId !== onRecord.caseId ? onRecord : null;
  const offered = running === null && replacedBy === null && actors.some((actor) => actor.role === 'unit.clerk' && actor.unit === head.unit);
  return offered || running !== null || replacedBy !== null ? { offered, key: newId(), running, replacedBy } : null;
}
