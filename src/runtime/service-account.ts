import { readFileSync } from 'node:fs';
import { words } from '../domain/text.js';
import { RuntimeFailure } from './runtime-failure.js';

/** A user without privileges under whom a child process runs. */
export interface ServiceAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * The first of these users that exists here, when we are root; undefined for a normal user, who runs everything as
 * himself. PostgreSQL refuses root, and a browser without a sandbox must not be it.
 * @throws RuntimeFailure when root and none exists
 */
export function serviceAccount(candidates: readonly string[]): ServiceAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = listedUsers();
  const found = candidates.map((name) => users.get(name)).find((user) => user !== undefined);
  if (found !== undefined) return found;
  throw new RuntimeFailure(
    'no-service-account',
    words(
      `以 root 启动时需要一个普通系统用户（${candidates.join(' 或 ')}），本机没有。请新建一个，或改用普通用户启动。`,
      `Started as root, an unprivileged system user is needed (${candidates.join(' or ')}) and none exists here. Create one, or start as a normal user.`,
    ),
  );
}

/** PostgreSQL's user. It must be listed in /etc/passwd: initdb looks its own name up. */
export function databaseAccount(): ServiceAccount | undefined {
  return serviceAccount(['postgres', 'nobody']);
}

/** The browser's user: never the database's, whose files it must not be able to open. */
export function browserAccount(): ServiceAccount | undefined {
  const taken = databaseAccount()?.name;
  return serviceAccount(['nobody', 'daemon'].filter((name) => name !== taken));
}

function listedUsers(): Map<string, ServiceAccount> {
  const users = new Map<string, ServiceAccount>();
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name !== undefined && uid !== undefined && gid !== undefined && uid !== '0') {
      users.set(name, { name, uid: Number(uid), gid: Number(gid) });
    }
  }
  return users;
}
