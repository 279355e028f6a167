import type { Handler, Route } from '../context.js';
import { apiConfirmDisposal, apiIsolate, apiProposeDisposal } from '../pages/attachments.js';
import { apiBatch } from '../pages/batch.js';
import { apiCirculationRead } from '../pages/circulation.js';
import { apiExceptions, apiLateDates } from '../pages/exceptions.js';
import { casePackage, documentPdf } from '../pages/documents.js';
import { apiCase, apiCases, apiCommand, apiFigures, apiInbox, apiJournal, apiOpen, apiSaveSection, apiSection, apiUnits } from './api-cases.js';
import { apiAdvance, apiAttach, apiCompare, apiDocument, apiDocuments, apiIncoming, apiPaper } from './api-papers.js';
import { apiDeputies, apiEndDeputy, apiNameDeputy, apiRecordAbsence } from '../pages/deputies.js';
import { apiCarried, apiHandOver, apiHandOvers } from '../pages/hand-over.js';
import { apiOrderHandOver } from './api-people.js';
import { apiAlarms, apiConfirmRepair, apiProposeRepair, apiRefuseRepair } from '../pages/operation.js';
import { apiWhatIf } from '../pages/what-if.js';
import { handlingSheetPdf } from '../pages/handling-sheet.js';
import { siteRecordPdf } from '../pages/site-record.js';
import { supervisionPdf } from '../pages/supervision.js';
import { workbookFile } from '../pages/workbook.js';
import { apiCarryOver, apiImportWorkbook, apiOpenYear } from './api-plan.js';
import { apiTable } from './api-table.js';
import { apiDescription } from './openapi.js';

const handlers: Readonly<Record<string, Handler>> = {
  inbox: apiInbox, units: apiUnits, figures: apiFigures, cases: apiCases, open: apiOpen, case: apiCase, journal: apiJournal, command: apiCommand, batch: apiBatch, section: apiSection,
  saveSection: apiSaveSection, attach: apiAttach, readCirculation: apiCirculationRead, package: casePackage, registerPaper: apiPaper, comparePaper: apiCompare, incoming: apiIncoming, documents: apiDocuments, document: apiDocument,
  planWorkbook: workbookFile, importPlanWorkbook: apiImportWorkbook, carryOver: apiCarryOver, openYear: apiOpenYear,
  documentPdf, handlingSheet: handlingSheetPdf, siteRecord: siteRecordPdf, isolateFile: apiIsolate, proposeDisposal: apiProposeDisposal, confirmDisposal: apiConfirmDisposal, supervisionDraft: supervisionPdf, exceptions: apiExceptions,
  deputies: apiDeputies, nameDeputy: apiNameDeputy, endDeputy: apiEndDeputy, recordAbsence: apiRecordAbsence,
  carried: apiCarried, handOvers: apiHandOvers, orderHandOver: apiOrderHandOver, handOver: apiHandOver,
  lateDates: apiLateDates, alarms: apiAlarms, proposeRepair: apiProposeRepair, confirmRepair: apiConfirmRepair, refuseRepair: apiRefuseRepair, advanceClock: apiAdvance, simulate: apiWhatIf, openapi: apiDescription,
};

/** The API as routes; an operation without a handler does not start. */
export const apiRoutes: readonly Route[] = apiTable.map(({ operationId, method, path, permission, audit }) => {
  const handle = handlers[operationId];
  if (handle === undefined) throw new Error(`operation ${operationId} has no handler`);
  return { method, path, permission, audit, handle };
});
