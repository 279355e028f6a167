import { LivingCity } from './living-city.js';
import { bring, consentFields, openYear, planIn, remark, reportFields, typed, write } from './plan-life.js';

let city: LivingCity;
beforeAll(async () => {
  city = await LivingCity.found('exits-district');
});
afterAll(() => city.close());

const organisation = async (login: string): Promise<string> =>
  (await city.rows('select p.org from account a join post_holding h on h.person = a.person join post p on p.id = h.post where a.login = $1', [login]))[0]!.org;

describe('before the unit decides', () => {
  it('a draft sent for remarks is seen by the office, can be taken back, and comes back with advice that binds nobody', async () => {
    const { plan } = await openYear(city, 'lixia');
    await write(city, 'lixia', plan, await typed(city, 'lixia'));
    await city.act('lixia.clerk', plan, 'requestPreReview');
    expect(await city.stage(plan)).toBe('preReview');
    expect((await city.got('office.clerk', `/cases/${plan}`)).released).toBe(true);
    await city.act('lixia.clerk', plan, 'recall');
    expect(await city.stage(plan)).toBe('drafting');
    await city.act('lixia.clerk', plan, 'requestPreReview');
    await city.act('office.clerk', plan, 'giveRemarks', { remarks: [remark('goals', '目标宜量化。'), remark('funds')] });
    expect(await city.stage(plan)).toBe('drafting');
    expect((await city.context(plan)).remarks).toEqual([expect.objectContaining({ id: 'r1', section: 'goals', text: '目标宜量化。' }), expect.objectContaining({ id: 'r2', section: 'funds' })]);
    // It neither files nor stops the clock, and nothing has to be answered before the plan goes on.
    expect(await city.stages(plan)).toEqual(expect.arrayContaining(['waiting', 'drafting']));
    expect((await city.act('lixia.clerk', plan, 'submit')).stage).toBe('headReview');
  });

  it('the reviewer and the head each send it back with remarks pinned to sections, and the clerk sees them', async () => {
    const { plan } = await planIn(city, 'licheng', 'headReview');
    await city.act('licheng.reviewer', plan, 'returnToDraft', { remarks: [remark('premises', '第 2 处面积请复核。')] });
    expect(await city.stage(plan)).toBe('drafting');
    await city.drain();
    expect(await city.notices(plan, 'returned')).toEqual([expect.objectContaining({ role: 'unit.clerk' })]);
    await city.act('licheng.clerk', plan, 'submit');
    await city.act('licheng.reviewer', plan, 'approve');
    await city.act('licheng.head', plan, 'returnToDraft', { remarks: [remark('funds')] });
    expect((await city.context(plan)).remarks).toEqual([expect.objectContaining({ section: 'funds', reply: null })]);
    // The chain begins anew: the reviewer's earlier consent was for another text.
    await city.act('licheng.clerk', plan, 'submit');
    expect((await city.openTask(plan)).role).toBe('unit.reviewer');
  });

  it('a return without a remark, or pinned to no section, is refused', async () => {
    const { plan } = await planIn(city, 'shanghe', 'headReview');
    expect(await city.refused('shanghe.head', plan, 'returnToDraft', { remarks: [] })).toMatchObject({ status: 422, defects: [{ field: 'remarks' }] });
    expect(await city.refused('shanghe.head', plan, 'returnToDraft', { remarks: [{ section: '', text: '请改' }] })).toMatchObject({ status: 422, defects: [{ field: 'remarks.0.section' }] });
  });

  it('the clerk withdraws within the window, not after it, and not once somebody has signed for it', async () => {
    const { plan } = await planIn(city, 'pingyin', 'headReview');
    await city.act('pingyin.clerk', plan, 'withdraw');
    expect(await city.stage(plan)).toBe('drafting');
    await city.act('pingyin.clerk', plan, 'submit');
    await city.act('pingyin.head', plan, 'open');
    expect((await city.offered('pingyin.clerk', plan)).map((a) => a.command)).not.toContain('withdraw');
    expect(await city.refused('pingyin.clerk', plan, 'withdraw')).toMatchObject({ status: 422, code: 'not-now' });
    await city.act('pingyin.head', plan, 'returnToDraft', { remarks: [remark('goals')] });
    await city.act('pingyin.clerk', plan, 'submit');
    await city.at('2026-08-17T09:10');
    expect(await city.refused('pingyin.clerk', plan, 'withdraw')).toMatchObject({ status: 422, code: 'not-now' });
  });
});

