import { randomBytes } from 'node:crypto';
import knexModule from 'knex';
import pg from 'pg';
import { systemClock } from './clock.js';
import { hashPassword } from './auth/passwords.js';
import { migrate } from './migrate.js';
import { loadDemonstration, type DemonstrationAccount } from './register/load-demonstration.js';
import { instantOfLocal } from './domain/local-day.js';
import type { DatabaseUrls } from './database.js';

/** The day a fresh demonstration begins: the plans are being written, the deadline is six weeks away. */
const FIRST_DAY = '2026-08-17';

export interface PreparedDatabase {
  mode: 'demonstration' | 'production';
  migrations: string[];
  /** Present when the demonstration city was loaded just now. */
  loaded: { accounts: DemonstrationAccount[]; password: string } | null;
}

/**
 * Brings a database to the present schema and, the first time, gives it its mode. The mode is stored and never changes: a demonstration
 * has invented people and a virtual clock, production has neither.
 */
export async function prepareDatabase(urls: DatabaseUrls, checkout: string, demonstration: boolean, firstDay = FIRST_DAY): Promise<PreparedDatabase> {
  const migrations = await migrate(urls.migratorUrl);
  const client = new pg.Client({ connectionString: urls.migratorUrl });
  await client.connect();
  try {
    const { rows } = await client.query('select mode from installation');
    if (rows[0]) return { mode: rows[0].mode, migrations, loaded: null };
  } finally {
    await client.end();
  }
  const password = randomBytes(6).toString('base64url');
  const knex = knexModule.knex({ client: 'pg', connection: urls.migratorUrl, pool: { min: 0, max: 1 } });
  try {
    const accounts = await knex.transaction(async (trx) => {
      const loadedAccounts = demonstration ? await loadDemonstration(trx, checkout, await hashPassword(password)) : [];
      const offset = demonstration ? instantOfLocal(firstDay, '09:00').getTime() - systemClock.now().getTime() : 0;
      await trx('installation').insert({ mode: demonstration ? 'demonstration' : 'production', clock_offset_ms: offset });
      return loadedAccounts;
    });
    return { mode: demonstration ? 'demonstration' : 'production', migrations, loaded: demonstration ? { accounts, password } : null };
  } finally {
    await knex.destroy();
  }
}
