import type { FactsOf } from '../../documents/document-kinds.js';
import { addDays, localDay } from '../../domain/local-day.js';
import { termOf } from '../../../workflows/policies/pack-rules.js';
import { lastAct, type Dossier } from '../dossier.js';
import { acceptanceOf, reinspectionOf, visitsOf } from './acceptance-case.js';
import { constructionOf } from './acceptance-construction.js';
import { fundingOf } from './acceptance-funding.js';
import { scoreOf, sixInPlaceOf } from './acceptance-score.js';
import { organizationOf, signaturesOf } from './acceptance-team.js';
import { findingFacts } from './finding-facts.js';
import type { Gatherer, Issue } from './gatherer.js';
import { bureauName, officeColophon, officeName, policyPaper, sealedFor, teamLetterhead, unitOf } from './organs.js';
import { planOfYear, type PlanOfYear } from './plan-of-year.js';
import { planTitle } from './plan-papers.js';
import { actOf, paragraphsOf, recorded } from './recorded.js';
import { functionLines, measuredLines, paperTiers } from './visited-places.js';

type Report = FactsOf<'acceptanceReport'>;

/** D12: the team's report, and after a re-inspection its successor, from the same records. */
export const acceptanceReport: Gatherer<'acceptanceReport'> = async (dossier, issue) => {
  const { pack } = dossier;
  const plan = await planOfYear(dossier);
  const visits = visitsOf(dossier);
  const tiers = await paperTiers(dossier, visits);
  const { vetoes, findings } = acceptanceOf(dossier);
  const ordered = localDay(new Date(lastAct(dossier, 'issue')?.at ?? dossier.at));
  const earlier = reinspectionOf(dossier) === undefined ? undefined : dossier.context.documents as { kind: string; number: string | null }[];
  return {
    number: recorded(issue.number, '文号'), verifyCode: issue.verifyCode, cycleYear: dossier.year, unit: unitOf(dossier), letterhead: teamLetterhead(dossier),
    recipient: officeName(dossier), signOff: sealedFor(dossier, issue, teamLetterhead(dossier)), sample: pack.scoring.sheet.sample, basis: basisOf(dossier, plan),
    organization: await organizationOf(dossier), construction: await constructionOf(dossier, plan), sixInPlace: sixInPlaceOf(dossier),
    standards: { measured: measuredLines(dossier, visits, tiers, earlier === undefined ? null : '复验情况见第九部分'), functions: functionLines(dossier, visits) }, funding: fundingOf(dossier, plan), score: scoreOf(dossier),
    barring: pack.scoring.vetoes.value.map(({ id, name }) => ({ item: name.zh, found: vetoes.includes(id) })), findings: findingFacts(dossier, findings, ordered),
    conclusion: conclusionOf(dossier, issue), recommendations: paragraphsOf(actOf(dossier, 'submitDraft'), 'recommendations'),
    samplingList: visits.map((one) => ({ facility: one.name, tier: tiers.get(`${one.tier}:${one.placeCode}`)!, visitedOn: one.visitedOn })), attachments: [],
    ...(await signaturesOf(dossier)), colophon: officeColophon(dossier, issue, [bureauName(dossier)]),
    ...(earlier === undefined ? {} : { replaces: recorded(earlier.filter(({ kind }) => kind === 'acceptanceReport').at(-1)?.number, '原验收报告文号') }),
  };
};

/** The policy, the plan with its receipt, the consent, the standards (domain.md §4.5). */
function basisOf(dossier: Dossier, plan: PlanOfYear | null): Report['basis'] {
  return [
    policyPaper(dossier),
    ...(plan === null ? [] : [{ title: planTitle(dossier), number: plan.receipt }]),
    ...(plan?.consent == null ? [] : [{ title: `${plan.consent.organ}同意实施方案的${plan.consent.kind}`, number: plan.consent.number }]),
    { title: '人力资源和社会保障基层公共服务平台分类建设标准', number: `${dossier.pack.citation.number}附件2` },
  ];
}

/** The conclusion as drafted; after a re-inspection as its results made it, with each result. */
function conclusionOf(dossier: Dossier, issue: Issue): Report['conclusion'] {
  const { conclusion } = acceptanceOf(dossier);
  const outcome = recorded(conclusion, '验收结论');
  const again = reinspectionOf(dossier);
  const drafted = paragraphsOf(actOf(dossier, 'submitDraft'), 'conclusionNarrative');
  return {
    outcome, reinspectBy: outcome === 'conditional' ? addDays(issue.date, termOf(dossier.pack, 'acceptance.rectifying').count) : null,
    narrative: again === undefined ? drafted : [...drafted, ...resultsOf(again.event)],
  };
}

function resultsOf(event: Record<string, unknown>): string[] {
  const results = (event.results ?? []) as { finding: string; passed: boolean; note: string }[];
  const measures = (event.measures ?? []) as { item: string; values: string[] }[];
  return [
    ...results.map(({ finding, passed, note }) => `复验问题${finding.replace(/^F/, '')}：${passed ? '已整改到位' : '未整改到位'}，${note.replace(/。$/, '')}。`),
    ...measures.map(({ item, values }) => `复验实测${item}：${values.join('、')}平方米。`),
  ];
}
