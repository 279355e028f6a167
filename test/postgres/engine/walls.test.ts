import pg from 'pg';
import jinan from '../../../workflows/policies/jinan-2011-61.json' with { type: 'json' };
import { pinPack } from '../../../workflows/policies/pack-registry.js';
import { loadPack } from '../../../workflows/policies/policy-pack.js';
import { machineFor } from '../../../workflows/registry.js';
import { newId } from '../../../src/clock.js';
import { createEngine } from '../../../src/engine/create-engine.js';
import { statutoryDates } from '../../../src/engine/pack-terms.js';
import { caseInput } from '../../../src/register/case-input.js';
import type { Actor } from '../../../src/domain/actor.js';
import { CITY, LICHENG, TestCity } from './city.js';

let city: TestCity;
let clerk: Actor;
let id: string;
beforeAll(async () => {
  city = await TestCity.found('walls');
  clerk = await city.actor('licheng.clerk');
  id = await city.openPlan(LICHENG);
  await city.go('licheng.clerk', id, 'submit');
  await city.go('licheng.reviewer', id, 'open');
  await fill(id);
});
afterAll(() => city.close());

/** A row in every table where a unit keeps what it has not yet sent. */
async function fill(caseId: string): Promise<void> {
  const common = [CITY, caseId, clerk.unit];
  const [task] = await city.rows(`select id from task where case_id = $1 and status = 'open'`, [caseId]);
  const head = await city.actor('licheng.head');
  await city.rows(`insert into case_section (city, case_id, year, unit, side, name, body, revision, edited_by, edited_at) values ($1, $2, 2026, $3, 'unit', 'projects', '{"secret": true}', 1, $4, now())`, [...common, clerk.person]);
  await city.rows(`insert into case_section_history (city, case_id, year, unit, side, name, revision, body, edited_by, edited_at) values ($1, $2, 2026, $3, 'unit', 'projects', 1, '{"secret": true}', $4, now())`, [...common, clerk.person]);
  await city.rows(`insert into attachment (city, id, case_id, year, unit, side, purpose, name, media_type, size, sha256, declared_unclassified, uploaded_by, uploaded_at)
                   values ($1, $4, $2, 2026, $3, 'unit', 'evidence', '平面图.pdf', 'application/pdf', 1, 'x', true, $5, now())`, [...common, newId(), clerk.person]);
  await city.rows(`insert into draft_opinion (city, task_id, person, body, saved_at) values ($1, $2, $3, '{"opinion": "secret"}', now())`, [CITY, task!.id, head.person]);
  await city.rows(`insert into paper_act (city, id, case_id, year, unit, side, task_id, command, fields, signatory_name, signatory_post, wording, kind, paper_date, kept_at, registered_by, registered_at, status)
                   values ($1, $4, $2, 2026, $3, 'unit', $5, 'approve', '{}', '示例局长', '局长', '同意', 'agree', '2026-08-17', '档案柜', $6, now(), 'registered')`, [...common, newId(), task!.id, clerk.person]);
  await city.rows(`insert into notice (city, id, year, unit, side, case_id, org, role, template, params, at) values ($1, $4, 2026, $3, 'unit', $2, $5, 'unit.clerk', 'returned', '{}', now())`, [...common, newId(), clerk.org]);
  await city.rows(`insert into document (city, id, case_id, year, unit, side, kind, title, dated, entered_at, filing_org, retention, sha256, size, pages, facts_hash, verify_code, visible_to)
                   values ($1, $4, $2, 2026, $3, 'unit', 'approvalSlip', '呈批件', '2026-08-17', now(), 'x', 'D10', 'x', 1, 1, 'x', $4::uuid::text, 'unit')`, [...common, newId()]);
}

/** Tables that hold anything of a case, with how many rows of this one an actor sees. */
async function seenOf(actor: Actor | null, caseId: string): Promise<Record<string, number>> {
  const tables = (await city.rows<{ table: string; column: string }>(
    `select c.relname as "table", a.attname as "column" from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r','p') and not c.relispartition and (a.attname = 'case_id' or (c.relname in ('case_file','case_snapshot') and a.attname = 'id'))`));
  const seen: Record<string, number> = {};
  const look = async (query: (sql: string, values: unknown[]) => Promise<{ rows: { n: number }[] }>): Promise<void> => {
    for (const { table, column } of tables) {
      const { rows } = await query(`select count(*)::int as n from ${table} where ${column} = $1`, [caseId]);
      if (rows[0]!.n > 0) seen[table] = rows[0]!.n;
    }
  };
  await withWalls(actor, (client) => look((sql, values) => client.query(sql, values)));
  return seen;
}

