import { join } from 'node:path';
import type { Config } from '../config.js';
import type { DatabaseUrls } from '../database.js';
import { say, jsonLog } from '../log.js';
import { prepareDatabase, type PreparedDatabase } from '../prepare-database.js';
import { checkoutRoot } from '../runtime/checkout.js';
import { prepareOwnDatabase } from '../runtime/database-roles.js';
import { startEmbeddedPostgres } from '../runtime/embedded-postgres.js';
import { demonstrationPassword } from './demonstration-password.js';
import { prepareOperatorDatabase } from '../runtime/operator-database.js';

export interface BroughtUp {
  urls: DatabaseUrls;
  prepared: PreparedDatabase;
  stop(): Promise<void>;
}

/** The database of this installation, running and up to date: the embedded one, or the operator's. */
export async function bringUpDatabase(config: Config, dataDir: string, durable = true): Promise<BroughtUp> {
  const own = config.databaseUrl === null;
  const server = own
    ? await startEmbeddedPostgres({ directory: join(dataDir, 'postgres'), durable, onEvent: (event) => jsonLog('error', `database ${event.kind}`) })
    : null;
  if (server) say('数据库已启动', 'Database is running');
  try {
    const urls = server ? await prepareOwnDatabase(server.superuserUrl, dataDir) : await prepareOperatorDatabase(config.databaseUrl!, dataDir);
    const prepared = await prepareDatabase(urls, checkoutRoot(), config.demonstration ? { password: demonstrationPassword(dataDir) } : null);
    if (prepared.rebuilt) say('数据库结构在发布前有改动，演示数据已重建', 'The schema has changed before its first release; the demonstration data was rebuilt');
    say(`数据库结构已是最新`, `Schema is up to date${prepared.migrations.length > 0 ? ` (${prepared.migrations.length} migrations applied)` : ''}`);
    if (prepared.loaded) say('演示城市已载入：13 个填报单位、164 个乡镇街道、5,758 个社区和村', 'Demonstration city loaded: 13 filing units, 164 townships, 5,758 communities and villages');
    return { urls, prepared, stop: async () => server?.stop() };
  } catch (error) {
    await server?.stop();
    throw error;
  }
}
