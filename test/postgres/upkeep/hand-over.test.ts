import { personOfToken } from '../../../src/auth/api-tokens.js';
import { resumeSession } from '../../../src/auth/sessions.js';
import { hashPassword } from '../../../src/auth/passwords.js';
import { signIn } from '../../../src/auth/sign-in.js';
import { openSession } from '../../../src/auth/sessions.js';
import { createToken } from '../../../src/auth/api-tokens.js';
import { Conflict, Forbidden, InvalidInput } from '../../../src/domain/errors.js';
import { checkCases } from '../../../src/engine/check-cases.js';
import { caseTimeline } from '../../../src/reads/case-timeline.js';
import { preparers } from '../../../src/content/preparers.js';
import { createUpkeep, type Upkeep } from '../../../src/upkeep/create-upkeep.js';
import { beijing, CITY, TestCity } from '../engine/city.js';

let city: TestCity;
let upkeep: Upkeep;
beforeAll(async () => {
  city = await TestCity.found('hand-over');
  for (const name of ['*.task.transfer', '*.task.delegate']) city.parts.preparers[name] = preparers[name]!;
  upkeep = createUpkeep({ database: city.database, clock: city.clock, engine: city.engine });
});
afterAll(() => city.close());

const person = async (login: string): Promise<string> => (await city.rows('select person from account where login = $1', [login]))[0]!.person;
const task = async (caseId: string, kind = 'duty') => (await city.rows(`select * from task where case_id = $1 and status = 'open' and kind = $2`, [caseId, kind]))[0]!;
const on = async (login: string, caseId: string, type: string, fields: Record<string, unknown> = {}) => city.go(login, caseId, type, fields, { taskId: (await task(caseId)).id });
const broken = async (): Promise<number> => (await checkCases({ database: city.database, packOf: city.parts.packOf, machineFor: city.parts.machineFor } as never, [CITY], () => undefined)).broken;

/** 离职 of who signs in as `login`: everything to one follower (or nobody), from a day on. */
async function order(login: string, follower: string | null, over: Record<string, unknown> = {}, by = 'admin', key = city.key()): Promise<{ id: string }> {
  const posts = (await city.actors(login)).filter((actor) => actor.actingFor === null).map(({ post }) => ({ post, follower: follower ?? 'vacant' }));
  return upkeep.orderHandOver(await city.actors(by), { person: await person(login), kind: 'leaves', day: '2026-08-17', reason: '退休', posts, ...over }, key);
}
const linesOf = (id: string) => city.rows('select kind, outcome, follower from hand_over_line where hand_over = $1 order by position', [id]);

describe('a person who left', () => {
  it('holds no claim: what was claimed is claimed by nobody, the follower decides it, and the journal keeps the old name', async () => {
    const id = await city.planIn('headReview', 'laiwu', '370116');
    await on('laiwu.head', id, 'task.claim');
    const old = (await city.actor('laiwu.head')).personName;
    const { id: handOver } = await order('laiwu.head', await person('laiwu.registrar'));
    expect((await task(id)).person).toBeNull();
    expect((await linesOf(handOver)).map(({ kind, outcome }) => [kind, outcome])).toEqual([['post', 'moved'], ['claim', 'freed']]);
    expect(await city.actors('laiwu.head')).toEqual([]);
    await expect(on('laiwu.registrar', id, 'approve', { opinion: '同意' })).resolves.toMatchObject({ stage: 'governmentApproval' });
    const [clerk] = await city.actors('laiwu.clerk');
    const timeline = await city.database.asActor(clerk!, (trx) => caseTimeline(trx, CITY, 2026, id));
    expect(timeline.map(({ command, personName }) => [command, personName])).toEqual(expect.arrayContaining([['task.claim', old], ['task.release', (await city.actor('admin')).personName]]));
    expect(await broken()).toBe(0);
  });

  it('signs in no more from that day, has no session and no token that works, and nobody else loses theirs', async () => {
    const password = await hashPassword('pass word');
    await city.database.asAuth(CITY, (trx) => trx('account').where({ city: CITY }).whereIn('login', ['shizhong.head', 'shizhong.clerk']).update({ password_hash: password }));
    const now = city.clock.now();
    const { account, session, token } = await city.database.asAuth(CITY, async (trx) => {
      const row = await trx('account').where({ city: CITY, login: 'shizhong.head' }).first('id');
      return { account: row.id, session: await openSession(trx, CITY, row.id, now), token: (await createToken(trx, CITY, { login: 'shizhong.head', label: 'x', days: 30 }, now)).token };
    });
    expect(account).toBeDefined();
    const tries = (login: string, today: string) => city.database.asAuth(CITY, async (trx) => [
      (await signIn(trx, CITY, login, 'pass word', now, today)).ok, (await resumeSession(trx, CITY, session, now, today)) !== null, (await personOfToken(trx, CITY, token, now, today)) !== null,
    ]);
    await order('shizhong.head', await person('shizhong.registrar'), { day: '2026-08-20' });
    expect(await tries('shizhong.head', '2026-08-19')).toEqual([true, true, true]);
    expect(await tries('shizhong.head', '2026-08-20')).toEqual([false, false, false]);
    expect((await tries('shizhong.clerk', '2026-08-20'))[0]).toBe(true);
  });

  it('carries everything until the day and nothing from it on, though nobody looks: the worker goes on by itself', async () => {
    const id = await city.planIn('headReview', 'huaiyin', '370104');
    await on('huaiyin.head', id, 'task.claim');
    const { id: handOver } = await order('huaiyin.head', await person('huaiyin.registrar'), { day: '2026-08-20' });
    expect((await task(id)).person).toBe(await person('huaiyin.head'));
    await expect(on('huaiyin.registrar', id, 'approve')).rejects.toThrow(Forbidden);
    city.clock.set(beijing('2026-08-20'));
    const worker = city.worker({}, { upkeep: (of) => upkeep.goOn(of) });
    await worker.drain();
    expect((await task(id)).person).toBeNull();
    expect((await city.rows('select done_at from hand_over where id = $1', [handOver]))[0]!.done_at).not.toBeNull();
    await expect(on('huaiyin.registrar', id, 'approve')).resolves.toMatchObject({ stage: 'governmentApproval' });
    city.clock.set(beijing('2026-08-17'));
  });
});

