import type { z } from 'zod';
import type { Words } from '../domain/text.js';
import { acceptanceReportFacts } from './acceptance-report.js';
import { acceptanceReportView } from './acceptance-report-view.js';
import { acknowledgementFacts, acknowledgementView } from './acknowledgement.js';
import { approvalSlipFacts, approvalSlipView } from './approval-slip.js';
import { correctionLetterFacts, correctionLetterView } from './correction-letter.js';
import type { DocumentFormat, DocumentView, Orientation } from './document-view.js';
import { filingReceiptFacts, filingReceiptView } from './filing-receipt.js';
import { handlingSheetFacts, handlingSheetView } from './handling-sheet.js';
import { incomingReceiptFacts, incomingReceiptView } from './incoming-receipt.js';
import { inspectionNoticeFacts, inspectionNoticeView } from './inspection-notice.js';
import { inspectionReportFacts, inspectionReportView } from './inspection-report.js';
import { matterDecisionFacts, matterDecisionView } from './matter-decision.js';
import { planCoverReportFacts, planCoverReportView, type PlanCoverReportFacts } from './plan-cover-report.js';
import { planDocumentFacts, planDocumentView } from './plan-document.js';
import { rectificationNoticeFacts, rectificationNoticeView } from './rectification-notice.js';
import { siteRecordFacts, siteRecordView } from './site-record.js';
import { supervisionDraftFacts, supervisionDraftView } from './supervision-draft.js';

/** All there is to know about one kind of paper. */
export interface DocumentDefinition<Facts> {
  /** Checks facts before anything is worded and names what is missing. */
  facts: z.ZodType<Facts>;
  viewModel: (facts: Facts) => DocumentView;
  /** The whole title, for lists and PDF metadata. */
  title: (facts: Facts) => string;
  words: Words;
  /** Layout and template; D4 chooses by its direction. */
  format: DocumentFormat | ((facts: Facts) => DocumentFormat);
  orientation: Orientation;
}

function define<Facts>(facts: z.ZodType<Facts>, viewModel: (facts: Facts) => DocumentView, zh: string, en: string, format: DocumentDefinition<Facts>['format']): DocumentDefinition<Facts> {
  return { facts, viewModel, title: (given) => viewModel(given).title, words: { zh, en }, format, orientation: 'portrait' };
}

/** Every paper the system makes. Letters D… are those of domain.md §2.5. */
export const documentKinds = {
  /** D4 */
  planCoverReport: define(planCoverReportFacts, planCoverReportView, '报送方案的报告或函', 'cover report of the plan', (facts: PlanCoverReportFacts) => (facts.direction === 'report' ? 'official' : 'letter')),
  planDocument: define(planDocumentFacts, planDocumentView, '实施方案', 'implementation plan', 'official'),
  acknowledgement: define(acknowledgementFacts, acknowledgementView, '收件回执', 'acknowledgement', 'form'),
  /** D5 */
  incomingReceipt: define(incomingReceiptFacts, incomingReceiptView, '收文回执', 'incoming receipt', 'form'),
  /** D6 */
  correctionLetter: define(correctionLetterFacts, correctionLetterView, '补正函', 'letter asking for correction', 'letter'),
  filingReceipt: define(filingReceiptFacts, filingReceiptView, '备案回执', 'filing receipt', 'form'),
  /** D7 */
  inspectionNotice: define(inspectionNoticeFacts, inspectionNoticeView, '检查通知', 'inspection notice', 'official'),
  /** D8 */
  siteRecord: define(siteRecordFacts, siteRecordView, '现场检查记录表', 'site inspection record', 'form'),
  /** D9 */
  rectificationNotice: define(rectificationNoticeFacts, rectificationNoticeView, '整改通知书', 'rectification notice', 'official'),
  inspectionReport: define(inspectionReportFacts, inspectionReportView, '检查报告', 'inspection report', 'official'),
  /** D12 */
  acceptanceReport: define(acceptanceReportFacts, acceptanceReportView, '验收报告', 'acceptance report', 'official'),
  matterDecision: define(matterDecisionFacts, matterDecisionView, '呈批事项办理结果', 'decision on a matter', 'form'),
  supervisionDraft: define(supervisionDraftFacts, supervisionDraftView, '督导通知书（拟稿）', 'draft notice of supervision', 'official'),
  handlingSheet: define(handlingSheetFacts, handlingSheetView, '收文处理单', 'handling sheet of an incoming paper', 'form'),
  approvalSlip: define(approvalSlipFacts, approvalSlipView, '呈批件', 'approval slip', 'form'),
};

export type DocumentKind = keyof typeof documentKinds;

/** The facts a kind is made from. */
export type FactsOf<K extends DocumentKind> = (typeof documentKinds)[K] extends DocumentDefinition<infer Facts> ? Facts : never;
