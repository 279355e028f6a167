import { createHash } from 'node:crypto';
import knexModule, { type Knex } from 'knex';
import * as core from '../migrations/001-core.js';
import * as walls from '../migrations/002-walls.js';
import * as door from '../migrations/003-door.js';
import * as people from '../migrations/004-people.js';
import * as versions from '../migrations/005-versions.js';

type Migration = { up(knex: Knex): Promise<void> };

/** Forward-only, in order, names without extension so that built and source runs agree. */
const migrations: Record<string, Migration> = { '001-core': core, '002-walls': walls, '003-door': door, '004-people': people, '005-versions': versions };

const source: Knex.MigrationSource<string> = {
  getMigrations: async () => Object.keys(migrations),
  getMigrationName: (name) => name,
  getMigration: async (name) => ({ up: migrations[name]!.up, down: async () => undefined }),
};

/**
 * Brings a database up to date as the owner of the schema. Returns the names that were applied now. The caller sees to it that nobody else does
 * so at the same time: the library's own lock is a row that outlives a killed process and would refuse every later start.
 */
export async function migrate(migratorUrl: string): Promise<string[]> {
  const knex = knexModule.knex({ client: 'pg', connection: migratorUrl, pool: { min: 0, max: 1 } });
  const settings = { migrationSource: source, tableName: 'migration' };
  try {
    await knex.migrate.forceFreeMigrationsLock(settings);
    const [, applied] = (await knex.migrate.latest(settings)) as [number, string[]];
    return applied;
  } finally {
    await knex.destroy();
  }
}


/** SHA-256 of every statement of every migration: says whether a database was made by this very schema. */
export async function schemaDigest(): Promise<string> {
  const statements: string[] = [];
  const recorder = { raw: async (sql: string) => void statements.push(sql) } as unknown as Knex;
  for (const { up } of Object.values(migrations)) await up(recorder);
  return createHash('sha256').update(statements.join('\n')).digest('hex');
}
