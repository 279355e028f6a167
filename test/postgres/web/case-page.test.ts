import { workerActor } from '../../../src/domain/actor.js';
import { player } from './played-city.js';
import { webCity, type WebCity } from './web-city.js';

let c: WebCity;
let plan: { caseId: string; unit: { id: string } };
let filed: { caseId: string; unit: { id: string } };
beforeAll(async () => {
  c = await webCity('case-page');
  const play = player(c);
  filed = await play.written('历下区');
  await play.reported(filed.caseId, filed.unit);
  plan = await play.written('槐荫区');
  await play.act('unit.clerk', plan.unit.id, plan.caseId, 'submit');
  await play.act('unit.head', plan.unit.id, plan.caseId, 'returnToDraft', { remarks: [{ section: 'funds', text: '区内的退回理由' }] });
  await play.act('unit.clerk', plan.unit.id, plan.caseId, 'submit');
});
afterAll(() => c.close());

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
