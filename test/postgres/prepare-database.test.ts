import pg from 'pg';
import { prepareDatabase } from '../../src/prepare-database.js';
import { checkoutRoot } from '../../src/runtime/checkout.js';
import { freshDatabase, type FreshDatabase } from '../cluster/fresh-database.js';

describe('a database met at the start', () => {
  let fresh: FreshDatabase;
  beforeEach(async () => { fresh = await freshDatabase('prepare'); });
  afterEach(() => fresh.drop());
  const sql = async (text: string): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: fresh.adminUrl });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  };
  const prepare = () => prepareDatabase(fresh, checkoutRoot(), { password: 'once' });

  it('is left alone when it was made by this schema: nothing is loaded a second time', async () => {
    expect(await prepare()).toMatchObject({ mode: 'demonstration', migrations: [], loaded: false, rebuilt: false });
    expect((await sql('select count(*)::int as n from account'))[0]).toEqual({ n: 163 });
  });

  it('whose first start was killed in the middle of its migrations keeps no later start out, and two replicas started on it at once load it once', async () => {
    await sql('drop schema public cascade; create schema public; grant usage, create on schema public to yanshou_migrator');
    // What a kill -9 leaves behind: the library's lock, held by nobody.
    await sql(`set role yanshou_migrator; create table migration_lock (index serial primary key, is_locked int); insert into migration_lock (is_locked) values (1)`);
    const both = await Promise.all([prepare(), prepare()]);
    expect(both.map((one) => one.loaded).sort()).toEqual([false, true]);
    expect((await sql('select count(*)::int as n from account'))[0]).toEqual({ n: 163 });
  });

  it('of an earlier draft is rebuilt when it is a demonstration, and nothing of it stays', async () => {
    await sql(`update installation set schema_digest = 'draft'; insert into person (city, id, name) values ('370100', gen_random_uuid(), '早先')`);
    expect(await prepare()).toMatchObject({ loaded: true, rebuilt: true });
    expect(await sql(`select name from person where name = '早先'`)).toEqual([]);
  });

  it('of an earlier draft is refused when it is production, and everything stays', async () => {
    await sql(`update installation set schema_digest = 'draft', mode = 'production'`);
    await expect(prepare()).rejects.toMatchObject({ code: 'schema-draft' });
    expect((await sql('select count(*)::int as n from account'))[0]).toEqual({ n: 163 });
  });
});
