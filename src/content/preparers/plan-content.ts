import { words } from '../../domain/text.js';
import type { Defect } from '../../domain/errors.js';
import { hashed, liveHash } from '../case-content.js';
import { freeze, frozenContent, type Frozen, type FrozenContent } from '../freeze.js';
import { demandNone, type Preparation, type Prepared, type Preparer } from '../preparation.js';
import type { PlanContent } from '../../../workflows/forms/plan-sections.js';

/** Defects of the sections as defects of the whole case: `premises.projects.3.grossArea`. */
const pinned = ({ read }: Frozen): Defect[] => read.defects.map((one) => ({ ...one, field: `${one.section}.${one.field}` }));

async function frozenFacts(p: Preparation, frozen: Frozen): Promise<Prepared> {
  const content = frozen.content.sections as PlanContent;
  const shown = await liveHash(p.trx, p.caseRow.id);
  return {
    facts: {
      defects: 0, belowUnjustified: frozen.check?.belowUnjustified ?? 0, planType: content.basics?.planType ?? 'construction', content: frozen.hash,
      completeness: frozen.read.completeness, totals: frozen.content.totals,
    },
    freeze: { hash: frozen.hash, body: frozen.body },
    ...(shown === null ? {} : { shown }),
  };
}

/** 送人社局审核: complete, within the unit, at or above the standards or justified. */
export const submit: Preparer = async (p) => {
  const frozen = await freeze(p.trx, p.caseRow.id);
  demandNone(pinned(frozen));
  return frozenFacts(p, frozen);
};

/** 送预审: a draft may have gaps, but not be empty. */
export const requestPreReview: Preparer = async (p) => {
  const frozen = await freeze(p.trx, p.caseRow.id);
  if (frozen.read.states.every((one) => one.status === 'empty')) {
    demandNone([{ field: '', code: 'empty', sentence: words('还没有填写内容，不能送预审。', 'Nothing has been written yet.') }]);
  }
  return frozenFacts(p, frozen);
};

/** 报送补正稿: every remark answered, nothing open; tells whether the consent organ has to see it again. */
export const resubmit: Preparer = async (p) => {
  const frozen = await freeze(p.trx, p.caseRow.id);
  demandNone([...pinned(frozen), ...unanswered(p)]);
  const consented = (p.context.consent as { content: string | null } | null)?.content ?? null;
  const before = consented === null ? null : await frozenContent(p.trx, p.caseRow.id, consented);
  const prepared = await frozenFacts(p, frozen);
  return { ...prepared, facts: { ...prepared.facts, projectsOrMoneyChanged: before === null || substance(before) !== substance(frozen.content) } };
};

/** Remarks of the office without an answer. */
export function unanswered({ context, fields }: Preparation): Defect[] {
  const replies = (fields.replies ?? {}) as Record<string, string>;
  return ((context.remarks ?? []) as { id: string }[]).filter(({ id }) => !replies[id]).map(({ id }, index) => ({
    field: `replies.${id}`, code: 'missing', sentence: words(`第 ${index + 1} 条退回理由还没有答复。`, `Remark ${index + 1} has no answer yet.`),
  }));
}

/** What consent was given for: projects with their standards, and the money. Wording is not part of it. */
function substance({ sections }: FrozenContent): string {
  const { basics, premises, funds } = sections as PlanContent;
  const projects = (premises?.projects ?? []).map(({ name: _name, justification: _why, approval: _approval, ...project }) => project);
  return hashed({ planType: basics?.planType ?? null, projects, money: funds === undefined ? null : { lines: funds.lines, total: funds.total } }).hash;
}
