import { newId } from '../../../src/clock.js';
import { LivingCity } from './living-city.js';

let city: LivingCity;
beforeAll(async () => {
  city = await LivingCity.found('exits-matter');
  await city.at('2026-10-12');
});
afterAll(() => city.close());

const text = { decision: '年度检查推迟一周。', grounds: '与财政检查重叠。', basis: '' };
const LEADERS = ['leader.head', 'leader.deputy1', 'leader.deputy2'];
const posts = async (logins: string[]) => Promise.all(logins.map(async (login) => ({ post: await city.post(login) })));
const open = (login: string, title: string, key = newId()) => city.call(login, 'POST', '/cases', { workflow: 'matter', year: 2026, detail: { title } }, { 'idempotency-key': key });

/** A command that must succeed; the engine finds the task by who gives it. */
async function give(login: string, id: string, type: string, fields: Record<string, unknown> = {}): Promise<{ stage: string; final: boolean }> {
  const { status, body } = await city.command(login, id, type, fields);
  expect([type, status, status === 200 ? '' : body]).toEqual([type, 200, '']);
  return body;
}
/** A matter of the office, written and ready to be brought. */
async function written(title: string, login = 'office.clerk'): Promise<string> {
  const { status, body } = await open(login, title);
  expect([status, body]).toEqual([201, expect.objectContaining({ stage: 'drafting' })]);
  expect((await city.save(login, body.caseId, 'matter', text, 0)).status).toBe(200);
  return body.caseId;
}
async function brought(mode: string, logins: string[], title = '示例事项', login = 'office.clerk'): Promise<string> {
  const id = await written(title, login);
  expect((await give(login, id, 'bring', { mode, participants: await posts(logins) })).stage).toBe(mode);
  return id;
}
const matter = async (login: string, id: string) => (await city.got(login, `/cases/${id}`)).matter;
const answered = async (id: string) => (await matter('office.clerk', id)).participants.map((one: any) => one.answer.zh);

describe('opening', () => {
  it('several are live at once, each with a number of its own; the same request twice is one', async () => {
    const key = newId();
    const all = await Promise.all([open('office.clerk', '事项一', key), open('office.clerk', '事项一', key), open('office.clerk', '事项二'), open('office.clerk', '事项三')]);
    expect(all.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(all.map(({ body }) => body.caseId)).size).toBe(3);
    expect(all[0]!.body.caseId).toBe(all[1]!.body.caseId);
    const { cases } = await city.got('office.clerk', '/cases?year=2026&workflow=matter');
    expect(new Set(cases.map((one: any) => one.caseNumber)).size).toBe(cases.length);
  });

  it('is for who may bring matters, with a title, and for one’s own', async () => {
    expect((await open('office.clerk', '')).body.defects[0].field).toBe('title');
    expect((await open('lixia.finance', '越权')).status).toBe(403);
    const foreign = await city.call('office.clerk', 'POST', '/cases', { workflow: 'matter', year: 2026, unit: city.unit('lixia').id, detail: { title: '替区里提' } }, { 'idempotency-key': newId() });
    expect(foreign.status).toBe(403);
  });

  it('what is not written is not brought, nor to somebody twice, nor to too few for a vote, nor to onlookers or the proposer himself', async () => {
    const bare = (await open('office.clerk', '空的')).body.caseId;
    const [head, deputy, auditor, self] = (await posts(['leader.head', 'leader.deputy1', 'auditor', 'office.clerk'])) as [any, any, any, any];
    expect(await city.refused('office.clerk', bare, 'bring', { mode: 'signAny', participants: [head] })).toMatchObject({ status: 422, defects: [{ field: 'matter.decision' }, { field: 'matter.grounds' }] });
    const id = await written('谁来定');
    for (const [mode, participants, code] of [['signAny', [head, head], 'twice'], ['vote', [head, deputy], 'too-few'], ['signAny', [auditor], 'not-eligible'], ['signAny', [self], 'self']] as const) {
      expect(await city.refused('office.clerk', id, 'bring', { mode, participants })).toMatchObject({ status: 422, defects: [{ code }] });
    }
  });
});

