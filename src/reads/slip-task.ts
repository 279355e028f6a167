import type { Knex } from 'knex';

/** The task a 呈批件 was printed for, by the last ten hexadecimal figures of its id; null when this reader may see none. An open one comes first. */
export async function slipTask(trx: Knex.Transaction, city: string, tail: string): Promise<{ id: string; caseId: string; open: boolean } | null> {
  const row = await trx('task').where({ city }).whereRaw(`right(replace(id::text, '-', ''), 10) = ?`, [tail])
    .orderByRaw(`status = 'open' desc, opened_at desc`).first('id', 'case_id as caseId', 'status');
  return row === undefined ? null : { id: row.id, caseId: row.caseId, open: row.status === 'open' };
}
