import { readConfig } from '../config.js';
import { dataDirectory } from '../runtime/data-directory.js';
import { bringUpDatabase } from './bring-up.js';

/** `yanshou migrate`: applies what is missing and ends. */
export async function migrateCommand(args: string[]): Promise<number> {
  const up = await bringUpDatabase(readConfig(process.env, args), dataDirectory());
  await up.stop();
  return 0;
}
