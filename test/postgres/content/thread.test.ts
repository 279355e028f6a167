import { recordBaseline } from '../../../src/content/projects.js';
import { scoreSheetOf } from '../../../workflows/policies/pack-rules.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { newId } from '../../../src/clock.js';
import { cityAtWork, writtenPlan, type CityAtWork } from './city-at-work.js';

const { pack } = policyPack('jinan-2011-61');
const sheet = scoreSheetOf(pack);
const lists = pack.inspection.checklists.value;
const answers = (tier: 'hall' | 'center') => lists[tier].filter((one) => one.kind === 'yesNo').map((one) => ({ item: one.id, result: 'met' }));

let c: CityAtWork;
let unit: any;
let township: any;
let plan: string;
beforeAll(async () => {
  c = await cityAtWork('thread');
  unit = await c.unitNamed('平阴县');
});
afterAll(() => c.close());

const refusal = (work: Promise<unknown>): Promise<any> => work.then(() => undefined, (error) => error);
const codes = async (work: Promise<unknown>): Promise<string[]> => ((await refusal(work))?.defects ?? []).map((d: any) => `${d.field}:${d.code}`);

describe('a plan from draft to record', () => {
  it('travels with a correction of wording past the consent organ, and with a change of money through it', async () => {
    c.at('2026-09-07T02:00:00Z');
    plan = (await c.open('plan', unit.id)).caseId;
    const written = await writtenPlan(c, plan, unit);
    township = written.township;
    const { clerk, sections } = written;
    const [head, consent] = [c.who('unit.head', unit.id), c.who('consent.officer', unit.id)];
    await c.act(clerk, plan, 'submit');
    await c.act(head, plan, 'approve');
    const given = { kind: 'reply', number: '平政复(2026)5号', date: '2026-09-07' };
    expect(await codes(c.act(consent, plan, 'consent', { ...given, date: '2026-09-08' }))).toEqual(['date:in-future']);
    await c.act(consent, plan, 'consent', given);
    expect((await c.act(clerk, plan, 'report', { documentNumber: '平人社报〔2026〕3号' })).acknowledgement!.number).toMatch(/-S1$/);

    const registrar = c.who('office.registrar');
    const incoming = { theirNumber: '平人社报〔2026〕3号', channel: 'system', dated: '2026-09-07', deliveredAt: '2026-09-07T02:00:00Z' };
    expect(await codes(c.act(registrar, plan, 'register', { ...incoming, deliveredAt: '2026-09-08T02:00:00Z' }))).toEqual(['deliveredAt:in-future']);
    expect(await codes(c.act(registrar, plan, 'register', { ...incoming, dated: '2026-09-06' }))).toEqual(['dated:consent-after-paper']);
    await c.act(registrar, plan, 'register', incoming);
    expect(await c.facts(plan, 'register')).toMatchObject({ incomingNumber: 1, incoming: { number: 1, registeredBy: registrar.person } });

    const office = c.who('office.clerk');
    await c.act(office, plan, 'returnForCorrection', { remarks: [{ section: 'goals', text: '目标写具体' }] });
    expect(await codes(c.act(clerk, plan, 'resubmit', { replies: {} }))).toEqual(['replies.r1:missing']);
    await c.save(clerk, plan, 'goals', { ...sections.goals, goals: '年底建成 2 处' }, 1);
    expect(await c.act(clerk, plan, 'resubmit', { replies: { r1: '已改' } })).toMatchObject({ stage: 'officeReview' });

    await c.act(office, plan, 'returnForCorrection', { remarks: [{ section: 'funds', text: '核金额' }] });
    sections.premises.projects[1].money = '40';
    await c.save(clerk, plan, 'premises', sections.premises, 1);
    expect(await c.act(clerk, plan, 'resubmit', { replies: { r1: '已改' } })).toMatchObject({ stage: 'governmentApproval' });
    await c.act(consent, plan, 'consent', given);
    await c.act(clerk, plan, 'report', { documentNumber: '平人社报〔2026〕4号' });
    await c.act(registrar, plan, 'register', { ...incoming, theirNumber: '平人社报〔2026〕4号' });
    expect((await c.facts(plan, 'register')).incomingNumber).toBe(2);
    await c.act(office, plan, 'acceptComplete');
    expect(await c.act(c.who('office.director'), plan, 'file')).toMatchObject({ final: true, stage: 'filed' });
  });

  it('only departments of the same unit are asked, and by name', async () => {
    const other = await c.unitNamed('商河县');
    const draft = (await c.open('plan', other.id)).caseId;
    await writtenPlan(c, draft, other);
    await c.act(c.who('unit.clerk', other.id), draft, 'submit');
    const [mine, foreign] = [c.who('cosign.officer', other.id, '财政'), c.who('cosign.officer', unit.id, '财政')];
    const head = c.who('unit.head', other.id);
    expect(await codes(c.act(head, draft, 'seekOpinions', { organisations: [foreign.org] }))).toEqual(['organisations:foreign-organisation']);
    expect(await c.act(head, draft, 'seekOpinions', { organisations: [mine.org] })).toMatchObject({ stage: 'coSign' });
    expect((await c.facts(draft, 'seekOpinions')).orgs).toEqual([{ org: mine.org, name: expect.stringContaining('财政局') }]);
    expect(await c.act(mine, draft, 'agree')).toMatchObject({ stage: 'headReview' });
  });

  it('the baseline is written once, however often the effect runs', async () => {
    for (let run = 0; run < 2; run++) await c.database.asActor(c.worker, (trx) => recordBaseline(trx, { city: c.city, caseId: plan }));
    const rows = await c.database.asActor(c.worker, (trx) => trx('project as p').join('project_in_plan as i', 'i.project', 'p.id').where({ 'i.case_id': plan }).orderBy('p.tier').select('p.tier', 'i.kind', 'i.type', 'i.area'));
    expect(rows).toEqual([{ tier: 'center', kind: 'new', type: 'new', area: 30_000 }, { tier: 'hall', kind: 'new', type: 'new', area: 500_000 }]);
  });
});

