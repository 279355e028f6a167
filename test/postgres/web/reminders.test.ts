import { workerActor } from '../../../src/domain/actor.js';
import { player } from './played-city.js';
import { webCity, type WebCity } from './web-city.js';

let c: WebCity;
let unit: { id: string; name: string; hrss_org: string; consent_org: string };
let caseId: string;
beforeAll(async () => {
  c = await webCity('reminders');
  unit = await c.unitNamed('历下区');
  caseId = (await c.open('plan', unit.id)).caseId;
});
afterAll(() => c.close());

const notices = () => c.database.asActor(workerActor(c.city), (trx) => trx('notice').where({ case_id: caseId, template: 'officeReminder' }).orderBy('role'));
const remind = async (login: string, id = caseId) => {
  const agent = await c.signedIn(login);
  return agent.post(`/cases/${id}/remind`).type('form').send({ _csrf: agent.csrf });
};

describe('reminding a unit that has not filed', () => {
  it('two clicks at once leave one reminder, at the bureau’s clerk and head and never at a government, and move nothing', async () => {
    const before = await c.database.asActor(workerActor(c.city), (trx) => trx('case_file').where({ id: caseId }).first('version', 'head_hash'));
    const answers = await Promise.all([remind(c.loginOf('office.clerk')), remind(c.loginOf('office.director'))]);
    expect(answers.map((one) => one.status).sort()).toEqual([303, 422]);
    expect((await notices()).map((one) => [one.role, one.org, one.side])).toEqual([['unit.clerk', unit.hrss_org, 'unit'], ['unit.head', unit.hrss_org, 'unit']]);
    expect(await c.database.asActor(workerActor(c.city), (trx) => trx('case_file').where({ id: caseId }).first('version', 'head_hash'))).toEqual(before);
  });

  it('a second one inside the interval says when the next may go; on that working day it goes', async () => {
    const refused = await remind(c.loginOf('office.clerk'));
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('9月7日已提醒过，每 3 个工作日最多提醒一次，9月10日起可以再提醒。');
    c.times.now = new Date('2026-09-10T01:00:00Z');
    expect((await remind(c.loginOf('office.clerk'))).status).toBe(303);
    expect(await notices()).toHaveLength(4);
  });

  it('the unit reads it among its notices; the city’s page shows the day and no second button', async () => {
    const clerk = await c.signedIn(c.loginOf('unit.clerk', unit.id));
    expect((await clerk.get('/notices')).text).toContain('领导小组办公室提醒');
    const office = await c.signedIn(c.loginOf('office.clerk'));
    expect(office.home).toContain('9月10日已提醒');
    expect(office.home).not.toContain(`/cases/${caseId}/remind`);
  });

  it('is the office’s alone: a unit and an auditor are refused, and the auditor sees no button', async () => {
    expect((await remind(c.loginOf('unit.clerk', unit.id))).status).toBe(403);
    expect((await remind(c.loginOf('auditor'))).status).toBe(403);
    expect((await c.signedIn(c.loginOf('auditor'))).home).not.toContain('/remind"');
  });

  it('has nothing to say to a unit that has filed', async () => {
    const play = player(c);
    const filed = await play.written('市中区');
    await play.reported(filed.caseId, filed.unit);
    const answer = await remind(c.loginOf('office.clerk'), filed.caseId);
    expect([answer.status, answer.text.includes('已经报送，不用提醒')]).toEqual([422, true]);
  });
});
