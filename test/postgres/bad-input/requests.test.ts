import { expectProblem, type Answer } from '../exits/answers.js';
import { LivingCity } from '../exits/living-city.js';
import { openYear, planIn, reportFields, typed, write } from '../exits/plan-life.js';
import { newId } from '../../../src/clock.js';

let city: LivingCity;
let plan: string;
beforeAll(async () => {
  city = await LivingCity.found('bad-requests');
  ({ plan } = await openYear(city, 'lixia'));
  await write(city, 'lixia', plan, await typed(city, 'lixia'));
});
afterAll(() => city.close());

const nothingMoved = async (run: () => Promise<Answer>): Promise<Answer> => {
  const before = await city.imprint(plan);
  const answer = await run();
  expect(await city.imprint(plan)).toEqual(before);
  expectProblem(answer);
  return answer;
};
const send = (body: unknown, headers: Record<string, string> = { 'idempotency-key': newId() }) => nothingMoved(() => city.call('lixia.clerk', 'POST', `/cases/${plan}/commands`, body, headers));

describe('a request that cannot be carried out', () => {
  it('without an idempotency key, or with one too short, asks for it', async () => {
    for (const headers of [{}, { 'idempotency-key': 'x' }, { 'idempotency-key': 'x'.repeat(201) }] as Record<string, string>[]) {
      const { status, body } = await send({ type: 'submit' }, headers);
      expect([status, body.defects[0].field]).toEqual([422, 'Idempotency-Key']);
    }
  });

  it.each(['term.plan.filing.due', 'document.issued', 'case.archived', 'plan.ended', 'xstate.init', 'paper.compare', 'constructor', '__proto__', 'toString', '', 'SUBMIT', 'submit '])('command %p from outside', async (type) => {
    const { status } = await send({ type });
    expect([404, 422]).toContain(status);
  });

  it('a command of another stage or another post is refused in words', async () => {
    expect((await send({ type: 'file', fields: {} })).status).toBe(403);
    expect((await send({ type: 'report', fields: reportFields(city.unit('lixia')) })).status).toBe(403);
  });

  it('a body that is broken, no object, of a foreign type or too large', async () => {
    const raw = (body: string, type = 'application/json') => nothingMoved(() => city.call('lixia.clerk', 'POST', `/cases/${plan}/commands`, body, { 'content-type': type, 'idempotency-key': newId() }));
    expect((await raw('{"type":')).status).toBe(400);
    for (const body of ['[]', '"submit"', 'null', '1']) expect([400, 422]).toContain((await raw(body)).status);
    expect([415, 422]).toContain((await raw('type=submit', 'text/plain')).status);
    expect((await raw(JSON.stringify({ type: 'submit', fields: { note: 'x'.repeat(3_000_000) } }))).status).toBe(413);
    expect((await send({ type: 'submit', fields: 'none' })).status).toBe(422);
    expect((await send({ type: 'submit', fields: { note: { deep: true } } })).body.defects[0].field).toBe('note');
    expect((await send({ type: 'submit', fields: { note: '长'.repeat(2001) } })).body.defects[0].field).toBe('note');
    expect((await send({ type: 'submit', taskId: 'first' })).status).toBe(422);
  });

  it('signs no database can hold are left out of the text, and nothing fails', async () => {
    const { plan: other } = await planIn(city, 'jiyang', 'headReview');
    expect((await city.command('jiyang.head', other, 'returnToDraft', { remarks: [{ section: 'goals', text: '目标\u0000不\ud800清' }] })).status).toBe(200);
    expect((await city.context(other)).remarks[0].text).toMatch(/^目标不.?清$/u);
    const task = await city.openTask(other);
    const sheet = { signatoryName: '钱\u0000示例', signatoryPost: '局长', wording: '同意\ud800', kind: 'agree', paperDate: '2026-08-17', keptAt: '柜' };
    const paper = await city.call('jiyang.clerk', 'POST', `/cases/${other}/paper`, { taskId: task.id, command: 'submit', fields: { note: '\u0000' }, paper: sheet }, { 'idempotency-key': newId() });
    expect([paper.status, paper.body.code]).toEqual([422, 'no-paper-here']);
    expect((await city.call('jiyang.clerk', 'GET', '/cases?unit=%00')).status).toBe(400);
    expect((await city.save('jiyang.clerk', other, 'goals', { goals: '新\u0000目标' }, 1)).status).toBe(200);
  });

  it('fields a form does not have are dropped, however they are called', async () => {
    const { plan: other } = await planIn(city, 'shizhong', 'headReview');
    const fields = JSON.parse('{"opinion":"同意","by":{"name":"区长"},"at":"2020-01-01","facts":{"defects":0},"__proto__":{"polluted":true},"type":"exempt"}');
    expect((await city.command('shizhong.head', other, 'approve', fields)).status).toBe(200);
    const { entries } = await city.got('shizhong.clerk', `/cases/${other}/journal`);
    expect(entries[0]).toMatchObject({ command: 'approve', payload: { type: 'approve', by: { role: 'unit.head' }, at: expect.stringMatching(/^2026-08-17/) } });
    expect(entries[0].payload.facts).not.toHaveProperty('defects');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('a case, task, paper or page that does not exist is 404, also when the id is none', async () => {
    for (const id of [newId(), '1', 'null', "' or 1=1 --", '../../inbox'].map(encodeURIComponent)) {
      for (const path of [`/cases/${id}`, `/cases/${id}/journal`, `/cases/${id}/sections/basics`, `/documents/${id}`, `/documents/${id}/pdf`, `/cases/${id}/package`]) {
        const answer = await city.call('lixia.clerk', 'GET', path);
        expect([path, answer.status]).toEqual([path, 404]);
        expectProblem(answer);
      }
      expect((await city.command('lixia.clerk', id, 'submit')).status).toBe(404);
    }
    expect((await city.call('lixia.clerk', 'GET', `/cases/${plan}/sections/nonsense`)).status).toBe(404);
    expect((await city.call('lixia.clerk', 'PUT', `/cases/${plan}/sections/__proto__`, {}, { 'if-match': '"0"' })).status).toBeGreaterThanOrEqual(404);
    expect((await city.call('lixia.clerk', 'DELETE', `/cases/${plan}`)).status).toBe(404);
    expect((await city.command('lixia.clerk', plan, 'submit', {}, { taskId: newId() })).status).toBe(409);
  });

  it('another district’s case is 404 through every door, reading or writing', async () => {
    const login = 'shizhong.clerk';
    const task = await city.openTask(plan);
    const file = new FormData();
    file.set('file', new Blob([Buffer.from('%PDF-1.7 x')]), 'a.pdf');
    const before = await city.imprint(plan);
    const answers = [
      await city.call(login, 'GET', `/cases/${plan}`), await city.call(login, 'GET', `/cases/${plan}/journal`), await city.call(login, 'GET', `/cases/${plan}/sections/basics`),
      await city.save(login, plan, 'basics', { currentState: '改写' }, 1), await city.command(login, plan, 'submit'), await city.command(login, plan, 'submit', {}, { taskId: task.id }),
      await city.call(login, 'POST', `/cases/${plan}/attachments`, file), await city.register(login, plan, null, 'exempt', { basis: '批示', reason: '无' }),
    ];
    expect(answers.map((a) => a.status)).toEqual(answers.map(() => 404));
    expect((await city.call(login, 'POST', '/cases', { workflow: 'plan', unit: city.unit('lixia').id, year: 2026 }, { 'idempotency-key': newId() })).status).toBe(403);
    expect(await city.imprint(plan)).toEqual(before);
    expect(JSON.stringify(await city.got(login, '/cases?year=2026'))).not.toContain(plan);
    expect(JSON.stringify(await city.got(login, `/cases?year=2026&unit=${city.unit('lixia').id}`))).not.toContain(plan);
  });

  it('a token that is wrong, and a year or filter that is nonsense', async () => {
    expect((await fetch(`${city.base}/api/v1/inbox`, { headers: { authorization: 'Bearer yst_wrong' } })).status).toBe(401);
    for (const query of ['year=abc', 'year=-1', 'year=99999999999', `unit=${encodeURIComponent("' or true --")}`, 'workflow=%00', 'year=2026&year=2025']) {
      const { status } = await city.call('lixia.clerk', 'GET', `/cases?${query}`);
      expect([query, [200, 400, 404, 422].includes(status)]).toEqual([query, true]);
    }
    for (const query of ['year=abc', 'year=99999999999', 'case=none', 'kind=%27']) {
      const { status } = await city.call('lixia.clerk', 'GET', `/documents?${query}`);
      expect([query, [200, 404, 422].includes(status)]).toEqual([query, true]);
    }
  });
});

describe('pressed twice', () => {
  it('under one key is one submission; under two keys at once one wins and the other hears why', async () => {
    const { plan: other } = await openYear(city, 'huaiyin');
    await write(city, 'huaiyin', other, await typed(city, 'huaiyin'));
    const { id: taskId } = await city.openTask(other);
    const key = newId();
    const same = await Promise.all([1, 2, 3].map(() => city.command('huaiyin.clerk', other, 'submit', { note: '' }, { key, taskId })));
    expect(same.map((a) => a.status)).toEqual([200, 200, 200]);
    for (const { body } of same) expect(body).toEqual(same[0]!.body);
    const [again, changed] = [await city.command('huaiyin.clerk', other, 'submit', { note: '' }, { key, taskId }), await city.command('huaiyin.clerk', other, 'submit', { note: '别的' }, { key, taskId })];
    expect([again.status, changed.status, changed.body.code]).toEqual([200, 409, 'key-reused']);
    const { id: review } = await city.openTask(other);
    const race = await Promise.all([1, 2, 3].map(() => city.command('huaiyin.head', other, 'approve', {}, { taskId: review })));
    expect(race.map((a) => a.status).sort()).toEqual([200, 409, 409]);
    expectProblem(race.find((a) => a.status === 409)!);
    expect(await city.rows(`select command, count(*)::int from journal where case_id = $1 and command in ('submit', 'approve') group by command order by command`, [other]))
      .toEqual([{ command: 'approve', count: 1 }, { command: 'submit', count: 1 }]);
  });

  it('after going back in the browser: the old task is closed, and the sentence says that what was written is kept', async () => {
    const { plan: other } = await planIn(city, 'tianqiao', 'headReview');
    const { id: taskId } = await city.openTask(other);
    await city.act('tianqiao.head', other, 'approve');
    const answer = await city.refused('tianqiao.head', other, 'approve', { opinion: '同意' }, { taskId });
    expect(answer).toMatchObject({ status: 409, code: 'task-closed', sentence: { zh: expect.stringContaining('还在') } });
  });

  it('deciding on a text that has changed since it was shown is a conflict', async () => {
    const { plan: other } = await planIn(city, 'licheng', 'headReview');
    const shown = (await city.got('licheng.reviewer', `/cases/${other}`)).shown;
    await city.act('licheng.clerk', other, 'withdraw');
    await city.rewrite('licheng.clerk', other, 'goals', (body) => { body.goals = '换了目标。'; });
    await city.act('licheng.clerk', other, 'submit');
    expect(await city.refused('licheng.reviewer', other, 'approve', {}, { shown })).toMatchObject({ status: 409, code: 'content-changed' });
    const fresh = (await city.got('licheng.reviewer', `/cases/${other}`)).shown;
    expect((await city.command('licheng.reviewer', other, 'approve', {}, { shown: fresh })).status).toBe(200);
  });
});

describe('two clerks on one section', () => {
  it('the second hears of the first and nothing is overwritten; without a revision nothing is saved', async () => {
    const { revision, body } = await city.got('lixia.clerk', `/cases/${plan}/sections/goals`);
    const both = await Promise.all(['lixia.clerk', 'lixia.clerk2'].map((login) => city.save(login, plan, 'goals', { ...body, goals: `${login} 写的目标` }, revision)));
    expect(both.map((a) => a.status).sort()).toEqual([200, 409]);
    const lost = both.find((a) => a.status === 409)!;
    expectProblem(lost);
    expect(lost.body).toMatchObject({ code: 'section-changed', sentence: { zh: expect.stringContaining('你填写的内容还在') } });
    const winner = both.findIndex((a) => a.status === 200) === 0 ? 'lixia.clerk' : 'lixia.clerk2';
    expect((await city.got('lixia.clerk', `/cases/${plan}/sections/goals`)).body.goals).toBe(`${winner} 写的目标`);
    for (const old of [0, revision, 999, -1, 'abc', null]) {
      const answer = await nothingMoved(() => city.save('lixia.clerk', plan, 'goals', { goals: '覆盖' }, old));
      expect(answer.status).toBe(409);
    }
    // Every version is kept.
    expect((await city.rows(`select count(*)::int from case_section_history where case_id = $1 and name = 'goals'`, [plan]))[0]!.count).toBe(2);
  });

  it('is written by the unit’s clerk only, and not while it is frozen', async () => {
    expect((await nothingMoved(() => city.save('lixia.head', plan, 'goals', { goals: '改' }, 2))).status).toBe(403);
    const { plan: other } = await planIn(city, 'changqing', 'headReview');
    const frozen = await city.save('changqing.clerk', other, 'goals', { goals: '改' }, 1);
    expect([frozen.status, frozen.body.code]).toEqual([422, 'content-frozen']);
  });
});
