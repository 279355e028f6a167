import type { Knex } from 'knex';

/** A post that may be chosen in a form, with who holds it today. */
export interface PostChoice {
  post: string;
  role: string;
  postName: string;
  postNameEn: string;
  org: string;
  orgName: string;
  unit: string | null;
  holder: string | null;
}

/** Posts of some roles with their holders on a day, by organisation. */
export async function postsOfRoles(trx: Knex.Transaction, city: string, roles: readonly string[], day: string): Promise<PostChoice[]> {
  const { rows } = await trx.raw(
    `select p.id as post, p.role, p.name as "postName", p.name_en as "postNameEn", p.org, v.short_name as "orgName", p.unit, who.name as holder
       from post p
       join organisation_version v on v.city = p.city and v.org = p.org and v.valid_from <= ? and (v.valid_to is null or v.valid_to >= ?)
       left join post_holding h on h.city = p.city and h.post = p.id and h.standing = 'A' and h.valid_from <= ? and (h.valid_to is null or h.valid_to >= ?)
       left join person who on who.city = h.city and who.id = h.person
      where p.city = ? and p.role = any(?)
      order by v.short_name, p.name, p.id`,
    [day, day, day, day, city, [...roles]],
  );
  return rows;
}

/** Every post on the reader's own side of the wall that somebody holds: who may be asked to sign. */
export async function postsOnMySide(trx: Knex.Transaction, city: string, day: string): Promise<PostChoice[]> {
  const { rows } = await trx.raw(
    `select p.id as post, p.role, p.name as "postName", p.name_en as "postNameEn", p.org, v.short_name as "orgName", p.unit, who.name as holder
       from post p
       join organisation_version v on v.city = p.city and v.org = p.org and v.valid_from <= ? and (v.valid_to is null or v.valid_to >= ?)
       join post_holding h on h.city = p.city and h.post = p.id and h.standing = 'A' and h.valid_from <= ? and (h.valid_to is null or h.valid_to >= ?)
       join person who on who.city = h.city and who.id = h.person
      where p.city = ? and p.unit is not distinct from case when app_scope() = 'unit' then app_unit()::uuid end
      order by v.short_name, p.name, p.id`,
    [day, day, day, day, city],
  );
  return rows;
}

/** A place a platform may stand in: the unit itself, its townships, their communities and villages. */
export interface PlaceChoice {
  code: string;
  name: string;
  tier: 'hall' | 'center' | 'station';
}

/** The places of a unit's own platforms of a year: those its plan on record has. */
export async function placesOf(trx: Knex.Transaction, city: string, year: number, unit: string): Promise<PlaceChoice[]> {
  const rows = await trx('project_in_plan as i').join('project as p', (on) => on.on('p.city', 'i.city').andOn('p.id', 'i.project'))
    .where({ 'i.city': city, 'i.year': year, 'i.unit': unit }).whereNot('i.kind', 'moved-out').distinct('p.place_code as code', 'p.name', 'p.tier').orderBy(['p.tier', 'p.place_code']);
  if (rows.length > 0) return rows;
  return trx('township').where({ city, year, unit }).orderBy('code').select('code', 'name', trx.raw(`'center' as tier`));
}

/** The townships of a unit and year with the population their class is found from. */
export async function townshipsOf(
  trx: Knex.Transaction, city: string, year: number, unit: string,
): Promise<{ code: string; name: string; population: number; sample: boolean }[]> {
  return trx('township').where({ city, year, unit }).orderBy('code').select('code', 'name', 'population', 'population_sample as sample');
}

/** The unit's projects on record that no acceptance has ended and no amendment has dropped. */
export async function openProjectsOf(trx: Knex.Transaction, city: string, unit: string): Promise<{ id: string; name: string; code: string }[]> {
  return trx('project').where({ city, unit, accepted_case: null, dropped_case: null }).orderBy(['tier', 'place_code']).select('id', 'name', 'place_code as code');
}
