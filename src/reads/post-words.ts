import type { Knex } from 'knex';
import type { Words } from '../domain/text.js';

/** What posts are called in both languages, by id. */
export async function postWords(trx: Knex.Transaction, city: string, posts: readonly (string | null)[]): Promise<Map<string, Words>> {
  const rows = await trx('post').where({ city }).whereIn('id', posts.filter((id) => id !== null)).select('id', 'name', 'name_en as english');
  return new Map(rows.map(({ id, name, english }) => [id, { zh: name, en: english }]));
}