/** As the login role of the web, with the settings a request of this actor binds – or none. */
async function withWalls<T>(actor: Actor | null, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: city.fresh.webUrl });
  await client.connect();
  try {
    await client.query('begin');
    if (actor) {
      await client.query(`select set_config('app.city', $1, true), set_config('app.scope', $2, true), set_config('app.unit', $3, true), set_config('app.person', $4, true)`,
        [actor.city, actor.scope, actor.unit ?? '', actor.person ?? '']);
    }
    return await run(client);
  } finally {
    await client.end();
  }
}

const cityPeople = ['office.clerk', 'office.director', 'leader.head', 'team.finance', 'auditor', 'admin'];
const journalOf = (actor: Actor, caseId: string) => withWalls(actor, async (client) => (await client.query('select command from journal where case_id = $1 order by seq', [caseId])).rows.map((r) => r.command as string));

describe('what a district has not yet sent', () => {
  it('the district itself sees all of it', async () => {
    expect(Object.keys(await seenOf(clerk, id)).sort()).toEqual([
      'attachment', 'case_file', 'case_section', 'case_section_history', 'case_snapshot', 'case_stage', 'command', 'content_version', 'document', 'journal', 'journal_payload', 'notice', 'paper_act', 'task', 'term',
    ]);
  });

  it.each(cityPeople)('%s sees its stage and completeness and that it was opened, nothing else', async (login) => {
    const actor = await city.actor(login);
    expect(await seenOf(actor, id)).toEqual({ case_file: 1, case_stage: 3, journal: 1, journal_payload: 1 });
    expect(await journalOf(actor, id)).toEqual(['case.opened']);
    expect(await withWalls(actor, async (c) => (await c.query('select stage, completeness from case_file where id = $1', [id])).rows)).toEqual([{ stage: 'headReview', completeness: 100 }]);
    expect(await withWalls(actor, async (c) => (await c.query('select 1 from draft_opinion')).rowCount)).toBe(0);
  });

  it('another district does not even see that it exists', async () => {
    for (const login of ['lixia.clerk', 'lixia.consent']) expect(await seenOf(await city.actor(login), id)).toEqual({});
  });

  it('nobody sees anything before the settings are bound', async () => {
    expect(await seenOf(null, id)).toEqual({});
    for (const table of ['person', 'post', 'organisation', 'filing_unit', 'account', 'session', 'api_token', 'audit_event', 'draft_opinion', 'unsent_form', 'case_link']) {
      expect(await withWalls(null, async (c) => (await c.query(`select count(*)::int as n from ${table}`)).rows[0])).toEqual({ n: 0 });
    }
  });

  it('another city sees nothing, in whatever scope', async () => {
    const stranger = { ...(await city.actor('office.director')), city: '370200' };
    expect(await seenOf(stranger, id)).toEqual({});
    expect(await seenOf({ ...clerk, city: '370200' }, id)).toEqual({});
  });

  it('the way round by a partition’s own name is closed', async () => {
    for (const login of ['office.director', 'lixia.clerk']) {
      const actor = await city.actor(login);
      for (const table of ['journal_2026', 'journal_payload_2026', 'journal_other']) {
        await expect(withWalls(actor, (c) => c.query(`select * from ${table}`))).rejects.toThrow(/permission denied/);
      }
    }
  });

  it('the chain may be checked by the city, yet tells nothing of the entries it may not see', async () => {
    const chain = (actor: Actor) => withWalls(actor, async (c) => (await c.query('select seq, fields, holds from journal_chain($1, 2026)', [id])).rows);
    expect(await chain(await city.actor('office.director'))).toEqual([
      { seq: 1, fields: expect.stringContaining('case.opened'), holds: true }, { seq: 2, fields: null, holds: true }, { seq: 3, fields: null, holds: true },
    ]);
    expect((await chain(clerk)).every((e) => e.fields !== null && e.holds)).toBe(true);
    expect(await chain(await city.actor('lixia.clerk'))).toEqual([]);
  });

  it('of an exception the city learns that there was one; why is the unit’s own, in its journal', async () => {
    const id = await city.planIn('headReview', 'laiwu', '370116');
    await city.go('laiwu.head', id, 'hold', { reason: '区里另有安排，先放一放' });
    expect(await city.rows('select kind, words, signatory from exception_entry where case_id = $1', [id])).toEqual([{ kind: 'held', words: '', signatory: null }]);
    expect((await city.rows('select body from journal_payload where case_id = $1 order by seq desc limit 1', [id]))[0]!.body).toContain('区里另有安排');
  });

  it('a colleague’s unsent opinion is his alone, also within the bureau', async () => {
    const own = async (login: string) => withWalls(await city.actor(login), async (c) => (await c.query('select body from draft_opinion')).rows);
    expect(await own('licheng.head')).toEqual([{ body: { opinion: 'secret' } }]);
    expect(await own('licheng.clerk')).toEqual([]);
  });
});