describe('an inspection', () => {
  it('is scheduled by the rules and recorded with three readings each, and its finding is put right', async () => {
    const id = (await c.open('inspection', unit.id)).caseId;
    const office = c.who('office.clerk');
    const inspectors = c.posts.filter((p) => p.role === 'inspector');
    const fields = {
      basis: { kind: 'annualPlan', number: '济考〔2026〕3号' }, from: '2026-10-20', to: '2026-10-21',
      team: [{ post: inspectors[0]!.id, leader: true }, { post: inspectors[1]!.id }], sites: [{ tier: 'center', placeCode: township.code }],
    };
    expect(await codes(c.act(office, id, 'schedule', { ...fields, from: '2026-09-08', team: [fields.team[0]], sites: [{ tier: 'center', placeCode: '370102001' }] })))
      .toEqual(['from:notice-too-short', 'team:too-few', 'sites.0.placeCode:foreign-place']);
    expect(await codes(c.act(office, id, 'schedule', { ...fields, from: '2027-01-04', to: '2027-01-05' }))).toEqual(['reason:outside-window']);
    await c.act(office, id, 'schedule', fields);
    c.at('2026-10-20T02:00:00Z');
    const inspector = c.who('inspector', null, inspectors[1]!.name);
    const record = {
      measures: [{ item: 'serviceArea', values: ['３００.03', '300', '299.99'] }, { item: 'archiveArea', values: ['36', '36', '36'] }], checklist: answers('center'),
      counterSigned: true, counterSigner: '某某', findings: [{ clause: 'C-9.2', text: '档案室少 4 m²', severity: 'major', proposal: '扩建', days: 15 }],
    };
    expect(await codes(c.act(inspector, id, 'recordSite', { ...record, counterSigned: false, measures: [{ item: 'serviceArea', values: ['300', '300'] }] })))
      .toEqual(['measures.0.values:readings', 'measures:readings', 'refusal:missing', 'witness:missing', 'colleague:second-inspector']);
    const outsider = c.who('inspector', null, inspectors[2]!.name);
    expect((await refusal(c.act(outsider, id, 'recordSite', record))).code).toBe('not-yours');
    await c.act(inspector, id, 'recordSite', record);
    expect((await c.facts(id, 'recordSite')).measured).toMatchObject([{ item: 'serviceArea', mean: 30_000, met: true }, { item: 'archiveArea', mean: 3_600, met: expect.any(Boolean) }]);
    await c.act(c.who('inspector', null, inspectors[0]!.name), id, 'consolidate', { summary: '总体良好' });
    await c.act(c.who('office.director'), id, 'signNotice');
    const clerk = c.who('unit.clerk', unit.id);
    await c.act(clerk, id, 'objectTo', { objections: [{ finding: 'F1', reason: '已扩' }] });
    expect(await codes(c.act(office, id, 'decideObjections', { decisions: [{ finding: 'F2', decision: 'upheld', reason: 'x' }] }))).toEqual(['decisions:missing', 'decisions:not-raised']);
    await c.act(office, id, 'decideObjections', { decisions: [{ finding: 'F1', decision: 'dismissed', reason: '复测仍少' }] });
    expect(await codes(c.act(clerk, id, 'submitRectification', { text: '已扩建', photos: [newId()] }))).toEqual(['photos:no-such-file']);
    await c.act(clerk, id, 'submitRectification', { text: '已扩建' });
    expect(await c.act(inspector, id, 'verify')).toMatchObject({ final: true });
  });
});

