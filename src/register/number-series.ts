import type { Knex } from 'knex';

/** A number of a series, wanted by whatever will carry it: a paper that is issued, or the task on which an incoming one is registered. */
export interface NumberRequest {
  city: string;
  /** 机关代字 of the series. */
  issuerCode: string;
  year: number;
  /** Who keeps the number. */
  documentId: string;
  at: string;
}

/**
 * The next number of a series, kept for one carrier: asked again for the same it is the same number, so a step or effect that is tried twice
 * leaves no gap and no double (domain.md §2.6, R7). The counter's row is locked first and until the caller's transaction ends; only then is
 * looked whether the carrier has a number already, so two who ask for it at once get the same one.
 */
export async function allocateNumber(trx: Knex.Transaction, { city, issuerCode, year, documentId, at }: NumberRequest): Promise<number> {
  const [counter] = await trx('number_series').insert({ city, issuer_code: issuerCode, year, last_number: 0 })
    .onConflict(['city', 'issuer_code', 'year']).merge({ last_number: trx.ref('number_series.last_number') }).returning('last_number');
  const kept = await trx('number_allocation').where({ city, document_id: documentId }).first('number');
  if (kept !== undefined) return kept.number as number;
  const number = (counter.last_number as number) + 1;
  await trx('number_series').where({ city, issuer_code: issuerCode, year }).update({ last_number: number });
  await trx('number_allocation').insert({ city, document_id: documentId, issuer_code: issuerCode, year, number, allocated_at: at });
  return number;
}

/** Gives up a number whose paper will never be made: it stays in the series, void, with the reason (domain.md §2.6, R7). */
export async function voidNumber(trx: Knex.Transaction, request: { city: string; documentId: string; at: Date; reason: string }): Promise<void> {
  await trx('number_allocation').where({ city: request.city, document_id: request.documentId }).update({ voided_at: request.at, voided_reason: request.reason });
}
