import type { Knex } from 'knex';
import type { Day } from '../domain/local-day.js';

/** From which day on a city opens new cases of a workflow under a version of its chart, and who said so why. */
export interface OpeningOrder {
  city: string;
  workflow: string;
  version: number;
  from: Day;
  reason: string;
  person: string;
  at: Date;
}

/** The version ordered for a day, the latest word for the latest day before it; null where nothing has been ordered. */
export async function orderedVersion(trx: Knex.Transaction, city: string, workflow: string, day: Day): Promise<number | null> {
  const row = await trx('opening_order').where({ city, workflow }).where('from_day', '<=', day).orderBy([{ column: 'from_day', order: 'desc' }, { column: 'ordered_at', order: 'desc' }]).first('version');
  return row?.version ?? null;
}

/** Keeps an order. Cases already open stay under the version they are under. */
export async function orderVersion(trx: Knex.Transaction, order: OpeningOrder): Promise<void> {
  await trx('opening_order').insert({
    city: order.city, workflow: order.workflow, from_day: order.from, version: order.version, reason: order.reason, ordered_by: order.person, ordered_at: order.at.toISOString(),
  });
}
