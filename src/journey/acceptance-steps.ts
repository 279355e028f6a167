import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import { valueOf } from '../../workflows/policies/policy-pack.js';
import { readings, sampledSites } from './inspection-steps.js';
import type { CaseRef, Step } from './player.js';
import type { Place } from './plan-steps.js';
import type { UnitStory } from './scenario.js';

const TEAM = ['team.hrss', 'team.finance', 'team.planning'] as const;

/** Points for one item so that the sheet comes to about `percent` of its hundred: whole and half points, as a team gives them. */
const given = (points: number, percent: number): string => (Math.floor((points * percent) / 100 * 2) / 2).toFixed(1);

/** The acceptance of one unit: applied for, visited, scored by members each for their items, signed, issued (lifecycle §3). */
export function acceptanceSteps(place: Place, story: UnitStory, pack: PolicyPack, checklist: (tier: string) => string[], teamPost: (login: string) => object, departmentOf: (login: string) => string): Step[] {
  const { unit } = place;
  const { accepted, score } = story;
  if (!accepted || score === undefined) return [];
  const at: CaseRef = { unitCode: unit.code, workflow: 'acceptance' };
  const clerk = `${unit.key}.clerk`;
  const leader = TEAM[0];
  const sheet = valueOf(pack.scoring.sheet);
  const steps: Step[] = [];
  const step = (when: string, words: string, run: Step['run']): void => void steps.push({ at: when, unit: unit.name, words, run });
  const applied = place.after(accepted, 0);
  const day = (n: number): string => place.after(accepted, n);
  step(`${applied}T09:00`, '申请验收', async (p) => {
    await p.act(clerk, { ...at, workflow: 'programme' }, 'openAcceptance');
    await p.until(clerk, at, ['applying']);
    for (const [name, body] of Object.entries(applicationSections(place, story, pack))) await p.write(clerk, at, name, body);
    return (await p.act(clerk, at, 'apply')).stage;
  });
  step(`${day(1)}T09:30`, '受理', async (p) => (await p.act('office.clerk', at, 'acceptApplication', { opinion: '材料齐全，受理。' })).stage);
  step(`${day(1)}T14:00`, '组成验收小组', async (p) => (await p.act('office.clerk', at, 'formTeam', { team: TEAM.map((login) => ({ post: teamPost(login), leader: login === leader })) })).stage);
  step(`${day(3)}T16:00`, '现场验收记录', async (p) => (await p.act(leader, at, 'recordVisit', {
    from: day(2), to: day(3), note: '听取汇报、查阅台账、实地测量、小组评议。',
    visits: sampledSites(place).map((site, index) => ({
      ...site, visitedOn: day(2), note: '', checklist: checklist(site.tier).map((item) => ({ item, result: 'met', remark: '' })),
      measures: readings(site.tier, place.townships.find((t) => t.code === site.placeCode)?.population ?? 0, unit.judgedPopulation, story.short && index === 1),
    })),
  })).stage);
  TEAM.forEach((login, index) => {
    step(`${day(3)}T17:${10 + index}`, `${departmentOf(login)} 评分`, async (p) => {
      const [duty] = await p.subjects(login, at, 'scoreItems');
      const mine = sheet.items.filter((item) => (duty?.items as string[]).includes(item.id));
      const scores = Object.fromEntries(mine.map((item) => [item.id, given(item.points, score)]));
      const reasons = Object.fromEntries(mine.filter((item) => Number(scores[item.id]) < item.points).map((item) => [item.id, '查看台账和现场，按规则扣分。']));
      const vetoes = story.veto && index === 1 ? [{ id: story.veto, reason: '账册显示专项经费用于其他支出。' }] : [];
      return (await p.act(login, at, 'scoreItems', { scores, reasons, vetoes })).stage;
    });
  });
  step(`${day(4)}T11:00`, '起草报告', async (p) => (await p.act(leader, at, 'submitDraft', draft(place, story))).stage);
  TEAM.forEach((login, index) => step(`${day(4)}T15:${10 + index}`, '会签', async (p) => (await p.act(login, at, 'sign', { opinion: '' })).stage));
  step(`${day(5)}T10:00`, '签发', async (p) => {
    await p.act('office.director', at, 'issue', { opinion: '同意印发。' });
    return (await p.until('office.clerk', at, ['passed', 'failed', 'rectifying'])).stage;
  });
  if (!story.short) return steps;
  step(`${day(12)}T10:00`, '报送整改情况', async (p) => {
    let stage = '';
    for (const finding of await p.subjects(clerk, at, 'submitRectification')) {
      stage = (await p.act(clerk, at, 'submitRectification', { text: '档案室已扩至相邻库房，测量记录附后。', photos: [] }, (s) => s.key === finding.key)).stage;
    }
    return stage;
  });
  step(`${day(15)}T15:00`, '复验', async (p) => {
    const [duty] = await p.subjects(leader, at, 'confirmRectification');
    const findings = (duty?.findings as { key: string }[] | undefined) ?? [{ key: 'F1' }];
    await p.act(leader, at, 'confirmRectification', { visitedOn: day(15), results: findings.map((f) => ({ finding: f.key, passed: true, note: '复测达标。' })) });
    return (await p.until('office.clerk', at, ['passed', 'failed'])).stage;
  });
  return steps;
}

