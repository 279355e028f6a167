import knexModule, { type Knex } from 'knex';
import pg from 'pg';
import type { Actor } from './domain/actor.js';

const { knex } = knexModule;

/** int8 as bigint; date and numeric stay text, so no day shifts with the server's zone and no digit is lost. */
pg.types.setTypeParser(20, (text) => BigInt(text));
pg.types.setTypeParser(1082, (text) => text);

export interface DatabaseUrls {
  migratorUrl: string;
  webUrl: string;
  workerUrl: string;
}

/** Two doors to one database: people come in under `yanshou_web`, the system's own hands under `yanshou_worker`. */
export interface Database {
  webPool: pg.Pool;
  workerPool: pg.Pool;
  /** Runs reads and drafts as one person: every query inside takes the given transaction, bound to the actor's walls. */
  asActor<T>(actor: Actor, run: (trx: Knex.Transaction) => Promise<T>): Promise<T>;
  /** Before anybody is known: sessions, accounts and tokens of one city, nothing else. */
  asAuth<T>(city: string, run: (trx: Knex.Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const POOL_SIZE = 8;

interface Walls {
  city: string;
  scope: string;
  unit: string | null;
  person: string | null;
}

async function bound<T>(db: Knex, walls: Walls, run: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  return db.transaction(async (trx) => {
    await trx.raw(
      `select set_config('app.city', ?, true), set_config('app.scope', ?, true), set_config('app.unit', ?, true), set_config('app.person', ?, true)`,
      [walls.city, walls.scope, walls.unit ?? '', walls.person ?? ''],
    );
    return run(trx);
  });
}

/**
 * Runs on one connection of a pool, alone. One that breaks on the way fails what is asked on it and is not used again; its complaint, heard by
 * nobody, would end the process.
 */
export async function onOneConnection<T>(pool: pg.Pool, run: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const breaks = (error: Error): void => { broken = error; };
  client.on('error', breaks);
  try {
    return await run(client);
  } finally {
    client.off('error', breaks);
    client.release(broken);
  }
}

export function openDatabase(urls: Pick<DatabaseUrls, 'webUrl' | 'workerUrl'>): Database {
  const config = (url: string): Knex.Config => ({ client: 'pg', connection: url, pool: { min: 0, max: POOL_SIZE } });
  const web = knex(config(urls.webUrl));
  const worker = knex(config(urls.workerUrl));
  const webPool = new pg.Pool({ connectionString: urls.webUrl, max: POOL_SIZE });
  const workerPool = new pg.Pool({ connectionString: urls.workerUrl, max: POOL_SIZE });
  // A connection that dies while idle (the server restarted) is replaced at the next use; the pool must not bring the process down.
  for (const pool of [webPool, workerPool]) pool.on('error', () => undefined);
  return {
    webPool,
    workerPool,
    asActor: (actor, run) => bound(actor.scope === 'system' ? worker : web, { ...actor, person: actor.person ?? actor.role }, run),
    asAuth: (city, run) => bound(web, { city, scope: 'auth', unit: null, person: null }, run),
    close: async () => {
      await Promise.all([web.destroy(), worker.destroy(), webPool.end(), workerPool.end()]);
    },
  };
}
