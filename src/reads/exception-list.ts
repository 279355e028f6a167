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

/** A number that was allocated and voided; it is never used again. */
export interface VoidedNumber {
  issuerCode: string;
  number: number;
  voidedAt: Date;
  reason: string;
  /** The case and unit of the paper it was meant for; null when the paper was never made. */
  caseId: string | null;
  unitName: string | null;
}

/** Numbers that were voided with a reason. */
export async function voidedNumbers(trx: Knex.Transaction, city: string, year: number): Promise<VoidedNumber[]> {
  return trx('number_allocation as n')
    .leftJoin('document as d', (on) => on.on('d.city', 'n.city').andOn('d.id', 'n.document_id'))
    .leftJoin('filing_unit as u', (on) => on.on('u.city', 'd.city').andOn('u.year', 'd.year').andOn('u.id', 'd.unit'))
    .where({ 'n.city': city, 'n.year': year }).whereNotNull('n.voided_at').orderBy('n.voided_at')
    .select('n.issuer_code as issuerCode', 'n.number', 'n.voided_at as voidedAt', 'n.voided_reason as reason', 'd.case_id as caseId', 'u.name as unitName');
}
