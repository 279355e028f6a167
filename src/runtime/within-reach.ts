import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { words } from '../domain/text.js';
import { RuntimeFailure } from './runtime-failure.js';
import type { ServiceAccount } from './service-account.js';

/**
 * Whether the account can read this file. Asked of the kernel by a child under that account, because mode bits alone say
 * nothing about the directories above, access lists or mounts.
 * @throws RuntimeFailure when the process may not change its user (a container without that capability)
 */
export function canRead(path: string, account: ServiceAccount | undefined): boolean {
  if (account === undefined) return existsSync(path);
  const probe = spawnSync('/bin/sh', ['-c', '[ -r "$1" ]', 'sh', path], { uid: account.uid, gid: account.gid, cwd: '/' });
  if (probe.error !== undefined) throw cannotChangeUser(account, probe.error);
  return probe.status === 0;
}

/**
 * A place from which the account can use `source`: `source` itself, or a copy at `destination` that everyone may read and
 * only we may change. A checkout under /root (0700) is the usual reason. The copy is made once; older versions beside it
 * are removed.
 * @param probe a file inside `source` that the account must be able to read; the directory itself when empty
 */
export function placeWithinReach(source: string, probe: string, destination: string, account: ServiceAccount | undefined): string {
  if (account === undefined || canRead(join(source, probe), account)) return source;
  if (!existsSync(destination)) {
    const unfinished = `${destination}.unfinished`;
    rmSync(dirname(destination), { recursive: true, force: true });
    mkdirSync(dirname(destination), { recursive: true });
    cpSync(source, unfinished, { recursive: true, verbatimSymlinks: true });
    openForReading(unfinished);
    openForReading(dirname(destination), { deep: false });
    renameSync(unfinished, destination);
  }
  if (canRead(join(destination, probe), account)) return destination;
  throw new RuntimeFailure(
    'data-directory-unreachable',
    words(
      `系统用户 ${account.name} 读不到数据目录 ${destination}。请把 YANSHOU_DATA 设为所有用户都能进入的目录，例如 /var/lib/yanshou。`,
      `The system user ${account.name} cannot reach ${destination}. Set YANSHOU_DATA to a directory that every user may enter, such as /var/lib/yanshou.`,
    ),
  );
}

/** Lets everyone read and enter, whatever umask the copy was made under; scripts and programs stay executable. */
export function openForReading(path: string, { deep } = { deep: true }): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  const enter = found.isDirectory() || (found.mode & 0o100) !== 0;
  chmodSync(path, enter ? 0o755 : 0o644);
  if (deep && found.isDirectory()) for (const name of readdirSync(path)) openForReading(join(path, name));
}

function cannotChangeUser(account: ServiceAccount, error: Error): RuntimeFailure {
  return new RuntimeFailure(
    'cannot-change-user',
    words(
      `以 root 启动，但不能切换为系统用户 ${account.name}。请改用普通用户启动。`,
      `Started as root but not allowed to change to the system user ${account.name}. Start as a normal user instead.`,
    ),
    error.message,
  );
}