describe('in turn', () => {
  it('goes up post by post, straight back after a return, is decided by the last, printed and pre-archived for the city alone', async () => {
    const id = await brought('inTurn', ['office.director', 'leader.deputy1', 'leader.head']);
    const { shown } = await city.got('office.director', `/cases/${id}`);
    await give('office.director', id, 'assent', { opinion: '拟同意' });
    expect(await city.refused('leader.head', id, 'assent')).toMatchObject({ status: 403 });
    await give('leader.deputy1', id, 'sendBackMatter', { opinion: '写明人员安排', then: 'straightBack' });
    await city.rewrite('office.clerk', id, 'matter', (body) => { body.grounds = '与财政检查重叠。\n人员已另行安排。'; });
    expect((await give('office.clerk', id, 'bringAgain')).stage).toBe('inTurn');
    expect(await city.refused('leader.deputy1', id, 'assent', {}, { shown })).toMatchObject({ status: 409, code: 'content-changed' });
    await give('leader.deputy1', id, 'decline', { opinion: '建议缓行' });
    expect((await give('leader.head', id, 'assent', { opinion: '同意' })).final).toBe(true);
    await city.drain();
    expect(await answered(id)).toEqual(['同意', '不同意', '同意']);
    const paper = city.printed.at(-1)!.replace(/<[^>]+>/g, '');
    for (const part of ['呈批事项办理结果', '拟同意', '写明人员安排', '建议缓行', '年度检查推迟一周']) expect(paper).toContain(part);
    expect(await city.rows('select side from archive_package where case_id = $1', [id])).toEqual([{ side: 'city' }]);
    expect((await city.call('lixia.clerk', 'GET', `/cases/${id}`)).status).toBe(404);
  });
});

describe('all of them', () => {
  it('an objection goes back to the proposer once everybody is heard; silence is noted, nobody without a holder is passed over', async () => {
    const id = await brought('signEach', ['team.finance', 'team.planning', 'team.civil']);
    await give('team.finance', id, 'decline', { opinion: '经费未列' });
    await give('team.planning', id, 'assent');
    const [civil] = await city.rows('select post, person from post_holding where post = $1', [await city.post('team.civil')]);
    await city.rows(`update post_holding set valid_to = '2026-10-11' where post = $1`, [civil!.post]);
    expect((await city.got('office.director', '/alarms')).alarms.filter((one: any) => one.caseId === id)).toMatchObject([{ kind: 'ownerless' }]);
    await city.at('2026-10-20');
    expect([await answered(id), await city.stage(id)]).toEqual([['不同意', '同意', '逾期未复'], 'signEach']);
    await city.rows('update post_holding set valid_to = null where post = $1', [civil!.post]);
    await give('office.clerk', id, 'replaceParticipant', { leaves: civil!.post, joins: await city.post('team.development'), reason: '岗位空缺' });
    await give('team.development', id, 'assent');
    expect(await city.stage(id)).toBe('reworking');
    await city.drain();
    expect((await city.notices(id, 'matterObjected')).map(({ role }) => role)).toEqual(['office.clerk']);
    await give('office.clerk', id, 'cancelMatter', { reason: '另行研究' });
    expect((await city.rows('select outcome from case_file where id = $1', [id]))[0]).toEqual({ outcome: 'cancelled' });
  });
});

describe('any one', () => {
  it('the first answer decides, also where two come at once; the others are told', async () => {
    const id = await brought('signAny', LEADERS);
    const tasks = await city.rows(`select t.id, a.login from task t join post_holding h on h.post = t.post join account a on a.person = h.person where t.case_id = $1 and t.status = 'open'`, [id]);
    expect(tasks.length).toBe(3);
    const results = await Promise.all(tasks.map(({ id: taskId, login }) => city.command(login, id, 'assent', {}, { taskId })));
    expect(results.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await answered(id)).sort()).toEqual(['不必再办', '不必再办', '同意'].sort());
    expect((await city.rows(`select status, count(*)::int as n from task where case_id = $1 and state = 'signAny' group by 1 order by 1`, [id]))).toEqual([{ status: 'cancelled', n: 2 }, { status: 'done', n: 1 }]);
    await city.drain();
    expect((await city.notices(id, 'matterDecided')).map(({ role }) => role).sort()).toEqual(['leader', 'office.clerk']);
  });
});

