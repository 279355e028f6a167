import type { Knex } from 'knex';

/** How many requests of one kind one caller may make in a window. Kept in the database, so that replicas count together. */
export interface RateRule {
  name: string;
  hits: number;
  windowMs: number;
}

/** Counts one request; false when the caller has used up the window. */
export async function withinRate(trx: Knex.Transaction, rule: RateRule, caller: string, now: Date): Promise<boolean> {
  const start = new Date(Math.floor(now.getTime() / rule.windowMs) * rule.windowMs);
  const { rows } = await trx.raw(
    `insert into rate_limit as r (key, window_start, hits) values (?, ?, 1)
     on conflict (key) do update set hits = case when r.window_start = excluded.window_start then r.hits + 1 else 1 end,
       window_start = excluded.window_start
     returning hits`,
    [`${rule.name}:${caller}`, start],
  );
  return Number(rows[0].hits) <= rule.hits;
}
