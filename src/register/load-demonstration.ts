import type { Knex } from 'knex';
import { newId } from '../clock.js';
import { demonstrationPeople } from './demonstration-people.js';
import type { FilingUnit, JinanData } from './jinan-records.js';
import { readJinan } from './jinan-files.js';
import { organisationsOf } from './jinan-organisations.js';

const CITY = '370100';
const EARLIEST = '2001-01-01';
const BATCH = 2000;

/** Everybody may sign in with one generated password; the accounts exist in demonstration installations only. */
export interface DemonstrationAccount {
  login: string;
  name: string;
  post: string;
}

/**
 * Loads the demonstration city: the units, townships and villages of 2026 and of 2011 with their real codes, organisations with stable ids,
 * invented people in their posts. Runs as the owner of the schema, in one transaction, into an empty database.
 */
export async function loadDemonstration(trx: Knex.Transaction, checkout: string, passwordHash: string): Promise<DemonstrationAccount[]> {
  await trx('city').insert({ city: CITY, name: '济南市', name_en: 'Jinan', pack: 'jinan-2011-61' });
  const now = readJinan(checkout, 2026);
  const then = readJinan(checkout, 2011);
  const unitIds = new Map(now.units.map((u) => [u.key, newId()]));
  const unitOfCode = (data: JinanData) => new Map(data.units.map((u) => [u.code, unitIds.get(u.key)!]));
  const orgIds = await insertOrganisations(trx, now.units, then.units, unitOfCode(now));
  for (const [year, data] of [[2026, now], [2011, then]] as const) await insertDivisions(trx, year, data, unitOfCode(data), unitIds, orgIds);
  return insertPeople(trx, now.units, unitOfCode(now), orgIds, passwordHash);
}

async function insertOrganisations(trx: Knex.Transaction, units: readonly FilingUnit[], before: readonly FilingUnit[], unitIds: Map<string, string>) {
  const ids = new Map<string, string>();
  const earlier = new Map(organisationsOf(before).map((o) => [o.key, o.name.zh]));
  const since = new Map(units.map((u) => [u.key, u.since]));
  const rows = organisationsOf(units);
  for (const o of rows) ids.set(o.key, newId());
  await trx('organisation').insert(rows.map((o) => ({
    city: CITY, id: ids.get(o.key), kind: o.kind, department: o.department, unit: o.unit ? unitIds.get(o.unit) : null,
  })));
  const versions = rows.flatMap((o) => {
    const base = { city: CITY, org: ids.get(o.key), short_name: o.name.zh, code: o.unit };
    const renamed = since.get(o.key.split('.')[0]!);
    const old = earlier.get(o.key);
    if (!renamed || !old || old === o.name.zh) return [{ ...base, name: o.name.zh, valid_from: renamed ?? EARLIEST, valid_to: null }];
    return [{ ...base, name: old, short_name: old, valid_from: EARLIEST, valid_to: renamed }, { ...base, name: o.name.zh, valid_from: renamed, valid_to: null }];
  });
  await trx('organisation_version').insert(versions);
  return ids;
}

async function insertDivisions(trx: Knex.Transaction, year: number, data: JinanData, unitOf: Map<string, string>, unitIds: Map<string, string>, orgIds: Map<string, string>) {
  await trx('filing_unit').insert(data.units.map((u) => ({
    city: CITY, id: unitIds.get(u.key), year, position: u.order, name: u.name, code: u.code, kind: u.kind, host: u.host ? unitOf.get(u.host) : null,
    hrss_org: orgIds.get(`${u.key}.hrss`), consent_org: orgIds.get(`${u.key}.consent`), consent_kind: u.kind === 'zone' ? 'committee' : 'government',
    population: u.population, population_source: u.populationSource, population_sample: u.sample,
    population_deducted: u.deductions.reduce((sum, d) => sum + d.population, 0),
  })));
  const townships = data.townships.map((t) => ({
    city: CITY, year, code: t.code, unit: unitOf.get(t.unit), name: t.name, kind: t.name.endsWith('街道') ? 'street' : 'town', population: t.population,
    population_source: t.populationSource, population_sample: t.sample,
  }));
  await trx.batchInsert('township', townships, BATCH);
  const unitOfTownship = new Map(townships.map((t) => [t.code, t.unit]));
  await trx.batchInsert('village', data.villages.map((v) => ({
    city: CITY, year, code: v.code, township: v.township, unit: unitOfTownship.get(v.township), name: v.name, kind: v.kind,
  })), BATCH);
}

async function insertPeople(trx: Knex.Transaction, units: readonly FilingUnit[], unitIds: Map<string, string>, orgIds: Map<string, string>, passwordHash: string) {
  const people = demonstrationPeople(units).map((p) => ({ ...p, personId: newId(), postId: newId() }));
  const unitId = (code: string | null) => (code ? unitIds.get(code) : null);
  await trx('person').insert(people.map((p) => ({ city: CITY, id: p.personId, name: p.name, invented: true })));
  await trx('post').insert(people.map((p) => ({ city: CITY, id: p.postId, org: orgIds.get(p.organisation), role: p.role, name: p.post.zh, name_en: p.post.en, unit: unitId(p.unit) })));
  await trx('post_holding').insert(people.map((p) => ({ city: CITY, post: p.postId, person: p.personId, standing: 'A', valid_from: EARLIEST })));
  await trx('account').insert(people.map((p) => ({ city: CITY, id: newId(), login: p.login, person: p.personId, password_hash: passwordHash })));
  return people.map((p) => ({ login: p.login, name: p.name, post: p.post.zh }));
}
