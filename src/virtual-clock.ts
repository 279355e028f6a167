import { offsetClock, systemClock, type Clock } from './clock.js';
import { onOneConnection, type Database } from './database.js';
import { clockActor } from './domain/actor.js';
import { Refused } from './domain/errors.js';
import { words } from './domain/text.js';

const REFRESH_MS = 1000;

/** A clock whose offset is a row of the database, so that every process of a demonstration shows the same day. */
export interface VirtualClock extends Clock {
  /**
   * Goes forward to an instant, stopping at every due term on the way: each fires with `now` at its own due instant, in order.
   * Returns how many terms and effects were done on the way. Of several who move it at once, in whatever process, one goes after the other.
   * @throws Refused in production, or when the instant lies in the past
   */
  advanceTo(target: Date, drain: () => Promise<number>): Promise<number>;
  /** Takes over at once what another process has set, which is otherwise noticed within a second. */
  catchUp(): Promise<void>;
  stop(): void;
}

export async function virtualClock(database: Database, cities: () => Promise<string[]>): Promise<VirtualClock> {
  const pool = database.workerPool;
  let offset = 0;
  let mode = 'production';
  let moves = 0;
  const read = async (): Promise<void> => {
    const asOf = moves;
    const { rows } = await pool.query('select mode, clock_offset_ms from installation');
    // Moved meanwhile from here: what was read is older than what is known.
    if (!rows[0] || moves !== asOf) return;
    mode = rows[0].mode;
    offset = Number(rows[0].clock_offset_ms);
  };
  await read();
  const timer = setInterval(() => void read().catch(() => undefined), REFRESH_MS);
  timer.unref();
  const clock = offsetClock(() => offset);
  // While the clock is being moved it stands still at each stop, so that what is due there sees exactly its own due instant.
  let halted: Date | null = null;
  const now = (): Date => halted ?? clock.now();
  const set = async (instant: Date): Promise<void> => {
    halted = instant;
    offset = instant.getTime() - systemClock.now().getTime();
    moves += 1;
    await pool.query('update installation set clock_offset_ms = $1', [offset]);
    moves += 1;
  };
  // Waiting for another process takes a connection; more than one of them waiting would leave none for the work of whoever goes first.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const mine = last.then(() => onOneConnection(pool, async (client) => {
      await client.query(`select pg_advisory_lock(hashtext('yanshou.clock'))`);
      try {
        await read();
        return await act();
      } finally {
        await client.query(`select pg_advisory_unlock(hashtext('yanshou.clock'))`).catch(() => undefined);
      }
    }));
    last = mine.catch(() => undefined);
    return mine;
  };
  return {
    now,
    stop: () => clearInterval(timer),
    catchUp: read,
    advanceTo: (target, drain) => inTurn(async () => {
      if (mode !== 'demonstration') throw notHere();
      if (target <= now()) throw backwards();
      let done = 0;
      try {
        done += await drain();
        for (let next = await nextDue(database, await cities(), target); next !== null; next = await nextDue(database, await cities(), target)) {
          if (next > now()) await set(next);
          done += await drain();
        }
        await set(target);
        return done + (await drain());
      } finally {
        halted = null;
      }
    }),
  };
}

/** The earliest instant up to `target` at which a term or a reminder of any city is due. */
async function nextDue(database: Database, cities: string[], target: Date): Promise<Date | null> {
  const instants = await Promise.all(cities.map((city) => database.asActor(clockActor(city), async (trx) => {
    const { rows } = await trx.raw(
      `select min(least(due_at, next_reminder_at)) as at from term where city = ? and status = 'armed' and (due_at <= ? or next_reminder_at <= ?)`, [city, target, target]);
    return rows[0].at as Date | null;
  })));
  return instants.filter((at) => at !== null).sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

const notHere = () => new Refused('no-virtual-clock', words('只有演示环境可以拨快时间。', 'Only a demonstration can move its clock.'));
const backwards = () => new Refused('clock-backwards', words('时间只能往后拨。', 'The clock only moves forward.'));
