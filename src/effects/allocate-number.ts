import type { Knex } from 'knex';

/**
 * The next number of a series, kept for one document: asked again for the same document it gives the same number.
 * The counter row is locked until the caller's transaction ends, so numbers have no gap and no double (domain.md §2.6, R7).
 */
export async function allocateNumber(trx: Knex.Transaction, request: { city: string; issuerCode: string; year: number; documentId: string; at: string }): Promise<number> {
  const { city, issuerCode, year, documentId } = request;
  const kept = await trx('number_allocation').where({ city, document_id: documentId }).first('number');
  if (kept) return kept.number as number;
  const [series] = await trx('number_series').insert({ city, issuer_code: issuerCode, year, last_number: 1 })
    .onConflict(['city', 'issuer_code', 'year']).merge({ last_number: trx.raw('number_series.last_number + 1') as never }).returning('last_number');
  const number = series.last_number as number;
  await trx('number_allocation').insert({ city, document_id: documentId, issuer_code: issuerCode, year, number, allocated_at: request.at });
  return number;
}

/** Gives up a number whose paper will never be made: it stays in the series, void, with the reason (domain.md §2.6, R7). */
export async function voidNumber(trx: Knex.Transaction, request: { city: string; documentId: string; at: Date; reason: string }): Promise<void> {
  await trx('number_allocation').where({ city: request.city, document_id: request.documentId }).update({ voided_at: request.at, voided_reason: request.reason });
}
