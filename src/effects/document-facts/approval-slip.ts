import { lastAct, type Dossier } from '../dossier.js';
import type { Gatherer } from './gatherer.js';
import { bureauName, officeName } from './organs.js';
import { consentOf, frozenOf, planOf, planTitle } from './plan-papers.js';
import { notRegistered, recorded, textOf } from './recorded.js';

/**
 * 呈批件 of a plan: before the filing for whoever signs in the consent organ, after the registration for the office's own leaders. What is
 * proposed is what the last post before them has written.
 */
export const approvalSlip: Gatherer<'approvalSlip'> = async (dossier, issue) => {
  const inOffice = planOf(dossier).incoming !== null;
  const proposed = inOffice ? (lastAct(dossier, 'acceptComplete') ?? lastAct(dossier, 'register')) : lastAct(dossier, 'approve');
  const opinion = textOf(proposed, 'opinion');
  const files = frozenOf(dossier).attachments.length;
  return {
    number: `${dossier.caseNumber}-P${dossier.acts.at(-1)!.seq}`, office: inOffice ? officeName(dossier) : bureauName(dossier), date: issue.date, from: bureauName(dossier),
    theirNumber: planOf(dossier).incoming?.theirNumber ?? null, subject: planTitle(dossier), proposal: [opinion ?? `拟办意见${notRegistered}。`, ...consented(dossier)],
    proposedBy: recorded(proposed, '拟办').event.by.name, boxes: inOffice ? ['办公室主任', '领导小组批示'] : ['本级政府（管委会）审定意见'],
    attachments: `方案1份${files === 0 ? '' : `，附件${files}件`}`, code: `P-${issue.verifyCode}`,
  };
};

function consented(dossier: Dossier): string[] {
  if (planOf(dossier).consent === null) return [];
  const { organ, kind, number } = consentOf(dossier);
  return [`${organ}已同意（${kind}${number === null ? '' : `，${number}`}）。`];
}
