import { workerActor } from '../../../src/domain/actor.js';
import { webCity, type WebCity } from './web-city.js';

let c: WebCity;
beforeAll(async () => { c = await webCity('people'); });
afterAll(() => c.close());

const inputs = (html: string): Record<string, string> => Object.fromEntries([...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!]));

describe('the pages of hand-overs', () => {
  it('are not for a clerk; a head sees the own bureau and nobody else’s people', async () => {
    const unit = await c.unitNamed('历下区');
    const clerk = await c.signedIn(c.loginOf('unit.clerk', unit.id));
    await clerk.get('/hand-overs').expect(403);
    const head = await c.signedIn(c.loginOf('unit.head', unit.id));
    const page = await head.get('/hand-overs').expect(200);
    expect([page.text.includes('历下区人社局经办'), page.text.includes('市中区人社局经办')]).toEqual([true, false]);
    const stranger = c.people.find((one) => one.role === 'unit.clerk' && one.unit !== unit.id)!.person;
    await head.get(`/hand-overs/new?person=${stranger}&day=2026-09-10`).expect(403);
  });

  it('show what is carried, tell what was typed wrong without losing it, and end in a list that names who follows; over the API alike', async () => {
    const unit = await c.unitNamed('槐荫区');
    const admin = await c.signedIn('admin');
    const leaver = c.people.find((one) => one.role === 'unit.reviewer' && one.unit === unit.id)!;
    const follower = c.people.find((one) => one.role === 'unit.registrar' && one.unit === unit.id)!;
    const form = await admin.get(`/hand-overs/new?person=${leaver.person}&day=2026-09-10`).expect(200);
    const sent = { ...inputs(form.text), kind: 'leaves', day: '2026-09-10', reason: '退休', newPost: '' };
    const wrong = await admin.post('/hand-overs').type('form').send({ ...sent, 'posts.0.follower': '' }).expect(422);
    expect(wrong.text.includes('退休')).toBe(true);
    const checked = await admin.post('/hand-overs').type('form').send({ ...sent, 'posts.0.follower': follower.person, _check: 'on' }).expect(200);
    expect(checked.text.includes('接任人没有须回避的件')).toBe(true);
    const done = await admin.post('/hand-overs').type('form').send({ ...sent, 'posts.0.follower': follower.person }).expect(303);
    expect((await admin.get(`${done.headers.location}?lang=en`).expect(200)).text.includes('Section head, HRSS Bureau, Huaiyin District')).toBe(true);
    const { body } = await admin.get(`/api/v1${done.headers.location}`).expect(200);
    expect(body).toMatchObject({ day: '2026-09-10', kind: 'leaves', lines: [{ kind: 'post', follower: follower.person, outcome: 'moved' }] });
    await admin.get(`/api/v1/people/${leaver.person}/carried?day=2026-09-09`).expect(200);
    const told = await (await c.signedIn(follower.login)).get('/notices').expect(200);
    expect(told.text.includes('有岗位交接给您')).toBe(true);
  });
});

describe('the page of alarms', () => {
  it('offers a repair, keeps what was typed when something is missing, and lets a second person confirm; the API does the same', async () => {
    const unit = await c.unitNamed('商河县');
    const { caseId } = await c.open('plan', unit.id);
    await c.database.asActor(workerActor(c.city), (trx) => trx('post_holding').whereIn('post', trx('post').where({ unit: unit.id, role: 'unit.clerk' }).select('id')).update({ valid_to: '2026-08-01' }));
    const [admin, director] = [await c.signedIn('admin'), await c.signedIn('office.director')];
    const page = await admin.get('/operation').expect(200);
    const sent = { ...inputs(/<form method="post" action="\/repairs">[\s\S]*?<\/form>/.exec(page.text)![0]), reason: '经办调走，暂由登记岗位承担' };
    const wrong = await admin.post('/repairs').type('form').send({ ...sent, do: '' }).expect(422);
    expect(wrong.text.includes('暂由登记岗位承担')).toBe(true);
    const choice = [.../<option value="(transfer:[^"]+)"/g[Symbol.matchAll](page.text)].map(([, value]) => value!).find((value) => page.text.includes(value))!;
    await admin.post('/repairs').type('form').send({ ...sent, do: choice }).expect(303);
    expect((await admin.get('/operation?lang=en')).text.includes('Waits for a second person')).toBe(true);
    const { body } = await director.get('/api/v1/alarms').expect(200);
    const alarm = body.alarms.find((one: { caseId: string }) => one.caseId === caseId);
    await admin.post(`/api/v1/repairs/${alarm.proposal.id}/confirmation`).set('x-csrf-token', admin.csrf).expect(403);
    await director.post(`/api/v1/repairs/${alarm.proposal.id}/confirmation`).set('x-csrf-token', director.csrf).expect(200);
    expect((await director.get('/api/v1/alarms')).body.alarms).toEqual([]);
    const [head] = c.people.filter((one) => one.role === 'unit.head' && one.unit === unit.id);
    expect((await (await c.signedIn(head!.login)).get(`/cases/${caseId}`).expect(200)).text.includes('经办调走，暂由登记岗位承担')).toBe(true);
  });
});

