import { addDays, type Day } from '../domain/local-day.js';
import type { Deputyship } from './carried-by.js';
import { tellPerson, type Addressed } from './tell.js';
import type { Trx } from './parts.js';

/** Who arranged something and why, as the holding keeps it. */
export interface Arranged {
  by: string;
  why: string;
}

/** A person's own holdings of a post end with the day before. */
export async function endHolding(trx: Trx, city: string, of: { post: string; person: string }, day: Day, { by, why }: Arranged): Promise<void> {
  await trx('post_holding').where({ city, ...of, standing: 'A' }).andWhere((q) => q.whereNull('valid_to').orWhere('valid_to', '>=', day))
    .update({ valid_to: addDays(day, -1), ended_by: by, ended_why: why });
}

/** From a day on the person holds the post. Whoever stood in for another there until now does so no longer. */
export async function startHolding(trx: Trx, city: string, of: { post: string; person: string }, day: Day, { by, why }: Arranged): Promise<void> {
  await trx('post_holding').where({ city, ...of, standing: 'B' }).andWhere((q) => q.whereNull('valid_to').orWhere('valid_to', '>=', day))
    .update({ valid_to: addDays(day, -1), ended_by: by, ended_why: why });
  await trx('post_holding').insert({ city, ...of, standing: 'A', valid_from: day, valid_to: null, why, arranged_by: by }).onConflict(['city', 'post', 'person', 'valid_from']).merge({ standing: 'A', valid_to: null, why, arranged_by: by });
}

/** A deputyship ends with the day before; one that had not begun never does. Whoever gave it and whoever took it is told. */
export async function endDeputyship(trx: Trx, city: string, one: Deputyship, day: Day, { by, why }: Arranged, at: Date): Promise<void> {
  await trx('post_holding').where({ city, id: one.id }).update({ valid_to: addDays(day, -1), ended_by: by, ended_why: why });
  const post = (await trx('post').where({ city, id: one.post }).first('org', 'role', 'unit')) as Addressed;
  for (const person of [one.deputy, one.holder]) {
    if (person !== null) await tellPerson(trx, city, { person, post }, { template: 'deputyEnded', params: { post: { zh: one.postName, en: one.postNameEn }, holder: one.holderName ?? '', deputy: one.deputyName, why } }, at);
  }
}
