import type { Knex } from 'knex';
import { NotFound } from '../domain/errors.js';
import { localDay } from '../domain/local-day.js';
import { words } from '../domain/text.js';
import { valueOf, type PolicyPack } from '../../workflows/policies/policy-pack.js';
import type { CaseInput, PostRef, Role } from '../../workflows/vocabulary.js';
import { orderedVersion } from './opening-order.js';

/** The number that stands for each workflow in a case number, whose side it is on (`own`: whoever opens it), and its title. */
const kinds: Record<string, { code: string; side: 'unit' | 'city' | 'own'; title: (unit: string, year: number, detail: Record<string, unknown>) => string }> = {
  programme: { code: '00', side: 'city', title: (u, y) => `${u} ${y} 年度基层公共服务平台建设` },
  plan: { code: '01', side: 'unit', title: (u, y) => `${u} ${y} 年度基层公共服务平台建设实施方案` },
  inspection: { code: '02', side: 'city', title: (u, y) => `${u} ${y} 年度检查` },
  acceptance: { code: '03', side: 'unit', title: (u, y) => `${u} ${y} 年度验收` },
  matter: { code: '05', side: 'own', title: (_u, _y, { title }) => String(title) },
};

const isOwn = (workflow: string): boolean => kinds[workflow]?.side === 'own';

/** An office of the city as whose own a matter is opened: it stands where a filing unit else does. */
async function officeAsUnit(trx: Knex.Transaction, city: string, org: string): Promise<KnownOfUnit['unit'] | undefined> {
  const office = await trx('organisation as o').join('organisation_version as v', (on) => on.on('v.city', 'o.city').andOn('v.org', 'o.id').andOnNull('v.valid_to'))
    .where({ 'o.city': city, 'o.id': org, 'o.kind': 'office' }).first('o.id', 'v.name');
  return office && { code: city, name: office.name, kind: 'district', hrss_org: office.id, consent_org: office.id, ofCity: true };
}

/** What a new case rests on, wherever it was read. */
export interface KnownOfUnit {
  unit: { code: string; name: string; kind: 'district' | 'zone'; hrss_org: string; consent_org: string; ofCity?: boolean };
  orgs: { office: string; leaders: string };
  packId: string;
  pack: PolicyPack;
  /** Statutory instants of the year by term id. */
  dates: Record<string, string>;
  /** Cases of this kind the unit has had in that year. */
  earlier: number;
  /** The plan on record that a new plan would amend. */
  onRecord: { id: string; case_number: string } | null;
  /** Version of the chart the city has ordered; null leaves it to the registry. */
  chartVersion: number | null;
}

export interface NewCaseInput {
  input: CaseInput;
  side: 'unit' | 'city';
  title: string;
  pack: string;
  chartVersion: number | null;
  amends: string | null;
  confined: boolean;
}

interface Request {
  city: string; workflow: string; caseId: string; unit: string; year: number; now: string; detail?: Record<string, unknown>; parent?: string; by: PostRef | null;
}

/** How the number of a case begins: by unit, year and kind. @throws NotFound for a workflow nobody opens */
export function caseNumberPrefix(workflow: string, unitCode: string, year: number): string {
  const kind = kinds[workflow];
  if (!kind) throw new NotFound('no-such-workflow', words(`没有“${workflow}”这个流程。`, `There is no workflow “${workflow}”.`));
  return `JCPT-${year}-${unitCode}-${kind.code}`;
}

/** The register's part of a case about to be opened: organisations, chains, number and title. */
export function caseInputOf(request: Request, known: KnownOfUnit): NewCaseInput {
  const { unit, orgs, pack, onRecord, earlier } = known;
  const { year } = request;
  const kind = kinds[request.workflow]!;
  const prefix = caseNumberPrefix(request.workflow, unit.code, year);
  const { amends: _never, proposer: _nor, ...detail } = request.detail ?? {};
  const chains = { ...valueOf(pack.chains.default), ...(valueOf(pack.chains.units)[unit.code] ?? {}) } as Record<string, Role[]>;
  return {
    side: kind.side !== 'own' ? kind.side : unit.ofCity ? 'city' : 'unit',
    title: `${kind.title(unit.name, year, detail)}${onRecord ? '（调整）' : ''}`,
    pack: known.packId,
    chartVersion: known.chartVersion,
    amends: onRecord?.id ?? null,
    confined: kind.side === 'own' && unit.ofCity !== true,
    input: {
      now: request.now, caseId: request.caseId, caseNumber: earlier > 0 ? `${prefix}-${earlier + 1}` : prefix, year, unit: request.unit, unitName: unit.name,
      unitKind: unit.kind, orgs: { hrss: unit.hrss_org, consent: unit.consent_org, ...orgs }, chains,
      dates: known.dates, parent: request.parent ?? null,
      detail: onRecord ? { ...detail, amends: { caseId: onRecord.id, caseNumber: onRecord.case_number } } : kind.side === 'own' ? { ...detail, proposer: request.by } : detail,
    },
  };
}

/**
 * What the register knows of a case about to be opened: its unit, organisations, chains, number and title.
 * @throws NotFound for a unit that does not file in that year
 */
export async function caseInput(
  trx: Knex.Transaction, request: Request, packOf: (id: string) => { pack: PolicyPack }, datesOf: (pack: PolicyPack, year: number) => Record<string, string>,
): Promise<NewCaseInput> {
  const { city, year } = request;
  const own = isOwn(request.workflow);
  const unit = (await trx('filing_unit').where({ city, year, id: request.unit }).first()) ?? (own ? await officeAsUnit(trx, city, request.unit) : undefined);
  if (!unit || !kinds[request.workflow] || (own && request.by === null)) throw new NotFound('no-such-unit', words(`${year} 年度没有这个填报单位。`, `No such filing unit in ${year}.`), request.unit);
  const { pack: packId } = await trx('city').where({ city }).first('pack');
  const { pack } = packOf(packId);
  const offices = await trx('organisation').where({ city }).whereIn('kind', ['office', 'leaders']).select('id', 'kind');
  const org = (name: string): string => offices.find((o) => o.kind === name)?.id;
  const { count } = (await trx('case_file').where({ city }).whereLike('case_number', `${caseNumberPrefix(request.workflow, unit.code, year)}%`).count<{ count: bigint }[]>('* as count'))[0]!;
  const onRecord = request.workflow === 'plan'
    ? await trx('case_file').where({ city, year, unit: request.unit, workflow: 'plan', outcome: 'filed' }).orderBy([{ column: 'opened_at', order: 'desc' }, { column: 'id', order: 'desc' }]).first('id', 'case_number') : undefined;
  return caseInputOf(request, {
    unit, orgs: { office: org('office'), leaders: org('leaders') }, packId, pack, dates: datesOf(pack, year), earlier: Number(count), onRecord: onRecord ?? null,
    chartVersion: await orderedVersion(trx, city, request.workflow, localDay(new Date(request.now))),
  });
}
