import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import { addMinutes } from '../instants.js';
import { modelInput } from './case-input.js';
import { plainModel, type ChartModel, type Facts } from './chart-model.js';
import { matterModel } from './matter-model.js';
import { withMoves } from './moves-model.js';
import { planModel, twiceCheckedPlan } from './plan-model.js';
import { acceptanceModel, inspectionModel } from './team-models.js';

const DAY = 24 * 60;

/** `programme.v1`: every way its cases may end, before and after the window of inspection and the end of the year. */
function programmeModel(pack: PolicyPack): ChartModel {
  const input = modelInput(pack);
  const after = (term: string): string => addMinutes(input.dates[term]!, DAY);
  return {
    inputs: [input],
    instants: [input.now, after('inspection.windowCloses'), after('programme.yearEnd')],
    endings: {
      plan: [{ outcome: 'filed', planType: 'construction' }, { outcome: 'filed', planType: 'nothingNew' }, { outcome: 'exempted', planType: null }],
      inspection: [{ outcome: 'closed' }],
      acceptance: ['passed', 'failed', 'refused', 'abandoned'].map((outcome) => ({ outcome })),
    },
    facts: (c) => [
      c.plan && [c.plan.outcome === 'exempted', c.plan.planType === 'nothingNew'], c.inspection !== null, (c.acceptances as Facts[]).at(-1)?.outcome === 'passed',
      [...(c.running as string[])].sort(),
    ],
    variations: {},
  };
}

const models: Readonly<Record<string, (pack: PolicyPack) => ChartModel>> = {
  programme: programmeModel, plan: planModel, 'plan.v2': twiceCheckedPlan, inspection: (pack) => withMoves(inspectionModel(pack)), acceptance: (pack) => withMoves(acceptanceModel(pack)),
  matter: (pack) => withMoves(matterModel(pack), { from: (c) => c.round <= 1 && !c.ofUnit }),
};

/** The model of a version, else of its workflow; one that has none is walked with its whole context. */
export function modelOf(workflow: string, version: number, pack: PolicyPack): ChartModel {
  return (models[`${workflow}.v${version}`] ?? models[workflow])?.(pack) ?? plainModel(modelInput(pack));
}
