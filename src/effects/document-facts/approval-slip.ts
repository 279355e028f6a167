import type { FactsOf } from '../../documents/document-kinds.js';
import { lastAct, type Dossier, type JournalledAct } from '../dossier.js';
import type { Gatherer } from './gatherer.js';
import { bureauName, officeName } from './organs.js';
import { consentOf, filingOrgan, frozenOf, planOf, planTitle } from './plan-papers.js';
import { notRegistered, recorded, textOf } from './recorded.js';

/** Who writes on the sheet, by the step it is printed for. */
const boxesOf: Readonly<Record<string, FactsOf<'approvalSlip'>['boxes']>> = {
  headReview: ['人社局负责人审核意见'], coSign: ['会签部门意见'], governmentApproval: ['本级政府（管委会）审定意见'],
};
const officeBoxes = ['办公室主任', '领导小组批示'];

/**
 * 呈批件 of a plan: before the filing for whoever signs in the unit, after the registration for the office's own leaders. What is proposed is
 * what the last post before them has written.
 */
export const approvalSlip: Gatherer<'approvalSlip'> = async (dossier, issue) => {
  const inOffice = planOf(dossier).incoming !== null;
  // An act names the step it was done in; the sheet is for the step that is open now.
  const { stage } = (await dossier.trx('case_file').where({ city: dossier.city, id: dossier.caseId }).first('stage')) as { stage: string };
  const proposed = inOffice ? latest(dossier, 'acceptComplete') ?? latest(dossier, 'register') : latest(dossier, 'approve', 'submit', 'resubmit', 'seekOpinions');
  const files = frozenOf(dossier).attachments.length;
  return {
    number: `${dossier.caseNumber}-P${dossier.acts.at(-1)!.seq}`, office: inOffice ? officeName(dossier) : bureauName(dossier), date: issue.date, from: inOffice ? filingOrgan(dossier).name : bureauName(dossier),
    theirNumber: planOf(dossier).incoming?.theirNumber ?? null, subject: planTitle(dossier), proposal: [proposalOf(proposed), ...consented(dossier)],
    proposedBy: recorded(proposed, '拟办').event.by.name, boxes: inOffice ? officeBoxes : (boxesOf[stage] ?? boxesOf.governmentApproval!),
    attachments: `方案1份${files === 0 ? '' : `，附件${files}件`}`, code: `P-${issue.verifyCode}`,
  };
};

const latest = (dossier: Dossier, ...commands: string[]): JournalledAct | undefined =>
  commands.flatMap((command) => lastAct(dossier, command) ?? []).sort((a, b) => a.seq - b.seq).at(-1);

function proposalOf(act: JournalledAct | undefined): string {
  const opinion = textOf(act, 'opinion');
  if (opinion !== null) return opinion;
  return act?.command === 'submit' || act?.command === 'resubmit' ? '方案已填报完毕，送请审核。' : `拟办意见${notRegistered}。`;
}

function consented(dossier: Dossier): string[] {
  if (planOf(dossier).consent === null) return [];
  const { organ, kind, number } = consentOf(dossier);
  return [`${organ}已同意（${kind}${number === null ? '' : `，${number}`}）。`];
}
