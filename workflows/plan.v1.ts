import type { AnyStateMachine } from 'xstate';
import { chart } from './patterns/chart.js';
import { withMoves } from './patterns/moves.js';
import { planContext, planGuards, planRights, planRoot, planSets, type PlanContext } from './plan-rules.v1.js';
import { filed, procedure } from './plan-states.v1.js';

const rights = planRights([
  { stage: 'registered', org: 'office', role: 'office.registrar' }, { stage: 'officeReview', org: 'office', role: 'office.clerk' }, { stage: 'directorDecision', org: 'office', role: 'office.director' },
]);

/** `plan.v1`: one plan per filing unit and year. */
export const planV1 = (withdrawMinutes: number): AnyStateMachine => chart<PlanContext>(withMoves<PlanContext>({
  id: 'plan', context: planContext(withdrawMinutes), guards: planGuards, sets: planSets, root: planRoot(procedure, filed('officeReview')),
}, rights));
