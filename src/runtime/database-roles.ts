import { join } from 'node:path';
import { withClient } from './database-connection.js';
import { words } from '../domain/text.js';
import { ensureLoginRoles, loginRoles, type LoginRole, type Passwords } from './login-roles.js';
import { RuntimeFailure } from './runtime-failure.js';

/** One address for each of the program's three identities. */
export interface DatabaseUrls {
  readonly migratorUrl: string;
  readonly webUrl: string;
  readonly workerUrl: string;
}

/** Where the roles' passwords are kept, in the data directory. */
export const passwordFileName = 'database-passwords.json';
/** The roles of a cluster of our own, with passwords kept in `dataDirectory`. */
export async function ensureOwnRoles(superuserUrl: string, dataDirectory: string): Promise<Passwords> {
  return withClient(superuserUrl, (admin) => ensureLoginRoles(admin, join(dataDirectory, passwordFileName), true));
}

/**
 * One database of a cluster of our own: made if it is missing (empty, or a copy of `template`), owned by the migrator and
 * open to nobody but the three roles. Many may be made at once.
 */
export async function ensureOwnDatabase(superuserUrl: string, passwords: Passwords, database: string, template?: string): Promise<DatabaseUrls> {
  return withClient(superuserUrl, async (admin) => {
    const name = admin.escapeIdentifier(database);
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) {
      const copied = template === undefined ? '' : ` template ${admin.escapeIdentifier(template)}`;
      await admin.query(`create database ${name} owner yanshou_migrator${copied}`);
    }
    await admin.query(`revoke all on database ${name} from public; grant connect, temporary on database ${name} to ${loginRoles.join(', ')}`);
    return urlsFor(superuserUrl, passwords, database);
  });
}

/** Roles and the one database of the embedded server: what a start needs. */
export async function prepareOwnDatabase(superuserUrl: string, dataDirectory: string, database = 'yanshou'): Promise<DatabaseUrls> {
  return ensureOwnDatabase(superuserUrl, await ensureOwnRoles(superuserUrl, dataDirectory), database);
}

/** The addresses of the three roles on the server of `adminUrl`, in its database unless another is named. */
export function urlsFor(adminUrl: string, passwords: Passwords, database?: string): DatabaseUrls {
  const as = (role: LoginRole) => {
    const url = new URL(adminUrl);
    url.username = role;
    url.password = passwords[role];
    if (database !== undefined) url.pathname = `/${encodeURIComponent(database)}`;
    if (url.username !== role) throw needsHost();
    return url.href;
  };
  return { migratorUrl: as('yanshou_migrator'), webUrl: as('yanshou_web'), workerUrl: as('yanshou_worker') };
}

/** An address without a host (a Unix socket) cannot carry a user, and sockets seldom accept passwords anyway. */
function needsHost(): RuntimeFailure {
  return new RuntimeFailure(
    'database-url-without-host',
    words(
      'DATABASE_URL 里没有主机名。请写成 postgres://用户:密码@主机:端口/库名，或另设 YANSHOU_WEB_URL 和 YANSHOU_WORKER_URL。',
      'DATABASE_URL names no host. Write postgres://user:password@host:port/database, or set YANSHOU_WEB_URL and YANSHOU_WORKER_URL as well.',
    ),
  );
}

