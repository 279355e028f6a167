import type { Knex } from 'knex';
import type { Actor } from '../../domain/actor.js';
import { Refused } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import type { PlanContent } from '../../../workflows/forms/plan-sections.js';
import type { FrozenContent } from '../freeze.js';
import { saveSection } from '../sections.js';
import { typedPlan } from './typed-plan.js';
import { planWorkbookRegister, type TypedSections } from './workbook-register.js';

type Row = Readonly<Record<string, unknown>>;

export interface CarriedOver {
  /** The year the plan was taken from. */
  readonly from: number;
  readonly saved: Readonly<Record<string, { readonly revision: number; readonly savedAt: Date }>>;
  /** Projects now 上年结转, and those left behind because they were accepted, dropped or moved out, by name. */
  readonly carried: readonly string[];
  readonly dropped: readonly string[];
}

/**
 * 沿用上年: the unit's plan on record of an earlier year – else the last text it sent on – as this year's draft. Projects not yet accepted become 上年结转; days, the population
 * and attachments belong to their year and are asked for anew.
 * @param expectedRevisions revisions to write over; left out, every section must still be empty
 * @throws Refused where there is no earlier plan, SectionConflict where something was written already, and whatever `saveSection` refuses
 */
export async function carryOverPlan(
  trx: Knex.Transaction, actor: Actor, caseId: string, now: Date, expectedRevisions: Readonly<Record<string, number>> = {},
): Promise<CarriedOver> {
  const { record } = await planWorkbookRegister(trx, caseId);
  const { city, unit, year } = record;
  const last = await trx('content_version as v').join('case_file as f', (on) => on.on('f.city', 'v.city').andOn('f.id', 'v.case_id'))
    .where({ 'f.city': city, 'f.unit': unit, 'f.workflow': 'plan' }).where('f.year', '<', year)
    .orderByRaw(`f.year desc, f.outcome is not distinct from 'filed' desc`).orderBy([{ column: 'v.frozen_at', order: 'desc' }, { column: 'v.ordinal', order: 'desc' }]).first('v.body', 'f.year');
  if (last === undefined) throw new Refused('no-earlier-plan', words('没有可以沿用的往年方案。', 'There is no plan of an earlier year to carry over.'), unit);
  const { sections } = JSON.parse(last.body) as FrozenContent;
  const finished = await finishedPlaces(trx, city, unit);
  const projects = ((sections as PlanContent).premises?.projects ?? []);
  const stays = projects.filter((one) => one.kind !== 'moved-out' && !finished.has(`${one.tier}:${one.placeCode}`));
  const draft = carriedSections(typedPlan(sections as PlanContent), new Set(stays.map((one) => `${one.tier}:${one.placeCode}`)));
  const saved: Record<string, { revision: number; savedAt: Date }> = {};
  for (const [name, body] of Object.entries(draft)) saved[name] = await saveSection(trx, actor, caseId, name, { ...body }, expectedRevisions[name] ?? 0, now);
  return { from: last.year, saved, carried: stays.map(({ name }) => name), dropped: projects.filter((one) => !stays.includes(one)).map(({ name }) => name) };
}

/** Places whose platform was accepted or is not built any more, and has not been opened again since. */
async function finishedPlaces(trx: Knex.Transaction, city: string, unit: string): Promise<Set<string>> {
  const rows: { tier: string; code: string; open: boolean }[] = await trx('project').where({ city, unit })
    .groupBy('tier', 'place_code').select('tier', 'place_code as code', trx.raw('bool_or(accepted_case is null and dropped_case is null) as open'));
  return new Set(rows.filter(({ open }) => !open).map(({ tier, code }) => `${tier}:${code}`));
}

const without = (row: Row, ...fields: string[]): Row => Object.fromEntries(Object.entries(row).filter(([field]) => !fields.includes(field)));

function carriedSections(plan: TypedSections, stays: ReadonlySet<string>): Record<string, Row> {
  const edits: Record<string, (body: Row) => Row> = {
    basics: (body) => without(body, 'population', 'populationSource'),
    premises: (body) => ({
      ...body, projects: (body.projects as Row[]).filter((one) => stays.has(`${one.tier}:${one.placeCode}`)).map((one) => ({ ...without(one, 'plannedFinish'), kind: 'carried' })),
    }),
    schedule: (body) => ({ ...body, phases: (body.phases as Row[]).map((one) => without(one, 'from', 'to')) }),
  };
  return Object.fromEntries(Object.entries(plan).filter(([name]) => name !== 'attachments').map(([name, body]) => [name, (edits[name] ?? ((one: Row) => one))(body)]));
}
