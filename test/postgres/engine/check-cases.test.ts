import { checkCases, type BrokenCase, type CheckCount } from '../../../src/engine/check-cases.js';
import { compareHeads, journalHeads } from '../../../src/engine/journal-heads.js';
import { linkHash, sha256 } from '../../../src/engine/journal.js';
import { CITY, TestCity } from './city.js';

let city: TestCity;
let plan: string;
let paper: string;
beforeAll(async () => {
  city = await TestCity.found('check-cases');
  plan = await city.planIn('officeReview', 'licheng', '370112');
  await city.go('office.clerk', plan, 'returnForCorrection', { remarks: [{ section: 'projects', text: '请补充面积' }] });
  paper = await city.planIn('governmentApproval', 'lixia', '370102');
  await city.engine.registerPaper(await city.actors('lixia.registrar'), city.paper(paper, (await city.openTask(paper, 'consent.officer'))!.id));
  await city.engine.open(city.system, 'programme', { unit: await city.unitId('370103'), year: 2026, key: 'programme' });
  const filed = await city.planIn('officeReview', 'huaiyin', '370104');
  await city.go('office.clerk', filed, 'acceptComplete');
  await city.go('office.director', filed, 'file');
  await city.worker().drain();
});
afterAll(() => city.close());

async function check(): Promise<CheckCount & { told: BrokenCase[] }> {
  const told: BrokenCase[] = [];
  const { database, machineFor, packOf } = city.parts;
  return { ...(await checkCases({ database, machineFor, packOf }, [CITY], (broken) => told.push(broken))), told };
}

/** Alters the tables behind the system's back, as a superuser who switched the triggers off, looks, and puts everything back. */
async function tampered(sql: string, values: unknown[] = []): Promise<BrokenCase[]> {
  const tables = ['journal', 'journal_payload', 'case_file', 'case_snapshot', 'task', 'term'];
  for (const table of tables) await city.rows(`create table kept_${table} as select * from ${table}`);
  const client = await city.admin.connect();
  try {
    await client.query(`set session_replication_role = replica`);
    await client.query(sql, values);
    const { told, broken } = await check();
    expect(broken).toBe(1);
    for (const table of [...tables].reverse()) await client.query(`delete from ${table}`);
    for (const table of tables) await client.query(`insert into ${table} select * from kept_${table}`);
    for (const table of tables) await client.query(`drop table kept_${table}`);
    return told;
  } finally {
    await client.query(`set session_replication_role = origin`);
    client.release();
  }
}

const number = async (id: string) => (await city.rows('select case_number from case_file where id = $1', [id]))[0]!.case_number as string;

