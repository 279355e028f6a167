import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { LivingCity } from './living-city.js';
import { checklistOf, measuresOf } from './visits.js';

const { pack } = policyPack('jinan-2011-61');
let city: LivingCity;
const arranged: Record<string, string> = {};
beforeAll(async () => {
  city = await LivingCity.found('exits-inspection');
  await city.at('2026-09-07');
  for (const key of ['lixia', 'shizhong', 'huaiyin', 'changqing', 'tianqiao']) arranged[key] = await scheduled(key);
});
afterAll(() => city.close());

const finding = (text: string) => ({ clause: 'C-6.2', text, severity: 'major', proposal: '限期改正。', days: '15' });
const record = (tier: string, over: Record<string, unknown> = {}) =>
  ({ measures: measuresOf(pack, tier), checklist: checklistOf(pack, tier), findings: [], counterSigned: true, counterSigner: '在场负责人', ...over });

async function scheduled(key: string, over: Record<string, unknown> = {}): Promise<string> {
  const inspection = await city.opened('inspection', key);
  const places = await city.rows('select code from township where unit = $1 and year = 2026 order by population desc limit 2', [city.unit(key).id]);
  const team = await Promise.all(['inspector.1', 'inspector.2'].map(async (login, index) => ({ post: await city.post(login), leader: index === 0 })));
  await city.act('office.clerk', inspection, 'schedule', {
    basis: { kind: 'annualPlan', number: '济督查计划〔2026〕3号' }, from: '2026-09-15', to: '2026-09-17', team, sites: places.map(({ code }) => ({ tier: 'center', placeCode: code })), ...over,
  });
  return inspection;
}

/** Visited, with these findings at the first place, and consolidated. */
async function consolidated(key: string, ...texts: string[]): Promise<string> {
  const inspection = arranged[key]!;
  await visitDay();
  for (const [index, name] of ['S1', 'S2'].entries()) {
    await city.act('inspector.1', inspection, 'recordSite', record('center', { findings: index === 0 ? texts.map(finding) : [] }), { subject: (s) => s.key === name });
  }
  await city.act('inspector.1', inspection, 'consolidate', { summary: '抽查完成。' });
  return inspection;
}

const visitDay = async (): Promise<void> => {
  if (city.now() < new Date('2026-09-15T09:00:00+08:00')) await city.at('2026-09-15');
};

describe('scheduling', () => {
  it('outside the window needs a reason and stands in the list of exceptions; a visit may be put off only before anything is recorded', async () => {
    const inspection = await city.opened('inspection', 'pingyin');
    const [place] = await city.rows('select code from township where unit = $1 and year = 2026', [city.unit('pingyin').id]);
    const team = await Promise.all(['inspector.1', 'inspector.2'].map(async (login, index) => ({ post: await city.post(login), leader: index === 0 })));
    const fields = { basis: { kind: 'annualPlan', number: '济督查计划〔2026〕3号' }, from: '2027-01-12', to: '2027-01-13', team, sites: [{ tier: 'center', placeCode: place!.code }] };
    expect(await city.refused('office.clerk', inspection, 'schedule', fields)).toMatchObject({ status: 422, defects: [{ field: 'reason' }] });
    expect(await city.refused('office.clerk', inspection, 'schedule', { ...fields, from: '2026-09-08', to: '2026-09-08' })).toMatchObject({ status: 422, defects: [{ code: 'notice-too-short' }] });
    await city.act('office.clerk', inspection, 'schedule', { ...fields, reason: '大雪封路。' });
    await city.act('office.clerk', inspection, 'reschedule', { reason: '与省里检查合并。' });
    await city.act('office.clerk', inspection, 'schedule', { ...fields, from: '2026-09-15', to: '2026-09-15' });
    expect((await city.exceptions(inspection)).map((e) => e.kind)).toEqual(['inspection-window', 'rescheduled']);
    await visitDay();
    await city.act('inspector.2', inspection, 'recordSite', record('center', { findings: [finding('无证上岗')] }));
    expect(await city.refused('office.clerk', inspection, 'reschedule', { reason: '再改期' })).toMatchObject({ status: 403 });
  });

  it('a record before the first day of the visit is refused', async () => {
    const inspection = await scheduled('shanghe', { from: '2026-12-15', to: '2026-12-16' });
    const [duty] = await city.offered('inspector.1', inspection);
    expect(await city.refused('inspector.1', inspection, 'recordSite', record('center'), { taskId: duty!.taskId! })).toMatchObject({ status: 422, code: 'not-now' });
  });
});

