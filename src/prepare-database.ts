import knexModule from 'knex';
import pg from 'pg';
import { systemClock } from './clock.js';
import { hashPassword } from './auth/passwords.js';
import { migrate, schemaDigest } from './migrate.js';
import { loadDemonstration } from './register/load-demonstration.js';
import { Refused } from './domain/errors.js';
import { instantOfLocal } from './domain/local-day.js';
import { words } from './domain/text.js';
import type { DatabaseUrls } from './database.js';

/** The day a fresh demonstration begins: the plans are being written, the deadline is six weeks away. */
const FIRST_DAY = '2026-08-17';

export interface PreparedDatabase {
  mode: 'demonstration' | 'production';
  migrations: string[];
  /** The demonstration city was loaded just now. */
  loaded: boolean;
  /** It was there before, under an earlier draft of the schema, and has been made anew. */
  rebuilt: boolean;
}

/**
 * Brings a database to the present schema and, the first time, gives it its mode. The mode is stored and never changes: a demonstration
 * has invented people and a virtual clock, production has neither. Until the first release the schema is edited in place, so a
 * demonstration made under an earlier draft is rebuilt. Of several replicas started at once one does it and the others wait.
 * @throws Refused for production data under an earlier draft
 */
export async function prepareDatabase(urls: DatabaseUrls, checkout: string, demonstration: { password: string } | null): Promise<PreparedDatabase> {
  return alone(urls.migratorUrl, () => prepare(urls, checkout, demonstration));
}

async function prepare(urls: DatabaseUrls, checkout: string, demonstration: { password: string } | null): Promise<PreparedDatabase> {
  const rebuilt = await clearEarlierDraft(urls.migratorUrl);
  const migrations = await migrate(urls.migratorUrl);
  const knex = knexModule.knex({ client: 'pg', connection: urls.migratorUrl, pool: { min: 0, max: 1 } });
  try {
    const installed = await knex('installation').first('mode');
    if (installed) return { mode: installed.mode, migrations, loaded: false, rebuilt };
    const mode = demonstration ? 'demonstration' : 'production';
    await knex.transaction(async (trx) => {
      if (demonstration) await loadDemonstration(trx, checkout, await hashPassword(demonstration.password));
      const offset = demonstration ? instantOfLocal(FIRST_DAY, '09:00').getTime() - systemClock.now().getTime() : 0;
      await trx('installation').insert({ mode, clock_offset_ms: offset, schema_digest: await schemaDigest() });
    });
    // Thousands of rows in one go: without counts the planner takes every table for empty until the server counts by itself.
    if (demonstration) await knex.raw('analyze');
    return { mode, migrations, loaded: demonstration !== null, rebuilt };
  } finally {
    await knex.destroy();
  }
}

/** Only one process at a time prepares a database. The right to it ends with its connection, so whoever is killed on the way leaves nothing locked. */
async function alone<T>(migratorUrl: string, act: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: migratorUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtext('yanshou.prepare'))`);
    return await act();
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Removes a demonstration of an earlier draft of the schema. Returns whether there was one. */
async function clearEarlierDraft(migratorUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: migratorUrl });
  await client.connect();
  try {
    const { rows: there } = await client.query(`select to_regclass('installation') is not null as there`);
    if (!there[0].there) return false;
    const { rows } = await client.query(`select i.mode, to_jsonb(i)->>'schema_digest' as digest from installation i`);
    if (!rows[0] || rows[0].digest === (await schemaDigest())) return false;
    if (rows[0].mode === 'production') throw draftInProduction();
    await client.query('drop schema public cascade; create schema public; grant usage on schema public to public');
    return true;
  } finally {
    await client.end();
  }
}

const draftInProduction = () => new Refused('schema-draft', words(
  '数据库是用发布前的另一版结构建的，不能自动升级。请先导出数据，再用空库启动。',
  'The database was made under another draft of the schema and cannot be upgraded. Export its data and start on an empty database.',
));
