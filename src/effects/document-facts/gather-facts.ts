import type { DocumentKind, FactsOf } from '../../documents/document-kinds.js';
import type { Dossier } from '../dossier.js';
import { acceptanceReport } from './acceptance-report.js';
import { acknowledgement } from './acknowledgement.js';
import { correctionLetter } from './correction-letter.js';
import { filingReceipt } from './filing-receipt.js';
import type { Gatherer, Issue } from './gatherer.js';
import { handlingSheet } from './handling-sheet.js';
import { incomingReceipt } from './incoming-receipt.js';
import { inspectionNotice } from './inspection-notice.js';
import { inspectionReport } from './inspection-report.js';
import { matterDecision } from './matter-decision.js';
import { planCoverReport } from './plan-cover-report.js';
import { planDocument } from './plan-document.js';
import { rectificationNotice } from './rectification-notice.js';
import { siteRecord } from './site-record.js';
import { supervisionDraft } from './supervision-draft.js';

/** Kinds whose facts follow from the case alone; a 呈批件 is made for one duty of it and has a way of its own. */
export type GatheredKind = Exclude<DocumentKind, 'approvalSlip'>;

const gatherers: { [K in GatheredKind]: Gatherer<K> } = {
  planCoverReport, planDocument, acknowledgement, incomingReceipt, correctionLetter, filingReceipt, inspectionNotice, siteRecord, rectificationNotice,
  inspectionReport, acceptanceReport, matterDecision, supervisionDraft, handlingSheet,
};

/**
 * The facts a paper is made from.
 * @throws DocumentRefusal facts-incomplete when something the paper cannot do without was not recorded
 */
export async function gatherFacts<K extends GatheredKind>(kind: K, dossier: Dossier, issue: Issue): Promise<FactsOf<K>> {
  return (gatherers[kind] as Gatherer<K>)(dossier, issue);
}
