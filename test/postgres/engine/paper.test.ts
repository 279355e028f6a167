import { Conflict, Forbidden, InvalidInput, Refused } from '../../../src/domain/errors.js';
import { beijing, consentFields, TestCity } from './city.js';

let city: TestCity;
beforeAll(async () => {
  city = await TestCity.found('paper');
});
afterAll(() => city.close());

const acts = (caseId: string) => city.rows('select status, signatory_name, fields, mismatches, registered_by, compared_by from paper_act where case_id = $1 order by registered_at, id', [caseId]);
const register = async (login: string, caseId: string, over = {}) => {
  const task = (await city.openTask(caseId, 'consent.officer'))!;
  return city.engine.registerPaper(await city.actors(login), city.paper(caseId, task.id, over));
};
const compare = async (login: string, caseId: string, taskId: string, mismatches: { field: string; seen: string }[] = [], key = city.key()) =>
  city.engine.comparePaper(await city.actors(login), { caseId, taskId, mismatches, key });
const waiting = (unit: string, code: string) => city.planIn('governmentApproval', unit, code);

describe('a decision on paper', () => {
  it('registered by one and compared by another moves the case in the signatory’s name, who needs no account', async () => {
    const id = await waiting('lixia', '370102');
    const { compareTask } = await register('lixia.registrar', id);
    expect(await city.stage(id)).toBe('governmentApproval');
    const outcome = await compare('lixia.comparer', id, compareTask);
    expect(outcome.stage).toBe('reporting');
    const [entry] = await city.rows('select j.origin, j.person, j.post, j.command, p.body from journal j join journal_payload p on p.case_id = j.case_id and p.seq = j.seq where j.case_id = $1 order by j.seq desc limit 1', [id]);
    const [registrar, comparer] = [await city.actor('lixia.registrar'), await city.actor('lixia.comparer')];
    expect(entry).toMatchObject({ origin: 'paper', command: 'consent', person: comparer.person });
    expect(JSON.parse(entry!.body)).toMatchObject({
      by: { name: '示例区长', person: null, post: null }, number: consentFields.number,
      paper: { signatory: '示例区长', post: '区长', date: '2026-08-17', registrar: registrar.personName, comparer: comparer.personName },
    });
    expect(await acts(id)).toEqual([expect.objectContaining({ status: 'compared', registered_by: registrar.person, compared_by: comparer.person })]);
    expect(await city.rows(`select kind, status, closed_command from task where case_id = $1 and state = 'governmentApproval' order by kind`, [id]))
      .toEqual([{ kind: 'compare', status: 'done', closed_command: 'consent' }, { kind: 'duty', status: 'done', closed_command: 'consent' }]);
  });

  it('is never compared by whoever registered it, nor by somebody without that post', async () => {
    const id = await waiting('shizhong', '370103');
    const [registrar] = await city.actors('shizhong.registrar');
    const [comparer] = await city.actors('shizhong.comparer');
    const { compareTask } = await register('shizhong.registrar', id);
    // The registrar is also made comparer: the posts fit, the person does not.
    await city.rows(`insert into post_holding (city, post, person, standing, valid_from) values ($1, $2, $3, 'B', '2001-01-01')`, [registrar!.city, comparer!.post, registrar!.person]);
    await expect(compare('shizhong.registrar', id, compareTask)).rejects.toEqual(expect.objectContaining({ code: 'second-person' }));
    await expect(compare('shizhong.clerk', id, compareTask)).rejects.toThrow(Forbidden);
    await expect(compare('shizhong.consent', id, compareTask)).rejects.toThrow(Forbidden);
    expect(await city.stage(id)).toBe('governmentApproval');
    await expect(compare('shizhong.comparer', id, compareTask)).resolves.toMatchObject({ stage: 'reporting' });
  });

  it('that does not agree with the scan goes back, both values are kept, and it may be registered again', async () => {
    const id = await waiting('huaiyin', '370104');
    const { compareTask } = await register('huaiyin.registrar', id, { fields: { ...consentFields, number: '历城政复〔2026〕21号' } });
    const before = await city.stage(id);
    await compare('huaiyin.comparer', id, compareTask, [{ field: 'number', seen: '历城政复〔2026〕12号' }]);
    expect(await city.stage(id)).toBe(before);
    expect(await acts(id)).toEqual([expect.objectContaining({ status: 'sent-back', fields: expect.objectContaining({ number: '历城政复〔2026〕21号' }), mismatches: [{ field: 'number', seen: '历城政复〔2026〕12号' }] })]);
    const again = await register('huaiyin.registrar', id);
    await expect(compare('huaiyin.comparer', id, again.compareTask)).resolves.toMatchObject({ stage: 'reporting' });
    expect((await acts(id)).map((a) => a.status)).toEqual(['sent-back', 'compared']);
    expect((await city.rows('select command from journal where case_id = $1 order by seq', [id])).map((j) => j.command).slice(-4)).toEqual(['paper.register', 'paper.sendBack', 'paper.register', 'consent']);
  });

  it('marked 圈阅 or 已阅 is no consent', async () => {
    const id = await waiting('tianqiao', '370105');
    for (const kind of ['circled', 'read'] as const) await expect(register('tianqiao.registrar', id, { kind })).rejects.toEqual(expect.objectContaining({ code: 'no-decision' }));
    expect(await acts(id)).toEqual([]);
  });

  it('dated tomorrow is refused; dated today is not, also at one in the morning when Greenwich has yesterday', async () => {
    const id = await waiting('changqing', '370113');
    await expect(register('changqing.registrar', id, { paperDate: '2026-08-18' })).rejects.toEqual(expect.objectContaining({ code: 'paper-in-future' }));
    await expect(register('changqing.registrar', id, { paperDate: '2026-02-30' })).rejects.toThrow(InvalidInput);
    city.clock.set(beijing('2026-08-18', '01:00:00'));
    await expect(register('changqing.registrar', id, { paperDate: '2026-08-18' })).resolves.toHaveProperty('paperId');
    city.clock.set(beijing('2026-08-17'));
  });

  it('for a duty decided in the system meanwhile is cancelled, and the comparer hears so', async () => {
    const id = await waiting('zhangqiu', '370114');
    const { compareTask } = await register('zhangqiu.registrar', id);
    await city.go('zhangqiu.consent', id, 'consent', consentFields);
    expect(await acts(id)).toEqual([expect.objectContaining({ status: 'cancelled', compared_by: null })]);
    expect(await city.rows(`select status from task where id = $1`, [compareTask])).toEqual([{ status: 'cancelled' }]);
    await expect(compare('zhangqiu.comparer', id, compareTask)).rejects.toThrow(Conflict);
    expect(await city.rows(`select count(*)::int from journal where case_id = $1 and command = 'consent'`, [id])).toEqual([{ count: 1 }]);
  });

  it('of a unit, for a duty the city ends, is cancelled too', async () => {
    const id = await waiting('gangcheng', '370117');
    await register('gangcheng.registrar', id);
    await city.go('leader.head', id, 'exempt', { basis: '批示〔2026〕1号', reason: '本年无任务' });
    expect((await acts(id)).map((a) => a.status)).toEqual(['cancelled']);
  });

  it('is registered once at a time for one duty', async () => {
    const id = await waiting('jiyang', '370115');
    const both = await Promise.allSettled([register('jiyang.registrar', id), register('jiyang.clerk', id)]);
    expect(both.map((b) => b.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((b) => b.status === 'rejected')).toMatchObject({ reason: expect.objectContaining({ code: 'paper-registered' }) });
    expect(await acts(id)).toHaveLength(1);
  });

  it('registered or compared twice under one key is one act, even when it arrives after the duty was closed', async () => {
    const id = await waiting('laiwu', '370116');
    const [registration, again] = await Promise.all([register('laiwu.registrar', id, { key: 'r' }), register('laiwu.registrar', id, { key: 'r' })]);
    expect(again).toEqual(registration);
    const outcome = await compare('laiwu.comparer', id, registration.compareTask, [], 'c');
    expect(await compare('laiwu.comparer', id, registration.compareTask, [], 'c')).toEqual(outcome);
    await expect(compare('laiwu.comparer', id, registration.compareTask, [{ field: 'number', seen: '1' }], 'c')).rejects.toEqual(expect.objectContaining({ code: 'key-reused' }));
    expect(await acts(id)).toHaveLength(1);
  });

  it('is taken only where the chart takes paper, for a command of the task, filled in as its form asks, by a registrar', async () => {
    const id = await waiting('pingyin', '370124');
    const task = (await city.openTask(id, 'consent.officer'))!;
    const before = await city.traces(id);
    const registrar = await city.actors('pingyin.registrar');
    await expect(city.engine.registerPaper(registrar, city.paper(id, task.id, { command: 'file' }))).rejects.toEqual(expect.objectContaining({ code: 'no-paper-here' }));
    await expect(city.engine.registerPaper(registrar, city.paper(id, task.id, { fields: {} }))).rejects.toThrow(InvalidInput);
    await expect(city.engine.registerPaper(await city.actors('pingyin.consent'), city.paper(id, task.id))).rejects.toEqual(expect.objectContaining({ code: 'not-registrar' }));
    await expect(city.engine.registerPaper(await city.actors('office.registrar'), city.paper(id, task.id))).rejects.toThrow(Forbidden);
    await expect(city.engine.registerPaper(await city.actors('shanghe.registrar'), city.paper(id, task.id))).rejects.toEqual(expect.objectContaining({ code: 'no-such-case' }));
    expect(await city.traces(id)).toEqual(before);
  });

  it('cannot be used where the chart wants the person himself', async () => {
    const id = await city.planIn('registered', 'shanghe', '370126');
    const task = (await city.openTask(id, 'office.registrar'))!;
    await expect(city.engine.registerPaper(await city.actors('office.clerk'), city.paper(id, task.id, { command: 'register', fields: {} }))).rejects.toThrow(Refused);
  });

  it('and another co-signer’s answer in the same moment do not disturb each other', async () => {
    const id = await city.planIn('headReview', 'licheng', '370112');
    const orgs = await Promise.all(['finance', 'staffing'].map(async (d) => (await city.actor(`licheng.${d}`)).org!));
    await city.go('licheng.reviewer', id, 'seekOpinions', { organisations: orgs });
    const [finance] = await city.rows(`select id from task where case_id = $1 and org = $2 and status = 'open'`, [id, orgs[0]]);
    const registrar = await city.actors('licheng.registrar');
    const [{ compareTask }] = await Promise.all([
      city.engine.registerPaper(registrar, city.paper(id, finance!.id, { command: 'agree', fields: { opinion: '同意' }, signatoryName: '示例局长', signatoryPost: '财政局局长' })),
      ...Array.from({ length: 5 }, () => city.go('licheng.staffing', id, 'open')),
    ]);
    await Promise.all([compare('licheng.comparer', id, compareTask), city.go('licheng.staffing', id, 'agree')]);
    expect(await city.stage(id)).toBe('headReview');
    const { cosigners } = JSON.parse((await city.rows('select snapshot from case_snapshot where id = $1', [id]))[0]!.snapshot).snapshot.context;
    expect(cosigners.map((c: { answer: string }) => c.answer)).toEqual(['agreed', 'agreed']);
  });
});