describe('many cases in one act', () => {
  it('are ticked on the workbench, listed once more with what they are about, and answered case by case without script', async () => {
    const unit = await c.unitNamed('平阴县');
    await c.open('plan', unit.id);
    await c.open('acceptance', unit.id);
    // No unit has two plans: any two duties that the chart offers the same for will do.
    await c.database.asActor(workerActor(c.city), (trx) => trx('task').where({ unit: unit.id, status: 'open' }).update({ commands: ['approve'] }));
    const clerk = await c.signedIn(c.loginOf('unit.clerk', unit.id));
    const ticks = [...clerk.home.matchAll(/<input type="checkbox" name="task" value="([^"]+)"/g)].map(([, task]) => `task=${task}`);
    expect(ticks.length).toBe(2);
    const listed = await clerk.get(`/batch?${ticks.join('&')}`).expect(200);
    const sent = { ...inputs(listed.text), task: ticks.map((one) => one.slice(5)), opinion: '同意' };
    const answer = await clerk.post('/batch').type('form').send(sent).expect(200);
    // The chart takes this of neither, and says so of each.
    expect([answer.text.includes('办理 0 件，未办 2 件'), (answer.text.match(/案卷现在的环节不能这样办/g) ?? []).length]).toEqual([true, 2]);
    await clerk.get('/batch?lang=en').expect(200);
    expect((await clerk.post('/batch').type('form').send({ ...sent, _command: 'consent' }).expect(422)).text.includes('This has to be done case by case.')).toBe(true);
    const { body } = await clerk.post('/api/v1/batches').set('x-csrf-token', clerk.csrf).set('idempotency-key', 'a-batch-key').send({ type: 'consent', items: [{ caseId: unit.id, taskId: unit.id }] }).expect(422);
    expect(body.code).toBe('singly');
  });
});

describe('the page of deputies', () => {
  it('names, refuses with what was typed, ends early, and says who is away: in both languages and over the API', async () => {
    const unit = await c.unitNamed('莱芜区');
    const head = await c.signedIn(c.loginOf('unit.head', unit.id));
    const registrar = c.people.find((one) => one.role === 'unit.registrar' && one.unit === unit.id)!;
    const page = await head.get('/deputies').expect(200);
    const holding = /<option value="([^"]+)" >[^<]*局长/.exec(page.text)![1]!;
    const sent = { _csrf: head.csrf, holding, deputy: registrar.person, from: '2026-09-08', to: '2026-09-07', reason: '外出学习' };
    expect((await head.post('/deputies').type('form').send(sent).expect(422)).text.includes('外出学习')).toBe(true);
    await head.post('/deputies').type('form').send({ ...sent, to: '2026-09-11' }).expect(303);
    await head.post('/absences').type('form').send({ _csrf: head.csrf, from: '2026-09-08', to: '2026-09-20', reason: '学习' }).expect(303);
    expect((await head.get('/deputies?lang=en')).text.includes('1 person is away and nobody stands in')).toBe(true);
    const other = await c.signedIn(registrar.login);
    const { body } = await other.get('/api/v1/deputies').expect(200);
    expect(body.deputyships).toMatchObject([{ deputy: registrar.person, from: '2026-09-08', to: '2026-09-11', runs: false, mayEnd: true }]);
    await other.post(`/deputies/${body.deputyships[0].id}/end`).type('form').send({ _csrf: other.csrf, reason: '另有任务' }).expect(303);
    expect((await other.get('/api/v1/deputies')).body.deputyships).toEqual([]);
    expect((await other.get('/notices').expect(200)).text.includes('有代理（AB角）安排')).toBe(true);
  });
});
