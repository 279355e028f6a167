import type { Knex } from 'knex';

/** Posts a notice is for: whoever holds a role at an organisation. */
export interface Receiver {
  org: string;
  role: string;
  side: 'unit' | 'city';
}

/** Who owes, in a case, what one term is about: the carriers of its open tasks, each once. */
export async function carriersOf(trx: Knex.Transaction, at: { city: string; caseId: string; term: string }): Promise<Receiver[]> {
  return trx('task').where({ city: at.city, case_id: at.caseId, term_key: at.term, status: 'open', kind: 'duty' }).distinct('org', 'role', 'side').orderBy(['org', 'role']);
}