describe('a hand-over that is interrupted', () => {
  it('goes on where it stood: no claim is forgotten, none is freed twice, the list is whole', async () => {
    // Two claims; the machine dies after the first has been freed.
    const ids: string[] = [];
    for (const [unit, code] of [['tianqiao', '370105'], ['shanghe', '370126']] as const) {
      const id = await city.planIn('headReview', unit, code);
      await city.rows(`update post_holding set valid_to = '2026-08-01' from post p where p.id = post and p.role = 'unit.head' and p.unit = $1`, [await city.unitId(code)]);
      ids.push(id);
    }
    const leaver = await person('tianqiao.head');
    for (const code of ['370105', '370126']) {
      await city.rows(`insert into post_holding (city, post, person, standing, valid_from) select $1, id, $2, 'A', '2026-08-02' from post where role = 'unit.head' and unit = $3`, [CITY, leaver, await city.unitId(code)]);
    }
    for (const id of ids) await city.engine.dispatch(await city.actors('tianqiao.head'), { caseId: id, type: 'task.claim', taskId: (await task(id)).id, fields: {}, key: city.key() });
    const frail = createUpkeep({ database: city.database, clock: city.clock, engine: { ...city.engine, freeClaim: diesAfter(1) } });
    const posts = (await city.actors('tianqiao.head')).map(({ post, unit }) => ({ post, unit }));
    const followers = new Map([[await city.unitId('370105'), await person('tianqiao.registrar')], [await city.unitId('370126'), await person('shanghe.registrar')]]);
    const fields = { person: leaver, kind: 'leaves', day: '2026-08-17', reason: '调离', posts: posts.map(({ post, unit }) => ({ post, follower: followers.get(unit!) })) };
    await expect(frail.orderHandOver(await city.actors('admin'), fields, 'interrupted')).rejects.toThrow('killed');
    expect(await city.rows(`select count(*)::int as n from task where person = $1 and status = 'open'`, [leaver])).toEqual([{ n: 1 }]);
    // Sent again, or taken up by the worker: the same hand-over.
    const { id } = await upkeep.orderHandOver(await city.actors('admin'), fields, 'interrupted');
    expect(await upkeep.goOn(CITY)).toBe(0);
    expect(await city.rows(`select count(*)::int as n from task where person = $1 and status = 'open'`, [leaver])).toEqual([{ n: 0 }]);
    expect((await linesOf(id)).filter(({ kind }) => kind === 'claim').map(({ outcome }) => outcome)).toEqual(['freed', 'freed']);
    expect(await city.rows(`select case_id, count(*)::int as n from journal where command = 'task.release' and case_id = any($1) group by case_id`, [ids])).toEqual(ids.map(() => expect.objectContaining({ n: 1 })));
    expect(await city.rows(`select action from audit_event where subject = $1 order by seq`, [id])).toEqual([{ action: 'hand-over.ordered' }, { action: 'hand-over.done' }]);
    expect(await broken()).toBe(0);
  });

  const diesAfter = (count: number): TestCity['engine']['freeClaim'] => {
    let left = count;
    return async (by, claim) => {
      if (left === 0) throw new Error('killed');
      left -= 1;
      return city.engine.freeClaim(by, claim);
    };
  };
});

