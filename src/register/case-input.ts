import type { Knex } from 'knex';
import { NotFound } from '../domain/errors.js';
import { localDay } from '../domain/local-day.js';
import { words } from '../domain/text.js';
import { valueOf, type PolicyPack } from '../../workflows/policies/policy-pack.js';
import type { CaseInput, Role } from '../../workflows/vocabulary.js';
import { orderedVersion } from './opening-order.js';

/** The number that stands for each workflow in a case number, and its title. */
const kinds: Record<string, { code: string; side: 'unit' | 'city'; title: (unit: string, year: number) => string }> = {
  programme: { code: '00', side: 'city', title: (u, y) => `${u} ${y} 年度基层公共服务平台建设` },
  plan: { code: '01', side: 'unit', title: (u, y) => `${u} ${y} 年度基层公共服务平台建设实施方案` },
  inspection: { code: '02', side: 'city', title: (u, y) => `${u} ${y} 年度检查` },
  acceptance: { code: '03', side: 'unit', title: (u, y) => `${u} ${y} 年度验收` },
};

/**
 * What the register knows of a case about to be opened: its unit, organisations, chains, number and title.
 * @throws NotFound for a unit that does not file in that year
 */
export async function caseInput(
  trx: Knex.Transaction,
  request: { city: string; workflow: string; caseId: string; unit: string; year: number; now: string; detail?: Record<string, unknown>; parent?: string },
  packOf: (id: string) => { pack: PolicyPack },
  datesOf: (pack: PolicyPack, year: number) => Record<string, string>,
): Promise<{ input: CaseInput; side: 'unit' | 'city'; title: string; pack: string; chartVersion: number | null; amends: string | null }> {
  const { city, year } = request;
  const unit = await trx('filing_unit').where({ city, year, id: request.unit }).first();
  const kind = kinds[request.workflow];
  if (!unit || !kind) throw new NotFound('no-such-unit', words(`${year} 年度没有这个填报单位。`, `No such filing unit in ${year}.`), request.unit);
  const { pack: packId } = await trx('city').where({ city }).first('pack');
  const { pack } = packOf(packId);
  const offices = await trx('organisation').where({ city }).whereIn('kind', ['office', 'leaders']).select('id', 'kind');
  const org = (name: string): string => offices.find((o) => o.kind === name)?.id;
  const prefix = `JCPT-${year}-${unit.code}-${kind.code}`;
  const { count } = (await trx('case_file').where({ city }).whereLike('case_number', `${prefix}%`).count<{ count: bigint }[]>('* as count'))[0]!;
  const onRecord = request.workflow === 'plan'
    ? await trx('case_file').where({ city, year, unit: request.unit, workflow: 'plan', outcome: 'filed' }).orderBy([{ column: 'opened_at', order: 'desc' }, { column: 'id', order: 'desc' }]).first('id', 'case_number') : undefined;
  const { amends: _never, ...detail } = request.detail ?? {};
  const chains = { ...valueOf(pack.chains.default), ...(valueOf(pack.chains.units)[unit.code] ?? {}) } as Record<string, Role[]>;
  return {
    side: kind.side,
    title: `${kind.title(unit.name, year)}${onRecord ? '（调整）' : ''}`,
    pack: packId,
    chartVersion: await orderedVersion(trx, city, request.workflow, localDay(new Date(request.now))),
    amends: onRecord?.id ?? null,
    input: {
      now: request.now, caseId: request.caseId, caseNumber: count > 0n ? `${prefix}-${count + 1n}` : prefix, year, unit: request.unit, unitName: unit.name,
      unitKind: unit.kind, orgs: { hrss: unit.hrss_org, consent: unit.consent_org, office: org('office'), leaders: org('leaders') }, chains,
      dates: datesOf(pack, year), parent: request.parent ?? null, detail: onRecord ? { ...detail, amends: { caseId: onRecord.id, caseNumber: onRecord.case_number } } : detail,
    },
  };
}
