import type { Knex } from 'knex';
import { NotFound } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import { caseRecord, type CaseRecord } from '../case-record.js';
import type { PlanRegister } from '../plan-check.js';
import { planRegister } from '../plan-register.js';

/** Sections of a plan as typed, by name. */
export type TypedSections = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What a plan's workbook is written and read against: whose it is, the pack and its limits, and where every code of the city belongs. */
export interface PlanWorkbookRegister {
  readonly caseId: string;
  readonly caseNumber: string;
  readonly year: number;
  readonly unit: { readonly code: string; readonly name: string };
  readonly pack: PolicyPack;
  readonly townships: ReadonlyMap<string, { readonly name: string }>;
  readonly villages: PlanRegister['villages'];
  /** Codes of other units of the city, with the unit's name: a clerk who pasted a neighbour's code is told whose it is. */
  readonly elsewhere: ReadonlyMap<string, string>;
  /** Revisions of the live sections: a workbook knows on which ones it is based. */
  readonly revisions: Readonly<Record<string, number>>;
}

/** Everything the workbook of one plan needs from the database. @throws NotFound for what is no plan, or not there for this reader */
export async function planWorkbookRegister(trx: Knex.Transaction, caseId: string): Promise<PlanWorkbookRegister & { readonly record: CaseRecord }> {
  const record = await caseRecord(trx, caseId);
  if (record.workflow !== 'plan') throw new NotFound('no-such-plan', words('没有这个实施方案。', 'There is no such plan.'), caseId);
  const { city, year, unit } = record;
  const own = await planRegister(trx, record);
  const { number } = await trx('case_file').where({ city, id: caseId }).first('case_number as number');
  const units: { id: string; code: string; name: string }[] = await trx('filing_unit').where({ city, year }).whereNot({ id: unit }).select('id', 'code', 'name');
  const names = new Map(units.map((one) => [one.id, one.name]));
  const places: { code: string; unit: string }[] = [
    ...(await trx('township').where({ city, year }).whereNot({ unit }).select('code', 'unit')),
    ...(await trx('village').where({ city, year }).whereNot({ unit }).select('code', 'unit')),
  ];
  const sections: { name: string; revision: number }[] = await trx('case_section').where({ city, case_id: caseId }).select('name', 'revision');
  return {
    record, caseId, caseNumber: number, year, unit: { code: own.unit.code, name: own.name }, pack: record.pack, townships: own.townships, villages: own.villages,
    elsewhere: new Map([...units.map((one) => [one.code, one.name] as const), ...places.map((one) => [one.code, names.get(one.unit) ?? ''] as const)]),
    revisions: Object.fromEntries(sections.map(({ name, revision }) => [name, revision])),
  };
}