describe('opinions of departments', () => {
  it('one is added, one removed, one objects, one stays silent: silence is 逾期未复 and never consent', async () => {
    const { plan } = await planIn(city, 'shizhong', 'headReview');
    const [finance, staffing, development, civil] = await Promise.all(['finance', 'staffing', 'development', 'civil'].map((d) => organisation(`shizhong.${d}`)));
    await city.act('shizhong.head', plan, 'seekOpinions', { organisations: [finance, staffing] });
    expect(await city.refused('shizhong.head', plan, 'addCosigner', { organisations: [finance] })).toMatchObject({ status: 422, defects: [{ code: 'already-asked' }] });
    expect(await city.refused('shizhong.head', plan, 'addCosigner', { organisations: [await organisation('lixia.finance')] })).toMatchObject({ status: 422, defects: [{ code: 'foreign-organisation' }] });
    await city.act('shizhong.head', plan, 'addCosigner', { organisations: [development, civil], silence: true });
    await city.act('shizhong.head', plan, 'removeCosigner', { org: civil, reason: '与民政无关' });
    await city.act('shizhong.finance', plan, 'object', { opinion: '资金来源不明。' });
    await city.act('shizhong.staffing', plan, 'agree', { opinion: '同意。' });
    expect(await city.stage(plan)).toBe('coSign');
    expect(await city.refused('shizhong.head', plan, 'proceed', { reason: '等不及了' })).toMatchObject({ status: 422, code: 'not-now' });
    expect(await city.refused('shizhong.civil', plan, 'agree')).toMatchObject({ status: 403 });
    await city.at('2026-08-25');
    expect((await city.context(plan)).cosigners.map((c: { answer: string }) => c.answer)).toEqual(['objected', 'agreed', 'overdue']);
    // The letter to this one said that silence is no objection: it is shown as what it is, and still is no consent.
    expect((await city.page('shizhong.head', `/cases/${plan}`)).text).toContain('逾期未复，按函视为无意见');
    await city.act('shizhong.head', plan, 'proceed', { reason: '发改逾期未复，两种意见一并报政府。' });
    const { cosigners, cosigned } = await city.context(plan);
    expect([cosigned, cosigners.map((c: { answer: string }) => c.answer)]).toEqual([true, ['objected', 'agreed', 'overdue']]);
    expect((await city.act('shizhong.head', plan, 'approve')).stage).toBe('governmentApproval');
  });

  it('who is overdue may still answer, and the last answer ends the round', async () => {
    const { plan } = await planIn(city, 'jiyang', 'headReview');
    await city.act('jiyang.head', plan, 'seekOpinions', { organisations: [await organisation('jiyang.finance')] });
    await city.at('2026-09-02');
    await city.act('jiyang.finance', plan, 'agree', { opinion: '补复：同意。' });
    expect(await city.stage(plan)).toBe('headReview');
    expect((await city.context(plan)).cosigners).toEqual([expect.objectContaining({ answer: 'agreed' })]);
  });
});

