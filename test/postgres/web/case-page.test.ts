import request from 'supertest';
import { calendars } from '../../../src/calendars.js';
import { workerActor } from '../../../src/domain/actor.js';
import { migrateCases } from '../../../src/engine/migrate/migrate-cases.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { machineFor } from '../../../workflows/registry.js';
import { readPicture } from '../../pure/pictures/read-picture.js';
import { player } from './played-city.js';
import { webCity, type WebCity } from './web-city.js';

let c: WebCity;
let plan: { caseId: string; unit: { id: string } };
let filed: { caseId: string; unit: { id: string } };
/** Sent to and fro within its district: opinions sought, returned from the government, drafted anew. */
let wandering: { caseId: string; unit: { id: string } };
beforeAll(async () => {
  c = await webCity('case-page');
  const play = player(c);
  filed = await play.written('历下区');
  await play.reported(filed.caseId, filed.unit);
  plan = await play.written('槐荫区');
  await play.act('unit.clerk', plan.unit.id, plan.caseId, 'submit');
  await play.act('unit.head', plan.unit.id, plan.caseId, 'returnToDraft', { remarks: [{ section: 'funds', text: '区内的退回理由' }] });
  await play.act('unit.clerk', plan.unit.id, plan.caseId, 'submit');
  wandering = await play.written('天桥区');
  await wander(play, wandering.caseId, wandering.unit.id);
});
afterAll(() => c.close());

async function wander(play: ReturnType<typeof player>, caseId: string, unit: string): Promise<void> {
  const { org } = (await play.actorOf('cosign.officer', unit))[0]!;
  await play.act('unit.clerk', unit, caseId, 'submit');
  await play.act('unit.head', unit, caseId, 'seekOpinions', { organisations: [org] });
  await play.act('cosign.officer', unit, caseId, 'agree', { opinion: '无意见' });
  await play.act('unit.head', unit, caseId, 'approve', { opinion: '同意' });
  await play.act('consent.officer', unit, caseId, 'returnTo', { target: 'drafting', remarks: [{ section: 'funds', text: '再算一遍' }] });
}

const openTask = (caseId: string) => c.database.asActor(workerActor(c.city), (trx) => trx('task').where({ case_id: caseId, status: 'open' }).first());

describe('a case before the city and before its own unit', () => {
  it('the city sees a district’s stages and days, and no return, no round and no reckoning of its days', async () => {
    c.times.now = new Date('2026-09-18T02:00:00Z');
    const office = await c.signedIn(c.loginOf('office.clerk'));
    const { text } = await office.get(`/cases/${plan.caseId}`).expect(200);
    expect(text).toContain('人社局审核');
    for (const hidden of ['区内的退回理由', '第 2 轮', '个工作日', 'class="rlbl', '期限怎么算的']) expect([hidden, text.includes(hidden)]).toEqual([hidden, false]);
  });

  it('its own people see who is waited for, the round, the arc of the return and the overdue term in red', async () => {
    const clerk = await c.signedIn(c.loginOf('unit.clerk', plan.unit.id));
    const { text } = await clerk.get(`/cases/${plan.caseId}`).expect(200);
    for (const shown of ['现在等', '第 2 轮 ', 'class="rlbl', 'class="now late"', '期限怎么算的', 'lc-over']) expect([shown, text.includes(shown)]).toEqual([shown, true]);
  });

  it('after the filing the district’s own work is folded, and the city finds in it neither opinion nor person', async () => {
    const office = await c.signedIn(c.loginOf('office.clerk'));
    const { text } = await office.get(`/cases/${filed.caseId}`).expect(200);
    expect(text).toContain('报送前的区内办理');
    expect(text).not.toContain('区内意见,不上送');
  });
});

/** The marks of a picture: what stands on a card beside what always stands there. */
async function marksOf(login: string, caseId: string): Promise<Record<string, string>> {
  const reader = await c.signedIn(login);
  const { body, headers } = await reader.get(`/cases/${caseId}/picture.svg`).expect(200);
  expect(headers['content-type']).toBe('image/svg+xml; charset=utf-8');
  const { cards } = readPicture((body as Buffer).toString());
  return Object.fromEntries(cards.flatMap(({ title, text }) => {
    const mark = /(✓|现在|逾期)(×\d+)?$/.exec(text);
    return mark === null ? [] : [[title.split(' ')[0]!, mark[0]]];
  }));
}

