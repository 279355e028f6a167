import { join } from 'node:path';
import { readConfig } from '../config.js';
import type { DatabaseUrls } from '../database.js';
import { Refused } from '../domain/errors.js';
import { words } from '../domain/text.js';
import { passwordFileName, urlsFor } from '../runtime/database-roles.js';
import { readIfThere } from '../runtime/private-file.js';

/**
 * The addresses of an installation's database while it is running, for commands beside it: tokens, checks.
 * @throws Refused when nothing of this data directory has ever run
 */
export async function runningDatabase(dataDir: string): Promise<DatabaseUrls> {
  const passwords = readIfThere(join(dataDir, passwordFileName));
  const { databaseUrl } = readConfig(process.env);
  const port = readIfThere(join(dataDir, 'postgres', 'port'));
  if (!passwords || (!databaseUrl && !port)) {
    throw new Refused('not-running', words('系统没有在运行，请先 npm start。', 'The system is not running; start it first with npm start.'), dataDir);
  }
  return urlsFor(databaseUrl ?? `postgres://postgres@127.0.0.1:${port}/yanshou`, JSON.parse(passwords));
}
