import { liveHash } from '../case-content.js';
import { freeze } from '../freeze.js';
import { demandNone, type Preparation, type Prepared, type Preparer } from '../preparation.js';
import { unanswered } from './plan-content.js';

async function applied(p: Preparation): Promise<Prepared> {
  const frozen = await freeze(p.trx, p.caseRow.id);
  demandNone([...frozen.read.defects.map((one) => ({ ...one, field: `${one.section}.${one.field}` })), ...unanswered(p)]);
  const own = frozen.content.sections.selfAssessment as Record<string, { score: number }>;
  const shown = await liveHash(p.trx, p.caseRow.id);
  return {
    facts: { defects: 0, content: frozen.hash, completeness: 100, selfScore: Object.values(own).reduce((sum, { score }) => sum + score, 0) },
    freeze: { hash: frozen.hash, body: frozen.body },
    ...(shown === null ? {} : { shown }),
  };
}

/** 申请验收 and 报送补正材料: six 到位 with evidence, every construction paper there or not applicable, projects of the unit's own baseline. */
export const apply: Preparer = applied;
