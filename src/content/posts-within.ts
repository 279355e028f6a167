import type { Knex } from 'knex';
import type { Day } from '../domain/local-day.js';

/** A post as cases keep it, with who holds it on the day; `person` is null while it is vacant. */
export interface PostOnDay {
  post: string;
  org: string;
  role: string;
  side: 'unit' | 'city';
  /** Organisation, post and holder, as people read it. */
  name: string;
  person: string | null;
}

/** Those of the wanted posts that belong to a filing unit, or to the city's own offices where `unit` is null; in the order wanted. */
export async function postsWithin(trx: Knex.Transaction, within: { city: string; unit: string | null; day: Day }, wanted: readonly string[]): Promise<PostOnDay[]> {
  const { city, unit, day } = within;
  const { rows } = await trx.raw(
    `select p.id as post, p.org, p.role, case when p.unit is null then 'city' else 'unit' end as side, h.person,
            v.short_name as organisation, p.name as post_name, who.name as holder
       from post p
       join organisation_version v on v.city = p.city and v.org = p.org and v.valid_from <= ? and (v.valid_to is null or v.valid_to > ?)
       left join post_holding h on h.city = p.city and h.post = p.id and h.standing = 'A' and h.valid_from <= ? and (h.valid_to is null or h.valid_to >= ?)
       left join person who on who.city = h.city and who.id = h.person
      where p.city = ? and p.unit is not distinct from ?::uuid and p.id = any(?)`,
    [day, day, day, day, city, unit, [...wanted]],
  );
  return wanted.flatMap((id) => (rows as (Omit<PostOnDay, 'name'> & { organisation: string; post_name: string; holder: string | null })[]).filter((row) => row.post === id))
    .map(({ organisation, post_name: post, holder, ...row }) => ({ ...row, name: `${joined(organisation, post)}${holder === null ? '' : ` ${holder}`}` }));
}

/** An organisation and a post of it in one name: what the post repeats of the organisation (领导小组 + 领导小组组长) is said once. */
export function joined(organisation: string, post: string): string {
  for (let length = Math.min(organisation.length, post.length); length > 1; length -= 1) {
    if (organisation.endsWith(post.slice(0, length))) return organisation + post.slice(length);
  }
  return organisation + post;
}
