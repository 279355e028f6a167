import type { AnyStateMachine } from 'xstate';
import { chart, named, stage, type ChartState } from './patterns/chart.js';
import { jumping } from './patterns/jump.js';
import { withMoves } from './patterns/moves.js';
import { planContext, planGuards, planRights, planRoot, planSets, type PlanContext } from './plan-rules.v1.js';
import { correction, decision, filed, registration, unitSteps } from './plan-states.v1.js';

/** 初审: what was 形式审查 of one person, with less time, because a colleague looks again. */
const firstCheck = stage({
  stage: 'firstCheck', words: { zh: '初审', en: 'First check' }, clauses: ['C-7.7'], visibility: 'both', content: 'frozen', term: 'plan.firstCheck', jumpStop: true, signers: true, back: ['returnForCorrection'],
  duties: [{ side: 'city', org: 'office', role: 'office.clerk', commands: ['acceptComplete', 'returnForCorrection'] }],
}, {
  on: {
    acceptComplete: { target: 'secondCheck', actions: [{ type: 'set.checked' }, { type: 'notify', params: { template: 'secondCheckWanted', to: 'office' } }] },
    returnForCorrection: {
      target: 'correcting',
      actions: [{ type: 'pauseTerm', params: { term: 'plan.firstCheck' } }, { type: 'set.remarked' },
        { type: 'issueDocument', params: { kind: 'correctionLetter', visibleTo: 'both' } }, { type: 'notify', params: { template: 'correctionWanted', to: 'clerk' } }],
    },
  },
});

/** 复核: a colleague of the same office looks again before the director decides. The document asks for filing with the office (C-7.7) and leaves open how it reads; this is the city's own order (示例). */
const secondCheck = stage({
  stage: 'secondCheck', words: { zh: '复核', en: 'Second check' }, clauses: ['C-7.7'], visibility: 'both', content: 'frozen', term: 'plan.secondCheck', jumpStop: true, signers: true,
  back: ['sendBack'], notByChecker: true,
  duties: [{ side: 'city', org: 'office', role: 'office.clerk', commands: ['confirmCheck', 'sendBack'] }],
}, {
  on: {
    confirmCheck: { target: 'directorDecision' },
    sendBack: { target: 'firstCheck', actions: [{ type: 'notify', params: { template: 'sentBack', to: 'office' } }] },
  },
});

/** The unit's steps are those of v1; the office reads in two steps. */
const procedure: ChartState = named('办理', 'Procedure', {
  initial: 'drafting',
  on: jumping(['registered', 'firstCheck', 'secondCheck', 'directorDecision']),
  states: { ...unitSteps, registered: registration('firstCheck'), firstCheck, correcting: correction('firstCheck'), secondCheck, directorDecision: decision('firstCheck') },
});

const rights = planRights([
  { stage: 'registered', org: 'office', role: 'office.registrar' }, { stage: 'firstCheck', org: 'office', role: 'office.clerk' },
  { stage: 'secondCheck', org: 'office', role: 'office.clerk' }, { stage: 'directorDecision', org: 'office', role: 'office.director' },
]);

/** `plan.v2`: 初审 and 复核 by two persons of the office in the place of the one 形式审查 of v1; all else as it was. */
export const planV2 = (withdrawMinutes: number): AnyStateMachine => chart<PlanContext>(withMoves<PlanContext>({
  id: 'plan', context: (input) => ({ ...planContext(withdrawMinutes)(input), checkedBy: null }), guards: planGuards,
  sets: { ...planSets, checked: (_c, e) => ({ checkedBy: e.by.person }) }, root: planRoot(procedure, filed('firstCheck')),
}, rights));
