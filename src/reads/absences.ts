import type { Knex } from 'knex';
import type { Day } from '../domain/local-day.js';

/** Somebody is away, both days included. */
export interface Absence {
  id: string;
  person: string;
  personName: string;
  from: Day;
  to: Day;
  why: string;
}

/** Absences that have not ended before a day, the nearest first. */
export async function absencesSince(trx: Knex.Transaction, city: string, day: Day): Promise<Absence[]> {
  return trx('absence as a').join('person as p', (on) => on.on('p.city', 'a.city').andOn('p.id', 'a.person')).where({ 'a.city': city }).where('a.last_day', '>=', day).orderBy(['a.first_day', 'a.last_day', 'p.name'])
    .select('a.id', 'a.person', 'p.name as personName', 'a.first_day as from', 'a.last_day as to', 'a.why');
}
