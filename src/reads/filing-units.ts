import type { Knex } from 'knex';

/** A filing unit of one year, in 区划 order. */
export interface FilingUnit {
  id: string;
  name: string;
  code: string;
  kind: 'district' | 'zone';
  consentKind: 'government' | 'committee' | 'host';
  population: number;
  populationSource: string;
  populationSample: boolean;
}

/** The filing units of a year in the order of the register; functional zones stand last. */
export async function filingUnits(trx: Knex.Transaction, city: string, year: number): Promise<FilingUnit[]> {
  return trx('filing_unit').where({ city, year }).orderBy('position').select(
    'id', 'name', 'code', 'kind', 'consent_kind as consentKind', 'population',
    'population_source as populationSource', 'population_sample as populationSample',
  );
}

/** The years that have filing units, latest first. */
export async function programmeYears(trx: Knex.Transaction, city: string): Promise<number[]> {
  const rows = await trx('filing_unit').where({ city }).distinct('year').orderBy('year', 'desc');
  return rows.map((row) => row.year);
}
