import { Conflict, DomainError, Forbidden, InvalidInput, NotFound, Refused } from '../../../src/domain/errors.js';
import { openDatabase } from '../../../src/database.js';
import { createEngine } from '../../../src/engine/create-engine.js';
import { loadCase, throughDoor } from '../../../src/engine/store.js';
import { beijing, CITY, consentFields, LICHENG, TestCity } from './city.js';

let city: TestCity;
beforeAll(async () => {
  city = await TestCity.found('door');
});
afterAll(() => city.close());

const refusedWith = (code: string) => expect.objectContaining({ code });
/** The two outcomes of a race: what came back, and how the others were refused. */
async function race<T>(runs: Promise<T>[]): Promise<{ won: T[]; lost: DomainError[] }> {
  const settled = await Promise.allSettled(runs);
  return {
    won: settled.flatMap((s) => (s.status === 'fulfilled' ? [s.value] : [])),
    lost: settled.flatMap((s) => (s.status === 'rejected' ? [s.reason as DomainError] : [])),
  };
}

describe('one step through the door', () => {
  it('a write computed on an old version leaves no trace at all', async () => {
    const id = await city.planIn('headReview', 'shizhong', '370103');
    const [entry] = await city.rows(`select * from journal where case_id = $1 and seq = 2`, [id]);
    const before = await city.traces(id);
    const worker = city.system;
    const loaded = (await loadCase(city.database, worker, id, ''))!;
    const stale = await throughDoor(city.database, worker, {
      id, year: 2026, unit: loaded.unit, at: city.clock.now().toISOString(), expected: loaded.version - 1, version: loaded.version, headHash: 'f'.repeat(64),
      case: { side: 'unit', stage: 'drafting', released: true, final: false, outcome: null, completeness: 0 }, snapshot: '{}',
      journal: { ...entry, prevHash: '0', hash: '1', visibility: 'both', payloadHash: '2', packHash: '3', calendarVersion: '4', actingFor: null }, payload: '{}',
      tasksClosed: loaded.tasks.map((t) => ({ id: t.id, status: 'done', by: null, post: null, command: 'x' })),
      tasksOpened: [{ id: '019c0000-0000-7000-8000-000000000001', side: 'unit', key: 'x', kind: 'duty', state: 'x', role: 'x', org: loaded.unit, post: null, subject: null, commands: [], termKey: null, dueAt: null }],
      terms: [{ key: 'x', side: 'unit', term: 'x', entry: 1, status: 'armed', startedAt: city.clock.now(), budgetWorkdays: 1, usedWorkdays: 0, pausedAt: null, dueAt: city.clock.now(), nextRung: null, nextReminderAt: null, calendarVersion: 'x', provisional: false }],
      outbox: [{ id: '019c0000-0000-7000-8000-000000000002', key: 'x', effect: 'notify', params: {}, runAfter: city.clock.now() }],
      content: { hash: 'x', ordinal: 9, body: '{}' }, exceptions: [{ id: '019c0000-0000-7000-8000-000000000003', kind: 'x', words: 'x' }],
      command: { principal: 'worker', key: 'stale', requestHash: 'x', outcome: {} },
    });
    expect(stale).toEqual({ status: 'stale' });
    expect(await city.traces(id)).toEqual(before);
  });

  it('a refused command leaves no trace: wrong post, wrong stage, wrong form, closed task', async () => {
    const id = await city.planIn('headReview', 'huaiyin', '370104');
    const before = await city.traces(id);
    await expect(city.go('huaiyin.consent', id, 'consent', consentFields)).rejects.toThrow(Forbidden);
    await expect(city.go('huaiyin.clerk', id, 'approve')).rejects.toThrow(Forbidden);
    await expect(city.go('huaiyin.head', id, 'returnToDraft', { remarks: [] })).rejects.toThrow(InvalidInput);
    await expect(city.go('huaiyin.head', id, 'approve', {}, { taskId: '019c0000-0000-7000-8000-00000000000a' })).rejects.toThrow(Conflict);
    await expect(city.go('huaiyin.head', id, 'noSuchCommand')).rejects.toThrow(Refused);
    await expect(city.go('huaiyin.head', id, 'term.plan.filing.due')).rejects.toThrow(Forbidden);
    await expect(city.go('tianqiao.head', id, 'approve')).rejects.toThrow(NotFound);
    expect(await city.traces(id)).toEqual(before);
  });

  it('what a body carries beside its form never reaches the chart or the journal', async () => {
    const id = await city.planIn('headReview', 'tianqiao', '370105');
    await city.go('tianqiao.head', id, 'approve', { opinion: '同意', facts: { defects: 9 }, by: { role: 'leader' }, at: '1999-01-01T00:00:00Z', type: 'exempt', paper: {} });
    const [{ body }] = (await city.rows(`select body from journal_payload where case_id = $1 order by seq desc limit 1`, [id])) as [{ body: string }];
    expect(JSON.parse(body)).toMatchObject({ type: 'approve', at: city.clock.now().toISOString(), facts: {}, by: { role: 'unit.head' } });
    expect(JSON.parse(body)).not.toHaveProperty('paper');
  });

  it('the deputy acts in the head’s post and the journal says for whom', async () => {
    const id = await city.planIn('headReview', 'changqing', '370113');
    const [head] = await city.actors('changqing.head');
    const [deputy] = await city.actors('changqing.reviewer');
    await city.rows(`insert into post_holding (city, post, person, standing, valid_from, valid_to) values ($1, $2, $3, 'B', '2026-08-17', '2026-08-21')`, [CITY, head!.post, deputy!.person]);
    await city.go('changqing.reviewer', id, 'approve');
    const [entry] = await city.rows(`select person, post, acting_for from journal where case_id = $1 order by seq desc limit 1`, [id]);
    expect(entry).toEqual({ person: deputy!.person, post: head!.post, acting_for: head!.person });
    city.clock.set(beijing('2026-08-22'));
    expect((await city.actors('changqing.reviewer')).map((a) => a.role)).toEqual(['unit.reviewer']);
    city.clock.set(beijing('2026-08-17'));
  });
});

