import { readConfig } from '../config.js';
import { Refused } from '../domain/errors.js';
import { words } from '../domain/text.js';
import { dataDirectory } from '../runtime/data-directory.js';
import { acquireInstanceLock } from '../runtime/instance-lock.js';
import { bringUpDatabase } from './bring-up.js';

/** `yanshou migrate`: applies what is missing and ends. Refused beside a live system, whose own start has done it. */
export async function migrateCommand(args: string[]): Promise<number> {
  const dataDir = dataDirectory();
  const attempt = acquireInstanceLock(dataDir);
  if (!attempt.held) throw new Refused('running', words('系统正在运行，结构已是最新。', 'The system is running; its schema is up to date.'), attempt.by.address);
  try {
    const up = await bringUpDatabase(readConfig(process.env, args), dataDir);
    await up.stop();
    return 0;
  } finally {
    attempt.lock.release();
  }
}
