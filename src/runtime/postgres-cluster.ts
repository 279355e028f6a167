import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { words } from '../domain/text.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { generatedPassword, readIfThere, writePrivately } from './private-file.js';
import { RuntimeFailure } from './runtime-failure.js';
import type { ServiceAccount } from './service-account.js';

/** The files of one cluster and who owns them. */
export interface PostgresCluster {
  readonly data: string;
  readonly account: ServiceAccount | undefined;
  readonly superuserPassword: string;
}

/** What child processes of the database see: nothing of ours, so that no PGDATA or LC_ALL of the operator leads them astray. */
export const postgresEnvironment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C' };

/**
 * The cluster under `<directory>/data`, made when missing. It is made beside its place and renamed, so an interrupted
 * first start leaves nothing that looks finished.
 *
 * The locale is PostgreSQL's own C.UTF-8: under plain C the trigrams of Chinese text are empty and every search misses.
 */
export function postgresCluster(directory: string, binaries: PostgresBinaries, account: ServiceAccount | undefined, durable: boolean): PostgresCluster {
  const data = join(directory, 'data');
  const passwordFile = join(directory, 'superuser-password');
  if (!existsSync(join(data, 'PG_VERSION'))) {
    writePrivately(passwordFile, generatedPassword());
    initialise(directory, binaries, account, durable, readIfThere(passwordFile) ?? '');
    renameSync(join(directory, 'data.unfinished'), data);
  }
  const superuserPassword = readIfThere(passwordFile);
  if (superuserPassword === undefined) throw passwordLost(passwordFile);
  return { data, account: ownerOf(data, account), superuserPassword };
}

/**
 * An existing cluster keeps its owner: "postgres" may have been created on this machine only after a first start under
 * "nobody".
 */
function ownerOf(data: string, account: ServiceAccount | undefined): ServiceAccount | undefined {
  const { uid, gid } = statSync(data);
  return account === undefined || uid === account.uid ? account : { name: `uid ${uid}`, uid, gid };
}

function initialise(directory: string, binaries: PostgresBinaries, account: ServiceAccount | undefined, durable: boolean, password: string): void {
  const data = join(directory, 'data.unfinished');
  const passwordCopy = join(directory, 'initdb-password');
  rmSync(data, { recursive: true, force: true });
  rmSync(passwordCopy, { force: true });
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(passwordCopy, password, { mode: 0o600 });
  for (const path of [data, passwordCopy]) if (account !== undefined) chownSync(path, account.uid, account.gid);
  chmodSync(data, 0o700);
  const options = [
    ...['-D', data, '-U', 'postgres', `--pwfile=${passwordCopy}`, '--auth=scram-sha-256', '--encoding=UTF8', '--no-instructions'],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-ctype=C.UTF-8', '--lc-collate=C', '--lc-messages=C'],
    ...(durable ? [] : ['--no-sync']),
  ];
  const result = spawnSync(binaries.initdb, options, {
    ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
    cwd: '/',
    env: postgresEnvironment,
    encoding: 'utf8',
  });
  rmSync(passwordCopy, { force: true });
  if (result.status !== 0) throw cannotInitialise(data, account, result.error?.message ?? `${result.stdout}\n${result.stderr}`);
}

function cannotInitialise(data: string, account: ServiceAccount | undefined, output: string): RuntimeFailure {
  const who = account === undefined ? words('当前用户', 'the current user') : words(`系统用户 ${account.name}`, `the system user ${account.name}`);
  const tail = output.trim().split('\n').slice(-4).join(' | ');
  return new RuntimeFailure(
    'database-not-initialised',
    words(
      `不能以${who.zh}的身份在 ${data} 建立数据库。请检查磁盘空间和目录权限。数据库说：${tail}`,
      `The database could not be created in ${data} as ${who.en}. Check disk space and permissions. It said: ${tail}`,
    ),
    output,
  );
}

function passwordLost(file: string): RuntimeFailure {
  return new RuntimeFailure(
    'database-password-lost',
    words(
      `数据库已经存在，但它的密码文件 ${file} 不见了。请从备份恢复这个文件，或移走整个数据目录重新开始。`,
      `The database exists but its password file ${file} is gone. Restore it from a backup, or move the whole data directory away and start anew.`,
    ),
  );
}
