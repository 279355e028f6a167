import { LivingCity } from './living-city.js';
import { applied, blocking, built, concluded, score, signed, TEAM, visited } from './acceptance-life.js';

let city: LivingCity;
beforeAll(async () => {
  city = await LivingCity.found('exits-acceptance');
});
afterAll(() => city.close());

const remarks = [{ section: 'constructionPapers', text: '缺竣工材料文号。' }];

describe('an application', () => {
  it('is corrected remark by remark, abandoned, refused, and made again: no exit is a dead end', async () => {
    const programme = await built(city, 'shizhong');
    const first = await applied(city, 'shizhong', programme);
    await city.act('office.clerk', first, 'requestCorrection', { remarks });
    expect(await city.refused('shizhong.clerk', first, 'reapply', { replies: {} })).toMatchObject({ status: 422, defects: [{ field: 'replies.r1' }] });
    expect((await city.act('shizhong.clerk', first, 'reapply', { replies: { r1: '已补。' } })).stage).toBe('eligibility');
    await city.act('office.clerk', first, 'refuseApplication', { reason: '主体工程未完工。' });
    await city.drain();
    expect(await city.stages(programme)).toContain('acceptanceNotStarted');
    await city.act('shizhong.clerk', programme, 'openAcceptance');
    await city.drain();
    const second = (await city.got('shizhong.clerk', '/cases?year=2026&workflow=acceptance')).cases.at(-1).caseId;
    expect(await city.refused('shizhong.clerk', second, 'apply')).toMatchObject({ status: 422 });
    await city.act('shizhong.clerk', second, 'abandon', { reason: '明年再验。' });
    await city.drain();
    expect(await city.stages(programme)).toContain('acceptanceNotStarted');
    expect((await city.context(programme)).acceptances.map((a: { outcome: string }) => a.outcome)).toEqual(['refused', 'abandoned']);
  });
});

