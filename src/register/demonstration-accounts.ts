import type { Knex } from 'knex';
import type { Words } from '../domain/text.js';

/** The demonstration's accounts in the order of posts: municipal first, then unit by unit. */
export async function demonstrationAccounts(trx: Knex.Transaction, city: string): Promise<{ login: string; name: string; post: Words }[]> {
  const rows = await trx('account as a')
    .join('person as n', (on) => on.on('n.city', 'a.city').andOn('n.id', 'a.person'))
    .join('post_holding as h', (on) => on.on('h.city', 'a.city').andOn('h.person', 'a.person'))
    .join('post as p', (on) => on.on('p.city', 'h.city').andOn('p.id', 'h.post'))
    .leftJoin('filing_unit as u', (on) => on.on('u.city', 'p.city').andOn('u.id', 'p.unit').andOn('u.year', trx.raw('(select max(year) from filing_unit)')))
    .where({ 'a.city': city, 'n.invented': true, 'h.valid_to': null })
    .orderByRaw('u.position nulls first, p.id')
    .select('a.login', 'n.name', 'p.name as zh', 'p.name_en as en');
  return rows.map((r) => ({ login: r.login, name: r.name, post: { zh: r.zh, en: r.en } }));
}
