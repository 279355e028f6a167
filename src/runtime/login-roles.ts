import type pg from 'pg';
import { words } from '../domain/text.js';
import { generatedPassword, readIfThere, writePrivately } from './private-file.js';
import { RuntimeFailure } from './runtime-failure.js';
import { scramVerifier } from './scram-verifier.js';

/** The three identities of the program. Only the migrator owns tables; row-level security holds the other two. */
export const loginRoles = ['yanshou_migrator', 'yanshou_web', 'yanshou_worker'] as const;
export type LoginRole = (typeof loginRoles)[number];
export type Passwords = Readonly<Record<LoginRole, string>>;

/**
 * Makes the login roles with generated passwords, which are kept in `passwordFile` (0600), or sets those passwords again
 * when the roles exist. Roles belong to the whole server: all its databases share them.
 * @param takeOver whether roles that exist although we know no passwords are ours to change; on an operator's server they
 *   may serve another installation
 * @throws RuntimeFailure
 */
export async function ensureLoginRoles(admin: pg.Client, passwordFile: string, takeOver: boolean): Promise<Passwords> {
  const existing = await existingRoles(admin);
  const kept = readIfThere(passwordFile);
  if (kept === undefined && existing.size > 0 && !takeOver) throw rolesOfAnother([...existing]);
  const passwords = kept === undefined ? newPasswords() : (JSON.parse(kept) as Passwords);
  if (kept === undefined) writePrivately(passwordFile, JSON.stringify(passwords, null, 2));
  for (const role of loginRoles) {
    const verb = existing.has(role) ? 'alter' : 'create';
    await admin.query(`${verb} role ${role} login password '${scramVerifier(passwords[role])}'`);
    await refusePower(admin, role);
  }
  return passwords;
}

/**
 * Refuses a role that row-level security would not hold.
 * @throws RuntimeFailure
 */
export async function refusePower(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select rolname as name from pg_roles
     where (rolsuper or rolbypassrls) and pg_has_role($1, oid, 'member')`,
    [role],
  );
  const powerful = rows[0];
  if (powerful === undefined) return;
  throw new RuntimeFailure(
    'role-too-powerful',
    words(
      `数据库角色 ${role} 拥有超级用户或绕过行级安全的权限（${powerful.name}），系统不以这样的角色运行。请收回该权限。`,
      `The database role ${role} is superuser or may bypass row-level security (through ${powerful.name}); the system does not serve under such a role. Take that right away.`,
    ),
  );
}

async function existingRoles(admin: pg.Client): Promise<Set<string>> {
  const { rows } = await admin.query<{ rolname: string }>('select rolname from pg_roles where rolname = any($1)', [loginRoles]);
  return new Set(rows.map((row) => row.rolname));
}

function newPasswords(): Passwords {
  return { yanshou_migrator: generatedPassword(), yanshou_web: generatedPassword(), yanshou_worker: generatedPassword() };
}

function rolesOfAnother(roles: readonly string[]): RuntimeFailure {
  const names = roles.join(', ');
  return new RuntimeFailure(
    'roles-of-another-installation',
    words(
      `数据库服务器上已有角色 ${names}，本机不知道它们的密码；可能另一套系统在用。请设置 YANSHOU_WEB_URL 和 YANSHOU_WORKER_URL（DATABASE_URL 用表的属主），或先删除这些角色。`,
      `The server already has the roles ${names} and their passwords are not known here; another installation may use them. Set YANSHOU_WEB_URL and YANSHOU_WORKER_URL (with DATABASE_URL as the owner of the tables), or drop the roles first.`,
    ),
  );
}