describe('the team', () => {
  let programme: string;
  let acceptance: string;

  it('needs three, odd, of different departments, and one leader', async () => {
    programme = await built(city, 'lixia');
    acceptance = await applied(city, 'lixia', programme);
    await city.act('office.clerk', acceptance, 'acceptApplication');
    const team = async (...logins: string[]) => Promise.all(logins.map(async (login, index) => ({ post: await city.post(login), leader: index === 0 })));
    for (const logins of [['team.hrss', 'team.finance'], ['team.hrss', 'team.hrss2', 'team.finance'], ['team.hrss', 'team.finance', 'team.planning', 'team.civil']]) {
      expect(await city.refused('office.clerk', acceptance, 'formTeam', { team: await team(...logins) })).toMatchObject({ status: 422, code: 'invalid-input' });
    }
    expect(await city.refused('office.clerk', acceptance, 'formTeam', { team: (await team(...TEAM)).map((one) => ({ ...one, leader: false })) })).toMatchObject({ status: 422 });
  });

  it('changes in mid-course: what the one who left has scored stays under that name, the new member signs', async () => {
    const again = await applied(city, 'huaiyin', await built(city, 'huaiyin'));
    acceptance = again;
    await visited(city, 'huaiyin', acceptance);
    await score(city, 'team.finance', acceptance);
    const given = (await city.context(acceptance)).scores;
    const reason = '调离岗位。';
    expect(await city.refused('office.clerk', acceptance, 'replaceMember', { leaves: await city.post('team.finance'), joins: await city.post('team.hrss2'), reason, approvedBy: '主任' })).toMatchObject({ status: 422 });
    const change = { leaves: await city.post('team.finance'), joins: await city.post('team.development'), reason, approvedBy: '主任示例' };
    // The visit is over: who joins has not seen what the others judge.
    for (const seenAgainOn of ['', '2026-08-01', '2026-12-31']) expect(await city.refused('office.clerk', acceptance, 'replaceMember', { ...change, seenAgainOn })).toMatchObject({ status: 422, defects: [{ field: 'seenAgainOn' }] });
    await city.act('office.clerk', acceptance, 'replaceMember', { ...change, seenAgainOn: '2026-08-17' });
    expect(await city.refused('team.finance', acceptance, 'scoreItems', { scores: {} })).toMatchObject({ status: 403 });
    for (const login of ['team.hrss', 'team.planning']) await score(city, login, acceptance);
    const { scores, replacements, members } = await city.context(acceptance);
    expect(scores).toMatchObject(given);
    expect(replacements).toEqual([expect.objectContaining({ reason, approvedBy: '主任示例', seenAgainOn: '2026-08-17' })]);
    expect(members.map((m: { department: string }) => m.department)).toEqual(['hrss', 'development', 'planning']);
    expect((await city.exceptions(acceptance)).map((e) => e.kind)).toEqual(['member-replaced']);
  });

  it('takes its draft back, and every signature given is void; a dissent goes to the record and not into the report', async () => {
    await city.act('team.hrss', acceptance, 'submitDraft', { conclusion: 'passed', findings: [] });
    await city.act('team.planning', acceptance, 'sign');
    await city.act('team.hrss', acceptance, 'takeBackDraft', { reason: '补充资金说明。' });
    expect((await city.context(acceptance)).signatures).toEqual([]);
    await city.act('team.hrss', acceptance, 'submitDraft', { conclusion: 'passed', findings: [] });
    await city.act('team.planning', acceptance, 'sign');
    expect(await city.stage(acceptance)).toBe('signing');
    await city.act('team.development', acceptance, 'dissent', { reason: '本人认为评分偏高独特措辞' });
    expect((await city.act('team.hrss', acceptance, 'sign')).stage).toBe('issuing');
  });

  it('is asked to reconsider once and no more; the score cannot be altered by who asks', async () => {
    const { total } = await city.context(acceptance);
    await city.act('office.director', acceptance, 'sendBackForReconsideration', { reason: '结论理由不足。' });
    expect(await city.stage(acceptance)).toBe('drafting');
    await signed(city, acceptance, 'passed', [], ['team.planning', 'team.hrss']);
    await city.act('team.development', acceptance, 'dissent', { reason: '本人认为评分偏高独特措辞' });
    expect(await city.refused('office.director', acceptance, 'sendBackForReconsideration', { reason: '仍不同意。' })).toMatchObject({ status: 422, code: 'not-now' });
    await city.act('office.director', acceptance, 'issue');
    await city.drain();
    expect(await city.stage(acceptance)).toBe('passed');
    expect((await city.context(acceptance)).total).toBe(total);
    const report = city.printed.filter((html) => html.includes('验收报告')).at(-1)!;
    expect(report).not.toContain('独特措辞');
    expect(report).toContain('补看现场');
    // One figure, three ways: the paper, the page and the API say the same.
    const { results } = await city.got('office.clerk', `/cases/${acceptance}`);
    const { text: page } = await city.page('office.clerk', `/cases/${acceptance}?tab=results`);
    const said = results.acceptance;
    expect(report).toContain(`总分${said.total}分（满分${said.points}分）`);
    for (const { score, points } of said.dimensions) expect(report).toContain(`得${score}分（满分${points}分）`);
    for (const figure of [said.total, said.passMark, said.selfScore, ...said.dimensions.map((one: { score: string }) => one.score)]) expect(page).toContain(figure);
    for (const { mean, standard } of results.measured.rows) for (const figure of [mean, `不少于${standard}`]) expect(report).toContain(figure);
    for (const { mean, standard } of results.measured.rows) for (const figure of [mean, standard]) expect(page).toContain(figure);
    expect((await city.got('office.clerk', `/cases/${acceptance}/journal`)).entries.filter((e: { command: string }) => e.command === 'dissent')).toHaveLength(2);
    expect((await city.exceptions(acceptance)).map((e) => e.kind)).toEqual(['member-replaced', 'reconsideration']);
  });
});

