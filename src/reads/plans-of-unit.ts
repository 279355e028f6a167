import type { Knex } from 'knex';

/** A plan of a unit's year, or an amendment of it (方案调整). */
export interface UnitPlan {
  caseId: string;
  caseNumber: string;
  final: boolean;
  outcome: string | null;
}

/** The plans of one unit and year, in the order they were opened. */
export async function plansOfUnit(trx: Knex.Transaction, city: string, year: number, unit: string): Promise<UnitPlan[]> {
  return trx('case_file').where({ city, year, unit, workflow: 'plan' }).orderBy(['opened_at', 'id']).select('id as caseId', 'case_number as caseNumber', 'final', 'outcome');
}
