import type { Knex } from 'knex';

/**
 * Holds one content until the transaction ends. Whoever stores bytes and whoever removes them take turns here, so that a file which is
 * uploaded while the same bytes are being removed elsewhere does not lose them.
 */
export async function holdContent(trx: Knex.Transaction, sha256: string): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [sha256]);
}
