import { tierWords, type Tier } from '../../documents/fact-types.js';
import type { FactsOf } from '../../documents/document-kinds.js';
import { formatDate } from '../../domain/chinese-date.js';
import { projectArea } from '../../content/plan-check.js';
import type { PlanContent } from '../../../workflows/forms/plan-sections.js';
import type { Dossier } from '../dossier.js';
import { applicationOf, visitsOf } from './acceptance-case.js';
import { divisionsByTier } from './divisions.js';
import type { PlanOfYear } from './plan-of-year.js';
import { projectsOf } from './plan-papers.js';
import { actOf, paragraphsOf } from './recorded.js';
import { countByTier, meetsAll, paperTiers } from './visited-places.js';

type Construction = FactsOf<'acceptanceReport'>['construction'];
interface Registered { id: string; tier: 'hall' | 'center' | 'station'; placeCode: string; name: string }

/** The projects the unit applied for, as the register knows them. */
export async function completedProjects(dossier: Dossier): Promise<Registered[]> {
  const named = applicationOf(dossier).completedProjects?.projects.map(({ project }) => project) ?? [];
  return dossier.trx('project').where({ city: dossier.city }).whereIn('id', named).orderBy(['tier', 'place_code']).select('id', 'tier', 'place_code as placeCode', 'name');
}

/** 建设基本情况: built against planned by tier, construction papers, and the leader's words. */
export async function constructionOf(dossier: Dossier, plan: PlanOfYear | null): Promise<Construction> {
  const built = await completedProjects(dossier);
  const planned = plan === null ? [] : projectsOf(plan.content);
  const visits = visitsOf(dossier);
  const earlier = await acceptedBefore(dossier);
  const tiers = await paperTiers(dossier, [...built, ...planned, ...visits, ...earlier]);
  const divisions = await divisionsByTier(dossier);
  const [plannedBy, builtBy, metBy] = [planned, built, visits.filter(meetsAll)].map((places) => countByTier(places, tiers));
  const servedBy = countByTier(distinct([...built, ...earlier]), tiers);
  const area = (tier: Tier): number => planned.filter((one) => tiers.get(`${one.tier}:${one.placeCode}`) === tier && built.some((done) => done.tier === one.tier && done.placeCode === one.placeCode))
    .reduce((total, one) => total + projectArea(one), 0);
  return {
    tiers: (Object.keys(tierWords) as Tier[]).filter((tier) => plannedBy!.has(tier) || builtBy!.has(tier)).map((tier) => ({
      tier, planned: plannedBy!.get(tier) ?? 0, built: builtBy!.get(tier) ?? 0, accepted: metBy!.get(tier) ?? 0, units: divisions.get(tier) ?? 0,
      covered: servedBy.get(tier) ?? 0, staff: staffOf(plan?.content, tier), floorArea: area(tier),
    })),
    narrative: [...finished(dossier, built), ...paragraphsOf(actOf(dossier, 'submitDraft'), 'construction')],
    papers: papersOf(dossier),
  };
}

const distinct = (places: readonly Registered[]): Registered[] =>
  places.filter((one, index) => places.findIndex((other) => other.tier === one.tier && other.placeCode === one.placeCode) === index);

/** Platforms that acceptances closed before this report have ended. */
const acceptedBefore = async ({ trx, city, unit, at, caseId }: Dossier): Promise<Registered[]> =>
  trx('project as p').join('case_file as c', (on) => on.on('c.city', 'p.city').andOn('c.id', 'p.accepted_case')).where({ 'p.city': city, 'p.unit': unit.id })
    .whereNot('c.id', caseId).where('c.closed_at', '<', at).orderBy(['p.tier', 'p.place_code']).select('p.id', 'p.tier', 'p.place_code as placeCode', 'p.name');

/** Heads as the plan has them; it counts stations and points together. */
function staffOf(content: PlanContent | undefined, tier: Tier): number | null {
  if (tier === 'countyHall') return content?.organisation?.hallStaff ?? null;
  return tier === 'townshipCenter' ? (content?.organisation?.centerStaff ?? null) : null;
}

function finished(dossier: Dossier, built: readonly Registered[]): string[] {
  const said = applicationOf(dossier).completedProjects?.projects ?? [];
  const each = built.map(({ id, name }) => ({ name, on: said.find(({ project }) => project === id)?.finishedOn })).map(({ name, on }) => `${name}${on === undefined ? '' : `（${formatDate(on)}完成）`}`);
  const listed = each.length > 12 ? `${each.slice(0, 12).join('、')}等` : each.join('、');
  return each.length === 0 ? [] : [`本次申请验收的项目${each.length}个：${listed}。`];
}

function papersOf(dossier: Dossier): NonNullable<Construction['papers']> {
  const { classified, ...given } = applicationOf(dossier).constructionPapers ?? {};
  const papers = dossier.pack.acceptance.constructionPapers.value.flatMap(({ id, name }) => {
    const one = given[id];
    return one === undefined || Array.isArray(one) ? [] : [{ name: name.zh, state: one.state, note: one.state === 'present' ? one.number : one.reason }];
  });
  // A classified paper is not in this system: its line says where it lies.
  const lines = Array.isArray(classified) ? classified : [];
  return [...papers, ...lines.map(({ number, copies, keptAt }) => ({ name: `涉密材料 ${number}`, state: 'present' as const, note: `${copies === null ? '' : `${copies}份，`}存放于${keptAt}` }))];
}
