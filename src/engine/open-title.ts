import type { Knex } from 'knex';

/**
 * The title of a case (table alias `c`) for whoever is told of it without belonging to it. What a unit calls a matter of its own is its own until it
 * is sent: such a case has only its number here.
 */
export const openTitle = (trx: Knex.Transaction): Knex.Raw => trx.raw(`case when c.confined and not c.released then c.case_number else c.title end as title`);
