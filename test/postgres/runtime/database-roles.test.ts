import { statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { clusterAddress } from '../../cluster/cluster-address.js';
import { freshDatabase, type FreshDatabase } from '../../cluster/fresh-database.js';

let database: FreshDatabase;

async function as<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  database = await freshDatabase('database-roles');
});
afterAll(() => database.drop());

describe('the three login roles', () => {
  it('none is superuser, bypasses row-level security, makes roles or databases, or belongs to another role', async () => {
    for (const url of [database.migratorUrl, database.webUrl, database.workerUrl]) {
      const rights = await as(url, 'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = current_user');
      expect(rights).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false }]);
      expect(await as(url, `select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid where m.member = current_user::regrole`)).toEqual([]);
    }
  });

  it('web and worker cannot make a table of their own, which no policy would guard', async () => {
    for (const url of [database.webUrl, database.workerUrl]) {
      await expect(as(url, 'create table loophole (id int)')).rejects.toThrow(/permission denied/);
      await expect(as(url, 'create schema loophole')).rejects.toThrow(/permission denied/);
    }
  });

  it('a policy on the migrator’s table holds web but not the migrator', async () => {
    await as(database.migratorUrl, `create table walled as select 'a' as city; grant select on walled to yanshou_web; alter table walled enable row level security`);
    expect(await as(database.webUrl, 'select * from walled')).toEqual([]);
    expect(await as(database.migratorUrl, 'select * from walled')).toHaveLength(1);
  });

  it('two databases of one cluster serve the same roles without touching each other', async () => {
    const [one, other] = await Promise.all([freshDatabase('one'), freshDatabase('other')]);
    await as(one.migratorUrl, 'create table only_here (id int)');
    await expect(as(other.migratorUrl, 'select * from only_here')).rejects.toThrow(/does not exist/);
    await Promise.all([one.drop(), other.drop()]);
  });

  it('a login of the server that is not one of the three cannot enter our database', async () => {
    await as(database.adminUrl, `create role stranger login password 'stranger'`);
    const url = new URL(database.webUrl);
    url.username = 'stranger';
    url.password = 'stranger';
    await expect(as(url.href, 'select 1')).rejects.toThrow(/permission denied for database/);
    await as(database.adminUrl, 'drop role stranger');
  });

  it('nobody but the owner of the data directory can read the passwords', () => {
    expect(statSync(join(clusterAddress().directory, 'database-passwords.json')).mode & 0o777).toBe(0o600);
  });
});