describe('checking every case', () => {
  it('an untouched city has no broken case, with a paper act waiting and a term paused', async () => {
    const { n } = (await city.rows('select count(*)::int as n from journal'))[0] as { n: number };
    expect(await check()).toEqual({ cases: 5, entries: n, broken: 0, erased: 0, told: [] });
  });

  it.each([
    ['an edited entry', `update journal set command = 'exempt' where case_id = $1 and seq = 3`, { entry: 3, what: { en: 'changed' } }],
    ['an entry cut out of the middle', `delete from journal where case_id = $1 and seq = 4`, { entry: 4, what: { en: 'missing' } }],
    ['a cut-off end', `delete from journal where case_id = $1 and seq = (select max(seq) from journal where case_id = $1)`, { what: { en: 'the end is missing' } }],
    ['a changed instant', `update journal set at = at - interval '1 millisecond' where case_id = $1 and seq = 2`, { entry: 2, what: { en: 'changed' } }],
    ['a changed payload', `update journal_payload set body = replace(body, 'remarks', 'Remarks') where case_id = $1 and seq = 8`, { entry: 8, what: { en: 'its payload was changed' } }],
    ['a changed head', `update case_file set head_hash = repeat('0', 64) where id = $1`, { what: { en: 'the end is missing' } }],
    ['a changed snapshot', `update case_snapshot set snapshot = replace(snapshot, '"correcting"', '"officeReview"') where id = $1`, { what: { en: 'the snapshot is not what the journal leads to' } }],
    ['a lost task', `update task set status = 'cancelled' where case_id = $1 and status = 'open'`, { what: { en: expect.stringContaining('is missing') } }],
    ['a lost term', `update term set status = 'cancelled' where case_id = $1 and term = 'plan.correcting'`, { what: { en: expect.stringContaining('does not run') } }],
    ['a term set going again', `update term set status = 'armed', due_at = now() where case_id = $1 and term = 'plan.officeReview'`, { what: { en: expect.stringContaining('without its state') } }],
    ['a case marked as ended', `update case_file set final = true where id = $1`, { what: { en: 'has not ended but is marked so' } }],
  ])('%s is found, in its case, at its entry', async (_what, sql, expected) => {
    const told = await tampered(sql, [plan]);
    expect(told).toEqual([expect.objectContaining({ caseNumber: await number(plan), ...expected, what: expect.objectContaining(expected.what) })]);
  });

  it('a task added by hand is found', async () => {
    const told = await tampered(`insert into task select city, gen_random_uuid(), year, case_id, unit, side, key || 'x', kind, state, role, org, post, person, subject, commands, term_key, due_at, status, opened_at
      from task where case_id = $1 and status = 'open'`, [plan]);
    expect(told[0]!.what.en).toMatch(/owed by nobody/);
  });

  it('a comparison whose duty is gone is found', async () => {
    const told = await tampered(`update task set key = key || 'x' where case_id = $1 and status = 'open' and kind = 'compare'`, [paper]);
    expect(told.map((t) => t.what.en)).toEqual([expect.stringContaining('stands beside a duty that is closed')]);
  });

  it('a forged entry with a chain made right again is found by replaying: the chart does not accept it', async () => {
    const [last] = await city.rows(`select * from journal where case_id = $1 order by seq desc limit 1`, [plan]);
    const body = JSON.stringify({ type: 'file', at: last!.at.toISOString(), by: { person: null, post: null, org: null, role: 'office.director', name: 'x' }, facts: {} });
    const fields = [CITY, plan, last!.seq, last!.at.toISOString(), last!.person ?? '', last!.post ?? '', '', last!.origin, 'file', last!.state, last!.chart, last!.pack_hash, last!.calendar_version, sha256(body)].join('\n');
    const hash = linkHash(last!.prev_hash, fields);
    const told = await tampered(`with j as (update journal set command = 'file', payload_hash = '${sha256(body)}', hash = '${hash}' where case_id = $1 and seq = ${last!.seq}),
      p as (update journal_payload set body = $2 where case_id = $1 and seq = ${last!.seq}) update case_file set head_hash = '${hash}' where id = $1`, [plan, body]);
    expect(told).toEqual([{ caseNumber: await number(plan), entry: last!.seq, what: expect.objectContaining({ en: expect.stringContaining('not accepted') }) }]);
  });

  it('a journal whose case was removed is found', async () => {
    const told = await tampered(`with a as (delete from case_snapshot where id = $1), b as (delete from task where case_id = $1), c as (delete from term where case_id = $1) delete from case_file where id = $1`, [plan]);
    expect(told).toEqual([{ caseNumber: plan, entry: 1, what: expect.objectContaining({ en: 'a journal without its case' }) }]);
  });

  it('a payload erased by rule leaves the chain whole: the case is counted, not called broken', async () => {
    await city.rows(`delete from journal_payload where case_id = $1 and seq = 2`, [plan]);
    expect(await check()).toMatchObject({ cases: 5, broken: 0, erased: 1, told: [] });
  });

  it('a case somebody works on at this moment is not called broken', async () => {
    const busy = await city.planIn('headReview', 'tianqiao', '370105');
    const acting = (async () => {
      for (let i = 0; i < 15; i++) await city.go('tianqiao.head', busy, 'open');
    })();
    for (let i = 0; i < 5; i++) expect((await check()).told).toEqual([]);
    await acting;
  });
});

describe('heads kept outside the database', () => {
  it('name the case whose end was cut off and whose head was set back, which the chain alone cannot see', async () => {
    const { database } = city.parts;
    const kept = await journalHeads(database, CITY, new Date('2030-01-01T00:00:00Z'));
    const [journals] = await city.rows('select count(distinct case_id)::int as n from journal');
    expect([kept.cases.length, await compareHeads(database, kept)]).toEqual([journals!.n, []]);
    const [last] = await city.rows('select max(seq) as seq from journal where case_id = $1', [plan]);
    const earlier = { ...kept, ...(await journalHeads(database, CITY, new Date('2026-08-01T00:00:00Z'))) };
    expect(earlier.cases).toEqual([]);
    for (const table of ['journal', 'journal_payload']) await city.rows(`create table kept_${table} as select * from ${table} where case_id = '${plan}'`);
    const client = await city.admin.connect();
    try {
      await client.query('set session_replication_role = replica');
      await client.query('delete from journal where case_id = $1 and seq = $2', [plan, last!.seq]);
      expect(await compareHeads(database, kept)).toEqual([expect.objectContaining({ caseNumber: await number(plan), entry: last!.seq, what: expect.objectContaining({ en: 'was there when the heads were kept and is gone' }) })]);
      await client.query(`insert into journal select * from kept_journal where seq = $1`, [last!.seq]);
      await client.query(`update journal set hash = repeat('a', 64) where case_id = $1 and seq = $2`, [plan, last!.seq]);
      expect(await compareHeads(database, kept)).toEqual([expect.objectContaining({ what: expect.objectContaining({ en: expect.stringContaining('was rewritten') }) })]);
      await client.query(`delete from journal where case_id = $1`, [plan]);
      await client.query(`insert into journal select * from kept_journal`);
    } finally {
      await client.query('set session_replication_role = origin');
      client.release();
    }
    expect(await compareHeads(database, kept)).toEqual([]);
  });

  it('that were changed themselves prove nothing, and say so', async () => {
    const kept = await journalHeads(city.parts.database, CITY, new Date('2030-01-01T00:00:00Z'));
    const [first, ...others] = kept.cases;
    const changed = { ...kept, cases: [{ ...first!, seq: first!.seq - 1 }, ...others] };
    expect(await compareHeads(city.parts.database, changed)).toEqual([expect.objectContaining({ what: expect.objectContaining({ en: 'the kept heads were changed themselves' }) })]);
  });
});
