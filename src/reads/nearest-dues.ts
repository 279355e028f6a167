import type { Knex } from 'knex';

/** By when the city's side must have done with each case of a year: the nearest deadline of its open duties, by case. */
export async function nearestDues(trx: Knex.Transaction, city: string, year: number): Promise<Map<string, Date>> {
  const rows = await trx('task').where({ city, year, status: 'open', side: 'city' }).whereNotNull('due_at').groupBy('case_id').select('case_id as caseId').min('due_at as dueAt');
  return new Map((rows as unknown as { caseId: string; dueAt: Date }[]).map(({ caseId, dueAt }) => [caseId, dueAt]));
}
