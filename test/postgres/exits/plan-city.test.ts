import { newId } from '../../../src/clock.js';
import { workerActor } from '../../../src/domain/actor.js';
import { previewSupervision } from '../../../src/effects/preview-supervision.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { documentContext } from '../../pure/documents/document-context.js';
import { LivingCity } from './living-city.js';
import { bring, openYear, planIn, remark, reportFields, typed, write } from './plan-life.js';

let city: LivingCity;
const plans: Record<string, string> = {};
beforeAll(async () => {
  city = await LivingCity.found('exits-city');
});
afterAll(() => city.close());

const timeliness = async (plan: string): Promise<string | undefined> =>
  (await city.stages(plan)).find((stage) => ['waiting', 'overdue', 'onTime', 'extended', 'late', 'notCounted'].includes(stage));
const incoming = async (plan: string) => (await city.rows('select * from incoming where case_id = $1 order by number desc', [plan]))[0]!;

const corrections = async (plan: string) => (await city.got('auditor', '/incoming?year=2026')).papers.find((paper: { caseId: string }) => paper.caseId === plan).corrections;
/** The words of a page as they are read. */
const shown = (html: string): string => html.replace(/<svg.*?<\/svg>/gs, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const task = async (login: string, plan: string): Promise<string> =>
  (await city.got(login, `/cases/${plan}`)).actions.find((one: { command: string }) => one.command === 'confirmDelivery').taskId;

describe('the completeness check', () => {
  it('a correction of wording goes back to the office; the consent stays, the term goes on where it stood', async () => {
    const { plan } = await planIn(city, 'lixia', 'officeReview');
    await city.at('2026-08-19');
    await city.act('office.clerk', plan, 'returnForCorrection', { remarks: [remark('goals', '目标宜量化。'), remark('funds', '注明文号。')] });
    await city.at('2026-08-24');
    expect(await city.refused('lixia.clerk', plan, 'resubmit', { replies: { r1: '已量化。' } })).toMatchObject({ status: 422, defects: [{ field: 'replies.r2' }] });
    await city.rewrite('lixia.clerk', plan, 'goals', (body) => { body.goals = '年内建成 2 处。'; });
    expect((await city.act('lixia.clerk', plan, 'resubmit', { replies: { r1: '已量化。', r2: '已注明。' } })).stage).toBe('officeReview');
    expect(await city.context(plan)).toMatchObject({ consent: { kind: 'reply' }, remarks: [{ id: 'r1', reply: '已量化。' }, { id: 'r2', reply: '已注明。' }] });
    const [term] = await city.rows(`select used_workdays, status from term where case_id = $1 and term = 'plan.officeReview'`, [plan]);
    expect(term).toEqual({ used_workdays: 2, status: 'armed' });
    plans.lixia = plan;
  });

  it('a correction of money passes the consent organ again and is filed and registered anew', async () => {
    const plan = plans.lixia!;
    await city.act('office.clerk', plan, 'returnForCorrection', { remarks: [remark('funds', '合计请核。')] });
    await city.rewrite('lixia.clerk', plan, 'funds', (body) => {
      Object.assign(body.lines[2], { district: '160', total: '160' });
      body.total = '460';
    });
    expect((await city.act('lixia.clerk', plan, 'resubmit', { replies: { r1: '已核。' } })).stage).toBe('governmentApproval');
    expect(await city.context(plan)).toMatchObject({ consent: null });
    expect(await city.refused('lixia.clerk', plan, 'report', reportFields(city.unit('lixia')))).toMatchObject({ status: 403 });
    await bring(city, 'lixia', plan, 'officeReview');
    expect((await city.rows('select number from incoming where case_id = $1', [plan]))).toHaveLength(2);
    expect(await timeliness(plan)).toBe('onTime');
  });

  it('the director sends back, and later decides on paper: registered by the registrar, compared by the clerk', async () => {
    const plan = plans.lixia!;
    await bring(city, 'lixia', plan, 'directorDecision');
    await city.act('office.director', plan, 'sendBack', { opinion: '请再核第 2 处。' });
    expect(await city.stage(plan)).toBe('officeReview');
    await bring(city, 'lixia', plan, 'directorDecision');
    expect((await city.register('office.registrar', plan, 'office.director', 'file', { opinion: '同意备案。' }, { signatoryName: '主任示例' })).status).toBe(201);
    expect(await city.stage(plan)).toBe('directorDecision');
    expect((await city.compare('office.clerk', plan)).body).toMatchObject({ stage: 'filed', final: true });
    await city.drain();
    const kinds = (await city.got('office.clerk', '/documents?year=2026')).documents.filter((d: { caseId: string }) => d.caseId === plan).map((d: { kind: string }) => d.kind);
    expect(kinds).toEqual(expect.arrayContaining(['acknowledgement', 'planCoverReport', 'planDocument', 'incomingReceipt', 'correctionLetter', 'filingReceipt']));
  });
});

describe('what the leading group grants', () => {
  it('on paper although it has no task: an extension moves the date once a second person has compared it', async () => {
    const { plan } = await openYear(city, 'shizhong');
    const fields = { until: '2026-10-15', basis: '组长批示〔2026〕3号', reason: '区划调整。' };
    const sheet = { signatoryName: '组长示例', signatoryPost: '组长', kind: 'instruct', wording: '同意延期至10月15日。' };
    const outsider = await city.register('shizhong.registrar', plan, null, 'grantExtension', fields, sheet);
    expect([outsider.status, outsider.body.code]).toEqual([403, 'not-registrar']);
    expect((await city.register('office.registrar', plan, null, 'grantExtension', fields, sheet)).status).toBe(201);
    const twice = await city.register('office.clerk2', plan, null, 'grantExtension', fields, sheet);
    expect([twice.status, twice.body.code]).toEqual([409, 'paper-registered']);
    expect(await city.context(plan)).toMatchObject({ extension: null });
    expect((await city.got('office.clerk', '/inbox')).items).toEqual(expect.arrayContaining([expect.objectContaining({ caseId: plan, kind: 'compare' })]));
    expect((await city.compare('office.clerk', plan)).status).toBe(200);
    expect((await city.context(plan)).extension).toMatchObject({ basis: fields.basis, until: '2026-10-15T16:00:00.000Z' });
    expect(await city.rows(`select status, closed_command from task where case_id = $1 and kind = 'compare'`, [plan])).toEqual([{ status: 'done', closed_command: 'grantExtension' }]);
    expect(await city.exceptions(plan)).toEqual([{ kind: 'extension', words: '延至2026年10月15日24时；依据：组长批示〔2026〕3号；理由：区划调整。' }]);
    expect((await city.got('shizhong.clerk', `/cases/${plan}/journal`)).entries[0]).toMatchObject({ origin: 'paper', payload: { by: { role: 'leader', name: '组长示例' } } });
    plans.shizhong = plan;
  });

  it('a paper that waits is void when the leader decides in the system first', async () => {
    const { plan, programme } = await openYear(city, 'huaiyin');
    const fields = { basis: '组长批示〔2026〕4号', reason: '整体搬迁。' };
    await city.register('office.clerk2', plan, null, 'exempt', fields);
    expect((await city.act('leader.head', plan, 'exempt', fields)).final).toBe(true);
    expect(await city.rows('select status from paper_act where case_id = $1', [plan])).toEqual([{ status: 'cancelled' }]);
    expect((await city.compare('office.clerk', plan)).status).toBe(409);
    await city.drain();
    // Exempted ends the duty to file; nothing is left to accept, the inspection remains.
    expect(await city.stages(programme)).toEqual(expect.arrayContaining(['acceptanceNotNeeded', 'inspectionNotStarted']));
    expect((await city.exceptions(plan)).map((e) => e.kind)).toEqual(['exemption']);
  });

  it('a paper cannot grant what the chart never left to paper', async () => {
    const answer = await city.register('office.registrar', plans.shizhong!, null, 'correctDelivery', { deliveredAt: '2026-08-20 10:00', evidence: '邮戳', reason: '误登' });
    expect([answer.status, answer.body.code]).toEqual([422, 'no-paper-here']);
  });
});

describe('a unit with nothing to build', () => {
  it('hands in one page and the consent; it counts as filed, keeps the inspection, skips acceptance', async () => {
    const { plan, programme } = await openYear(city, 'gangcheng');
    const { basics } = await typed(city, 'gangcheng');
    await write(city, 'gangcheng', plan, { basics: { ...basics, planType: 'nothingNew' } });
    await bring(city, 'gangcheng', plan, 'filed');
    await city.drain();
    expect((await city.context(programme)).plan).toMatchObject({ outcome: 'filed', planType: 'nothingNew' });
    expect(await city.stages(programme)).toEqual(expect.arrayContaining(['acceptanceNotNeeded', 'inspectionNotStarted']));
    expect((await city.got('office.clerk', '/figures?year=2026')).figures).toMatchObject({ filed: 2, exempted: 1 });
  });
});

describe('the deadline', () => {
  beforeAll(async () => {
    await city.at('2026-08-28');
    plans.licheng = (await openYear(city, 'licheng')).plan;
    for (const key of ['tianqiao', 'changqing', 'laiwu', 'pingyin']) plans[key] = (await planIn(city, key, 'reporting')).plan;
    await write(city, 'shizhong', plans.shizhong!, await typed(city, 'shizhong'));
    await bring(city, 'shizhong', plans.shizhong!, 'reporting');
  });

  it('reminds 30, 14, 7, 3 and 1 days before and on the last working day, the clerk and nobody above', async () => {
    await city.at('2026-09-30T23:59:59');
    const reminders = await city.notices(plans.licheng!, 'filingReminder');
    expect(reminders.map((n) => [n.role, n.at.toISOString()])).toEqual(['08-31', '09-16', '09-23', '09-27', '09-29', '09-30'].map((day) => ['unit.clerk', new Date(`2026-${day}T00:00:00+08:00`).toISOString()]));
    const read = (await city.page('licheng.clerk', '/notices')).text;
    expect(read).toContain('还有 3 天，9月30日24时截止');
    expect(read).toContain('今天是最后一个工作日，9月30日24时截止');
    // An extension has a ladder of its own.
    expect((await city.notices(plans.shizhong!, 'filingReminder')).map((n) => n.at.toISOString())).toEqual([new Date('2026-09-15T00:00:00+08:00').toISOString()]);
  });

  it('at 23:59:59 is kept, at 00:00:00 is missed, and an extension is shown as one, never as on time', async () => {
    await city.act('tianqiao.clerk', plans.tianqiao!, 'report', reportFields(city.unit('tianqiao')));
    expect(await timeliness(plans.tianqiao!)).toBe('onTime');
    await city.at('2026-10-01T00:00:00');
    expect(await timeliness(plans.changqing!)).toBe('overdue');
    const { acknowledgement } = await city.act('changqing.clerk', plans.changqing!, 'report', reportFields(city.unit('changqing')));
    expect([acknowledgement!.at, await timeliness(plans.changqing!)]).toEqual(['2026-09-30T16:00:00.000Z', 'late']);
    await city.act('shizhong.clerk', plans.shizhong!, 'report', reportFields(city.unit('shizhong')));
    expect(await timeliness(plans.shizhong!)).toBe('extended');
  });

  it('missed: the bureau and the office hear at once, the director after ten working days of a 督导 to be drafted; an extension comes late but counts', async () => {
    const missed = await city.notices(plans.licheng!, 'filingMissed');
    expect(missed.map((n) => n.role).sort()).toEqual(['office.clerk', 'unit.clerk', 'unit.head']);
    await city.at('2026-10-09T10:00');
    expect(await city.notices(plans.licheng!, 'supervisionDue')).toEqual([]);
    const draft = (login: string, plan: string) => city.call(login, 'GET', `/cases/${plan}/supervision.pdf`);
    expect((await draft('office.director', plans.licheng!)).body).toMatchObject({ code: 'not-overdue' });
    expect((await draft('office.director', plans.tianqiao!)).body).toMatchObject({ code: 'already-filed' });
    await city.at('2026-10-23T09:00');
    expect(await city.notices(plans.licheng!, 'supervisionDue')).toEqual([expect.objectContaining({ role: 'office.director' })]);
    expect((await city.page('office.director', '/?year=2026')).text).toContain(`/cases/${plans.licheng}/supervision.pdf`);
    expect((await draft('licheng.clerk', plans.licheng!)).status).toBe(403);
    const { web } = city.services;
    const { title } = await previewSupervision({
      database: web.database, clock: web.clock, packOf: policyPack, calendarOf: web.calendarOf, documents: documentContext(),
      renderer: { pdf: async (html) => { city.printed.push(html); return Buffer.from(''); }, state: () => ({ printed: 0, launches: 0, waiting: 0 }), close: async () => undefined },
    }, { city: web.city, caseId: plans.licheng! });
    expect(title).toContain('拟稿，待签发');
    for (const said of ['历城区人力资源和社会保障局：', '2026年9月30日24时', '逾期13个工作日', '2026年9月29日、2026年9月30日', '5个工作日', '（示例）', '签发']) expect(city.printed.at(-1)).toContain(said);
    await city.act('leader.deputy1', plans.licheng!, 'grantExtension', { until: '2026-11-10', basis: '副组长批示', reason: '灾情' });
    expect(await timeliness(plans.licheng!)).toBe('waiting');
    expect(await city.refused('leader.deputy1', plans.licheng!, 'grantExtension', { until: '2026-11-01', basis: '副组长批示', reason: '灾情' })).toMatchObject({ status: 422, defects: [{ field: 'until' }] });
  });
});

describe('a plan that came on paper', () => {
  const onPaper = (evidence: string) => ({ theirNumber: '莱芜人社报〔2026〕8号', channel: 'paper', dated: '2026-09-28', deliveredAt: '2026-09-29 16:10', evidence });

  it('delivered on 29 September and registered in October is on time where that is proven, late where it is not', async () => {
    for (const key of ['laiwu', 'pingyin']) {
      await city.act(`${key}.clerk`, plans[key]!, 'report', reportFields(city.unit(key)));
      expect(await timeliness(plans[key]!)).toBe('late');
    }
    await city.act('office.registrar', plans.laiwu!, 'register', onPaper('收件登记簿第37号'));
    await city.act('office.registrar', plans.pingyin!, 'register', onPaper(''));
    expect([await timeliness(plans.laiwu!), await timeliness(plans.pingyin!)]).toEqual(['onTime', 'late']);
    expect(await city.exceptions(plans.laiwu!)).toEqual([{ kind: 'earlier-delivery', words: '佐证：收件登记簿第37号' }]);
    expect(await city.exceptions(plans.pingyin!)).toEqual([]);
  });

  it('the delivery is corrected with evidence by two persons; both values stay and the list of exceptions names them', async () => {
    const plan = plans.pingyin!;
    expect(await city.refused('office.registrar', plan, 'correctDelivery', { deliveredAt: '2026-09-29 09:00', evidence: '', reason: '漏登' })).toMatchObject({ status: 422, defects: [{ field: 'evidence' }] });
    expect(await city.refused('office.registrar', plan, 'correctDelivery', { deliveredAt: '2026-09-20 09:00', evidence: '邮戳', reason: '漏登' })).toMatchObject({ status: 422, defects: [{ code: 'before-dated' }] });
    expect(await city.refused('office.registrar', plan, 'correctDelivery', { deliveredAt: '2026-12-20 09:00', evidence: '邮戳', reason: '漏登' })).toMatchObject({ status: 422, defects: [{ code: 'in-future' }] });
    await city.act('office.registrar', plan, 'correctDelivery', { deliveredAt: '2026-09-29 09:00', evidence: '邮政回执 EX123', reason: '当日窗口收件，未登记佐证。' });
    expect(await city.stage(plan)).toBe('officeReview');
    expect(await timeliness(plan)).toBe('late');
    expect((await incoming(plan)).corrected_from).toBeNull();
    const waiting = { former: { deliveredAt: '2026-09-29T08:10:00.000Z', evidence: null }, corrected: { deliveredAt: '2026-09-29T01:00:00.000Z', evidence: '邮政回执 EX123' }, reason: '当日窗口收件，未登记佐证。', compared: null };
    expect(await corrections(plan)).toMatchObject([{ ...waiting, proposed: { post: { zh: expect.stringContaining('收文') } } }]);
    for (const path of [`/cases/${plan}`, `/cases/${plan}/do/confirmDelivery?task=${await task('office.clerk', plan)}`, `/incoming?year=2026&paper=${(await incoming(plan)).id}`]) {
      expect(shown((await city.page('office.clerk', path)).text)).toMatch(/原登记 9月29日 16:10 没有佐证 拟更正为 9月29日 09:00 邮政回执 EX123 .*当日窗口收件，未登记佐证。.*收文.*待另一人核对/);
    }
    // Two duties of one clerk on one page are told apart by name.
    const named = [...(await city.page('office.clerk', `/cases/${plan}`)).text.matchAll(/aria-labelledby="ac-\d as-(\d)".*?id="as-\1">([^<]+)/gs)].map((found) => found[2]);
    expect(named.sort()).toEqual(['形式审查', '核对送达时间'].sort());
    // The registrar is also made a clerk: the posts fit, the person does not.
    await city.rows(`insert into post_holding (city, post, person, standing, valid_from) select p.city, p.post, r.person, 'B', '2001-01-01' from
      (select h.city, h.post from account a join post_holding h on h.person = a.person where a.login = 'office.clerk' and h.standing = 'A') p, (select person from account where login = 'office.registrar') r`);
    expect(await city.refused('office.registrar', plan, 'confirmDelivery')).toMatchObject({ status: 403, code: 'second-person' });
    await city.act('office.clerk', plan, 'confirmDelivery');
    expect(await timeliness(plan)).toBe('onTime');
    const row = await incoming(plan);
    expect([row.delivered_at.toISOString(), row.delivery_evidence]).toEqual(['2026-09-29T01:00:00.000Z', '邮政回执 EX123']);
    expect(row.corrected_from).toEqual([expect.objectContaining({ evidence: null, reason: '当日窗口收件，未登记佐证。' })]);
    expect(new Date(row.corrected_from[0].deliveredAt).toISOString()).toBe('2026-09-29T08:10:00.000Z');
    expect(row.corrected_from[0].proposedBy).not.toBe(row.corrected_from[0].comparedBy);
    expect(await city.exceptions(plan)).toEqual([{ kind: 'delivery-corrected', words: expect.stringMatching(/2026年9月29日 16:10 更正为 2026年9月29日 09:00；佐证：邮政回执 EX123/) }]);
    expect((await city.page('office.director', '/exceptions?year=2026')).text).toContain('更正为 2026年9月29日 09:00');
    const [kept] = await corrections(plan);
    expect(kept).toMatchObject({ ...waiting, compared: { post: { zh: expect.stringContaining('经办') } } });
    expect(kept.compared.name).not.toBe(kept.proposed.name);
    for (const [login, path] of [['auditor', `/incoming?year=2026&paper=${row.id}`], ['auditor', `/cases/${plan}`], ['pingyin.clerk', `/cases/${plan}`]] as const) {
      const text = shown((await city.page(login, path)).text);
      expect(text).toMatch(/原登记 9月29日 16:10 没有佐证 更正为 9月29日 09:00 邮政回执 EX123/);
      expect(text).toContain(`${kept.compared.post.zh} ${kept.compared.name}`);
      expect(text).toContain(`${kept.proposed.post.zh} ${kept.proposed.name}`);
    }
  });

  it('the way to a correction stands at the delivery for whoever may propose or compare it, and for nobody else', async () => {
    const plan = plans.pingyin!;
    const at = `/incoming?year=2026&paper=${(await incoming(plan)).id}`;
    const links = async (login: string): Promise<string[]> => [...(await city.page(login, at)).text.matchAll(/href="\/cases\/[^"]+\/do\/(\w+Delivery)/g)].map((found) => found[1]!);
    expect([await links('office.registrar'), await links('auditor')]).toEqual([['correctDelivery'], []]);
    await city.act('office.registrar', plan, 'correctDelivery', { deliveredAt: '2026-09-29 10:00', evidence: '邮政回执 EX124', reason: '回执另有时间。' });
    expect([(await links('office.clerk2')).sort(), await links('auditor')]).toEqual([['confirmDelivery', 'rejectDelivery'], []]);
    await city.act('office.clerk2', plan, 'rejectDelivery', { reason: '时间看不清。' });
    expect(await corrections(plan)).toHaveLength(1);
  });

  it('a correction whose proof does not hold changes nothing; one that proves it late makes it late', async () => {
    const plan = plans.laiwu!;
    const wrong = { deliveredAt: '2026-10-02 09:00', evidence: '邮戳', reason: '登记簿页码有误。' };
    await city.act('office.registrar', plan, 'correctDelivery', wrong);
    await city.act('office.clerk', plan, 'rejectDelivery', { reason: '邮戳看不清。' });
    expect([await timeliness(plan), (await incoming(plan)).corrected_from]).toEqual(['onTime', null]);
    await city.act('office.registrar', plan, 'correctDelivery', wrong);
    await city.act('office.clerk2', plan, 'confirmDelivery');
    expect(await timeliness(plan)).toBe('late');
    expect((await city.act('office.clerk', plan, 'acceptComplete')).stage).toBe('directorDecision');
  });
});