describe('what a visit finds', () => {
  it('nothing: closed with its report, and nobody is asked to rectify', async () => {
    const inspection = await consolidated('lixia');
    await city.drain();
    expect([await city.stage(inspection), (await city.rows('select kind from document where case_id = $1 order by kind', [inspection])).map((d) => d.kind)])
      .toEqual(['closed', ['inspectionNotice', 'inspectionReport']]);
  });

  it('accepted, rectified in several rounds; only what is verified closes', async () => {
    const inspection = await consolidated('shizhong', '无证上岗', '台账缺页');
    await city.act('office.director', inspection, 'returnToTeam', { reason: '第2项请写明页码。' });
    await city.act('inspector.1', inspection, 'consolidate', { summary: '台账缺第3页。' });
    expect((await city.register('office.registrar', inspection, 'office.director', 'signNotice', { opinion: '同意。' })).status).toBe(201);
    await city.compare('office.clerk', inspection);
    await city.act('shizhong.clerk', inspection, 'acceptFindings', { opinion: '认可。' });
    for (const round of [1, 2, 3]) {
      await city.act('shizhong.clerk', inspection, 'submitRectification', { text: `第 ${round} 次整改。`, photos: [] }, { subject: (s) => s.key === 'F1' });
      if (round < 3) await city.act('inspector.2', inspection, 'sendBackRectification', { reason: '仍缺一人证书。' });
    }
    await city.act('inspector.1', inspection, 'verify', { opinion: '属实。' });
    expect(await city.stage(inspection)).toBe('rectifying');
    await city.act('shizhong.clerk', inspection, 'submitRectification', { text: '已补页。', photos: [] });
    expect((await city.act('inspector.1', inspection, 'verify')).stage).toBe('closed');
    expect((await city.context(inspection)).findings).toEqual([expect.objectContaining({ key: 'F1', round: 3, state: 'verified' }), expect.objectContaining({ key: 'F2', round: 1 })]);
  });

  it('objected to: an upheld finding is withdrawn, a dismissed one stays to be rectified', async () => {
    const inspection = await consolidated('huaiyin', '无证上岗', '台账缺页');
    await city.act('office.director', inspection, 'signNotice');
    await city.act('huaiyin.clerk', inspection, 'objectTo', { objections: [{ finding: 'F1', reason: '证书在市局。' }, { finding: 'F2', reason: '已补。' }] });
    expect(await city.refused('office.clerk', inspection, 'decideObjections', { decisions: [{ finding: 'F1', decision: 'upheld', reason: '属实' }] })).toMatchObject({ status: 422 });
    await city.act('office.clerk', inspection, 'decideObjections', { decisions: [{ finding: 'F1', decision: 'upheld', reason: '属实' }, { finding: 'F2', decision: 'dismissed', reason: '检查时未补' }] });
    expect((await city.context(inspection)).findings.map((f: { state: string }) => f.state)).toEqual(['withdrawn', 'rectifying']);
    expect(new Set((await city.offered('huaiyin.clerk', inspection)).flatMap((a) => (a.subject === null ? [] : [a.subject.key])))).toEqual(new Set(['F2']));
  });

  it('refused by the inspected side: its reason and a witness are recorded, and without them the record is not taken', async () => {
    const inspection = arranged.changqing!;
    const [duty] = await city.offered('inspector.1', inspection);
    const unsigned = record('center', { counterSigned: false, counterSigner: '' });
    expect((await city.refused('inspector.1', inspection, 'recordSite', unsigned, { taskId: duty!.taskId! })).defects.map((d) => d.field)).toEqual(['refusal', 'witness', 'colleague']);
    const refusal = { ...unsigned, refusal: '负责人不认可面积。', witness: '社区居委会李某' };
    const [{ name: second }] = (await city.rows(`select p.name from account a join person p on p.id = a.person where a.login = 'inspector.2'`)) as [{ name: string }];
    expect((await city.refused('inspector.1', inspection, 'recordSite', { ...refusal, colleague: '过路人' }, { taskId: duty!.taskId! })).defects).toMatchObject([{ field: 'colleague' }]);
    await city.act('inspector.1', inspection, 'recordSite', { ...refusal, colleague: second }, { subject: (s) => s.key === 'S1' });
    expect(await city.exceptions(inspection)).toEqual([{ kind: 'refused-to-sign', words: expect.stringContaining('负责人不认可面积。；见证人社区居委会李某') }]);
    expect((await city.context(inspection)).sites[0]).toMatchObject({ signed: 'refused', open: false });
  });

  it('answered by silence: the case goes on, nobody is said to have agreed, and what is not rectified in time is listed', async () => {
    const inspection = await consolidated('tianqiao', '无证上岗');
    await city.act('office.director', inspection, 'signNotice');
    await city.at('2026-10-14');
    expect([await city.stage(inspection), (await city.context(inspection)).silent]).toEqual(['rectifying', true]);
    expect((await city.exceptions(inspection)).map((e) => e.kind)).toEqual(['no-feedback']);
    await city.at('2026-11-10');
    expect((await city.exceptions(inspection)).map((e) => e.kind)).toEqual(['no-feedback', 'rectification-overdue']);
    await city.act('tianqiao.clerk', inspection, 'submitRectification', { text: '已取得证书。', photos: [] });
    expect((await city.act('inspector.1', inspection, 'verify')).stage).toBe('closed');
  });

  it('the worker left nothing undone, and every case replays to what the tables say', async () => {
    expect(await city.loose()).toEqual({ undone: [], broken: 0 });
  });
});