describe('an acceptance', () => {
  it('is applied for, scored by members each for their items, drafted within the rules, signed, issued – and ends its projects', async () => {
    c.at('2026-12-01T02:00:00Z');
    const id = (await c.open('acceptance', unit.id)).caseId;
    const clerk = c.who('unit.clerk', unit.id);
    const projects = await c.database.asActor(clerk, (trx) => trx('project').where({ unit: unit.id }).pluck('id'));
    await c.save(clerk, id, 'selfAssessment', Object.fromEntries(sheet.dimensions.map((d) => [d.id, { score: '14', evidence: '见档案' }])));
    const papers = pack.acceptance.constructionPapers.value.map((one) => one.id);
    await c.save(clerk, id, 'constructionPapers', Object.fromEntries(papers.map((name, n) => [name, { state: n === 0 ? 'notApplicable' : 'present' }])));
    await c.save(clerk, id, 'completedProjects', { projects: [...projects, newId()].map((project) => ({ project, finishedOn: '2026-11-20' })) });
    expect(await codes(c.act(clerk, id, 'apply'))).toEqual([`constructionPapers.${papers[0]}.reason:missing`, 'completedProjects.projects.2.project:no-such-project']);
    await c.save(clerk, id, 'constructionPapers', Object.fromEntries(papers.map((name) => [name, { state: 'present' }])), 1);
    await c.save(clerk, id, 'completedProjects', { projects: projects.map((project) => ({ project, finishedOn: '2026-11-20' })) }, 1);
    await c.act(clerk, id, 'apply');
    expect((await c.facts(id, 'apply')).selfScore).toBe(840);

    const office = c.who('office.clerk');
    await c.act(office, id, 'acceptApplication');
    const [hrss, hrss2, finance, planning] = ['（人社）', '（人社二）', '（财政）', '（规划）'].map((text) => c.who('team.member', null, text));
    const team = (...members: any[]) => ({ team: members.map((one, n) => ({ post: one.post, leader: n === 0 })) });
    expect(await codes(c.act(office, id, 'formTeam', team(hrss, hrss2)))).toEqual(['team:too-few', 'team:even', 'team:too-few-departments']);
    expect(await codes(c.act(office, id, 'formTeam', team(hrss, { post: office.post }, finance)))).toEqual(['team.1.post:not-eligible']);
    await c.act(office, id, 'formTeam', team(hrss, finance, planning));

    const readings = (...items: [string, string][]) => items.map(([item, value]) => ({ item, values: [value, value, value] }));
    await c.act(hrss!, id, 'recordVisit', {
      from: '2026-11-30', to: '2026-12-01', visits: [
        { tier: 'hall', placeCode: unit.code, visitedOn: '2026-11-30', measures: readings(['grossArea', '5000']), checklist: answers('hall') },
        { tier: 'center', placeCode: township.code, visitedOn: '2026-12-01', measures: readings(['serviceArea', '300'], ['archiveArea', '40']), checklist: answers('center') },
      ],
    });
    expect(await c.facts(id, 'recordVisit')).toMatchObject({ measuredShort: 0, visits: [{ name: '示例大厅' }, { name: '示例中心', measured: [{ mean: 30_000 }, { mean: 4_000 }] }] });

    const ofDepartment = (department: string) => sheet.items.filter((item) => item.department === department);
    const full = (department: string) => Object.fromEntries(ofDepartment(department).map((item) => [item.id, String(item.points / 10)]));
    const [first] = ofDepartment('finance');
    expect(await codes(c.act(finance!, id, 'scoreItems', { scores: { [first!.id]: '99', 'work.1': '1' } }))).toEqual(expect.arrayContaining([
      `scores.${first!.id}:too-large`, 'scores.work.1:not-your-item', 'scores.funding.2:missing']));
    expect(await codes(c.act(finance!, id, 'scoreItems', { scores: { ...full('finance'), [first!.id]: '5.5' } }))).toEqual([`scores.${first!.id}:no-reason`]);
    await c.act(finance!, id, 'scoreItems', { scores: { ...full('finance'), [first!.id]: '5.5' }, reasons: { [first!.id]: '缺一项' } });
    await c.act(office, id, 'replaceMember', { leaves: planning!.post, joins: c.who('team.member', null, '（民政）').post, reason: '回避', approvedBy: '主任', seenAgainOn: '2026-12-01' });
    await c.act(c.who('team.member', null, '（民政）'), id, 'scoreItems', { scores: full('planning') });
    expect(await c.act(hrss!, id, 'scoreItems', { scores: full('hrss') })).toMatchObject({ stage: 'drafting' });

    const draft = { conclusion: 'passed', findings: [], conclusionNarrative: ['符合标准。'], recommendations: [] };
    expect(await codes(c.act(hrss!, id, 'submitDraft', draft))).toEqual(['scoreDifference:missing']);
    const blocking = { clause: 'C-9.2', text: 'x', severity: 'blocking', proposal: 'y', days: 61 };
    expect(await codes(c.act(hrss!, id, 'submitDraft', { ...draft, findings: [blocking], scoreDifference: '自评偏低' }))).toEqual(['conclusion:open-finding', 'findings.0.days:too-long']);
    await c.act(hrss!, id, 'submitDraft', { ...draft, scoreDifference: '自评偏低' });
    expect(await c.facts(id, 'submitDraft')).toMatchObject({ total: 995, grade: 'excellent' });
    await c.act(hrss!, id, 'sign');
    await c.act(finance!, id, 'dissent', { reason: '应再测' });
    expect(await c.act(c.who('team.member', null, '（民政）'), id, 'sign')).toMatchObject({ stage: 'issuing' });
    await c.act(c.who('office.director'), id, 'issue');
    await c.engine.dispatch([c.worker], { caseId: id, type: 'document.issued', key: newId(), fields: { document: { kind: 'acceptanceReport', id: newId(), number: '济基平验〔2026〕1号', sha256: 'x', at: 'x' } } });
    await c.database.asActor(c.worker, (trx) => recordBaseline(trx, { city: c.city, caseId: id }));
    expect(await c.database.asActor(c.worker, (trx) => trx('project').where({ unit: unit.id }).whereNull('accepted_case'))).toEqual([]);
    const row = await c.database.asActor(clerk, (trx) => trx('case_file').where({ id }).first('final', 'outcome'));
    expect(row).toEqual({ final: true, outcome: 'passed' });
  });
});