describe('the picture of a case', () => {
  it('its own people see where it stands and how often it has been where', async () => {
    expect(await marksOf(c.loginOf('unit.clerk', wandering.unit.id), wandering.caseId)).toEqual({
      起草: '现在×2', 人社局审核: '✓×2', 区内会签: '✓', 本级政府审定: '✓', 未到期: '现在',
    });
  });

  it('the city sees in it no more of a district’s own stages than on the flow bar: no count, nothing that lies between', async () => {
    expect(await marksOf(c.loginOf('office.clerk'), wandering.caseId)).toEqual({ 起草: '现在', 人社局审核: '✓', 本级政府审定: '✓', 未到期: '现在' });
    const office = await c.signedIn(c.loginOf('office.clerk'));
    const { text } = await office.get(`/cases/${wandering.caseId}?tab=chart`).expect(200);
    expect(text).toContain(`src="/cases/${wandering.caseId}/picture.svg?`);
    expect(/<img src="[^"]*" alt="([^"]*)"/.exec(text)![1]).toBe('流程图：现在：起草、未到期。已走过：人社局审核、本级政府审定。');
    expect([text.includes('×2'), /区内会签<\/b><br><span class="tag/.test(text)]).toEqual([false, false]);
  });

  it('what has been filed is marked for the city with its rounds, the district’s own part still without', async () => {
    const marks = await marksOf(c.loginOf('office.registrar'), filed.caseId);
    expect(marks).toMatchObject({ 起草: '✓', 报送: '✓', 收文登记: expect.stringMatching(/现在|逾期/) });
    expect(marks).not.toHaveProperty('区内会签');
  });

  it('is red where a term is over, for those who are held to it', async () => {
    expect(await marksOf(c.loginOf('unit.clerk', plan.unit.id), plan.caseId)).toMatchObject({ 人社局审核: '逾期×2' });
  });

  it('is not there for another district, nor for nobody', async () => {
    const other = await c.signedIn(c.loginOf('unit.clerk', filed.unit.id));
    await other.get(`/cases/${plan.caseId}/picture.svg`).expect(404);
    await other.get('/cases/nothing/picture.svg').expect(404);
    const { status, text } = await request(c.app).get(`/cases/${plan.caseId}/picture.svg`);
    expect([status, (text ?? '').includes('<svg')]).toEqual([303, false]);
  });

  it('speaks the reader’s language, and is drawn anew after every step', async () => {
    const clerk = await c.signedIn(c.loginOf('unit.clerk', plan.unit.id));
    const { body, headers } = await clerk.get(`/cases/${plan.caseId}/picture.svg?lang=en`).expect(200);
    expect((body as Buffer).toString()).toMatch(/>late ×2<\/text>/);
    expect(headers['cache-control']).toBe('no-store');
  });
});

describe('signing for a task', () => {
  it('is offered where the chart takes notice of it, once, and ends the sender’s right to withdraw', async () => {
    const { role } = await openTask(plan.caseId);
    const reviewer = await c.signedIn(c.loginOf(role, plan.unit.id));
    const page = await reviewer.get(`/cases/${plan.caseId}`).expect(200);
    expect(page.text).toContain('name="_command" value="open"');
    const task = await openTask(plan.caseId);
    await reviewer.post(`/cases/${plan.caseId}/commands`).type('form').send({ _csrf: reviewer.csrf, _command: 'open', _task: task.id }).expect(303);
    const after = await reviewer.get(`/cases/${plan.caseId}`).expect(200);
    expect([after.text.includes('name="_command" value="open"'), after.text.includes('已签收')]).toEqual([false, true]);
    const clerk = await c.signedIn(c.loginOf('unit.clerk', plan.unit.id));
    expect((await clerk.get(`/cases/${plan.caseId}`)).text).not.toContain('value="withdraw"');
  });

  it('is not offered in a stage whose chart takes no notice', async () => {
    const registrar = await c.signedIn(c.loginOf('office.registrar'));
    expect((await registrar.get(`/cases/${filed.caseId}`)).text).not.toContain('name="_command" value="open"');
  });
});

describe('the workbench after the deadline', () => {
  it('says that filing is over and how many are missing; it does not count days that nobody is held to', async () => {
    c.times.now = new Date('2026-11-23T02:00:00Z');
    const { home } = await c.signedIn(c.loginOf('office.clerk'));
    expect(home).toContain('已过报送期');
    expect(/<dl class="strip">.*?<\/div>/s.exec(home)![0]).not.toContain('逾期');
  });

  it('a unit that has filed reads so, one that has not reads that too', async () => {
    expect((await c.signedIn(c.loginOf('unit.clerk', filed.unit.id))).home).toContain('<span class="c-green">已报送</span>');
    expect((await c.signedIn(c.loginOf('unit.clerk', plan.unit.id))).home).toContain('<b class="c-red">尚未报送</b>');
  });

  it('a corrected plan and an overdue duty stand under 需要关注', async () => {
    const { home } = await c.signedIn(c.loginOf('office.clerk'));
    expect(home.slice(home.indexOf('需要关注'))).toContain('办理逾期');
  });
});

describe('a case that was led to another version of its chart', () => {
  it('shows the steps, the words and the picture of that version, and who ordered it why', async () => {
    const play = player(c);
    await play.act('office.registrar', null, filed.caseId, 'register', { theirNumber: '历下人社报〔2026〕8号', channel: 'system', dated: '2026-09-07', deliveredAt: '2026-09-07T10:00' });
    const parts = { database: c.database, clock: { now: () => c.times.now }, calendarOf: calendars(c.database), packOf: policyPack, machineFor: (w: string, v: number, p: string) => machineFor(w, v, policyPack(p)) };
    const { moved } = await migrateCases(parts, [c.city], { workflow: 'plan', to: 2, cases: [filed.caseId], dryRun: false, back: false, by: '示例管理员', reason: '统一两人把关' }, () => undefined);
    expect(moved).toBe(1);
    const office = await c.signedIn(c.loginOf('office.clerk'));
    const { text } = await office.get(`/cases/${filed.caseId}`).expect(200);
    for (const shown of ['初审', '复核', '转入新版流程', '示例管理员', '统一两人把关', '材料齐全，拟予备案']) expect([shown, text.includes(shown)]).toEqual([shown, true]);
    expect(text).not.toContain('形式审查');
    expect(await marksOf(c.loginOf('office.clerk'), filed.caseId)).toMatchObject({ 收文登记: '✓', 初审: expect.stringMatching(/现在|逾期/) });
    expect(office.home).toContain('初审');
    await play.act('office.clerk', null, filed.caseId, 'acceptComplete', { opinion: '材料齐全' });
    expect((await office.get('/progress?year=2026').expect(200)).text).toContain('复核');
  });
});
