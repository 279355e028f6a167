import type { Knex } from 'knex';

/** A section as it stood at one revision; null for one that was never saved, or is not this reader's. */
export async function sectionAt(trx: Knex.Transaction, city: string, caseId: string, name: string, revision: number): Promise<Record<string, unknown> | null> {
  const row = await trx('case_section_history').where({ city, case_id: caseId, name, revision }).first('body');
  return row?.body ?? null;
}
