import { workerActor } from '../../../src/domain/actor.js';
import request from 'supertest';
import { player } from './played-city.js';
import { PASSWORD, webCity, type WebCity } from './web-city.js';

let c: WebCity;
let play: ReturnType<typeof player>;
beforeAll(async () => {
  c = await webCity('forms');
  play = player(c);
});
afterAll(() => c.close());

const field = (html: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
const stageOf = async (caseId: string): Promise<string> =>
  (await c.database.asActor(workerActor(c.city), (trx) => trx('case_file').where({ id: caseId }).first('stage'))).stage;

describe('plain forms, without script', () => {
  it('a double click is one registration: the second answer is the first', async () => {
    const { caseId, unit } = await play.written('历下区');
    await play.reported(caseId, unit);
    const agent = await c.signedIn(c.loginOf('office.registrar'));
    const book = await agent.get('/incoming').expect(200);
    const link = /href="(\/cases\/[^"]+\/do\/register\?task=[^"]+)"/.exec(book.text)![1]!;
    const form = (await agent.get(link).expect(200)).text;
    const body = {
      _csrf: agent.csrf, _command: 'register', _task: field(form, '_task'), _key: field(form, '_key'), _shown: field(form, '_shown'), theirNumber: '历下人社报〔2026〕8号', channel: 'system',
      dated: '2026-09-05', deliveredAt: '2026-09-07 09:30', evidence: '系统回执',
    };
    const [one, two] = [await agent.post(`/cases/${caseId}/commands`).type('form').send(body), await agent.post(`/cases/${caseId}/commands`).type('form').send(body)];
    expect([one.status, two.status]).toEqual([303, 303]);
    const rows = await c.database.asActor(workerActor(c.city), (trx) => trx('incoming').where({ case_id: caseId }));
    expect(rows).toHaveLength(1);
    expect((await agent.get(one.headers.location as string)).text).toContain('收文登记');
  });

  it('a refused form comes back with everything typed and every sentence at its field', async () => {
    const { caseId, unit } = await play.written('市中区');
    await play.reported(caseId, unit);
    const agent = await c.signedIn(c.loginOf('office.registrar'));
    const answer = await agent.post(`/cases/${caseId}/commands`).type('form').send({ _csrf: agent.csrf, _command: 'register', theirNumber: '', channel: 'paper', dated: '昨天', evidence: '邮戳䶮堃镕𠮷' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('邮戳䶮堃镕𠮷');
    expect(answer.text).toContain('昨天');
    expect(await stageOf(caseId)).toBe('registered');
  });

  it('what cannot be taken back is not done without the tick', async () => {
    const { caseId, unit } = await play.written('槐荫区');
    await play.act('unit.clerk', unit.id, caseId, 'submit');
    const before = await stageOf(caseId);
    const agent = await c.signedIn(c.loginOf('unit.clerk', unit.id));
    const answer = await agent.post(`/cases/${caseId}/commands`).type('form').send({ _csrf: agent.csrf, _command: 'report', documentNumber: '槐荫人社报〔2026〕8号' });
    expect(answer.status).toBe(422);
    expect(await stageOf(caseId)).toBe(before);
  });

  it('a decision on paper moves the case only when a second person has compared it', async () => {
    const { caseId, unit } = await play.written('天桥区');
    await play.act('unit.clerk', unit.id, caseId, 'submit');
    const clerk = await c.signedIn(c.loginOf('unit.clerk', unit.id));
    const task = await c.database.asActor(workerActor(c.city), (trx) => trx('task').where({ case_id: caseId, status: 'open' }).first());
    const sheet = { 'paper.signatoryName': '钱示例', 'paper.signatoryPost': '局长', 'paper.wording': '同意。', 'paper.kind': 'agree', 'paper.paperDate': '2026-09-04', 'paper.keptAt': '文件柜' };
    const missing = await clerk.post(`/cases/${caseId}/paper/${task.id}`).type('form').send({ _csrf: clerk.csrf, _command: 'approve', ...sheet, 'paper.wording': '' });
    expect(missing.status).toBe(422);
    expect(missing.text).toContain('钱示例');
    const registered = await clerk.post(`/cases/${caseId}/paper/${task.id}`).type('form').send({ _csrf: clerk.csrf, _command: 'approve', ...sheet, opinion: '同意' });
    expect([registered.status, registered.headers.location]).toEqual([303, expect.stringMatching(/^\/papers\//)]);
    const sheetPage = registered.headers.location as string;
    expect((await clerk.get(sheetPage)).text).not.toContain('提交核对结果');
    expect(await stageOf(caseId)).toBe('headReview');
    const comparer = await c.signedIn(c.loginOf('unit.comparer', unit.id));
    await comparer.post(sheetPage).type('form').send({ _csrf: comparer.csrf, 'differs.paperDate': 'on' }).expect(422);
    await comparer.post(sheetPage).type('form').send({ _csrf: comparer.csrf }).expect(303);
    const rows = await c.database.asActor(workerActor(c.city), (trx) => trx('journal').where({ case_id: caseId, origin: 'paper', command: 'approve' }));
    expect(rows).toHaveLength(1);
    expect((await clerk.get(`/cases/${caseId}`)).text).toMatch(/签批人 钱示例.*登记.*核对/s);
  });

  it('what is being written for a task is kept, and only for its writer', async () => {
    const { caseId, unit } = await play.written('历城区');
    const task = await c.database.asActor(workerActor(c.city), (trx) => trx('task').where({ case_id: caseId, status: 'open' }).first());
    const agent = await c.signedIn(c.loginOf('unit.clerk', unit.id));
    await agent.post(`/tasks/${task.id}/draft`).set('accept', 'application/json').type('form').send({ _csrf: agent.csrf, _command: 'submit', note: '写到一半' }).expect(200);
    expect((await agent.get(`/cases/${caseId}`)).text).toContain('写到一半');
    const other = await c.signedIn(c.loginOf('unit.comparer', unit.id));
    expect((await other.get(`/cases/${caseId}`)).text).not.toContain('写到一半');
  });

  it('the clock moves forward by a form in a demonstration, and there is no such page in production', async () => {
    const agent = await c.signedIn(c.loginOf('office.clerk'));
    await agent.post('/clock').type('form').send({ _csrf: agent.csrf, to: '2026-09-08' }).expect(303);
    expect(c.times.now.toISOString()).toBe('2026-09-08T01:00:00.000Z');
    const kept = c.services.demonstration;
    c.services.demonstration = null;
    await agent.post('/clock').type('form').send({ _csrf: agent.csrf, to: '2026-09-09' }).expect(404);
    c.services.demonstration = kept;
  });
});

describe('a form whose session ended while it was filled in', () => {
  const MINUTE = 60_000;
  const later = (minutes: number): void => { c.times.wall = new Date(c.times.wall.getTime() + minutes * MINUTE); };
  const hidden = (html: string): string => field(html, 'kept');
  type Browser = Awaited<ReturnType<WebCity['signedIn']>>;
  const signIn = (agent: Browser, login: string, kept: string, password = PASSWORD) => agent.post('/sign-in').type('form').send({ login, password, next: '/', kept });
  const open = (agent: Browser, task: string) => agent.get(task);
  const text = '写了半小时的意见䶮堃𠮷';
  const taskOf = async (caseId: string): Promise<string> => (await c.database.asActor(workerActor(c.city), (trx) => trx('task').where({ case_id: caseId, status: 'open' }).first('id'))).id;

  /** The registrar fills in a registration and sends it when the session is over. */
  async function overRegistration(unitName: string) {
    const { caseId, unit } = await play.written(unitName);
    await play.reported(caseId, unit);
    const task = await taskOf(caseId);
    const agent = await c.signedIn(c.loginOf('office.registrar'));
    later(31);
    const answer = await agent.post(`/cases/${caseId}/commands`).field({ _csrf: agent.csrf, _command: 'register', _task: task, theirNumber: '历下人社报〔2026〕8号', channel: 'paper', dated: '昨天', evidence: text })
      .attach('_file.evidenceFile', Buffer.alloc(2_000_000, 1), '签收单.pdf');
    return { caseId, task, agent, answer, address: `/cases/${caseId}/do/register?task=${task}` };
  }

  it('is signed in again on the answer itself and stands there as it was filled in; nothing has been submitted', async () => {
    const { caseId, agent, answer, address } = await overRegistration('章丘区');
    expect(answer.status).toBe(401);
    for (const words of ['您填写的内容还在', 'What you wrote is kept', '签收单.pdf', 'type="password"', `name="next" value="${address.replace('=', '&#x3D;')}"`]) expect(answer.text).toContain(words);
    expect(answer.text).not.toContain(text);
    const wrong = await signIn(agent, c.loginOf('office.registrar'), hidden(answer.text), 'mistyped');
    expect([wrong.status, hidden(wrong.text)]).toEqual([422, hidden(answer.text)]);
    const back = await signIn(agent, c.loginOf('office.registrar'), hidden(wrong.text));
    expect([back.status, back.headers.location]).toEqual([303, address]);
    const form = (await open(agent, address)).text;
    for (const words of [text, '历下人社报〔2026〕8号', '昨天', '上次登录结束前填写的', '签收单.pdf']) expect(form).toContain(words);
    expect(form).toMatch(/value="paper" checked/);
    expect((await open(agent, `/cases/${caseId}`)).text).toContain(text);
    expect(await stageOf(caseId)).toBe('registered');
    expect(JSON.stringify(c.logged)).not.toMatch(/写了半小时|sealKey|kept/);
  });

  it('never opens for another person, who is told so; its writer can still open it', async () => {
    const { agent, answer, address, caseId } = await overRegistration('济阳区');
    const seal = hidden(answer.text);
    const other = await signIn(agent, c.loginOf('office.clerk'), seal);
    expect([other.status, other.headers.location]).toEqual([303, '/?unsent=other']);
    expect((await open(agent, '/?unsent=other')).text).toContain('属于另一个账号');
    expect((await open(agent, `/cases/${caseId}`)).text).not.toContain(text);
    expect((await open(agent, address)).text).not.toContain(text);
    const writer = await c.signedIn(c.loginOf('office.registrar'));
    expect((await signIn(writer, c.loginOf('office.registrar'), seal)).headers.location).toBe(address);
    expect((await open(writer, address)).text).toContain(text);
  });

  it('that was altered or is too old gives a sentence and a sign-in like any other', async () => {
    const { agent, answer, address } = await overRegistration('莱芜区');
    const seal = hidden(answer.text);
    const lost = async (kept: string): Promise<string> => {
      expect((await signIn(agent, c.loginOf('office.registrar'), kept)).headers.location).toBe('/?unsent=lost');
      return (await open(agent, '/?unsent=lost')).text;
    };
    expect(await lost(`${seal.slice(0, -6)}AAAAAA`)).toContain('打不开了');
    later(11 * 24 * 60);
    expect(await lost(seal)).toContain('打不开了');
    expect((await open(agent, address)).text).not.toContain(text);
  });

  it('is kept where a paper was compared field by field, and forgotten once the comparison is sent', async () => {
    const { caseId, unit } = await play.written('济南高新区');
    await play.act('unit.clerk', unit.id, caseId, 'submit');
    const { paperId } = await c.engine.registerPaper(await play.actorOf('unit.clerk', unit.id), {
      caseId, taskId: await taskOf(caseId), command: 'approve', fields: { opinion: '同意' }, signatoryName: '钱示例', signatoryPost: '局长', wording: '同意', kind: 'agree', paperDate: '2026-09-04', scan: null, keptAt: '柜 3', key: 'paper-of-shanghe',
    });
    const login = c.loginOf('unit.comparer', unit.id);
    const agent = await c.signedIn(login);
    later(31);
    const answer = await agent.post(`/papers/${paperId}`).type('form').send({ _csrf: agent.csrf, 'differs.fields.opinion': 'on', 'seen.fields.opinion': text });
    expect((await signIn(agent, login, hidden(answer.text))).headers.location).toBe(`/papers/${paperId}`);
    const page = (await agent.get(`/papers/${paperId}`)).text;
    expect([page.includes(`value="${text}"`), /name="differs.fields.opinion" checked/.test(page), page.includes('上次登录结束前填写的')]).toEqual([true, true, true]);
    await agent.post(`/papers/${paperId}`).type('form').send({ _csrf: field(page, '_csrf'), _key: 'compared-shanghe', 'differs.fields.opinion': 'on', 'seen.fields.opinion': text }).expect(303);
    expect((await agent.get(`/papers/${paperId}`)).text).not.toContain('上次登录结束前填写的');
  });

  it('is kept only for a form that this very session made: without its token nobody is offered to go on', async () => {
    const agent = await c.signedIn(c.loginOf('office.registrar'));
    const { caseId } = await play.written('钢城区');
    later(31);
    const forged = await agent.post(`/cases/${caseId}/commands`).type('form').send({ _csrf: 'planted', _command: 'register', evidence: '别人塞进来的' });
    expect([forged.status, forged.text.includes('name="kept"')]).toEqual([401, false]);
    const stranger = await request(c.app).post(`/cases/${caseId}/commands`).set('cookie', 'yanshou_session=unknown').type('form').send({ _csrf: agent.csrf, _command: 'register', evidence: '外人' });
    expect([stranger.status, stranger.text.includes('name="kept"')]).toEqual([401, false]);
  });

  it('of the plan is saved as the draft it is; where somebody saved meanwhile both texts are shown and neither is overwritten', async () => {
    const { caseId, unit } = await play.written('平阴县');
    const login = c.loginOf('unit.clerk', unit.id);
    const at = `/cases/${caseId}/edit/goals`;
    const sectionOf = async (): Promise<{ revision: number; body: Record<string, unknown> }> => (await c.database.asActor(workerActor(c.city), (trx) => trx('case_section').where({ case_id: caseId, name: 'goals' }).first('revision', 'body')));
    const write = async (agent: Browser, revision: number, goals: string) => agent.post(at).type('form').send({ _csrf: agent.csrf, _revision: String(revision), guidingIdea: '坚持公益性。', goals });
    const alone = await c.signedIn(login);
    later(31);
    const sealed = await write(alone, 1, text);
    expect([sealed.status, (await sectionOf()).revision]).toEqual([401, 1]);
    const back = await signIn(alone, login, hidden(sealed.text));
    expect([back.headers.location, (await sectionOf()).body.goals]).toEqual([`${at}?unsent=saved`, text]);
    const saved = (await open(alone, `${at}?unsent=saved`)).text;
    expect(saved).toMatch(/已存入草稿，还没有报送.*写了半小时的意见/s);
    alone.csrf = field(saved, '_csrf');

    later(31);
    const late = await write(alone, 2, '我的第三稿');
    const colleague = await c.signedIn(login);
    await write(colleague, 2, '同事的第三稿');
    expect((await signIn(alone, login, hidden(late.text))).headers.location).toBe(at);
    expect((await sectionOf()).body.goals).toBe('同事的第三稿');
    const both = await open(alone, at);
    for (const words of ['我的第三稿', '同事的第三稿']) expect(both.text).toContain(words);
    const merge = (html: string) => alone.post(`/cases/${caseId}/merge/goals`).type('form')
      .send({ _csrf: field(html, '_csrf'), _revision: '3', _opened: field(html, '_opened'), guidingIdea: '坚持公益性。', goals: '我的第三稿', '_pick.goals': 'mine' });
    later(31);
    const undecided = await merge(both.text);
    expect((await signIn(alone, login, hidden(undecided.text))).headers.location).toBe(at);
    const again = (await open(alone, at)).text;
    for (const words of ['我的第三稿', '同事的第三稿']) expect(again).toContain(words);
    await merge(again).expect(303);
    expect([(await sectionOf()).body.goals, (await open(alone, at)).text.includes('同事的第三稿')]).toEqual(['我的第三稿', false]);
  });

  it('of a right and of a paper, which have no task to keep a draft with, comes back under its address, to its writer only, until it is sent', async () => {
    const { caseId, unit } = await play.written('商河县');
    await play.act('unit.clerk', unit.id, caseId, 'submit');
    const login = c.loginOf('unit.clerk', unit.id);
    const clerk = await c.signedIn(login);
    const path = `/cases/${caseId}/paper/${await taskOf(caseId)}`;
    const sheet = { 'paper.signatoryName': '钱示例', 'paper.signatoryPost': '局长', 'paper.wording': text, 'paper.kind': 'agree', 'paper.paperDate': '2026-09-04', 'paper.keptAt': '文件柜', opinion: '同意' };
    later(31);
    const late = await clerk.post(path).type('form').send({ _csrf: clerk.csrf, _command: 'approve', ...sheet });
    expect((await signIn(clerk, login, hidden(late.text))).headers.location).toBe(`${path}?command=approve`);
    const rowsOf = async (role: string, of: string | null): Promise<number> => {
      const [actor] = await play.actorOf(role, of);
      return (await c.database.asActor(actor!, (trx) => trx('unsent_form').select())).length;
    };
    expect([await rowsOf('unit.clerk', unit.id), await rowsOf('unit.head', unit.id), await rowsOf('office.director', null)]).toEqual([1, 0, 0]);
    const paper = (await open(clerk, `${path}?command=approve`)).text;
    for (const words of [text, '文件柜', '上次登录结束前填写的']) expect(paper).toContain(words);
    expect((await clerk.post(path).type('form').send({ _csrf: field(paper, '_csrf'), _command: 'approve', ...sheet })).headers.location).toMatch(/^\/papers\//);
    expect(await rowsOf('unit.clerk', unit.id)).toBe(0);

    const plan = await play.written('长清区');
    await play.reported(plan.caseId, plan.unit);
    await play.act('office.registrar', null, plan.caseId, 'register', { theirNumber: '长清人社报〔2026〕8号', channel: 'paper', dated: '2026-09-05', deliveredAt: '2026-09-07 09:30', evidence: '邮戳' });
    const registrar = await c.signedIn(c.loginOf('office.registrar'));
    later(31);
    const right = { _command: 'correctDelivery', _task: '', deliveredAt: '2026-09-06 09:00', evidence: '邮政回执', reason: text };
    const wrong = await registrar.post(`/cases/${plan.caseId}/commands`).type('form').send({ _csrf: registrar.csrf, ...right });
    const at = `/cases/${plan.caseId}/do/correctDelivery`;
    expect((await signIn(registrar, c.loginOf('office.registrar'), hidden(wrong.text))).headers.location).toBe(at);
    const form = (await open(registrar, at)).text;
    for (const words of [text, '2026-09-06 09:00', '上次登录结束前填写的']) expect(form).toContain(words);
    expect((await registrar.post(`/cases/${plan.caseId}/commands`).type('form').send({ _csrf: field(form, '_csrf'), ...right })).status).toBe(303);
    expect(await rowsOf('office.registrar', null)).toBe(0);
  });
});
