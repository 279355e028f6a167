import type pg from 'pg';
import type { Clock } from '../clock.js';
import type { Database } from '../database.js';
import { clockActor, type Actor } from '../domain/actor.js';
import { DomainError } from '../domain/errors.js';
import type { CommandOutcome, CommandRequest } from './engine.js';

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

/** Does one effect, at least once; a second arrival with the same key changes nothing. */
export type Effect = (row: OutboxRow) => Promise<void>;

export interface WorkerParts {
  database: Database;
  clock: Clock;
  cities: () => Promise<string[]>;
  effects: Record<string, Effect>;
  dispatch(actor: Actor, request: CommandRequest): Promise<CommandOutcome>;
  log(level: 'info' | 'error', message: string, detail?: Record<string, unknown>): void;
  /** What else is looked after in a city, at most once a minute: terms under an earlier calendar. Returns how much there was to do. */
  upkeep?(city: string): Promise<number>;
  /** How long a claimed row belongs to its worker; after that another may take it. Default 60. */
  leaseSeconds?: number;
  /** How many rows are claimed and settled at once. Default 20. */
  batch?: number;
}

const LEASE_SECONDS = 60;
const BATCH = 20;
const SETTLE_MS = 1000;
const POLL_MS = 1000;
const MAX_ATTEMPTS = 8;
const UPKEEP_MS = 60_000;

/**
 * The system's own hands: sends due terms through the door, does what the outbox asks. Claims by lease, so a worker that dies
 * loses nothing – its rows are free again within a minute. Several workers may run beside each other.
 */
export class Worker {
  private stopped = true;
  private loop: Promise<void> = Promise.resolve();
  private rouse: () => void = () => undefined;
  private readonly kept = new Map<string, number>();

  constructor(private readonly parts: WorkerParts) {}

  start(): void {
    this.stopped = false;
    this.loop = this.run();
  }

  /** Work now rather than at the next second: called after a commit of this process. */
  wake(): void {
    this.rouse();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.rouse();
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const pause = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_MS);
        this.rouse = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      await this.round();
      await pause;
    }
  }

  /** Everything that is due now, until nothing is; returns how much that was. For tests and for the virtual clock. */
  async drain(): Promise<number> {
    let total = 0;
    for (let done = await this.pass(); done > 0; done = await this.pass()) total += done;
    return total;
  }

  private async round(): Promise<void> {
    try {
      await this.drain();
    } catch (error) {
      this.parts.log('error', 'worker round failed', { error: String(error) });
    }
  }

  private async pass(): Promise<number> {
    let done = 0;
    const failures: unknown[] = [];
    for (const city of await this.parts.cities()) {
      done += await this.fireTerms(city, failures);
      done += await this.runEffects(city);
      done += await this.lookAfter(city);
    }
    // One term that cannot be fired must not keep everything else waiting; it is told when the rest of the pass is done.
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
    return done;
  }

  private async lookAfter(city: string): Promise<number> {
    const last = this.kept.get(city);
    if (!this.parts.upkeep || (last !== undefined && performance.now() - last < UPKEEP_MS)) return 0;
    const done = await this.parts.upkeep(city);
    if (done === 0) this.kept.set(city, performance.now());
    return done;
  }

  /** The clock's commands: due terms and reminders, earliest first, each exactly once by its key. */
  private async fireTerms(city: string, failures: unknown[]): Promise<number> {
    const due = await this.dueTerms(city);
    for (const term of due) {
      const type = `term.${term.term}.${term.rung === null ? 'due' : 'remind'}`;
      const key = `${type}:${term.case_id}:${term.entry}:${term.rung ?? ''}`;
      try {
        await this.parts.dispatch(clockActor(city), { caseId: term.case_id, type, fields: { rung: term.rung }, key });
      } catch (error) {
        // Somebody may have moved the case since the look above, and the term with it.
        const still = (await this.dueTerms(city)).some((t) => t.case_id === term.case_id && t.term === term.term && t.entry === term.entry && t.rung === term.rung);
        if (!still) continue;
        this.parts.log('error', 'term not fired', { key, error: String(error) });
        failures.push(error);
      }
    }
    return due.length;
  }

  private async dueTerms(city: string): Promise<{ case_id: string; term: string; entry: number; rung: number | null }[]> {
    const now = this.parts.clock.now();
    return this.parts.database.asActor(clockActor(city), async (trx) => {
      const { rows } = await trx.raw(
        `select case_id, term, entry, due_at as at, null::int as rung from term where city = ? and status = 'armed' and due_at <= ?
         union all
         select case_id, term, entry, next_reminder_at, next_rung from term where city = ? and status = 'armed' and next_reminder_at <= ? and due_at > ?
         order by at limit ${BATCH}`,
        [city, now, city, now, now],
      );
      return rows;
    });
  }

  private async runEffects(city: string): Promise<number> {
    const { workerPool } = this.parts.database;
    const rows = await claim(workerPool, city, this.parts.clock.now(), this.parts.leaseSeconds ?? LEASE_SECONDS, this.parts.batch ?? BATCH);
    let done: OutboxRow[] = [];
    let settledAt = performance.now();
    for (const [index, row] of rows.entries()) {
      if (await this.runEffect(row)) done.push(row);
      // Quick effects are settled together; a slow one must not leave its neighbours to be done again should the process die. What comes
      // next of the same case asks what of it is still to be done: a package waits for its papers.
      const next = rows[index + 1];
      if (next && performance.now() - settledAt < SETTLE_MS && !done.some((one) => one.caseId === next.caseId)) continue;
      if (done.length > 0) await settle(workerPool, city, 'delete from outbox where city = $1 and id = any ($2)', [done.map((one) => one.id)]);
      done = [];
      settledAt = performance.now();
    }
    return rows.length;
  }

  /** Whether the effect was done. */
  private async runEffect(row: OutboxRow): Promise<boolean> {
    const effect = this.parts.effects[row.effect];
    try {
      if (!effect) throw new Error(`no effect named '${row.effect}'`);
      if (row.attempts > MAX_ATTEMPTS) throw new Error('the worker died each time it tried this');
      await effect(row);
      return true;
    } catch (error) {
      const parked = (error instanceof DomainError && !(error as { retry?: boolean }).retry) || row.attempts >= MAX_ATTEMPTS;
      this.parts.log('error', parked ? 'effect parked' : 'effect will be tried again', { effect: row.effect, key: row.key, error: String(error) });
      const backoffSeconds = 2 ** Math.min(row.attempts, 6);
      await settle(
        this.parts.database.workerPool, row.city,
        `update outbox set last_error = $3, leased_until = now() + make_interval(secs => $4), parked_at = case when $5 then now() end
          where city = $1 and id = $2`,
        [row.id, String(error), backoffSeconds, parked],
      );
      return false;
    }
  }
}

async function inWalls<T>(pool: pg.Pool, city: string, run: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('app.city', $1, true), set_config('app.scope', 'system', true), set_config('app.person', 'worker', true)`, [city]);
    const result = await run(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** Claims a batch by lease. An attempt counts when it begins, so that an effect which kills its process is parked in the end too. Leases run on the database's own clock: a virtual clock must not make a live lease look expired. */
async function claim(pool: pg.Pool, city: string, now: Date, leaseSeconds: number, batch: number): Promise<OutboxRow[]> {
  return inWalls(pool, city, async (client) => {
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
  });
}

async function settle(pool: pg.Pool, city: string, sql: string, rest: unknown[]): Promise<void> {
  await inWalls(pool, city, (client) => client.query(sql, [city, ...rest]));
}
