import { readConfig } from '../config.js';
import { openDatabase, type Database, type DatabaseUrls } from '../database.js';
import { dataDirectory } from '../runtime/data-directory.js';
import { acquireInstanceLock } from '../runtime/instance-lock.js';
import { prepareOperatorDatabase } from '../runtime/operator-database.js';
import { bringUpDatabase } from './bring-up.js';
import { runningDatabase } from './running-database.js';

/**
 * Lets a command use this installation's database whether the system runs or not: beside a live one through its database, else with the
 * embedded server started for as long as the command takes.
 */
export async function withDatabase<T>(use: (database: Database) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const dataDir = dataDirectory();
  if (config.databaseUrl !== null) return opened(await prepareOperatorDatabase(config.databaseUrl, dataDir), use);
  const attempt = acquireInstanceLock(dataDir);
  if (!attempt.held) return opened(await runningDatabase(dataDir), use);
  try {
    const up = await bringUpDatabase(config, dataDir);
    try {
      return await opened(up.urls, use);
    } finally {
      await up.stop();
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