function applicationSections(place: Place, story: UnitStory, pack: PolicyPack): Record<string, Record<string, unknown>> {
  const sheet = valueOf(pack.scoring.sheet);
  const points = (id: string): number => sheet.items.filter((i) => i.dimension === id).reduce((sum, i) => sum + i.points, 0);
  return {
    selfAssessment: Object.fromEntries(sheet.dimensions.map((d) => [d.id, { score: given(points(d.id), Math.min(100, (story.score ?? 80) + 2)), evidence: `${d.name.zh}情况见台账和照片。`, file: '' }])),
    constructionPapers: Object.fromEntries(valueOf(pack.acceptance.constructionPapers).map((paper, index) => [
      paper.id, index === 1 ? { state: 'notApplicable', number: '', reason: '利用现有场所改造，不涉及新增用地。', file: '' } : { state: 'present', number: `${place.unit.name}建档${index + 1}号`, reason: '', file: '' },
    ])),
    completedProjects: {
      projects: sampledSites(place).map((site) => ({ project: { choice: site.placeCode, from: 'projects.project' }, finishedOn: `${place.year}-10-31`, note: '' })),
      funds: [{ category: 'constructionFund', allocated: '300.00', spent: '286.00' }, { category: 'operatingFund', allocated: '60.00', spent: '51.20' }, { category: 'personnelFund', allocated: '90.00', spent: '84.00' }],
      specialAccount: '各街道（乡镇）已设专户',
    },
  };
}

function draft(place: Place, story: UnitStory): Record<string, unknown> {
  const short = place.townships[0]!;
  const findings = story.short
    ? [{ object: `${short.name}人力资源和社会保障服务中心`, clause: 'C-9.2', text: '档案室面积低于标准。', severity: 'blocking', proposal: '扩建档案室，达到分类标准。', days: '30' }]
    : story.veto
      ? [{ object: `${place.unit.name}人力资源和社会保障局`, clause: 'C-4.7', text: '专项经费用于其他支出。', severity: 'blocking', proposal: '归还资金并说明情况。', days: '30' }]
      : [];
  return {
    conclusion: story.veto ? 'failed' : story.short ? 'conditional' : 'passed', findings, construction: ['三级平台已按备案方案建成并投入使用。'], funding: ['账册清楚，支出与用途相符。'].filter(() => !story.veto),
    evaluations: {}, conclusionNarrative: [], recommendations: ['继续加强窗口人员培训，用好信息系统。'], scoreDifference: '自评与验收评分口径略有差异。',
  };
}
