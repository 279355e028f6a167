import { join } from 'node:path';
import type pg from 'pg';
import { words } from '../domain/text.js';
import { withClient } from './database-connection.js';
import { passwordFileName, urlsFor, type DatabaseUrls } from './database-roles.js';
import { ensureLoginRoles, loginRoles, refusePower, type LoginRole } from './login-roles.js';
import { RuntimeFailure } from './runtime-failure.js';

const oldestServer = 150_000;

/**
 * Prepares the database an operator names in DATABASE_URL (PostgreSQL 15–18, UTF-8). When YANSHOU_WEB_URL and
 * YANSHOU_WORKER_URL are set they serve, and DATABASE_URL is the migrator. Otherwise its user makes the three roles.
 * @throws RuntimeFailure saying what to set or which statements to run
 */
export async function prepareOperatorDatabase(databaseUrl: string, dataDirectory: string, env: NodeJS.ProcessEnv = process.env): Promise<DatabaseUrls> {
  const webUrl = env['YANSHOU_WEB_URL'];
  const workerUrl = env['YANSHOU_WORKER_URL'];
  return withClient(databaseUrl, async (admin) => {
    await refuseUnsuitable(admin);
    if (webUrl && workerUrl) {
      await withClient(webUrl, (web) => refuseWrongRole(web, 'yanshou_web', admin));
      await withClient(workerUrl, (worker) => refuseWrongRole(worker, 'yanshou_worker', admin));
      return { migratorUrl: databaseUrl, webUrl, workerUrl };
    }
    try {
      const passwords = await ensureLoginRoles(admin, join(dataDirectory, passwordFileName), false);
      await grantDatabase(admin);
      return urlsFor(databaseUrl, passwords);
    } catch (error) {
      throw (error as pg.DatabaseError).code === '42501' ? needsRoles(error as Error) : error;
    }
  });
}

/** The migrator may make tables, schemas and trusted extensions here; nothing else of the operator's database is touched. */
async function grantDatabase(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>('select current_database() as name');
  const name = admin.escapeIdentifier(rows[0]?.name ?? '');
  await admin.query(`grant connect, temporary on database ${name} to ${loginRoles.join(', ')}`);
  await admin.query(`grant create on database ${name} to yanshou_migrator`);
  await admin.query('grant usage, create on schema public to yanshou_migrator');
  const { rows: granted } = await admin.query<{ able: boolean }>(
    `select has_schema_privilege('yanshou_migrator', 'public', 'create') and has_database_privilege('yanshou_migrator', current_database(), 'create') as able`,
  );
  // A grant by someone who may not give it is a warning in PostgreSQL, not an error.
  if (granted[0]?.able !== true) throw Object.assign(new Error('the grants had no effect'), { code: '42501' });
}

async function refuseUnsuitable(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ version: number; encoding: string }>(
    `select current_setting('server_version_num')::int as version, pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()`,
  );
  const { version, encoding } = rows[0] ?? { version: 0, encoding: '' };
  if (version < oldestServer) {
    const found = Math.floor(version / 10_000);
    throw new RuntimeFailure('database-too-old', words(`数据库服务器是 PostgreSQL ${found}，需要 15 至 18。`, `The server is PostgreSQL ${found}; 15 to 18 is needed.`));
  }
  if (encoding !== 'UTF8') {
    throw new RuntimeFailure('database-encoding', words(`数据库的编码是 ${encoding}，需要 UTF8。请用 UTF8 新建数据库。`, `The database's encoding is ${encoding}; UTF8 is needed. Create a new database with it.`));
  }
}

/** The tables' rights are granted to roles of these names, in one database. */
async function refuseWrongRole(client: pg.Client, expected: LoginRole, admin: pg.Client): Promise<void> {
  const who = 'select current_user as role, (select oid from pg_database where datname = current_database()) as database';
  const { rows: [own] } = await client.query<{ role: string; database: number }>(who);
  const { rows: [owner] } = await admin.query<{ role: string; database: number }>(who);
  if (own?.role !== expected || own.database !== owner?.database) {
    const setting = expected === 'yanshou_web' ? 'YANSHOU_WEB_URL' : 'YANSHOU_WORKER_URL';
    throw new RuntimeFailure(
      'wrong-role',
      words(
        `${setting} 应当用角色 ${expected} 连接 DATABASE_URL 所指的同一个库，现在用的是 ${own?.role}。`,
        `${setting} must connect as ${expected} to the database DATABASE_URL names; it connects as ${own?.role}.`,
      ),
      `database ${own?.database}, expected ${owner?.database}`,
    );
  }
  await refusePower(client, expected);
}

function needsRoles(error: Error): RuntimeFailure {
  return new RuntimeFailure(
    'roles-cannot-be-made',
    words(
      'DATABASE_URL 的用户无权建立角色或授权。请让数据库管理员建立角色 yanshou_web 和 yanshou_worker（LOGIN，非超级用户），再设置 YANSHOU_WEB_URL 和 YANSHOU_WORKER_URL。',
      'The user of DATABASE_URL may not create roles or grant rights. Have an administrator create the roles yanshou_web and yanshou_worker (LOGIN, no superuser) and set YANSHOU_WEB_URL and YANSHOU_WORKER_URL.',
    ),
    error.message,
  );
}

