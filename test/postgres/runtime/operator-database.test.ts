import { existsSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { ensureOwnRoles } from '../../../src/runtime/database-roles.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../src/runtime/embedded-postgres.js';
import { prepareOperatorDatabase } from '../../../src/runtime/operator-database.js';
import { clusterAddress } from '../../cluster/cluster-address.js';

// A server of its own plays the operator's: the roles are the server's, and these tests make and drop them.
let server: EmbeddedPostgres;
const dataDirectory = () => mkdtempSync(join(clusterAddress().directory, 'operator-'));

function urlOf(role: string, database: string): string {
  const url = new URL(server.superuserUrl);
  url.username = role;
  url.password = role === 'postgres' ? url.password : 'operator';
  url.pathname = `/${database}`;
  return url.href;
}

async function asSuperuser(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: server.superuserUrl });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

async function works(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

beforeAll(async () => {
  server = await startEmbeddedPostgres({ directory: dataDirectory(), durable: false });
  await asSuperuser(
    `create role keeper login createrole password 'operator'`,
    `create role tenant login password 'operator'`,
    'create database kept owner keeper',
    'create database rented owner tenant',
    `create database narrow owner keeper encoding 'SQL_ASCII' template template0 locale_provider libc lc_collate 'C' lc_ctype 'C'`,
  );
});
afterAll(() => server.stop());
afterEach(async () => {
  for (const database of ['kept', 'rented']) {
    const client = new pg.Client({ connectionString: urlOf('postgres', database) });
    await client.connect();
    for (const role of ['yanshou_migrator', 'yanshou_web', 'yanshou_worker']) {
      const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
      if (rowCount) await client.query(`drop owned by ${role} cascade`);
    }
    await client.end();
  }
  await asSuperuser('drop role if exists yanshou_migrator, yanshou_web, yanshou_worker');
});

describe('prepareOperatorDatabase', () => {
  it('a user who may make roles gets the three, and a second start with the same data directory the same ones', async () => {
    const directory = dataDirectory();
    const urls = await prepareOperatorDatabase(urlOf('keeper', 'kept'), directory, {});
    await works(urls.migratorUrl, 'create extension if not exists pg_trgm; create table ours (id int); create schema also_ours');
    await expect(works(urls.webUrl, 'create table loophole (id int)')).rejects.toThrow(/permission denied/);
    expect(await prepareOperatorDatabase(urlOf('keeper', 'kept'), directory, {})).toEqual(urls);
  });

  it('the passwords of another installation on the same server are not overwritten', async () => {
    await ensureOwnRoles(server.superuserUrl, dataDirectory());
    const directory = dataDirectory();
    await expect(prepareOperatorDatabase(urlOf('keeper', 'kept'), directory, {})).rejects.toMatchObject({ code: 'roles-of-another-installation' });
    expect(existsSync(join(directory, 'database-passwords.json'))).toBe(false);
  });

  it('a user who may not make roles is told which settings to give', async () => {
    const attempt = prepareOperatorDatabase(urlOf('tenant', 'rented'), dataDirectory(), {});
    await expect(attempt).rejects.toMatchObject({ code: 'roles-cannot-be-made', sentence: { zh: expect.stringContaining('YANSHOU_WEB_URL') as string } });
  });

  it('roles the administrator made serve, and DATABASE_URL migrates', async () => {
    await asSuperuser(`create role yanshou_web login password 'operator'`, `create role yanshou_worker login password 'operator'`);
    const given = { YANSHOU_WEB_URL: urlOf('yanshou_web', 'rented'), YANSHOU_WORKER_URL: urlOf('yanshou_worker', 'rented') };
    const urls = await prepareOperatorDatabase(urlOf('tenant', 'rented'), dataDirectory(), given);
    expect(urls).toEqual({ migratorUrl: urlOf('tenant', 'rented'), webUrl: given.YANSHOU_WEB_URL, workerUrl: given.YANSHOU_WORKER_URL });
  });

  it('a role that row-level security would not hold is refused, also when it got there by membership', async () => {
    await asSuperuser('create role auditor bypassrls', `create role yanshou_web login password 'operator'`, `create role yanshou_worker login password 'operator'`, 'grant auditor to yanshou_web');
    const given = { YANSHOU_WEB_URL: urlOf('yanshou_web', 'rented'), YANSHOU_WORKER_URL: urlOf('yanshou_worker', 'rented') };
    await expect(prepareOperatorDatabase(urlOf('tenant', 'rented'), dataDirectory(), given)).rejects.toMatchObject({ code: 'role-too-powerful' });
    await asSuperuser('drop role auditor');
  });

  it('serving under the owner of the tables, or in another database, is refused', async () => {
    const owner = urlOf('tenant', 'rented');
    await expect(prepareOperatorDatabase(owner, dataDirectory(), { YANSHOU_WEB_URL: owner, YANSHOU_WORKER_URL: owner })).rejects.toMatchObject({ code: 'wrong-role' });
    await asSuperuser(`create role yanshou_web login password 'operator'`, `create role yanshou_worker login password 'operator'`);
    const elsewhere = { YANSHOU_WEB_URL: urlOf('yanshou_web', 'kept'), YANSHOU_WORKER_URL: urlOf('yanshou_worker', 'kept') };
    await expect(prepareOperatorDatabase(owner, dataDirectory(), elsewhere)).rejects.toMatchObject({ code: 'wrong-role' });
  });

  it('a database that cannot hold Chinese is refused before anything is written', async () => {
    await expect(prepareOperatorDatabase(urlOf('keeper', 'narrow'), dataDirectory(), {})).rejects.toMatchObject({ code: 'database-encoding' });
  });

  it('a wrong password is said in a sentence without the password', async () => {
    const wrong = urlOf('tenant', 'rented').replace(':operator@', ':secret-guess@');
    await expect(prepareOperatorDatabase(wrong, dataDirectory(), {})).rejects.toMatchObject({ code: 'database-unreachable' });
    await expect(prepareOperatorDatabase(wrong, dataDirectory(), {})).rejects.not.toThrow(/secret-guess/);
  });
});
