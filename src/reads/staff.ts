import type { Knex } from 'knex';
import type { Day } from '../domain/local-day.js';
import { words, type Words } from '../domain/text.js';

/** A post with one of those who hold it on a day; `person` is null while nobody does. */
export interface StaffLine {
  post: string;
  postName: string;
  postNameEn: string;
  org: string;
  orgName: string;
  role: string;
  unit: string | null;
  person: string | null;
  personName: string | null;
}

/** Every post of a city with its own holders (A) on a day, by organisation and post. */
export async function staffOn(trx: Knex.Transaction, city: string, day: Day): Promise<StaffLine[]> {
  return trx('post as p').join('organisation_version as v', (on) => on.on('v.city', 'p.city').andOn('v.org', 'p.org').andOnNull('v.valid_to'))
    .leftJoin('post_holding as h', (on) => on.on('h.city', 'p.city').andOn('h.post', 'p.id').andOn(trx.raw(`h.standing = 'A' and h.valid_from <= ? and (h.valid_to is null or h.valid_to >= ?)`, [day, day])))
    .leftJoin('person as who', (on) => on.on('who.city', 'h.city').andOn('who.id', 'h.person'))
    .where({ 'p.city': city }).orderByRaw('p.unit nulls first, v.short_name, p.name, who.name')
    .select('p.id as post', 'p.name as postName', 'p.name_en as postNameEn', 'p.org', 'v.short_name as orgName', 'p.role', 'p.unit', 'who.id as person', 'who.name as personName');
}

/** Names of people, by id. */
export async function namesOf(trx: Knex.Transaction, city: string, people: readonly (string | null)[]): Promise<Map<string, string>> {
  const rows = await trx('person').where({ city }).whereIn('id', people.filter((id) => id !== null)).select('id', 'name');
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Somebody who serves, with every post held on one side of the wall, as a list offers people. */
export interface Serving {
  person: string;
  name: string;
  unit: string | null;
  posts: Words;
}

/** Everybody of some lines, each once for each side, in their order. */
export function servingOf(lines: readonly StaffLine[]): Serving[] {
  const people = new Map<string, Serving>();
  for (const { person, personName, unit, orgName, postName, postNameEn } of lines) {
    if (person === null) continue;
    const known = people.get(`${person} ${unit}`);
    const posts = known === undefined ? words(`${orgName} ${postName}`, postNameEn) : words(`${known.posts.zh}、${postName}`, `${known.posts.en}; ${postNameEn}`);
    people.set(`${person} ${unit}`, { person, name: personName!, unit, posts });
  }
  return [...people.values()];
}