describe('the consent organ', () => {
  it('returns to drafting, returns to review, and refuses: each with its reasons, none is a consent', async () => {
    const { plan } = await planIn(city, 'huaiyin', 'governmentApproval');
    await city.act('huaiyin.consent', plan, 'returnTo', { target: 'headReview', remarks: [remark('funds', '请人社局再核资金。')] });
    expect(await city.stage(plan)).toBe('headReview');
    await bring(city, 'huaiyin', plan, 'governmentApproval');
    await city.act('huaiyin.consent', plan, 'returnTo', { target: 'drafting', remarks: [remark('goals')] });
    expect(await city.stage(plan)).toBe('drafting');
    await bring(city, 'huaiyin', plan, 'governmentApproval');
    await city.act('huaiyin.consent', plan, 'refuseConsent', { remarks: [remark('premises', '选址不同意。')] });
    expect(await city.stage(plan)).toBe('drafting');
    expect(await city.context(plan)).toMatchObject({ consent: null, remarks: [{ section: 'premises', text: '选址不同意。' }] });
    await city.drain();
    expect(await city.notices(plan, 'consentRefused')).toHaveLength(1);
  });

  it('of a zone is its committee; the meeting’s minutes need no 发文字号', async () => {
    const zone = [...city.units.values()].find((u) => u.name.includes('高新'))!;
    const { plan } = await planIn(city, zone.key, 'governmentApproval');
    const [{ name }] = (await city.rows('select v.name from task t join organisation_version v on v.org = t.org where t.case_id = $1 and t.status = $2', [plan, 'open'])) as [{ name: string }];
    expect(name).toContain('管委会');
    await city.act(`${zone.key}.consent`, plan, 'consent', { kind: 'minutes', number: '管委会第12次主任办公会议纪要', date: '2026-08-30' });
    expect(await city.refused(`${zone.key}.clerk`, plan, 'report', { documentNumber: '济高管报〔2026〕8号' })).toMatchObject({ status: 422, defects: [{ field: 'signatory', code: 'missing' }] });
    expect((await city.act(`${zone.key}.clerk`, plan, 'report', reportFields(zone))).stage).toBe('registered');
  });

  it('decides on paper: 圈阅 and 已阅 are refused, a mismatch goes back, agreement is the signatory’s and nobody’s click', async () => {
    const { plan } = await planIn(city, 'tianqiao', 'governmentApproval');
    const consent = consentFields(city.unit('tianqiao'), '2026-09-01');
    for (const kind of ['circled', 'read']) {
      const answer = await city.register('tianqiao.registrar', plan, 'consent.officer', 'consent', consent, { kind });
      expect([answer.status, answer.body.code]).toEqual([422, 'no-decision']);
    }
    expect((await city.register('tianqiao.registrar', plan, 'consent.officer', 'consent', consent, { signatoryName: '崔示例', wording: '同意。崔 9.1' })).status).toBe(201);
    expect((await city.compare('tianqiao.comparer', plan, [{ field: 'paperDate', seen: '2026-08-31' }])).body.stage).toBe('governmentApproval');
    await city.register('tianqiao.registrar', plan, 'consent.officer', 'consent', consent, { signatoryName: '崔示例', paperDate: '2026-08-31' });
    expect((await city.compare('tianqiao.comparer', plan)).body.stage).toBe('reporting');
    const { entries } = await city.got('tianqiao.clerk', `/cases/${plan}/journal`);
    expect(entries[0]).toMatchObject({ command: 'consent', origin: 'paper', payload: { by: { name: '崔示例', person: null }, paper: { signatory: '崔示例', date: '2026-08-31' } } });
  });

  it('consented to this text: going back to drafting drops the consent, and a report without consent is refused', async () => {
    const { plan } = await planIn(city, 'changqing', 'governmentApproval');
    expect(await city.refused('changqing.clerk', plan, 'report', reportFields(city.unit('changqing')))).toMatchObject({ status: 403, code: 'not-yours' });
    await bring(city, 'changqing', plan, 'reporting');
    await city.act('changqing.clerk', plan, 'revise', { reason: '补充一处站点。' });
    expect(await city.context(plan)).toMatchObject({ consent: null });
    await city.rewrite('changqing.clerk', plan, 'goals', (body) => { body.goals = '改过的目标。'; });
    await bring(city, 'changqing', plan, 'governmentApproval');
    expect(await city.refused('changqing.clerk', plan, 'report', reportFields(city.unit('changqing')))).toMatchObject({ status: 403 });
    expect(await city.stage(plan)).toBe('governmentApproval');
  });
});

describe('the worker behind these exits', () => {
  it('left nothing undone, and every case replays to what the tables say', async () => {
    expect(await city.loose()).toEqual({ undone: [], broken: 0 });
  });
});
