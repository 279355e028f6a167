import type { Knex } from 'knex';

/** The series of 收文号: one per city and year. */
const series = '收文';

/**
 * The next 收文号 of a city and year, kept for one task: asked again for the same task it is the same number, so a step that is tried
 * twice leaves no gap. The counter's row stays locked until the transaction ends.
 */
export async function incomingNumber(trx: Knex.Transaction, { city, year, task, at }: { city: string; year: number; task: string; at: string }): Promise<number> {
  const [counter] = await trx('number_series').insert({ city, issuer_code: series, year, last_number: 0 })
    .onConflict(['city', 'issuer_code', 'year']).merge({ last_number: trx.ref('number_series.last_number') }).returning('last_number');
  const kept = await trx('number_allocation').where({ city, document_id: task }).first('number');
  if (kept !== undefined) return kept.number;
  const number = counter.last_number + 1;
  await trx('number_series').where({ city, issuer_code: series, year }).update({ last_number: number });
  await trx('number_allocation').insert({ city, document_id: task, issuer_code: series, year, number, allocated_at: at });
  return number;
}
