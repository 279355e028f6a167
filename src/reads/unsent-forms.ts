import type { Knex } from 'knex';

/** What a person had written in the form at an address when the session ended; null when there is nothing. Nobody else ever reads it. */
export async function unsentAt(
  trx: Knex.Transaction, city: string, person: string, address: string,
): Promise<{ fields: Record<string, string | string[]>; files: string[] } | null> {
  const row = await trx('unsent_form').where({ city, person, address }).first('body');
  return row === undefined ? null : { fields: row.body.fields, files: row.body.files };
}
