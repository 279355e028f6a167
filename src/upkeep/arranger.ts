import { workerActor, type Actor } from '../domain/actor.js';
import type { Trx } from './parts.js';

/** Whoever arranged something, as the journal names him: with a post he holds or held, under the system's hand. */
export async function arrangerOf(trx: Trx, city: string, person: string): Promise<Actor> {
  const row = await trx('post_holding as h').join('post as p', (on) => on.on('p.city', 'h.city').andOn('p.id', 'h.post')).join('person as w', (on) => on.on('w.city', 'h.city').andOn('w.id', 'h.person'))
    .where({ 'h.city': city, 'h.person': person }).orderBy([{ column: 'h.standing' }, { column: 'h.valid_from', order: 'desc' }]).first('p.id', 'p.org', 'p.role', 'p.name as postName', 'w.name');
  return { ...workerActor(city), role: row.role, org: row.org, post: row.id, postName: row.postName, person, personName: row.name };
}
