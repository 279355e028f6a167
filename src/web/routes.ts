import type { Route } from './context.js';
import { amended } from './pages/amend.js';
import { attachmentFile, disposalConfirmed, disposalProposed, fileIsolated } from './pages/attachments.js';
import { batchPage, batchSubmitted } from './pages/batch.js';
import { casePage } from './pages/case-page.js';
import { casePicture } from './pages/case-picture.js';
import { circulationRead } from './pages/circulation.js';
import { clockAdvanced } from './pages/clock.js';
import { commandPage, commandSubmitted, draftSaved } from './pages/command.js';
import { absenceRecorded, deputiesPage, deputyEnded, deputyNamed } from './pages/deputies.js';
import { casePackage, documentPage, documentPdf, documentsPage } from './pages/documents.js';
import { exceptionsCsv, exceptionsPage, lateDatesPage } from './pages/exceptions.js';
import { handOverForming, handOverPage, handOversPage, handOverSubmitted } from './pages/hand-over.js';
import { handlingSheetPdf } from './pages/handling-sheet.js';
import { incomingPage } from './pages/incoming.js';
import { journalPage } from './pages/journal.js';
import { operationPage, repairConfirmed, repairProposed, repairRefused } from './pages/operation.js';
import { compared, comparePage } from './pages/paper-compare.js';
import { registered, registerPage } from './pages/paper-register.js';
import { papersPage } from './pages/papers.js';
import { conflictResolved } from './pages/plan-conflict.js';
import { editorPage, sectionSaved } from './pages/plan-editor.js';
import { prefilled } from './pages/prefill.js';
import { matterOpened, mattersPage } from './pages/matters.js';
import { noticesPage, progressPage, searchPage } from './pages/registers.js';
import { siteRecordPdf } from './pages/site-record.js';
import { signedOut, signInPage, signInSubmitted } from './pages/sign-in.js';
import { dutySlip, rightSlip, slipScanned } from './pages/slip.js';
import { carriedOver, workbookFile, workbookPage, workbookUploaded } from './pages/workbook.js';
import { supervisionPdf } from './pages/supervision.js';
import { verifyFile, verifyPage } from './pages/verify.js';
import { whatIfAsked, whatIfPage } from './pages/what-if.js';
import { visitPage, visitSubmitted } from './pages/visit.js';
import { visitPlacePage, visitPlaceSaved } from './pages/visit-place.js';
import { unitReminded, workbench } from './pages/workbench.js';
import { yearOpened, yearPage } from './pages/year.js';
import type { Permission } from '../auth/permissions.js';
import { apiRoutes } from './api/api-routes.js';
import type { Handler } from './context.js';

const route = (method: Route['method'], path: string, permission: Permission, audit: string | null, handle: Handler): Route => ({ method, path, permission, audit, handle });

