import type { Knex } from 'knex';
import { NotFound } from '../domain/errors.js';
import { words } from '../domain/text.js';
import type { PlanRegister } from './plan-check.js';

/**
 * What the register says of a unit in a year. Residents entrusted to a zone are deducted where the hall's class is found.
 * @throws NotFound for a unit that does not file in that year
 */
export async function planRegister(trx: Knex.Transaction, at: { city: string; year: number; unit: string }): Promise<PlanRegister & { readonly name: string }> {
  const unit = await trx('filing_unit').where({ city: at.city, year: at.year, id: at.unit }).first('code', 'name', 'population', 'population_deducted as deducted');
  if (unit === undefined) throw new NotFound('no-such-unit', words(`${at.year} 年度没有这个填报单位。`, `No such filing unit in ${at.year}.`), at.unit);
  const own = { city: at.city, year: at.year, unit: at.unit };
  const townships = await trx('township').where(own).select('code', 'name', 'population');
  const villages = await trx('village').where(own).select('code', 'name', 'township');
  return {
    name: unit.name,
    unit: { code: unit.code, population: unit.population - unit.deducted },
    townships: new Map(townships.map(({ code, name, population }) => [code, { name, population }])),
    villages: new Map(villages.map(({ code, name, township }) => [code, { name, township }])),
  };
}
