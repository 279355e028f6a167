import { composeDocument } from '../documents/compose-document.js';
import { gatherFacts } from './document-facts/gather-facts.js';
import { printNow, unissued, type PrintedSheet, type PrintParts } from './print-now.js';

/** Prints 收文处理单 of a registered plan: it goes round on paper. @throws DocumentRefusal as `printNow` */
export const previewHandlingSheet = (parts: PrintParts, at: { city: string; caseId: string }): Promise<PrintedSheet> =>
  printNow(parts, at, (dossier) => gatherFacts('handlingSheet', dossier, unissued(parts, at.caseId)), (facts) => composeDocument('handlingSheet', facts, parts.documents));
