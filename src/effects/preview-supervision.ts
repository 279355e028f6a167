import { composeDocument } from '../documents/compose-document.js';
import { gatherFacts } from './document-facts/gather-facts.js';
import { printNow, unissued, type PrintedSheet, type PrintParts } from './print-now.js';

/**
 * Prints 督导通知书 as a draft for the director's signature; the unit's own case says nothing of it. What is signed begins a supervision of its own.
 * @throws Refused when the plan has come or is not overdue for long enough; DocumentRefusal as `printNow`
 */
export const previewSupervision = (parts: PrintParts, at: { city: string; caseId: string }): Promise<PrintedSheet> =>
  printNow(parts, at, (dossier) => gatherFacts('supervisionDraft', dossier, unissued(parts, at.caseId)), (facts) => composeDocument('supervisionDraft', facts, parts.documents));
