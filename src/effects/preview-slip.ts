import { composeDocument } from '../documents/compose-document.js';
import { slipCodeOf } from '../documents/slip-code.js';
import { localDay } from '../domain/local-day.js';
import { approvalSlip, type SlipMatter } from './document-facts/approval-slip.js';
import { printNow, type PrintedSheet, type PrintParts } from './print-now.js';

/**
 * Prints a 呈批件. What is kept is the signed sheet, by the code it carries: that of the task it decides, or of the case where a right is
 * exercised that has no task.
 * @throws DocumentRefusal as `printNow`
 */
export async function previewSlip(parts: PrintParts, asked: { city: string; caseId: string; matter: SlipMatter; printedBy: string }): Promise<PrintedSheet> {
  const { caseId, matter, printedBy } = asked;
  const code = slipCodeOf('taskId' in matter ? matter.taskId : caseId);
  return printNow(parts, asked, (dossier) => approvalSlip(dossier, { matter, printedBy, code, date: localDay(parts.clock.now()) }),
    (facts) => composeDocument('approvalSlip', facts, parts.documents));
}