describe('many at once', () => {
  it('five co-signers who answer in the same moment all succeed', async () => {
    const id = await city.planIn('headReview', 'zhangqiu', '370114');
    const departments = ['finance', 'staffing', 'development', 'civil', 'consent'];
    const orgs = await Promise.all(departments.map(async (d) => (await city.actor(`zhangqiu.${d}`)).org!));
    await city.go('zhangqiu.reviewer', id, 'seekOpinions', { organisations: orgs });
    // The consent organ's officer has no co-signing post; he is given one for this.
    const fifth = await city.actor('zhangqiu.consent');
    await city.rows(`insert into post (city, id, org, role, name, name_en, unit) values ($1, '019c0000-0000-7000-8000-0000000000aa', $2, 'cosign.officer', '会签', 'co-signer', $3)`, [CITY, fifth.org, fifth.unit]);
    await city.rows(`insert into post_holding (city, post, person, valid_from) values ($1, '019c0000-0000-7000-8000-0000000000aa', $2, '2001-01-01')`, [CITY, fifth.person]);
    const { won, lost } = await race(departments.map((d) => city.go(`zhangqiu.${d}`, id, 'agree')));
    expect(lost).toEqual([]);
    expect(won.map((o) => o.version).sort((a, b) => a - b)).toEqual([4, 5, 6, 7, 8]);
    expect(await city.stage(id)).toBe('headReview');
    expect(await city.rows(`select status, count(*)::int from task where case_id = $1 and state = 'coSign' group by status`, [id])).toEqual([{ status: 'done', count: 5 }]);
  });

  it('two people on one task: one wins, the other hears that the task is closed', async () => {
    const id = await city.planIn('officeReview', 'jiyang', '370115');
    const task = (await city.openTask(id, 'office.clerk'))!;
    const { won, lost } = await race([
      city.go('office.clerk', id, 'acceptComplete', {}, { taskId: task.id }), city.go('office.clerk2', id, 'acceptComplete', {}, { taskId: task.id }),
    ]);
    expect(won).toHaveLength(1);
    expect(lost).toEqual([refusedWith('task-closed')]);
    expect(lost[0]).toBeInstanceOf(Conflict);
    expect(await city.rows(`select count(*)::int from journal where case_id = $1 and command = 'acceptComplete'`, [id])).toEqual([{ count: 1 }]);
  });

  it('a hundred acts on one case at once, twenty of them by another process, all succeed and give a chain without a gap', async () => {
    const id = await city.planIn('headReview', 'gangcheng', '370117');
    const head = await city.actors('gangcheng.head');
    const database = openDatabase(city.fresh);
    const elsewhere = createEngine({ ...city.parts, database });
    const { lost } = await race(Array.from({ length: 100 }, (_, n) => (n % 5 === 0 ? elsewhere : city.engine).dispatch(head, { caseId: id, type: 'open', fields: {}, key: city.key() })));
    await database.close();
    expect(lost).toEqual([]);
    const chain = await city.rows(`select seq, prev_hash, hash from journal where case_id = $1 order by seq`, [id]);
    expect(chain.map((c) => c.seq)).toEqual(Array.from({ length: 102 }, (_, i) => i + 1));
    for (const [index, link] of chain.entries()) if (index > 0) expect(link.prev_hash).toBe(chain[index - 1]!.hash);
  });
});

