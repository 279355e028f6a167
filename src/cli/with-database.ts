import { join } from 'node:path';
import { readConfig } from '../config.js';
import { openDatabase, type Database, type DatabaseUrls } from '../database.js';
import { dataDirectory } from '../runtime/data-directory.js';
import { startEmbeddedPostgres } from '../runtime/embedded-postgres.js';
import { acquireInstanceLock } from '../runtime/instance-lock.js';
import { prepareOperatorDatabase } from '../runtime/operator-database.js';
import { runningDatabase } from './running-database.js';

/**
 * Lets a command use this installation's database whether the system runs or not: beside a live one through its database, else with the
 * embedded server started for as long as the command takes. Nothing is migrated or loaded.
 * @throws Refused where the system has never been started
 */
export async function withDatabase<T>(use: (database: Database) => Promise<T>): Promise<T> {
  const { databaseUrl } = readConfig(process.env);
  const dataDir = dataDirectory();
  if (databaseUrl !== null) return opened(await prepareOperatorDatabase(databaseUrl, dataDir), use);
  await runningDatabase(dataDir);
  const attempt = acquireInstanceLock(dataDir);
  if (!attempt.held) return opened(await runningDatabase(dataDir), use);
  try {
    const server = await startEmbeddedPostgres({ directory: join(dataDir, 'postgres') });
    try {
      // Asked again: the server may have had to take another port.
      return await opened(await runningDatabase(dataDir), use);
    } finally {
      await server.stop();
    }
  } finally {
    attempt.lock.release();
  }
}

async function opened<T>(urls: DatabaseUrls, use: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase(urls);
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}
