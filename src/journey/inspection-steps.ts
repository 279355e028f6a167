import type { CaseRef, Step } from './player.js';
import type { Place } from './plan-steps.js';
import type { UnitStory } from './scenario.js';

const SAMPLED_CENTRES = 2;

/** The platforms a visit goes to: the hall, the first centres, one station. */
export function sampledSites(place: Place): { tier: 'hall' | 'center' | 'station'; placeCode: string }[] {
  return [
    { tier: 'hall', placeCode: place.unit.code },
    ...place.townships.slice(0, SAMPLED_CENTRES).map((t) => ({ tier: 'center' as const, placeCode: t.code })),
    { tier: 'station', placeCode: place.villages[0]!.code },
  ];
}

/** Three readings around the planned area, as a tape gives them; the mean is a little above the standard. */
export function readings(tier: string, population: number, judged: number, short = false): { item: string; values: string[] }[] {
  const around = (area: number): string[] => [area + 0.4, area - 0.2, area + 0.1].map((n) => n.toFixed(1));
  if (tier === 'hall') return [{ item: 'grossArea', values: around(judged <= 200_000 ? 2080 : judged <= 500_000 ? 3120 : judged <= 1_000_000 ? 4160 : 5180) }];
  if (tier === 'station') return [{ item: 'serviceArea', values: around(55) }];
  const [area, archive] = population >= 90_000 ? [318, 42] : population >= 60_000 ? [228, 32] : [163, 22];
  return [{ item: 'serviceArea', values: around(area!) }, { item: 'archiveArea', values: around(short ? archive! - 6 : archive!) }];
}

const populationOf = (place: Place, placeCode: string): number => place.townships.find((t) => t.code === placeCode)?.population ?? 0;

/** The yearly inspection of one unit; where the story has a finding it is rectified and verified (lifecycle §2). */
export function inspectionSteps(place: Place, story: UnitStory, checklist: (tier: string) => string[], teamPost: (login: string) => object): Step[] {
  const { unit, year } = place;
  const at: CaseRef = { unitCode: unit.code, workflow: 'inspection' };
  const clerk = `${unit.key}.clerk`;
  const steps: Step[] = [];
  const step = (when: string, words: string, run: Step['run']): void => void steps.push({ at: when, unit: unit.name, words, run });
  // Notice is given five working days ahead.
  const visited = place.after(story.inspected, 6);
  const until = place.after(visited, 2);
  step(`${story.inspected}T08:40`, '开始年度检查', async (p) => {
    await p.act('office.clerk', { ...at, workflow: 'programme' }, 'openInspection');
    return (await p.until('office.clerk', at, ['planning'])).stage;
  });
  step(`${story.inspected}T08:55`, '排定检查', async (p) => (await p.act('office.clerk', at, 'schedule', {
    basis: { kind: 'annualPlan', number: `济督查计划〔${year}〕3号` }, from: visited, to: until,
    team: [{ post: teamPost('inspector.1'), leader: true }, { post: teamPost('inspector.2'), leader: false }, { post: teamPost('inspector.3'), leader: false }],
    sites: sampledSites(place), note: '请准备台账、花名册和账册。',
  })).stage);
  step(`${visited}T10:00`, '现场检查记录', async (p) => {
    let moved = '';
    let first = true;
    for (const site of await p.subjects('inspector.1', at, 'recordSite')) {
      const tier = String(site.tier);
      const found = first && story.finding ? [{ ...story.finding, object: String(site.name), severity: 'major', days: String(story.finding.days) }] : [];
      first = false;
      moved = (await p.act('inspector.1', at, 'recordSite', {
        measures: readings(tier, populationOf(place, String(site.placeCode)), unit.judgedPopulation),
        checklist: checklist(tier).map((item) => ({ item, result: 'met', remark: '' })), findings: found, counterSigned: true, counterSigner: '在场负责人', refusal: '', witness: '', colleague: '', note: '',
      }, (s) => s.key === site.key)).stage;
    }
    return moved;
  });
  step(`${until}T17:00`, '汇总', async (p) => (await p.act('inspector.1', at, 'consolidate', { summary: `对${unit.name}的抽查已完成，情况如实记录。` })).stage);
  if (!story.finding) return steps;
  step(`${place.after(until, 1)}T10:00`, '签发整改通知', async (p) => (await p.act('office.director', at, 'signNotice', { opinion: '同意。' })).stage);
  step(`${place.after(until, 2)}T09:00`, '对问题无异议', async (p) => (await p.act(clerk, at, 'acceptFindings', { opinion: '认可。' })).stage);
  step(`${place.after(until, 8)}T16:00`, '报送整改情况', async (p) => (await p.act(clerk, at, 'submitRectification', { text: '两名人员已培训并取得证书，证书复印件在册。', photos: [] })).stage);
  step(`${place.after(until, 10)}T11:00`, '复查销号', async (p) => (await p.act('inspector.1', at, 'verify', { opinion: '证书属实。' })).stage);
  return steps;
}