describe('a vote', () => {
  it('is counted live, decided early, a deputy casts one vote for whom he stands for, who stands aside counts neither way, and nobody votes on his own proposal', async () => {
    const id = await brought('vote', [...LEADERS, 'office.director', 'team.finance', 'team.planning']);
    const [deputy] = await city.rows(`select person from account where login = 'team.civil'`);
    const [proposer] = await city.rows(`select person from account where login = 'office.clerk'`);
    const stands = (post: string, person: string) => city.rows(`insert into post_holding (city, post, person, standing, valid_from) values ('370100', $1, $2, 'B', '2026-10-01')`, [post, person]);
    await stands(await city.post('leader.deputy1'), deputy!.person);
    await stands(await city.post('leader.deputy2'), proposer!.person);
    await give('team.planning', id, 'recuse', { reason: '专项检查组成员' });
    await give('team.civil', id, 'castVote', { choice: 'for' });
    expect(await city.refused('leader.deputy1', id, 'castVote', { choice: 'for' })).toMatchObject({ status: 403 });
    expect(await city.refused('office.clerk', id, 'castVote', { choice: 'for' }, { taskId: (await city.rows(`select id from task where case_id = $1 and post = $2 and status = 'open'`, [id, await city.post('leader.deputy2')]))[0]!.id }))
      .toMatchObject({ status: 422, code: 'held-back' });
    await give('office.director', id, 'castVote', { choice: 'against', opinion: '时间太紧' });
    await give('leader.head', id, 'castVote', { choice: 'for' });
    expect(await matter('leader.deputy2', id)).toMatchObject({ answered: 4, vote: { entitled: 5, voting: 3, quorum: 4, needed: 3, result: null, bars: [{ count: 2 }, { count: 1 }, { count: 0 }, { count: 1 }, { count: 2 }] } });
    const page = (await city.page('leader.deputy2', `/cases/${id}`)).text;
    expect(page).toMatch(/<progress[^>]* max="6" value="2">/);
    expect(page).toContain('时间太紧');
    expect((await give('team.finance', id, 'castVote', { choice: 'for' })).final).toBe(true);
    expect(await matter('leader.deputy2', id)).toMatchObject({ vote: { result: { words: { zh: '通过' } } } });
    expect(await answered(id)).toEqual(['赞成', '赞成', '未投票', '反对', '赞成', '回避']);
    await city.drain();
    const paper = city.printed.at(-1)!.replace(/<[^>]+>/g, '');
    for (const part of ['表决结果', '代', '时间太紧', '专项检查组成员', '未投票', '示例']) expect(paper).toContain(part);
    expect((await city.exceptions(id)).map(({ kind }) => kind)).toEqual(['recused']);
  });

  it('is closed at its term: without a quorum nothing is decided, and it is back with the proposer', async () => {
    const id = await brought('vote', LEADERS);
    await give('leader.head', id, 'castVote', { choice: 'for' });
    await city.at('2026-10-30');
    expect([await city.stage(id), (await matter('office.clerk', id)).vote.result.words.zh]).toEqual(['reworking', '未达法定人数，不作决定']);
  });
});

describe('a unit’s own matter', () => {
  it('is its own until it passes it on: the city sees neither that it is there nor what it was about', async () => {
    const id = await brought('signEach', ['lixia.finance', 'lixia.consent'], '区内机密事项', 'lixia.head');
    const hidden = async () => {
      for (const login of ['office.director', 'shizhong.clerk']) expect((await city.call(login, 'GET', `/cases/${id}`)).status).toBe(404);
      expect(JSON.stringify([await city.got('office.clerk', '/cases?year=2026'), await city.got('office.director', '/exceptions?year=2026'), await city.got('office.clerk', '/documents?year=2026')])).not.toContain(id);
      expect((await city.page('office.clerk', `/search?q=${encodeURIComponent('区内机密')}`)).text).not.toContain(id);
    };
    await give('lixia.finance', id, 'recuse', { reason: '分管领导' });
    await hidden();
    await give('lixia.consent', id, 'assent', { opinion: '同意' });
    await city.drain();
    await hidden();
    expect(await city.rows('select side from archive_package where case_id = $1', [id])).toEqual([{ side: 'unit' }]);
    await give('lixia.head', id, 'passOn');
    await city.drain();
    expect(await matter('office.clerk', id)).toMatchObject({ mode: { zh: '会签' }, participants: [{ answer: { zh: '回避' } }, { answer: { zh: '同意' } }] });
    expect((await city.got('office.clerk', `/documents?year=2026&case=${id}`)).documents.length).toBe(1);
    expect((await city.call('shizhong.clerk', 'GET', `/cases/${id}`)).status).toBe(404);
  });
});

describe('all of it', () => {
  it('replays from its journals, and no effect is left undone', async () => {
    expect(await city.loose()).toEqual({ undone: [], broken: 0 });
  });
});
