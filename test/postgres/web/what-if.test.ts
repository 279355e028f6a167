import { may } from '../../../src/auth/permissions.js';
import { roles } from '../../../workflows/vocabulary.js';
import { webCity, type WebCity } from './web-city.js';

let c: WebCity;
beforeAll(async () => { c = await webCity('what-if'); });
afterAll(() => c.close());

const question = { year: '2026', seeds: '1', seed: '3', inspectors: '4', deadline: '2026-09-15', who: '', from: '', to: '' };
const asked = async (login: string, over: Record<string, string> = {}) => {
  const agent = await c.signedIn(login);
  return agent.post('/what-if').type('form').send({ _csrf: agent.csrf, ...question, ...over });
};

describe('a year that is only tried out', () => {
  it('anybody could keep the server busy: it is the office’s, the leaders’ and the administrator’s, and of nobody else', async () => {
    const allowed = roles.filter((role) => may([{ role } as never], 'simulation.run'));
    expect(allowed).toEqual(['office.clerk', 'office.director', 'leader', 'admin']);
    const [leader, registrar] = [await c.signedIn(c.loginOf('leader')), await c.signedIn(c.loginOf('office.registrar'))];
    expect([leader.home.includes('href="/what-if"'), (await leader.get('/what-if')).status]).toEqual([true, 200]);
    expect([registrar.home.includes('href="/what-if"'), (await registrar.get('/what-if')).status]).toEqual([false, 403]);
    expect((await registrar.post('/what-if').type('form').send({ _csrf: registrar.csrf, ...question })).status).toBe(403);
  });

  it('the server stands still or two run at once: others are answered meanwhile, a second question is told to wait, no case is touched', async () => {
    const cases = () => c.database.asActor({ scope: 'system', city: c.city, role: 'worker' } as never, (trx) => trx('case_file').count('* as count').first());
    const [before, office, leader] = [await cases(), await c.signedIn(c.loginOf('office.clerk')), await c.signedIn(c.loginOf('leader'))];
    const run = office.post('/what-if').type('form').send({ _csrf: office.csrf, ...question }).then((answer) => answer);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const second = await leader.post('/what-if').type('form').send({ _csrf: leader.csrf, ...question });
    expect([second.status, second.text.includes('另一项试算正在进行')]).toEqual([422, true]);
    const answer = await run;
    expect(answer.status).toBe(200);
    for (const part of ['瓶颈：', '历下区', '种子 3 的一年', '逾期', 'value="2026-09-15"', '示例', '实施方案·报送']) expect([part, answer.text.includes(part)]).toEqual([part, true]);
    expect(await cases()).toEqual(before);
  });

  it('a slip is answered with an error page: what was typed stays and every sentence stands by its field', async () => {
    const answer = await asked(c.loginOf('office.clerk'), { inspectors: '0', who: 'lixia.clerk', from: '2026-09-30', to: '2026-09-01' });
    expect(answer.status).toBe(422);
    for (const part of ['检查人员填 2 至 60 人', 'href="#f-inspectors"', '休假的结束日期早于开始日期', 'value="2026-09-30"']) expect(answer.text).toContain(part);
  });

  it('a program asks for too much and waits: it is told at once what may be asked', async () => {
    const agent = await c.signedIn(c.loginOf('office.director'));
    const answer = await agent.post('/api/v1/simulations').set('x-csrf-token', agent.csrf).send({ seeds: 500 });
    expect([answer.status, answer.body.code, answer.body.sentence.zh]).toEqual([422, 'what-if-too-many', '一次最多试算 20 年。更多的用命令行：yanshou simulate。']);
  });
});
