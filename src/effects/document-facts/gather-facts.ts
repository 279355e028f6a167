import type { DocumentKind, FactsOf } from '../../documents/document-kinds.js';
import type { Dossier } from '../dossier.js';
import { acceptanceReport } from './acceptance-report.js';
import { acknowledgement } from './acknowledgement.js';
import { approvalSlip } from './approval-slip.js';
import { correctionLetter } from './correction-letter.js';
import { filingReceipt } from './filing-receipt.js';
import type { Gatherer, Issue } from './gatherer.js';
import { incomingReceipt } from './incoming-receipt.js';
import { inspectionNotice } from './inspection-notice.js';
import { inspectionReport } from './inspection-report.js';
import { planCoverReport } from './plan-cover-report.js';
import { planDocument } from './plan-document.js';
import { rectificationNotice } from './rectification-notice.js';
import { siteRecord } from './site-record.js';
import { supervisionDraft } from './supervision-draft.js';

const gatherers: { [K in DocumentKind]: Gatherer<K> } = {
  planCoverReport, planDocument, acknowledgement, incomingReceipt, correctionLetter, filingReceipt, inspectionNotice, siteRecord, rectificationNotice,
  inspectionReport, acceptanceReport, approvalSlip, supervisionDraft,
};

/**
 * The facts a paper is made from.
 * @throws DocumentRefusal facts-incomplete when something the paper cannot do without was not recorded
 */
export async function gatherFacts<K extends DocumentKind>(kind: K, dossier: Dossier, issue: Issue): Promise<FactsOf<K>> {
  return (gatherers[kind] as Gatherer<K>)(dossier, issue);
}
