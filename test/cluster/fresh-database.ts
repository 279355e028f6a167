import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { ensureOwnDatabase, type DatabaseUrls } from '../../src/runtime/database-roles.js';
import { clusterAddress, templateName } from './cluster-address.js';

/** A database for one test file alone. */
export interface FreshDatabase extends DatabaseUrls {
  /** As superuser, to arrange and to look; what is tested goes through the other three. */
  readonly adminUrl: string;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

/** A copy of the template: migrated and filled, in a fraction of the time that takes. `name` says whose it is. */
export async function freshDatabase(name: string): Promise<FreshDatabase> {
  const { superuserUrl, passwords } = clusterAddress();
  const database = `t_${name.replace(/\W+/g, '_').slice(0, 40)}_${randomBytes(4).toString('hex')}`.toLowerCase();
  const urls = await ensureOwnDatabase(superuserUrl, passwords, database, templateName);
  const adminUrl = new URL(superuserUrl);
  adminUrl.pathname = `/${database}`;
  return { ...urls, adminUrl: adminUrl.href, drop: () => dropDatabase(superuserUrl, database) };
}

async function dropDatabase(superuserUrl: string, database: string): Promise<void> {
  const admin = new pg.Client({ connectionString: superuserUrl });
  await admin.connect();
  await admin.query(`drop database if exists ${admin.escapeIdentifier(database)} with (force)`);
  await admin.end();
}