describe('a programme year', () => {
  it('counts what is carried over: nothing accepted means everything', async () => {
    const zone = await c.unitNamed('莱芜区');
    const programme = (await c.open('programme', zone.id)).caseId;
    const child = (await c.open('plan', zone.id)).caseId;
    await writtenPlan(c, child, zone);
    await c.act(c.who('unit.clerk', zone.id), child, 'submit');
    await c.database.asActor(c.worker, (trx) => recordBaseline(trx, { city: c.city, caseId: child }));
    const system = (type: string, fields: Record<string, unknown>) => c.engine.dispatch([c.worker], { caseId: programme, type, key: newId(), fields });
    await system('plan.ended', { child, outcome: 'filed', planType: 'construction' });
    const office = c.who('office.clerk');
    await c.act(office, programme, 'openInspection');
    await system('inspection.ended', { child, outcome: 'closed' });
    const clock = { scope: 'system', city: c.city, role: 'clock', org: null, unit: null, post: null, postName: '', person: null, personName: '', actingFor: null } as const;
    await c.engine.dispatch([clock], { caseId: programme, type: 'term.programme.yearEnd.due', key: newId(), fields: {} });
    await c.act(office, programme, 'carryOver', { reason: '未完工' });
    await c.act(office, programme, 'close');
    expect((await c.facts(programme, 'close')).carriedOver).toBe(2);
    expect(await system('case.archived', {})).toMatchObject({ final: true });
  });
});
