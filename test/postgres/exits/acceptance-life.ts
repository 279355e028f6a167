import { policyPack } from '../../../workflows/policies/pack-registry.js';
import type { LivingCity } from './living-city.js';
import { planIn } from './plan-life.js';
import { checklistOf, measuresOf } from './visits.js';

export const { pack } = policyPack('jinan-2011-61');
const sheet = pack.scoring.sheet.value;
export const TEAM = ['team.hrss', 'team.finance', 'team.planning'] as const;

/** A unit with its plan on record, in November, when what was planned stands. */
export async function built(city: LivingCity, key: string): Promise<string> {
  const { programme } = await planIn(city, key, 'filed');
  await city.drain();
  return programme;
}

/** Opens an application and writes it. */
export async function applied(city: LivingCity, key: string, programme: string): Promise<string> {
  await city.act(`${key}.clerk`, programme, 'openAcceptance');
  await city.drain();
  const { cases } = await city.got(`${key}.clerk`, '/cases?year=2026&workflow=acceptance');
  const acceptance: string = cases.at(-1).caseId;
  const points = (id: string): number => sheet.items.filter((item) => item.dimension === id).reduce((sum, item) => sum + item.points, 0);
  const projects = await city.rows('select id from project where unit = $1 and accepted_case is null order by tier', [city.unit(key).id]);
  const sections = {
    selfAssessment: Object.fromEntries(sheet.dimensions.map(({ id }) => [id, { score: points(id).toFixed(1), evidence: '见台账。' }])),
    constructionPapers: Object.fromEntries(pack.acceptance.constructionPapers.value.map(({ id }) => [id, { state: 'present', number: '建档1号' }])),
    completedProjects: {
      projects: projects.map(({ id }) => ({ project: id, finishedOn: '2026-10-31' })),
      funds: [{ category: 'constructionFund', allocated: '150', spent: '140' }, { category: 'operatingFund', allocated: '150', spent: '150' }, { category: 'personnelFund', allocated: '150', spent: '150' }],
      specialAccount: '专账',
    },
  };
  for (const [name, body] of Object.entries(sections)) {
    const saved = await city.save(`${key}.clerk`, acceptance, name, body, 0);
    if (saved.status !== 200) throw new Error(JSON.stringify(saved.body));
  }
  await city.act(`${key}.clerk`, acceptance, 'apply');
  return acceptance;
}

/** Accepted, its team formed and sent. */
export async function visited(city: LivingCity, key: string, acceptance: string): Promise<void> {
  const today = new Date(city.now().getTime() + 8 * 3600_000).toISOString().slice(0, 10);
  await city.act('office.clerk', acceptance, 'acceptApplication');
  await city.act('office.clerk', acceptance, 'formTeam', { team: await Promise.all(TEAM.map(async (login) => ({ post: await city.post(login), leader: login === TEAM[0] }))) });
  const { code } = city.unit(key);
  await city.act(TEAM[0], acceptance, 'recordVisit', {
    from: today, to: today, visits: [{ tier: 'hall', placeCode: code, measures: measuresOf(pack, 'hall'), checklist: checklistOf(pack, 'hall'), visitedOn: today }],
  });
}

/** One member scores all of his or her items: everything, less `off` tenths on the first. */
export async function score(city: LivingCity, login: string, acceptance: string, vetoes: { id: string; reason: string }[] = []): Promise<string> {
  const duty = (await city.offered(login, acceptance)).find((one) => one.command === 'scoreItems')!;
  const own = sheet.items.filter((item) => (duty.subject!.items as string[]).includes(item.id));
  return (await city.act(login, acceptance, 'scoreItems', { scores: Object.fromEntries(own.map((item) => [item.id, item.points.toFixed(1)])), reasons: {}, vetoes })).stage;
}

export const blocking = { object: '示例中心', clause: 'C-9.2', text: '档案室面积不足。', severity: 'blocking', proposal: '扩建。', days: '30' };

/** Drafted with a conclusion and signed by everybody; `at` the director's desk. */
export async function signed(city: LivingCity, acceptance: string, conclusion: string, findings: object[] = [], members: readonly string[] = TEAM): Promise<void> {
  await city.act(TEAM[0], acceptance, 'submitDraft', { conclusion, findings });
  for (const login of members) await city.act(login, acceptance, 'sign');
}

/** From the application to the director's desk. */
export async function concluded(city: LivingCity, key: string, acceptance: string, conclusion: string, findings: object[] = []): Promise<void> {
  await visited(city, key, acceptance);
  for (const login of TEAM) await score(city, login, acceptance);
  await signed(city, acceptance, conclusion, findings);
}
