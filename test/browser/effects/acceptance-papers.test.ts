import { answers, filePlan, pack, papersCity, readings, reportedPlan, sheet, type PapersCity } from './papers-city.js';

let c: PapersCity;
let unit: any;
let id: string;
let clerk: any;
let township: any;
beforeAll(async () => {
  c = await papersCity('acceptance_papers');
  const plan = await reportedPlan(c, '平阴县');
  ({ unit, clerk, township } = plan);
  await filePlan(c, plan.id);
  await c.drain();
  c.at('2026-11-23T02:00:00Z');
  id = (await c.open('acceptance', unit.id)).caseId;
}, 120_000);
afterAll(() => c.close());

const member = (text: string) => c.who('team.member', null, text);
const reports = async () => (await c.papers(id)).filter((paper) => paper.kind === 'acceptanceReport');
const finding = { object: '示例中心', clause: 'C-9.2', text: '档案室实测28平方米，比标准少2平方米', severity: 'major', proposal: '调整隔断，使档案室不少于30平方米', days: 30 };
const draft = { conclusion: 'conditional', findings: [finding], construction: ['两处平台均已启用。'], funding: ['三类经费列入预算。'], conclusionNarrative: ['除所列问题外符合标准。'], recommendations: ['预留扩建用房。'], scoreDifference: '自评偏低。' };

async function signed(): Promise<void> {
  await c.act(member('（人社）'), id, 'sign');
  await c.act(member('（规划）'), id, 'dissent', { reason: '应再测一次' });
  const office = c.who('office.registrar');
  const task = (await c.read((trx) => trx('task').where({ case_id: id, status: 'open', kind: 'duty' }).select('id', 'subject'))).find((one: any) => one.subject?.post === member('（财政）').post);
  const { compareTask } = await c.engine.registerPaper([office], {
    caseId: id, taskId: task.id, command: 'sign', fields: {}, signatoryName: member('（财政）').personName, signatoryPost: '市财政局', wording: '同意', kind: 'agree',
    paperDate: '2026-11-27', scan: null, keptAt: '领导小组办公室', key: `paper-${task.id}`,
  });
  await c.engine.comparePaper([c.who('office.clerk')], { caseId: id, taskId: compareTask, mismatches: [], key: `compare-${task.id}` });
}