describe('a conclusion', () => {
  it('conditional is passed only after what failed was seen again, on paper too', async () => {
    const programme = await built(city, 'tianqiao');
    const acceptance = await applied(city, 'tianqiao', programme);
    await visited(city, 'tianqiao', acceptance);
    for (const login of TEAM) await score(city, login, acceptance);
    expect(await city.refused(TEAM[0], acceptance, 'submitDraft', { conclusion: 'passed', findings: [blocking] })).toMatchObject({ status: 422, defects: [{ code: 'open-finding' }] });
    expect(await city.refused(TEAM[0], acceptance, 'submitDraft', { conclusion: 'conditional', findings: [] })).toMatchObject({ status: 422, defects: [{ field: 'findings' }] });
    expect(await city.refused(TEAM[0], acceptance, 'submitDraft', { conclusion: 'conditional', findings: [{ ...blocking, days: '61' }] })).toMatchObject({ status: 422, defects: [{ code: 'too-long' }] });
    await signed(city, acceptance, 'conditional', [blocking]);
    await city.register('office.registrar', acceptance, 'office.director', 'issue', { opinion: '同意印发。' });
    await city.compare('office.clerk', acceptance);
    await city.drain();
    expect(await city.stage(acceptance)).toBe('rectifying');
    expect((await city.act('tianqiao.clerk', acceptance, 'submitRectification', { text: '已扩建。', photos: [] })).stage).toBe('reinspection');
    expect(await city.refused(TEAM[0], acceptance, 'confirmRectification', { results: [{ finding: 'F9', passed: true, note: '无' }], visitedOn: '2026-08-17' })).toMatchObject({ status: 422 });
    await city.act(TEAM[0], acceptance, 'confirmRectification', { results: [{ finding: 'F1', passed: true, note: '复测达标。' }], visitedOn: '2026-08-17' });
    await city.drain();
    expect(await city.stage(acceptance)).toBe('passed');
    expect(await city.stages(programme)).toContain('acceptanceDone');
  });

  it('failed at the re-inspection is failed, and the unit may apply again', async () => {
    const programme = await built(city, 'licheng');
    const acceptance = await applied(city, 'licheng', programme);
    await concluded(city, 'licheng', acceptance, 'conditional', [blocking]);
    await city.act('office.director', acceptance, 'issue');
    await city.drain();
    await city.act('licheng.clerk', acceptance, 'submitRectification', { text: '已扩建。', photos: [] });
    await city.act(TEAM[0], acceptance, 'confirmRectification', { results: [{ finding: 'F1', passed: false, note: '仍差 3 平方米。' }], visitedOn: '2026-08-17' });
    await city.drain();
    expect(await city.stage(acceptance)).toBe('failed');
    const again = await applied(city, 'licheng', programme);
    expect([await city.stage(again), (await city.got('licheng.clerk', `/cases/${again}`)).caseNumber]).toEqual(['eligibility', expect.stringMatching(/-03-2$/)]);
  });

  it('with an excluding circumstance is never passed, whatever the score', async () => {
    const acceptance = await applied(city, 'changqing', await built(city, 'changqing'));
    await visited(city, 'changqing', acceptance);
    await score(city, 'team.hrss', acceptance);
    expect(await city.refused('team.finance', acceptance, 'scoreItems', { scores: {}, vetoes: [{ id: 'nonsense', reason: '账册' }] })).toMatchObject({ status: 422 });
    await score(city, 'team.finance', acceptance, [{ id: 'misuse', reason: '专项经费用于其他支出。' }]);
    await score(city, 'team.planning', acceptance);
    expect(await city.context(acceptance)).toMatchObject({ total: 1000, grade: 'fail', vetoes: ['misuse'] });
    // Nor by way of a rectification, which undoes no such circumstance.
    for (const [conclusion, findings] of [['passed', []], ['conditional', [blocking]]] as const) {
      expect(await city.refused(TEAM[0], acceptance, 'submitDraft', { conclusion, findings })).toMatchObject({ status: 422, defects: [{ code: 'veto' }] });
    }
    await signed(city, acceptance, 'failed', [blocking]);
    await city.act('office.director', acceptance, 'issue');
    await city.drain();
    expect(city.printed.filter((html) => html.includes('验收报告')).at(-1)).toMatch(/经费到位[^]{0,200}未到位[^]{0,200}有不予通过情形/);
  });

  it('not rectified within its days is seen again all the same, and the delay is listed', async () => {
    const programme = await built(city, 'jiyang');
    const acceptance = await applied(city, 'jiyang', programme);
    await concluded(city, 'jiyang', acceptance, 'conditional', [blocking]);
    await city.act('office.director', acceptance, 'issue');
    await city.drain();
    await city.at('2026-10-20');
    expect([await city.stage(acceptance), (await city.exceptions(acceptance)).map((e) => e.kind)]).toEqual(['reinspection', ['rectification-overdue']]);
  });
});

describe('the year of a unit', () => {
  it('is closed with unfinished projects carried over, with a reason, once it is over and nothing runs', async () => {
    const programme = await built(city, 'pingyin');
    expect(await city.refused('office.clerk', programme, 'carryOver', { reason: '未完工。' })).toMatchObject({ status: 403 });
    await city.at('2027-07-01');
    expect((await city.got('office.clerk', '/inbox')).items).toEqual(expect.arrayContaining([expect.objectContaining({ caseId: programme, state: 'yearOver' })]));
    await city.act('office.clerk', programme, 'recordFollowUp', { reason: '已电话了解，主体封顶。' });
    await city.act('office.clerk', programme, 'carryOver', { reason: '大厅未完工，结转下年。' });
    await city.act('office.clerk', programme, 'close');
    await city.drain();
    expect(await city.stage(programme)).toBe('preArchived');
    expect(await city.context(programme)).toMatchObject({ carriedOver: 2 });
    expect((await city.exceptions(programme)).map((e) => e.kind)).toEqual(['year-follow-up', 'carried-over']);
    expect(await city.rows('select count(*)::int from project where unit = $1 and accepted_case is null', [city.unit('pingyin').id])).toEqual([{ count: 2 }]);
  });

  it('is not carried over while an acceptance still runs', async () => {
    const [running] = await city.rows(`select l.parent from case_file c join case_link l on l.child = c.id where c.workflow = 'acceptance' and not c.final limit 1`);
    expect(await city.refused('office.clerk', running!.parent, 'carryOver', { reason: '不等了。' })).toMatchObject({ status: 422, code: 'not-now' });
  });

  it('the worker left nothing undone, and every case replays to what the tables say', async () => {
    expect(await city.loose()).toEqual({ undone: [], broken: 0 });
  });
});