describe('what a hand-over does not let happen', () => {
  it('who sent a plan in does not come to judge it unseen: it is said before and after, and refused all the same', async () => {
    const id = await city.planIn('headReview', 'changqing', '370113');
    const head = await city.actor('changqing.head');
    const clerk = await person('changqing.clerk');
    const said = await upkeep.barred(await city.actors('admin'), [{ post: head.post!, org: head.org!, role: head.role, follower: clerk }]);
    expect(said.map(({ caseId }) => caseId)).toEqual([id]);
    const { id: handOver } = await order('changqing.head', clerk);
    expect((await upkeep.handOver(await city.actors('admin'), handOver)).barred.map(({ caseId }) => caseId)).toEqual([id]);
    await expect(on('changqing.clerk', id, 'approve')).rejects.toEqual(expect.objectContaining({ code: 'held-back' }));
  });

  it('nothing stays without a living owner in silence: an empty post is named and raises its alarm', async () => {
    const id = await city.planIn('headReview', 'gangcheng', '370117');
    const { id: handOver } = await order('gangcheng.head', null);
    expect((await linesOf(handOver)).map(({ kind, outcome }) => [kind, outcome])).toEqual([['post', 'vacant'], ['task', 'vacant']]);
    expect((await city.engine.alarms(await city.actors('admin'))).filter((one) => one.caseId === id).map(({ kind }) => kind)).toEqual(['ownerless']);
  });

  it('nobody arranges his own, a head no other organisation’s, a clerk nothing; nothing goes across the wall, to nobody who serves, or into the past', async () => {
    const post = (await city.actor('jiyang.head')).post!;
    const sent = async (by: string, follower: string, over = {}) => order('jiyang.head', follower, { posts: [{ post, follower }], ...over }, by);
    const registrar = await person('jiyang.registrar');
    await expect(sent('jiyang.head', registrar)).rejects.toThrow(Forbidden);
    await expect(sent('pingyin.head', registrar)).rejects.toThrow(Forbidden);
    await expect(sent('jiyang.clerk', registrar)).rejects.toThrow(Forbidden);
    await expect(sent('admin', await person('office.clerk'))).rejects.toThrow(InvalidInput);
    await expect(sent('admin', await person('jiyang.head'))).rejects.toThrow(InvalidInput);
    await expect(sent('admin', registrar, { day: '2026-08-16' })).rejects.toThrow(InvalidInput);
    await expect(sent('admin', registrar, { posts: [] })).rejects.toThrow(InvalidInput);
    expect(await city.rows('select 1 from hand_over where person = $1', [await person('jiyang.head')])).toEqual([]);
    await sent('admin', registrar, { day: '2026-09-01' });
    await expect(sent('admin', registrar, { day: '2026-09-02' })).rejects.toThrow(Conflict);
  });

  it('a head hands over within the organisation, the follower is told, and who moves takes the new post from the same day', async () => {
    const vacated = (await city.actor('pingyin.comparer')).post!;
    await city.rows(`update post_holding set valid_to = '2026-08-01' where post = $1`, [vacated]);
    const clerk = await person('pingyin.clerk');
    const { id } = await order('pingyin.registrar', clerk, { kind: 'moves', newPost: vacated }, 'pingyin.head');
    expect((await city.actors('pingyin.registrar')).map(({ role }) => role)).toEqual(['unit.comparer']);
    expect((await city.actors('pingyin.clerk')).map(({ role }) => role).sort()).toEqual(['unit.clerk', 'unit.registrar']);
    expect(await city.rows(`select template from notice where person = $1`, [clerk])).toEqual([{ template: 'handOverToYou' }]);
    expect((await upkeep.handOvers(await city.actors('pingyin.head'))).map((one) => one.id)).toEqual([id]);
    expect(await upkeep.handOvers(await city.actors('licheng.head'))).toEqual([]);
    await expect(upkeep.handOver(await city.actors('licheng.head'), id)).rejects.toThrow();
  });
});
