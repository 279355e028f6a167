import { Conflict, Forbidden, InvalidInput } from '../../../src/domain/errors.js';
import { checkCases } from '../../../src/engine/check-cases.js';
import { preparers } from '../../../src/content/preparers.js';
import { beijing, TestCity, CITY } from './city.js';

let city: TestCity;
beforeAll(async () => {
  city = await TestCity.found('carriers');
  for (const name of ['*.task.transfer', '*.task.delegate', '*.note.circulate']) city.parts.preparers[name] = preparers[name]!;
});
afterAll(() => city.close());

const task = async (caseId: string, kind = 'duty') => (await city.rows(`select * from task where case_id = $1 and status = 'open' and kind = $2`, [caseId, kind]))[0]!;
const post = async (login: string): Promise<string> => (await city.actor(login)).post!;
const on = async (login: string, caseId: string, type: string, fields: Record<string, unknown> = {}, kind = 'duty') =>
  city.go(login, caseId, type, fields, { taskId: (await task(caseId, kind)).id });
const sound = async (): Promise<number> => (await checkCases({ database: city.database, packOf: city.parts.packOf, machineFor: city.parts.machineFor } as never, [CITY], () => undefined)).broken;

describe('who carries a duty', () => {
  it('a transferred duty is the other post’s alone, keeps its term and its chart, and the case replays with it', async () => {
    const id = await city.planIn('headReview', 'jiyang', '370115');
    const before = await task(id);
    await on('jiyang.head', id, 'task.transfer', { colleague: await post('jiyang.clerk'), reason: '出差' });
    const after = await task(id);
    expect([after.id, after.key, after.due_at, after.role]).toEqual([before.id, before.key, before.due_at, 'unit.clerk']);
    await expect(on('jiyang.head', id, 'approve')).rejects.toThrow(Forbidden);
    // Who sent the plan in may not judge it, whichever post it has come to.
    await expect(on('jiyang.clerk', id, 'approve')).rejects.toThrow();
    await on('jiyang.clerk', id, 'task.transfer', { colleague: await post('jiyang.head'), reason: '本人报送，应回避' });
    await expect(on('jiyang.head', id, 'approve')).resolves.toMatchObject({ stage: 'governmentApproval' });
    expect(await sound()).toBe(0);
  });

  it('a duty does not leave its organisation or its side, and not to a post nobody holds', async () => {
    const id = await city.planIn('headReview', 'shizhong', '370103');
    const refused = async (login: string) => expect(on('shizhong.head', id, 'task.transfer', { colleague: await post(login), reason: '试' })).rejects.toThrow(InvalidInput);
    await refused('shizhong.consent');
    await refused('office.clerk');
    await refused('lixia.head');
    await refused('shizhong.head');
    expect((await task(id)).role).toBe('unit.head');
  });

  it('two holders of a post: what one has claimed the other cannot decide, until it is released', async () => {
    const id = await city.planIn('headReview', 'huaiyin', '370104');
    const head = await city.actor('huaiyin.head');
    const [other] = await city.rows(`select person from account where login = 'huaiyin.registrar'`);
    await city.rows(`insert into post_holding (city, post, person, standing, valid_from) values ($1, $2, $3, 'A', '2001-01-01')`, [CITY, head.post, other!.person]);
    await on('huaiyin.head', id, 'task.claim');
    await expect(on('huaiyin.registrar', id, 'approve')).rejects.toEqual(expect.objectContaining({ code: 'claimed' }));
    await expect(on('huaiyin.registrar', id, 'task.claim')).rejects.toEqual(expect.objectContaining({ code: 'claimed' }));
    await on('huaiyin.head', id, 'task.release');
    await expect(on('huaiyin.registrar', id, 'approve')).resolves.toMatchObject({ stage: 'governmentApproval' });
  });

  it('two claim at once: one has it, the other is told', async () => {
    const id = await city.planIn('headReview', 'tianqiao', '370105');
    const head = await city.actor('tianqiao.head');
    const [other] = await city.rows(`select person from account where login = 'tianqiao.registrar'`);
    await city.rows(`insert into post_holding (city, post, person, standing, valid_from) values ($1, $2, $3, 'A', '2001-01-01')`, [CITY, head.post, other!.person]);
    const both = await Promise.allSettled([on('tianqiao.head', id, 'task.claim'), on('tianqiao.registrar', id, 'task.claim')]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'claimed' } });
    expect(await sound()).toBe(0);
  });

  it('who has asked for an opinion waits for it, or takes it back; the opinion falls when the duty is decided', async () => {
    const id = await city.planIn('headReview', 'changqing', '370113');
    await on('changqing.head', id, 'task.delegate', { adviser: await post('changqing.registrar'), question: '数字对吗？' });
    await expect(on('changqing.head', id, 'approve')).rejects.toEqual(expect.objectContaining({ code: 'delegated' }));
    await on('changqing.head', id, 'task.takeBack');
    expect(await task(id, 'opinion')).toBeUndefined();
    await on('changqing.head', id, 'task.delegate', { adviser: await post('changqing.registrar'), question: '数字对吗？' });
    await expect(on('changqing.clerk', id, 'task.answer', { opinion: '对' }, 'opinion')).rejects.toThrow(Forbidden);
    await on('changqing.registrar', id, 'task.answer', { opinion: '对' }, 'opinion');
    await expect(on('changqing.head', id, 'approve')).resolves.toMatchObject({ stage: 'governmentApproval' });
    expect(await sound()).toBe(0);
  });

  it('a colleague is reminded once in the interval, a government never, and a closed duty not at all', async () => {
    const id = await city.planIn('headReview', 'gangcheng', '370117');
    const { id: closed } = await task(id);
    await on('gangcheng.clerk', id, 'note.urge');
    await expect(on('gangcheng.clerk', id, 'note.urge')).rejects.toEqual(expect.objectContaining({ code: 'reminded-of-late' }));
    city.clock.set(beijing('2026-09-01'));
    await expect(on('gangcheng.clerk', id, 'note.urge')).resolves.toBeDefined();
    await on('gangcheng.head', id, 'approve');
    await expect(on('gangcheng.clerk', id, 'note.urge')).rejects.toThrow(Forbidden);
    await expect(city.go('gangcheng.clerk', id, 'note.urge', {}, { taskId: closed })).rejects.toThrow(Conflict);
    city.clock.set(beijing('2026-08-17'));
  });

  it('a repeated act is one act, and the same key for another is told so', async () => {
    const id = await city.planIn('headReview', 'pingyin', '370124');
    const actors = await city.actors('pingyin.clerk');
    const comment = (text: string) => city.engine.dispatch(actors, { caseId: id, type: 'note.comment', fields: { text }, key: 'comment-one' });
    expect(await comment('附件第三页请重扫')).toEqual(await comment('附件第三页请重扫'));
    await expect(comment('别的')).rejects.toThrow(Conflict);
    expect(await city.rows(`select count(*)::int as n from journal where case_id = $1 and command = 'note.comment'`, [id])).toEqual([{ n: 1 }]);
  });

  it('a unit’s comment before it has sent anything is not the city’s to read', async () => {
    const id = await city.planIn('headReview', 'shanghe', '370126');
    await city.go('shanghe.clerk', id, 'note.comment', { text: '内部意见' });
    await city.go('shanghe.clerk', id, 'note.circulate', { posts: [await post('shanghe.registrar')], note: '请阅' });
    const [office] = await city.actors('office.clerk');
    expect(await city.database.asActor(office!, (trx) => trx('journal_payload').where({ case_id: id }).whereLike('body', '%内部意见%'))).toEqual([]);
    expect(await city.database.asActor(office!, (trx) => trx('circulation').where({ case_id: id }))).toEqual([]);
    expect(await city.rows('select read_at from circulation where case_id = $1', [id])).toEqual([{ read_at: null }]);
  });

  it('the system sends none of these, whatever it is', async () => {
    const id = await city.planIn('headReview', 'laiwu', '370116');
    await expect(city.engine.dispatch([city.system], { caseId: id, type: 'note.comment', fields: { text: 'x' }, key: 'system-comment' })).rejects.toThrow(Forbidden);
  });
});