describe('what is sent', () => {
  it('a preliminary draft shows the frozen text and its attachments; what is changed afterwards is the unit’s own again', async () => {
    const plan = await city.openPlan('370102');
    const lixia = await city.actor('lixia.clerk');
    const director = await city.actor('office.director');
    const contents = () => withWalls(director, async (c) => (await c.query('select hash from content_version where case_id = $1 order by ordinal', [plan])).rows.map((r) => r.hash as string));
    await city.go('lixia.clerk', plan, 'requestPreReview');
    expect(await contents()).toEqual(['h1']);
    expect(await seenOf(director, plan)).toMatchObject({ case_snapshot: 1, task: 1 });
    await city.go('office.clerk', plan, 'giveRemarks', { remarks: [{ section: 'projects', text: '请补充面积' }] });
    expect((await seenOf(director, plan)).case_snapshot).toBeUndefined();
    await city.go('lixia.clerk', plan, 'submit');
    await city.go('lixia.reviewer', plan, 'seekOpinions', { organisations: [(await city.actor('lixia.finance')).org] });
    await city.go('lixia.finance', plan, 'object', { opinion: '资金未落实' });
    expect(await contents()).toEqual(['h1']);
    expect(await seenOf(director, plan)).not.toHaveProperty('case_snapshot');
    expect(await withWalls(director, async (c) => (await c.query('select state, status from task where case_id = $1', [plan])).rows)).toEqual([{ state: 'preReview', status: 'done' }]);
    expect(await journalOf(director, plan)).toEqual(['case.opened', 'requestPreReview', 'giveRemarks']);
    expect(await journalOf(lixia, plan)).toEqual(['case.opened', 'requestPreReview', 'giveRemarks', 'submit', 'seekOpinions', 'object']);
  });

  it('the report shows the reported text; drafts, opinions, the unit’s tasks and papers stay its own', async () => {
    await city.go('licheng.reviewer', id, 'approve');
    await city.go('licheng.head', id, 'approve');
    await city.go('licheng.consent', id, 'consent', { kind: 'reply', number: '1', date: '2026-08-17' });
    await city.go('licheng.clerk', id, 'revise', { reason: '写错一处' });
    const director = await city.actor('office.director');
    expect(await journalOf(director, id)).toEqual(['case.opened']);
    await city.go('licheng.clerk', id, 'submit');
    for (const login of ['licheng.reviewer', 'licheng.head']) await city.go(login, id, 'approve');
    await city.go('licheng.consent', id, 'consent', { kind: 'reply', number: '1', date: '2026-08-17' });
    await city.go('licheng.clerk', id, 'report', { documentNumber: '8' });
    const seen = await seenOf(director, id);
    expect(seen).toMatchObject({ case_snapshot: 1, content_version: 1, attachment: 1, task: 1, journal: 2, journal_payload: 2 });
    for (const table of ['case_section', 'case_section_history', 'paper_act', 'notice', 'document']) expect(seen).not.toHaveProperty(table);
    expect(await journalOf(director, id)).toEqual(['case.opened', 'report']);
    expect(await withWalls(director, async (c) => (await c.query('select role from task where case_id = $1', [id])).rows)).toEqual([{ role: 'office.registrar' }]);
  });

  it('an extension the leading group grants while a plan is drafted is seen by those who granted it', async () => {
    const plan = await city.openPlan('370103');
    await city.go('leader.head', plan, 'grantExtension', { until: '2026-10-20', basis: '批示〔2026〕3号', reason: '洪灾' });
    expect(await journalOf(await city.actor('leader.deputy1'), plan)).toEqual(['case.opened', 'grantExtension']);
    expect(await journalOf(await city.actor('shizhong.clerk'), plan)).toEqual(['case.opened', 'grantExtension']);
  });

  it('of a unit’s own matter the city sees nothing in any table until it is passed on; of the office’s own no unit does', async () => {
    const opened = async (login: string) => {
      const actor = await city.actor(login);
      return (await city.engine.open(actor, 'matter', { unit: actor.unit ?? actor.org!, year: 2026, key: newId(), detail: { title: '内部事项' } })).caseId;
    };
    const [own, offices] = [await opened('licheng.head'), await opened('office.clerk')];
    expect(await seenOf(await city.actor('licheng.clerk'), own)).toMatchObject({ case_file: 1, case_snapshot: 1, case_stage: 1, task: 1, journal: 1 });
    for (const login of ['office.clerk', 'office.director', 'auditor', 'lixia.clerk']) expect([login, await seenOf(await city.actor(login), own)]).toEqual([login, {}]);
    expect(await seenOf(await city.actor('office.director'), offices)).toMatchObject({ case_file: 1, case_snapshot: 1, journal: 1 });
    for (const login of ['licheng.head', 'lixia.clerk']) expect([login, await seenOf(await city.actor(login), offices)]).toEqual([login, {}]);
  });

  it('of a secret ballot everybody sees who has voted and nobody how: not in the case, not in its journal; a replay still reads it', async () => {
    const copy = structuredClone(jinan) as any;
    copy.decisions.ballot.value = 'secret';
    const secret = pinPack(loadPack(copy));
    const leaders = ['leader.head', 'leader.deputy1', 'leader.deputy2'];
    const posts = await Promise.all(leaders.map(async (login) => ({ ...(await city.actor(login)), side: 'city', name: login })));
    const engine = createEngine({
      ...city.parts, packOf: () => secret, machineFor: (workflow, version) => machineFor(workflow, version, secret), caseInput: (trx, request) => caseInput(trx, request, () => secret, statutoryDates),
      preparers: { 'matter.bring': async () => ({ facts: { defects: 0, content: 'text', posts }, freeze: { hash: 'text', body: '{}' } }) },
    });
    const proposer = await city.actor('office.clerk');
    const { caseId } = await engine.open(proposer, 'matter', { unit: proposer.org!, year: 2026, key: newId(), detail: { title: '无记名表决' } });
    const go = async (login: string, type: string, fields: Record<string, unknown>) => engine.dispatch(await city.actors(login), { caseId, type, fields, key: newId() });
    await go('office.clerk', 'bring', { mode: 'vote', participants: posts.map(({ post }) => ({ post })) });
    await go('leader.head', 'castVote', { choice: 'against' });
    const director = await city.actor('office.director');
    expect(await journalOf(director, caseId)).toEqual(['case.opened', 'bring', 'castVote']);
    expect(await seenOf(director, caseId)).toMatchObject({ journal: 3, journal_payload: 2 });
    expect(await seenOf(await city.actor('leader.head'), caseId)).toMatchObject({ journal: 3, journal_payload: 2 });
    const [kept] = await city.rows(`select s.snapshot, p.body, p.visibility from case_snapshot s join journal_payload p on p.case_id = s.id and p.seq = 3 where s.id = $1`, [caseId]);
    expect([JSON.parse(kept!.body).choice, kept!.visibility]).toEqual(['against', 'sealed']);
    expect(JSON.parse(kept!.snapshot).snapshot.context.participants.map((one: { answer: string }) => one.answer)).toEqual(['voted', 'pending', 'pending']);
  });

  it('what the city does among itself is not for the district', async () => {
    const [task] = await city.rows(`select id from task where case_id = $1 and status = 'open'`, [id]);
    expect(await withWalls(clerk, async (c) => (await c.query('select 1 from task where id = $1', [task!.id])).rowCount)).toBe(0);
  });
});

