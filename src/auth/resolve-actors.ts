import type { Knex } from 'knex';
import type { Actor } from '../domain/actor.js';
import type { Day } from '../domain/local-day.js';

interface Holding {
  post: string;
  standing: 'A' | 'B';
  role: string;
  post_name: string;
  org: string;
  unit: string | null;
  person_name: string;
  holder: string | null;
  holder_name: string | null;
}

const HOLDINGS = `
  select h.post, h.standing, p.role, p.name as post_name, p.org, p.unit, me.name as person_name, a.person as holder, who.name as holder_name
    from post_holding h
    join post p on p.city = h.city and p.id = h.post
    join person me on me.city = h.city and me.id = h.person
    left join post_holding a on a.city = h.city and a.post = h.post and a.standing = 'A' and h.standing = 'B' and (h.stands_for is null or a.person = h.stands_for)
         and a.valid_from <= ? and (a.valid_to is null or a.valid_to >= ?)
    left join person who on who.city = a.city and who.id = a.person
   where h.city = ? and h.person = ? and h.valid_from <= ? and (h.valid_to is null or h.valid_to >= ?) and (h.stands_for is null or a.person is not null)
   order by h.standing, p.role, h.post`;

/**
 * Every post a person holds on a day, as an actor of the engine: own posts (A) first, then those held as a deputy (B), who acts for
 * the holder and no longer than he holds the post. A person without a post may read nothing and do nothing.
 */
export async function resolveActors(trx: Knex.Transaction, city: string, person: string, today: Day): Promise<Actor[]> {
  const { rows } = await trx.raw(HOLDINGS, [today, today, city, person, today, today]);
  return (rows as Holding[]).map((one) => ({
    city,
    scope: one.unit === null ? ('city' as const) : ('unit' as const),
    unit: one.unit,
    org: one.org,
    role: one.role,
    post: one.post,
    postName: one.post_name,
    person,
    personName: one.person_name,
    actingFor: one.holder === null ? null : { person: one.holder, name: one.holder_name ?? '' },
  }));
}
