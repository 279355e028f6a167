import type { Actor } from '../../domain/actor.js';
import { NotFound } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import type { PlanContent } from '../../../workflows/forms/plan-sections.js';
import type { FrozenContent } from '../freeze.js';
import { loadSections } from '../sections.js';
import type { WorkbookParts } from './import-plan-workbook.js';
import { typedPlan } from './typed-plan.js';
import { planWorkbookRegister, type TypedSections } from './workbook-register.js';
import { writePlanWorkbook } from './write-plan-workbook.js';

export const workbookMediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * The workbook of a plan as this actor may see it: the unit's own draft while it is being written, otherwise the last frozen version that was
 * released to the reader.
 * @throws NotFound where there is nothing this reader may see
 */
export async function planWorkbook({ database, clock }: WorkbookParts, actor: Actor, caseId: string): Promise<{ bytes: Buffer; name: string }> {
  const { register, plan } = await database.asActor(actor, async (trx) => {
    const { record, ...rest } = await planWorkbookRegister(trx, caseId);
    if (record.live && actor.scope === 'unit') {
      const rows = await loadSections(trx, caseId);
      return { register: rest, plan: Object.fromEntries(Object.values(rows).map(({ name, body }) => [name, body])) as TypedSections };
    }
    const frozen = await trx('content_version').where({ city: record.city, case_id: caseId }).orderBy('ordinal', 'desc').first('body');
    if (frozen === undefined) throw new NotFound('no-such-plan', words('没有这个实施方案。', 'There is no such plan.'), caseId);
    const { sections, drafts } = JSON.parse(frozen.body) as FrozenContent;
    return { register: rest, plan: { ...(drafts as TypedSections), ...typedPlan(sections as PlanContent) } };
  });
  return { bytes: await writePlanWorkbook(plan, register, clock.now()), name: `${register.unit.name}${register.year}年度实施方案数据表.xlsx` };
}