describe('the year’s list of exceptions', () => {
  interface Line { kind: string; said: { zh: string }; signatory: string | null; people: string[]; actingFor: string | null; at: string; caseId: string | null }
  const list = async (query = ''): Promise<Line[]> => (await city.got('auditor', `/exceptions?year=2026${query}`)).exceptions;
  const of = async (unit: string): Promise<string[]> => (await list(`&unit=${city.unit(unit).id}`)).map(({ kind }) => kind);

  it('holds a plan that has not come, one that came late, and why another counts as on time', async () => {
    expect(await of('licheng')).toEqual(expect.arrayContaining(['missed-term', 'extension']));
    expect(await of('laiwu')).toEqual(expect.arrayContaining(['missed-term', 'late-filing', 'earlier-delivery', 'delivery-corrected']));
    expect(await of('tianqiao')).not.toContain('late-filing');
  });

  it('names who decided on paper beside the two who registered and compared it', async () => {
    const [extension] = (await list(`&kind=extension&unit=${city.unit('shizhong').id}`));
    expect(extension).toMatchObject({ signatory: '组长 组长示例', people: [expect.any(String)] });
    const [paper] = (await list(`&kind=paper&unit=${city.unit('shizhong').id}`));
    expect(paper!.people).toHaveLength(2);
    expect(paper!.said.zh).toContain('批示：同意延期至10月15日。');
  });

  it('says for whom a deputy acted', async () => {
    await city.act('office.registrar', plans.pingyin!, 'acceptComplete');
    const [line] = await list(`&kind=deputy&unit=${city.unit('pingyin').id}`);
    expect(line).toMatchObject({ people: [expect.any(String)], actingFor: expect.any(String) });
    expect(line!.people).not.toContain(line!.actingFor);
    expect((await city.page('auditor', '/exceptions?year=2026&kind=deputy')).text).toContain(`${line!.people[0]} 代 ${line!.actingFor}`);
  });

  it('is narrowed by days, both included, and every line of a case leads into it', async () => {
    const all = await list();
    const october = await list('&from=2026-10-01&to=2026-10-09');
    expect(october.length).toBeGreaterThan(0);
    expect(october.length).toBeLessThan(all.length);
    expect(october.filter(({ at }) => Date.parse(at) < Date.parse('2026-09-30T16:00:00Z') || Date.parse(at) >= Date.parse('2026-10-09T16:00:00Z'))).toEqual([]);
    const { text } = await city.page('auditor', '/exceptions?year=2026');
    expect(all.filter(({ caseId }) => caseId !== null && !text.includes(`href="/cases/${caseId}"`))).toEqual([]);
  });

  it('the dates that cannot be are found in whatever stands in the records, and nothing that is in order', async () => {
    const dates = async (): Promise<{ caseId: string; paper: { zh: string }; step: { zh: string } }[]> => (await city.got('auditor', '/exceptions/dates?year=2026')).dates;
    const before = await dates();
    // A plan whose money was corrected has a consent newer than its first filing: that is in order.
    expect(before.filter(({ caseId }) => caseId === plans.lixia)).toEqual([]);
    await city.rows(`update incoming set dated = '2026-11-01' where case_id = $1`, [plans.pingyin!]);
    const added = (await dates()).filter((one) => !before.some((other) => JSON.stringify(other) === JSON.stringify(one)));
    expect(added.map(({ caseId, paper, step }) => [caseId, paper.zh, step.zh])).toEqual([[plans.pingyin, '来文成文', '送达'], [plans.pingyin, '来文成文', '登记']]);
    expect((await city.page('auditor', '/exceptions/dates?year=2026')).text).toContain('来文成文');
  });
});

