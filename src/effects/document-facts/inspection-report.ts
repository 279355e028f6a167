import type { FactsOf } from '../../documents/document-kinds.js';
import { localDay } from '../../domain/local-day.js';
import { lastAct, type Dossier } from '../dossier.js';
import { findingFacts } from './finding-facts.js';
import type { Gatherer } from './gatherer.js';
import { basisOf, inspectionOf, siteActs, teamRows, visitDays } from './inspection-case.js';
import { bureauName, officeColophon, officeName, officePaper } from './organs.js';
import { postNames, signatureOf } from './people.js';
import { actOf, notRegistered, textOf } from './recorded.js';
import { divisionsByTier } from './divisions.js';
import { countByTier, meetsAll, paperTiers } from './visited-places.js';

type Report = FactsOf<'inspectionReport'>;

/** 年度检查报告 when every finding is closed. */
export const inspectionReport: Gatherer<'inspectionReport'> = async (dossier, issue) => {
  const summary = textOf(actOf(dossier, 'consolidate'), 'summary');
  const ordered = lastAct(dossier, 'signNotice')?.at ?? dossier.at;
  return {
    ...officePaper(dossier, issue), recipient: officeName(dossier),
    authorization: basisOf(dossier), ...visitDays(dossier), team: teamRows(dossier), visited: await visited(dossier),
    overview: summary === null ? [] : summary.split('\n').map((line) => line.trim()).filter((line) => line !== ''),
    findings: findingFacts(dossier, inspectionOf(dossier).findings, localDay(new Date(ordered))), integrityFeedback: `${notRegistered}。`, conclusion: conclusion(dossier),
    signatures: await signatures(dossier), verifyCode: issue.verifyCode, colophon: officeColophon(dossier, issue, [bureauName(dossier)]),
  };
};

/** Visited and up to standard against all there are of a tier in the unit. */
async function visited(dossier: Dossier): Promise<Report['visited']> {
  const records = siteActs(dossier);
  const tiers = await paperTiers(dossier, records.map(({ site }) => site));
  const divisions = await divisionsByTier(dossier);
  const met = countByTier(records.filter((one) => meetsAll(one.visited)).map(({ site }) => site), tiers);
  return [...countByTier(records.map(({ site }) => site), tiers)].map(([tier, count]) => ({ tier, total: divisions.get(tier) ?? count, visited: count, met: met.get(tier) ?? 0 }));
}

/** How the case ended, counted from its findings and objections. */
function conclusion(dossier: Dossier): string[] {
  const { findings, objections, silent } = inspectionOf(dossier);
  const of = (state: string): number => findings.filter((one) => one.state === state).length;
  const standing = findings.length - of('withdrawn');
  return [
    standing === 0 ? '现场检查未留存需要整改的问题，检查办结。' : `发现问题${standing}个，已全部复查销号，检查办结。`,
    ...(objections.length === 0 ? [] : [`受检单位对${objections.length}个问题提出异议，经核实撤销${of('withdrawn')}个。`]),
    ...(silent ? ['受检单位在规定期限内没有反馈意见，按程序进入整改。'] : []),
  ];
}

/** Everybody who recorded a platform, and who consolidated. */
async function signatures(dossier: Dossier): Promise<Report['signatures']> {
  const acts = siteActs(dossier).map(({ act }) => act);
  const last = acts.filter((act, index) => acts.findLastIndex((other) => other.event.by.post === act.event.by.post) === index);
  const lead = actOf(dossier, 'consolidate');
  const names = await postNames(dossier, [...last, lead].map(({ event }) => event.by.post));
  return [...last.map((act) => signatureOf(act, '检查人', names.get(act.event.by.post ?? ''), '现场检查记录')), signatureOf(lead, '组长', names.get(lead.event.by.post ?? ''), '汇总')];
}
