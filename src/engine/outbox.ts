import type pg from 'pg';
import { onOneConnection } from '../database.js';

/** One row of the outbox: what a step asked of the world. `key` makes every effect idempotent. */
export interface OutboxRow {
  city: string;
  id: string;
  year: number;
  caseId: string;
  unit: string;
  key: string;
  effect: string;
  params: Record<string, unknown>;
  attempts: number;
}

/** What several workers share. Leases run on the database's own clock: a virtual clock must not make a live lease look expired. */
export interface Outbox {
  /**
   * A batch of what is due at `now` and nobody's, oldest first, leased to the caller. An attempt counts when it begins, so that an effect which
   * kills its process is parked in the end too.
   */
  claim(city: string, now: Date, batch: number): Promise<OutboxRow[]>;
  /** Whoever still works on rows says so before the lease runs out, or another takes him for dead. */
  renew(city: string, ids: readonly string[]): Promise<void>;
  /** What was claimed and not begun: free at once, and not counted. */
  giveBack(city: string, ids: readonly string[]): Promise<void>;
  /** Done: nothing is left to do. */
  settle(city: string, ids: readonly string[]): Promise<void>;
  /** Failed: tried again after a while, or left for somebody to look at. */
  putOff(row: OutboxRow, error: string, afterSeconds: number, parked: boolean): Promise<void>;
}

export function outboxOf(pool: pg.Pool, leaseSeconds: number): Outbox {
  const onRows = async (sql: string, city: string, ids: readonly string[], ...rest: unknown[]): Promise<void> => {
    if (ids.length > 0) await inWalls(pool, city, (client) => client.query(sql, [city, ids, ...rest]));
  };
  return {
    claim: (city, now, batch) => inWalls(pool, city, async (client) => {
      const { rows } = await client.query({
        name: 'claim-outbox',
        text: `update outbox set leased_until = now() + make_interval(secs => $3), attempts = attempts + 1
                where city = $1 and id in (select id from outbox where city = $1 and run_after <= $2 and parked_at is null
                                              and (leased_until is null or leased_until < now())
                                            order by run_after, id limit $4 for update skip locked)
            returning city, id, year, case_id as "caseId", unit, key, effect, params, attempts`,
        values: [city, now, leaseSeconds, batch],
      });
      return (rows as OutboxRow[]).sort((a, b) => (a.id < b.id ? -1 : 1));
    }),
    renew: (city, ids) => onRows('update outbox set leased_until = now() + make_interval(secs => $3) where city = $1 and id = any ($2) and parked_at is null', city, ids, leaseSeconds),
    giveBack: (city, ids) => onRows('update outbox set leased_until = null, attempts = attempts - 1 where city = $1 and id = any ($2)', city, ids),
    settle: (city, ids) => onRows('delete from outbox where city = $1 and id = any ($2)', city, ids),
    putOff: (row, error, afterSeconds, parked) => onRows(
      `update outbox set last_error = $3, leased_until = now() + make_interval(secs => $4), parked_at = case when $5 then now() end where city = $1 and id = any ($2)`,
      row.city, [row.id], error, afterSeconds, parked,
    ),
  };
}

async function inWalls<T>(pool: pg.Pool, city: string, run: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return onOneConnection(pool, async (client) => {
    try {
      await client.query('begin');
      await client.query(`select set_config('app.city', $1, true), set_config('app.scope', 'system', true), set_config('app.person', 'worker', true)`, [city]);
      const result = await run(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
  });
}