describe('an amendment', () => {
  const amend = (login: string, unit: string, key = newId()) => city.call(login, 'POST', '/cases', { workflow: 'plan', unit: city.unit(unit).id, year: 2026 }, { 'idempotency-key': key });

  it('is opened by the unit only when a plan is on record, starts from its text, and goes the same way', async () => {
    const none = await amend('tianqiao.clerk', 'tianqiao');
    expect([none.status, none.body.code]).toEqual([422, 'nothing-to-amend']);
    const opened = await amend('lixia.clerk', 'lixia', 'amend-lixia-1');
    expect(opened.status).toBe(201);
    expect((await amend('lixia.clerk', 'lixia', 'amend-lixia-1')).body).toEqual(opened.body);
    expect((await amend('lixia.clerk', 'lixia')).body.code).toBe('already-open');
    const plan = opened.body.caseId;
    const head = await city.got('lixia.clerk', `/cases/${plan}`);
    expect(head).toMatchObject({ caseNumber: expect.stringMatching(/-01-2$/), stage: 'drafting', related: [{ caseId: plans.lixia, relation: 'parent' }] });
    expect(await city.rows('select kind from case_link where child = $1', [plan])).toEqual([{ kind: 'amends' }]);
    expect((await city.got('lixia.clerk', `/cases/${plan}/sections/goals`)).body).toEqual((await city.rows(`select body from case_section where case_id = $1 and name = 'goals'`, [plans.lixia]))[0]!.body);
    expect(await timeliness(plan)).toBe('notCounted');
    expect((await city.got('office.clerk', '/figures?year=2026')).figures).toMatchObject({ filed: 2 });
    const progress = (await city.page('office.clerk', '/progress?year=2026')).text;
    expect(progress).toMatch(new RegExp(`href="/cases/${plans.lixia}"[^]*href="/cases/${plan}">调整中`));
    expect(progress).not.toContain(`/cases/${plan}/remind`);
    await city.rewrite('lixia.clerk', plan, 'premises', (body) => { body.projects[1].usableArea = '320'; });
    await bring(city, 'lixia', plan, 'filed');
    await city.drain();
    const baseline = await city.rows('select case_id, area from project_in_plan where unit = $1', [city.unit('lixia').id]);
    expect(baseline.map((row) => row.case_id)).toEqual([plan, plan]);
    expect(baseline.map((row) => row.area)).toContain(32000);
  });

  it('that leaves a project out ends it, and what was accepted before is not built a second time', async () => {
    const { caseId } = (await amend('lixia.clerk', 'lixia')).body;
    const [hall, center] = await city.rows(`select id from project where unit = $1 order by tier desc`, [city.unit('lixia').id]);
    await city.rows('update project set accepted_case = $2 where id = $1', [hall!.id, newId()]);
    await city.rewrite('lixia.clerk', caseId, 'premises', (body) => { body.projects.splice(1); });
    await bring(city, 'lixia', caseId, 'filed');
    await city.drain();
    expect(await city.rows('select id, accepted_case is not null as accepted, dropped_case from project where unit = $1 order by tier desc', [city.unit('lixia').id]))
      .toEqual([{ id: hall!.id, accepted: true, dropped_case: null }, { id: center!.id, accepted: false, dropped_case: caseId }]);
    expect(await city.rows('select project from project_in_plan where unit = $1', [city.unit('lixia').id])).toEqual([{ project: hall!.id }]);
    plans.lixia = caseId;
  });

  it('is no filing anybody could be reminded of', async () => {
    const { caseId } = (await amend('gangcheng.clerk', 'gangcheng')).body;
    await expect(city.services.web.engine.remindUnit([{ ...workerActor(city.services.web.city), scope: 'city', role: 'office.clerk' }], caseId)).rejects.toMatchObject({ code: 'already-filed' });
    await city.act('gangcheng.clerk', caseId, 'dropAmendment');
  });

  it('is not exempted or extended, and may be dropped: the plan on record stands', async () => {
    const { caseId } = (await amend('lixia.clerk', 'lixia')).body;
    expect(await city.refused('leader.head', caseId, 'exempt', { basis: '批示', reason: '不需要' })).toMatchObject({ code: 'not-now' });
    expect(await city.refused('leader.head', caseId, 'grantExtension', { until: '2026-12-15', basis: '批示', reason: '不需要' })).toMatchObject({ code: 'not-now' });
    expect((await city.act('lixia.clerk', caseId, 'dropAmendment')).final).toBe(true);
    expect((await city.offered('tianqiao.clerk', plans.tianqiao!)).map((a) => a.command)).not.toContain('dropAmendment');
    expect((await city.got('office.clerk', '/figures?year=2026')).figures).toMatchObject({ filed: 2 });
  });
});

describe('behind these exits', () => {
  it('the worker left nothing undone, and every case replays to what the tables say', async () => {
    expect(await city.loose()).toEqual({ undone: [], broken: 0 });
  });
});
