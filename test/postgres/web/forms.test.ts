import { workerActor } from '../../../src/domain/actor.js';
import { player } from './played-city.js';
import { webCity, type WebCity } from './web-city.js';

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