describe('idempotency', () => {
  it('the same key one after the other is one step with one answer', async () => {
    const id = await city.planIn('headReview', 'licheng', LICHENG);
    const first = await city.go('licheng.reviewer', id, 'approve', {}, { key: 'twice' });
    expect(await city.go('licheng.reviewer', id, 'approve', {}, { key: 'twice' })).toEqual(first);
    expect(await city.rows(`select count(*)::int from journal where case_id = $1 and command = 'approve'`, [id])).toEqual([{ count: 1 }]);
  });

  it('the same key twice in the same moment is one step too', async () => {
    const id = await city.planIn('officeReview', 'laiwu', '370116');
    const { won, lost } = await race(Array.from({ length: 6 }, () => city.go('office.clerk', id, 'acceptComplete', {}, { key: 'double-click' })));
    expect(lost).toEqual([]);
    for (const outcome of won) expect(outcome).toEqual(won[0]);
    expect(await city.rows(`select count(*)::int from journal where case_id = $1 and command = 'acceptComplete'`, [id])).toEqual([{ count: 1 }]);
  });

  it('a key used for another request is refused: another command, other fields, another case', async () => {
    const id = await city.planIn('headReview', 'pingyin', '370124');
    const other = await city.openPlan('370126');
    await city.go('pingyin.head', id, 'open', {}, { key: 'mine' });
    await expect(city.go('pingyin.head', id, 'approve', {}, { key: 'mine' })).rejects.toEqual(refusedWith('key-reused'));
    await city.go('pingyin.head', id, 'approve', { opinion: '同意' }, { key: 'opinion' });
    await expect(city.go('pingyin.head', id, 'approve', { opinion: '不同意' }, { key: 'opinion' })).rejects.toEqual(refusedWith('key-reused'));
    await city.go('shanghe.clerk', other, 'submit', {}, { key: 'of-shanghe' });
    await expect(city.go('shanghe.head', other, 'approve', {}, { key: 'of-shanghe' })).resolves.toMatchObject({ stage: 'governmentApproval' });
  });

  it('one key for two cases in the same moment is carried out for one of them', async () => {
    const leader = await city.actors('leader.head');
    const [a, b] = [await city.openPlan('370102', 2011), await city.openPlan('370103', 2011)];
    const { won, lost } = await race([a, b].map((caseId) => city.engine.dispatch(leader, { caseId, type: 'exempt', fields: { basis: '批示〔2026〕1号', reason: '无任务' }, key: 'both' })));
    expect(won).toHaveLength(1);
    expect(lost).toEqual([refusedWith('key-reused')]);
  });

  it('opening twice is one case: by key one after the other, by key at once, by key after it has ended, and without the key a conflict', async () => {
    const unit = await city.unitId('370104', 2011);
    const open = (key: string) => city.engine.open(city.system, 'plan', { unit, year: 2011, key });
    const { won, lost } = await race([open('opening'), open('opening'), open('opening')]);
    expect(lost).toEqual([]);
    expect(new Set(won.map((o) => o.caseId)).size).toBe(1);
    expect((await open('opening')).caseId).toBe(won[0]!.caseId);
    await expect(open('another')).rejects.toEqual(refusedWith('already-open'));
    await city.go('leader.head', won[0]!.caseId, 'exempt', { basis: '批示〔2026〕2号', reason: '无任务' });
    expect((await open('opening')).caseId).toBe(won[0]!.caseId);
    expect(await city.rows(`select count(*)::int from case_file where unit = $1 and year = 2011`, [unit])).toEqual([{ count: 1 }]);
  });

  it('only the office opens a programme, and nobody opens a plan by hand but to amend one on record', async () => {
    const unit = await city.unitId('370105', 2011);
    const request = { unit, year: 2011, key: 'x' };
    await expect(city.engine.open(await city.actor('tianqiao.clerk'), 'plan', request)).rejects.toEqual(refusedWith('nothing-to-amend'));
    for (const login of ['tianqiao.head', 'lixia.clerk', 'office.clerk']) await expect(city.engine.open(await city.actor(login), 'plan', request)).rejects.toThrow(Forbidden);
    await expect(city.engine.open(await city.actor('office.director'), 'programme', request)).rejects.toThrow(Forbidden);
    await expect(city.engine.open(await city.actor('office.clerk'), 'programme', request)).resolves.toMatchObject({ version: 1 });
  });
});

describe('filing', () => {
  it('the report is acknowledged with a number and the server’s time in the same moment, before any paper is made', async () => {
    const id = await city.openPlan('370176');
    for (const [login, type, fields] of [
      ['gaoxin.clerk', 'submit', {}], ['gaoxin.reviewer', 'approve', {}], ['gaoxin.head', 'approve', {}], ['gaoxin.consent', 'consent', consentFields],
    ] as const) await city.go(login, id, type, fields);
    city.clock.set(beijing('2026-09-30', '23:59:59'));
    const outcome = await city.go('gaoxin.clerk', id, 'report', { documentNumber: '济高人社报〔2026〕8号' });
    const [{ case_number: number }] = (await city.rows('select case_number from case_file where id = $1', [id])) as [{ case_number: string }];
    expect(outcome.acknowledgement).toEqual({ number: `${number}-S1`, at: beijing('2026-09-30', '23:59:59').toISOString() });
    expect(await city.rows(`select count(*)::int from document where case_id = $1`, [id])).toEqual([{ count: 0 }]);
    city.clock.set(beijing('2026-08-17'));
  });
});