describe('the report of an acceptance', () => {
  it('is refused for a name no font has, with the reason in the case, and no number is used up', async () => {
    const projects = await c.read((trx) => trx('project').where({ unit: unit.id }).pluck('id'));
    await c.save(clerk, id, 'selfAssessment', Object.fromEntries(sheet.dimensions.map((d) => [d.id, { score: '14', evidence: '见档案' }])));
    await c.save(clerk, id, 'constructionPapers', {
      ...Object.fromEntries(pack.acceptance.constructionPapers.value.map(({ id: name }, n) => [name, n === 0 ? { state: 'notApplicable', reason: '利用既有用房' } : { state: 'present', number: `平建〔2026〕${n}号` }])),
      classified: [{ number: '平委密〔2026〕3号', copies: '2', keptAt: '县委机要室' }],
    });
    await c.save(clerk, id, 'completedProjects', {
      projects: projects.map((project: string) => ({ project, finishedOn: '2026-11-18' })), funds: [{ category: 'constructionFund', allocated: '140.25', spent: '139.5' }], specialAccount: '县财政专户',
    });
    await c.act(clerk, id, 'apply');
    await c.act(c.who('office.clerk'), id, 'acceptApplication');
    const forming = await c.slip(id, { stage: 'forming' });
    for (const words of ['平阴县2026年度验收小组的组成', '验收申请已受理。', '小组不少于3人、单数', '小组成员名单', '办公室主任']) expect(forming).toContain(words);
    await c.act(c.who('office.clerk'), id, 'formTeam', { team: ['（人社）', '（财政）', '（规划）'].map((text, n) => ({ post: member(text).post, leader: n === 0 })) });
    c.at('2026-11-26T02:00:00Z');
    await c.act(member('（人社）'), id, 'recordVisit', {
      from: '2026-11-24', to: '2026-11-25', visits: [
        { tier: 'hall', placeCode: unit.code, visitedOn: '2026-11-24', measures: readings(['grossArea', '5236.5', '5236.5', '5236.6']), checklist: answers('hall') },
        { tier: 'center', placeCode: township.code, visitedOn: '2026-11-25', measures: readings(['serviceArea', '300'], ['archiveArea', '28']), checklist: answers('center', ['staffOffice']) },
      ],
    });
    for (const [text, department] of [['（财政）', 'finance'], ['（规划）', 'planning'], ['（人社）', 'hrss']] as const) {
      const items = sheet.items.filter((item) => item.department === department || (department === 'hrss' && !['finance', 'planning'].includes(item.department)));
      const scores = Object.fromEntries(items.map((item) => [item.id, String((item.points - (item.id === 'premises.3' ? 15 : 0)) / 10)]));
      await c.act(member(text), id, 'scoreItems', { scores, reasons: department === 'planning' ? { 'premises.3': '档案室未达标' } : {} });
    }
    await c.act(member('（人社）'), id, 'submitDraft', { ...draft, recommendations: ['请𠮷先生协助。'] });
    c.at('2026-11-27T02:00:00Z');
    await signed();
    await c.act(c.who('office.director'), id, 'issue');
    await c.drain();
    const context = await c.context(id);
    expect(context.lastRefusal).toContain('𠮷（U+20BB7');
    expect((await c.read((trx) => trx('case_file').where({ id }).first('stage'))).stage).toBe('drafting');
    expect(await reports()).toEqual([]);
    expect(await c.read((trx) => trx('number_series').where({ issuer_code: '济基平验' }))).toEqual([]);
  }, 120_000);

  it('holds the figures that were recorded: measurements against standards, scores by their givers, money, papers, signatures', async () => {
    await c.act(member('（人社）'), id, 'submitDraft', draft);
    const signing = await c.slip(id, { stage: 'signing' });
    for (const words of ['得分98.5，等次优秀（示例），结论：限期整改后复验。', '须整改的问题：', '1．示例中心：档案室实测28平方米，比标准少2平方米（限30日）', '验收报告（送签稿）1份']) expect(signing).toContain(words);
    expect(signing).toMatch(/(组长|组员)\p{Script=Han}{2,4}会签意见/u);
    await signed();
    expect(await c.slip(id, { stage: 'issuing' })).toContain('小组成员3人会签，其中1人持不同意见，记入评议记录。');
    await c.act(c.who('office.director'), id, 'issue');
    await c.drain();
    expect(c.complaints).toEqual([]);
    const [report, ...more] = await reports();
    expect(more).toEqual([]);
    expect(report).toMatchObject({ number: '济基平验〔2026〕1号', retention: 'Y', dated: '2026-11-27', supersedes: null, filing_org: '市人社局' });
    const said = await c.textOf(report);
    for (const words of [
      '《平阴县2026年度人力资源和社会保障基层公共服务平台建设实施方案》（济基备〔2026〕1号）', '平阴县人民政府同意实施方案的批复', '申请验收的平台全部实地查看', '5,236.53', '不少于3,000', '少2',
      '1,402,500.00', '1,395,000.00', '未登记', '县财政专户', '利用既有用房', '涉密材料平委密〔2026〕3号', '2份，存放于县委机要室', '总分98.5分（满分100分），等次优秀（示例）', '单位自评84分', '档案室未达标', '限期整改后复验', '2027年1月26日前完成',
      '调整隔断，使档案室不少于30平方米', '2026年12月27日', '纸质，2026年11月27日', '保留意见，记入评议记录', '预留扩建用房', '逐条核对不予通过情形7条，均未发现', '（市人社局代章）',
    ]) expect(said).toContain(words);
    expect(said).not.toContain('应再测一次');
    const giver = member('（规划）').personName;
    expect(said).toMatch(new RegExp(`服务中心档案室面积达标3—1.5${giver}档案室未达标`));
    expect((await c.read((trx) => trx('case_file').where({ id }).first('stage'))).stage).toBe('rectifying');
  }, 120_000);

  it('after a re-inspection is followed by another that takes its place, and both are kept', async () => {
    c.at('2026-12-20T02:00:00Z');
    await c.act(clerk, id, 'submitRectification', { text: '已调整隔断。' }, 'F1');
    await c.act(member('（人社）'), id, 'confirmRectification', { results: [{ finding: 'F1', passed: true, note: '档案室复测30.2平方米' }], measures: [{ item: '档案室', values: ['30.2', '30.2', '30.3'] }], visitedOn: '2026-12-20' });
    await c.drain();
    expect(c.complaints).toEqual([]);
    const [first, second] = await reports();
    expect(second).toMatchObject({ number: '济基平验〔2026〕2号', supersedes: first.id, title: expect.stringContaining('验收报告（复验）') });
    const said = await c.textOf(second);
    for (const words of ['本报告代替济基平验〔2026〕1号报告', '验收小组意见：验收合格', '复验问题1：已整改到位，档案室复测30.2平方米', '已复查销号1个，未销号0个', '复验结果', '示例中心档案室：复验情况见第九部分']) expect(said).toContain(words);
    const file = await c.read((trx) => trx('case_file').where({ id }).first('final', 'outcome'));
    expect(file).toEqual({ final: true, outcome: 'passed' });
    const kept = await c.read((trx) => trx('archive_package').where({ case_id: id, side: 'city' }).first());
    expect(kept.retention).toBe('Y');
  }, 120_000);
});