/** Every way in, one line each: who may come, and what is recorded of it. Signing in records itself, because it knows the outcome. */
export const routes: readonly Route[] = [
  route('get', '/sign-in', 'public', null, signInPage),
  route('post', '/sign-in', 'public', null, signInSubmitted),
  route('post', '/sign-out', 'public', 'sign-out', signedOut),
  route('get', '/verify/:code', 'public', 'document.verified', verifyPage),
  route('post', '/verify/:code', 'public', 'document.compared', verifyFile),

  route('get', '/', 'auth.any', null, workbench),
  route('get', '/batch', 'case.act', null, batchPage),
  route('post', '/batch', 'case.act', null, batchSubmitted),
  route('get', '/notices', 'auth.any', null, noticesPage),
  route('get', '/search', 'case.read', null, searchPage),

  route('get', '/matters', 'case.read', null, mattersPage),
  route('post', '/matters', 'case.open', null, matterOpened),

  route('get', '/cases/:id', 'case.read', null, casePage),
  route('get', '/cases/:id/picture.svg', 'case.read', null, casePicture),
  route('get', '/cases/:id/journal', 'case.read', 'journal.read', journalPage),
  route('get', '/cases/:id/do/:command', 'case.act', null, commandPage),
  route('post', '/cases/:id/commands', 'case.act', null, commandSubmitted),
  route('post', '/cases/:id/circulation', 'case.act', 'circulation.read', circulationRead),
  route('post', '/cases/:id/amend', 'case.open', null, amended),
  route('get', '/cases/:id/visit', 'case.act', null, visitPage),
  route('post', '/cases/:id/visit', 'case.act', null, visitSubmitted),
  route('get', '/cases/:id/visit/:place', 'case.act', null, visitPlacePage),
  route('post', '/cases/:id/visit/:place', 'case.act', null, visitPlaceSaved),
  route('post', '/tasks/:task/draft', 'case.act', null, draftSaved),
  route('get', '/cases/:id/edit', 'section.write', null, editorPage),
  route('get', '/cases/:id/edit/:section', 'section.write', null, editorPage),
  route('post', '/cases/:id/edit/:section', 'section.write', null, sectionSaved),
  route('post', '/cases/:id/merge/:section', 'section.write', null, conflictResolved),
  route('post', '/cases/:id/prefill', 'section.write', null, prefilled),
  route('get', '/cases/:id/workbook', 'section.write', null, workbookPage),
  route('get', '/cases/:id/plan.xlsx', 'case.read', 'workbook.downloaded', workbookFile),
  route('post', '/cases/:id/plan.xlsx', 'section.write', null, workbookUploaded),
  route('post', '/cases/:id/carry-over', 'section.write', null, carriedOver),
  route('get', '/cases/:id/supervision.pdf', 'unit.remind', 'supervision.drafted', supervisionPdf),
  route('post', '/cases/:id/remind', 'unit.remind', 'unit.reminded', unitReminded),
  route('get', '/cases/:id/package', 'document.read', 'package.downloaded', casePackage),
  route('get', '/attachments/:id', 'case.read', 'attachment.downloaded', attachmentFile),
  route('post', '/attachments/:id/isolation', 'case.act', 'attachment.isolated', fileIsolated),
  route('post', '/attachments/:id/disposal', 'case.act', 'attachment.disposal-proposed', disposalProposed),
  route('post', '/attachments/:id/disposal/confirmation', 'case.act', 'attachment.disposal-confirmed', disposalConfirmed),

  route('get', '/documents', 'document.read', null, documentsPage),
  route('get', '/documents/:id', 'document.read', 'document.read', documentPage),
  route('get', '/documents/:id/pdf', 'document.read', 'document.downloaded', documentPdf),

  route('get', '/incoming', 'incoming.read', null, incomingPage),
  route('get', '/cases/:id/handling-sheet.pdf', 'incoming.read', 'sheet.printed', handlingSheetPdf),
  route('get', '/cases/:id/places/:place/record.pdf', 'case.read', 'sheet.printed', siteRecordPdf),
  route('get', '/papers', 'case.read', null, papersPage),
  route('get', '/cases/:id/paper', 'paper.register', null, registerPage),
  route('post', '/cases/:id/paper', 'paper.register', null, registered),
  route('get', '/cases/:id/paper/:task', 'paper.register', null, registerPage),
  route('post', '/cases/:id/paper/:task', 'paper.register', null, registered),
  route('get', '/cases/:id/slip/:task.pdf', 'paper.register', 'slip.printed', dutySlip),
  route('get', '/cases/:id/rights/:command.pdf', 'paper.register', 'slip.printed', rightSlip),
  route('get', '/paper/:code', 'paper.register', null, slipScanned),
  route('get', '/papers/:id', 'case.read', null, comparePage),
  route('post', '/papers/:id', 'paper.compare', null, compared),

  route('get', '/progress', 'progress.read', null, progressPage),
  route('get', '/year/:year', 'year.open', null, yearPage),
  route('post', '/year/:year/open', 'year.open', 'year.opened', yearOpened),
  route('get', '/exceptions', 'exceptions.read', null, exceptionsPage),
  route('get', '/exceptions.csv', 'exceptions.read', 'exceptions.taken', exceptionsCsv),
  route('get', '/exceptions/dates', 'exceptions.read', null, lateDatesPage),
  route('get', '/operation', 'operation.read', null, operationPage),
  route('post', '/repairs', 'operation.repair', null, repairProposed),
  route('post', '/repairs/:id/confirmation', 'operation.repair', null, repairConfirmed),
  route('post', '/repairs/:id/refusal', 'operation.repair', null, repairRefused),
  route('get', '/what-if', 'simulation.run', null, whatIfPage),
  route('post', '/what-if', 'simulation.run', null, whatIfAsked),
  route('get', '/deputies', 'auth.any', null, deputiesPage),
  route('post', '/deputies', 'auth.any', null, deputyNamed),
  route('post', '/deputies/:id/end', 'auth.any', null, deputyEnded),
  route('post', '/absences', 'auth.any', null, absenceRecorded),
  route('get', '/hand-overs', 'staff.arrange', null, handOversPage),
  route('get', '/hand-overs/new', 'staff.arrange', 'person.looked-at', handOverForming),
  route('post', '/hand-overs', 'staff.arrange', null, handOverSubmitted),
  route('get', '/hand-overs/:id', 'staff.arrange', null, handOverPage),
  route('post', '/clock', 'clock.advance', 'clock.advanced', clockAdvanced),

  ...apiRoutes,
];