describe('an alarm', () => {
  const raised = async (login = 'office.director') => (await city.engine.alarms(await city.actors(login))).map(({ kind, about }) => ({ kind, about }));

  it('is raised for a duty whose post nobody holds any more, and never for one that is decided on paper', async () => {
    const id = await city.planIn('headReview', 'lixia', '370102');
    expect(await raised()).toEqual([]);
    const { role, org } = await task(id);
    await city.rows(`update post_holding h set valid_to = '2026-08-01' from post p where p.city = h.city and p.id = h.post and p.role = $1 and p.org = $2`, [role, org]);
    expect(await raised()).toEqual([{ kind: 'ownerless', about: 'headReview' }]);
    await city.rows(`update post_holding h set valid_to = null from post p where p.city = h.city and p.id = h.post and p.role = $1 and p.org = $2`, [role, org]);
    const waiting = await city.planIn('governmentApproval', 'licheng', '370112');
    const government = await task(waiting);
    await city.rows(`update post_holding h set valid_to = '2026-08-01' from post p where p.city = h.city and p.id = h.post and p.org = $1`, [government.org]);
    expect(await raised()).toEqual([]);
  });

  it('is raised for an effect that was given up, one that nobody takes up and a timer that does not fire, and for nobody else to see', async () => {
    const [row] = await city.rows(`select case_id from term where status = 'armed' and due_at is not null limit 1`);
    await city.rows('delete from outbox');
    await city.rows(`insert into outbox (city, id, year, case_id, unit, key, seq, effect, params, run_after, parked_at, last_error)
      select city, gen_random_uuid(), year, id, unit, k.key, 1, k.effect, '{}', $2, case when k.key = 'a' then now() end, 'no printer'
        from case_file, (values ('a', 'issueDocument'), ('b', 'notify')) k(key, effect) where id = $1`, [row!.case_id, beijing('2026-08-10')]);
    await city.rows(`update term set due_at = $2 where case_id = $1 and status = 'armed'`, [row!.case_id, beijing('2026-08-11')]);
    expect(new Set((await raised('admin')).map((one) => one.kind))).toEqual(new Set(['parked', 'stuck', 'timer']));
    await expect(raised('office.clerk')).rejects.toThrow(Forbidden);
    await expect(raised('lixia.head')).rejects.toThrow(Forbidden);
  });
});

