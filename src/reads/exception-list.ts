import type { Knex } from 'knex';

/** One line of the year's list of exceptions (例外清单): written by the engine, never by hand. */
export interface ExceptionLine {
  id: string;
  at: Date;
  kind: string;
  unitName: string | null;
  unit: string;
  caseId: string;
  caseNumber: string;
  title: string;
  words: string;
  personName: string | null;
}

/** Exceptions of a year, earliest first. Acts on paper and voided numbers have tables of their own and are joined by the page. */
export async function exceptionsOf(trx: Knex.Transaction, city: string, year: number): Promise<ExceptionLine[]> {
  return trx('exception_entry as e')
    .join('case_file as c', (on) => on.on('c.city', 'e.city').andOn('c.id', 'e.case_id'))
    .leftJoin('filing_unit as u', (on) => on.on('u.city', 'e.city').andOn('u.year', 'e.year').andOn('u.id', 'e.unit'))
    .leftJoin('person as p', (on) => on.on('p.city', 'e.city').andOn('p.id', 'e.person'))
    .where({ 'e.city': city, 'e.year': year })
    .orderBy(['e.at', 'e.id'])
    .select('e.id', 'e.at', 'e.kind', 'e.words', 'u.name as unitName', 'e.unit', 'e.case_id as caseId', 'c.case_number as caseNumber', 'c.title',
      'p.name as personName');
}

/** Numbers that were allocated and voided with a reason; they are never used again. */
export async function voidedNumbers(
  trx: Knex.Transaction, city: string, year: number,
): Promise<{ issuerCode: string; number: number; voidedAt: Date; reason: string }[]> {
  return trx('number_allocation').where({ city, year }).whereNotNull('voided_at').orderBy('voided_at')
    .select('issuer_code as issuerCode', 'number', 'voided_at as voidedAt', 'voided_reason as reason');
}
