import type { Knex } from 'knex';
import { centerClass, hallBand, type StandardRules } from '../domain/standards.js';
import type { PlanStanding, ProjectStanding } from '../domain/plan-standing.js';
import type { PlanProject } from '../../workflows/forms/plan-sections.js';
import { standardRulesOf } from '../../workflows/policies/pack-rules.js';
import { caseRecord } from './case-record.js';
import { judgeProject, type PlanRegister } from './plan-check.js';
import { readableProjects } from './readable-projects.js';
import { planRegister } from './plan-register.js';
import { placesOf } from './workbook/prefilled-places.js';

/**
 * Judges every row of a plan for itself: a row that is not complete, or stands beside one that cannot be read, is judged all the same.
 * @throws NotFound for a case that is not there for this reader
 */
export async function planStanding(trx: Knex.Transaction, caseId: string): Promise<PlanStanding> {
  const record = await caseRecord(trx, caseId);
  const { city, year, unit: id, pack } = record;
  const register = await planRegister(trx, record);
  const rules = standardRulesOf(pack);
  const unit = await trx('filing_unit').where({ city, year, id }).first('population', 'population_deducted as deducted', 'population_source as source', 'population_sample as sample');
  const samples = new Set<string>(await trx('township').where({ city, year, unit: id, population_sample: true }).pluck('code'));
  const section = await trx('case_section').where({ city, case_id: caseId, name: 'premises' }).first('body');
  const rows = readableProjects(pack, section?.body);
  const projects = rows.map((project, index): ProjectStanding => {
    const judged = judgeProject(project, index, register, rules);
    return { ...judged, place: placeName(project, register), required: requiredOf(project, register, rules), justified: project.justification !== null, sample: project.tier === 'hall' ? unit.sample : samples.has(project.placeCode) };
  });
  const taken = new Set(rows.map(({ tier, placeCode }) => `${tier}:${placeCode}`));
  const places = placesOf({ unit: { code: register.unit.code, name: register.name }, townships: register.townships, villages: new Map() });
  const { area, upTo } = hallBand(rules, register.unit.population);
  return {
    hall: { population: register.unit.population, deducted: unit.deducted, source: unit.source, sample: unit.sample, required: area, upTo },
    projects, townships: register.townships.size,
    unlisted: places.filter(({ tier, placeCode }) => !taken.has(`${tier}:${placeCode}`)).map(({ tier, placeCode, name }) => ({ tier, placeCode, name })),
  };
}

const placeName = ({ tier, placeCode }: PlanProject, register: PlanRegister & { readonly name: string }): string | null =>
  (tier === 'hall' ? (placeCode === register.unit.code ? register.name : undefined) : (tier === 'center' ? register.townships : register.villages).get(placeCode)?.name) ?? null;

function requiredOf({ tier, placeCode }: PlanProject, register: PlanRegister, rules: StandardRules): ProjectStanding['required'] {
  if (tier === 'hall') return placeCode === register.unit.code ? { area: hallBand(rules, register.unit.population).area, archiveArea: null } : null;
  if (tier === 'station') return register.villages.has(placeCode) ? { area: rules.station.area, archiveArea: null } : null;
  const township = register.townships.get(placeCode);
  if (township === undefined) return null;
  const { class: needed } = centerClass(rules, township.population);
  return { area: needed.area, archiveArea: needed.archiveArea };
}