describe('what a role may do at all', () => {
  const asWeb = async (login: string, sql: string, values: unknown[] = []) => withWalls(await city.actor(login), (c) => c.query(sql, values));
  const asOwner = async (sql: string) => {
    const owner = new pg.Client({ connectionString: city.fresh.migratorUrl });
    await owner.connect();
    try {
      return await owner.query(sql);
    } finally {
      await owner.end();
    }
  };

  it('every table of the schema is behind a wall', async () => {
    expect(await city.rows(`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r','p') and not relispartition and not relrowsecurity order by 1`))
      .toEqual([{ relname: 'migration' }, { relname: 'migration_lock' }, { relname: 'rate_limit' }]);
  });

  it.each(['journal', 'journal_payload', 'audit_event', 'command', 'exception_entry', 'case_link'])('the web neither changes nor removes rows of %s', async (table) => {
    await expect(asWeb('licheng.clerk', `update ${table} set city = city`)).rejects.toThrow(/permission denied/);
    await expect(asWeb('licheng.clerk', `delete from ${table}`)).rejects.toThrow(/permission denied/);
  });

  it.each(['document', 'archive_package', 'notice', 'project', 'read_grant', 'organisation', 'post_holding', 'filing_unit', 'calendar_year'])('the web puts nothing into %s', async (table) => {
    await expect(asWeb('office.director', `insert into ${table} (city) values ('${CITY}')`)).rejects.toThrow(/permission denied/);
  });

  it.each(['case_file', 'case_snapshot', 'task', 'term', 'content_version'])('the web removes nothing from %s', async (table) => {
    await expect(asWeb('licheng.clerk', `delete from ${table}`)).rejects.toThrow(/permission denied/);
  });

  it('the web sees no row of the outbox, though it writes them through the door', async () => {
    expect((await city.rows('select 1 from outbox')).length).toBeGreaterThan(0);
    for (const login of ['licheng.clerk', 'office.director', 'admin']) expect((await asWeb(login, 'select * from outbox')).rows).toEqual([]);
  });

  it('accounts, sessions and tokens show themselves to the sign-in alone', async () => {
    for (const table of ['account', 'session', 'api_token']) {
      for (const login of ['licheng.clerk', 'admin']) expect((await asWeb(login, `select * from ${table}`)).rows).toEqual([]);
    }
    expect(await city.database.asAuth(CITY, (trx) => trx('account').where({ city: CITY }).count<{ n: bigint }[]>('* as n'))).toEqual([{ n: 163n }]);
    expect(await city.database.asAuth('370200', (trx) => trx('account').select('id'))).toEqual([]);
    expect(await city.database.asAuth(CITY, (trx) => trx('case_file').select('id'))).toEqual([]);
  });

  it('a district cannot write into another’s case, nor move a row over to it', async () => {
    expect((await asWeb('lixia.clerk', `update case_file set stage = 'filed' where id = $1`, [id])).rowCount).toBe(0);
    const unit = (await city.actor('lixia.clerk')).unit;
    await expect(asWeb('licheng.clerk', `update case_file set unit = $1 where id = $2`, [unit, id])).rejects.toThrow(/row-level security/);
    await expect(asWeb('lixia.clerk', `insert into case_section (city, case_id, year, unit, side, name, body, revision, edited_by, edited_at) values ($1, $2, 2026, $3, 'unit', 'x', '{}', 1, $4, now())`,
      [CITY, id, clerk.unit, clerk.person])).rejects.toThrow(/row-level security/);
  });

  it.each(['journal', 'document', 'audit_event'])('not even the owner of the tables changes or removes a row of %s', async (table) => {
    if (table === 'audit_event') await city.rows(`insert into audit_event values ($1, $2, '2026-08-17', 1, now(), null, 'x', 'x', '', '', '')`, [CITY, newId()]);
    await expect(asOwner(`update ${table} set city = city`)).rejects.toThrow(/append-only/);
    await expect(asOwner(`delete from ${table}`)).rejects.toThrow(/append-only/);
  });

  it('not even the owner changes a journal row by the name of its partition', async () => {
    await expect(asOwner(`update journal_2026 set command = 'file'`)).rejects.toThrow(/append-only/);
  });
});
