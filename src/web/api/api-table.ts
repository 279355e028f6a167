import type { Permission } from '../../auth/permissions.js';

/** One operation of the API: what the router mounts and what the description says of it. */
export interface ApiOperation {
  operationId: string;
  method: 'get' | 'post' | 'put';
  path: string;
  permission: Permission;
  audit: string | null;
  summary: string;
  answer: string;
  query?: readonly string[];
  body?: 'open' | 'command' | 'section' | 'paper' | 'compare' | 'advance' | 'file' | 'workbook' | 'isolation' | 'disposal' | 'confirmation' | 'batch' | 'handOver' | 'deputy' | 'absence' | 'repair' | 'refusal' | 'question';
  /** Carries Idempotency-Key. */
  keyed?: boolean;
  /** Carries If-Match. */
  revision?: boolean;
}

const V1 = '/api/v1';

export const apiTable: readonly ApiOperation[] = [
  { operationId: 'inbox', method: 'get', path: `${V1}/inbox`, permission: 'auth.any', audit: null, summary: 'Open duties of my posts, nearest deadline first', answer: 'Duties' },
  { operationId: 'units', method: 'get', path: `${V1}/units`, permission: 'auth.any', audit: null, summary: 'Filing units of a year', answer: 'Units', query: ['year'] },
  { operationId: 'figures', method: 'get', path: `${V1}/figures`, permission: 'progress.read', audit: null, summary: 'Figures of a year', answer: 'Figures', query: ['year'] },
  { operationId: 'cases', method: 'get', path: `${V1}/cases`, permission: 'case.read', audit: null, summary: 'Cases of a year', answer: 'Cases', query: ['year', 'workflow', 'unit'] },
  { operationId: 'open', method: 'post', path: `${V1}/cases`, permission: 'case.open', audit: null, summary: 'Open a case', answer: 'The case', body: 'open', keyed: true },
  { operationId: 'case', method: 'get', path: `${V1}/cases/:id`, permission: 'case.read', audit: null, summary: 'A case with what may be done on it', answer: 'The case' },
  { operationId: 'journal', method: 'get', path: `${V1}/cases/:id/journal`, permission: 'case.read', audit: 'journal.read', summary: 'The journal of a case and the check of its chain', answer: 'Entries' },
  { operationId: 'command', method: 'post', path: `${V1}/cases/:id/commands`, permission: 'case.act', audit: null, summary: 'Give a command', answer: 'The outcome', body: 'command', keyed: true },
  { operationId: 'batch', method: 'post', path: `${V1}/batches`, permission: 'case.act', audit: null, summary: 'Give one command for many duties; each is carried out or refused by itself', answer: 'What became of each', body: 'batch', keyed: true },
  { operationId: 'readCirculation', method: 'post', path: `${V1}/cases/:id/circulation/read`, permission: 'case.act', audit: 'circulation.read', summary: 'Leave the receipt of what was circulated to my posts', answer: 'How many there were' },
  { operationId: 'section', method: 'get', path: `${V1}/cases/:id/sections/:name`, permission: 'section.write', audit: null, summary: 'A section being written', answer: 'The section' },
  { operationId: 'saveSection', method: 'put', path: `${V1}/cases/:id/sections/:name`, permission: 'section.write', audit: null, summary: 'Save a section', answer: 'The new revision', body: 'section', revision: true },
  { operationId: 'planWorkbook', method: 'get', path: `${V1}/cases/:id/plan.xlsx`, permission: 'case.read', audit: 'workbook.downloaded', summary: 'The plan as an Excel workbook to fill in', answer: 'XLSX' },
  { operationId: 'importPlanWorkbook', method: 'post', path: `${V1}/cases/:id/plan.xlsx`, permission: 'section.write', audit: null, summary: 'Read a filled-in workbook into the plan: all of it or nothing', answer: 'What was saved and the report row by row', body: 'workbook' },
  { operationId: 'carryOver', method: 'post', path: `${V1}/cases/:id/carry-over`, permission: 'section.write', audit: null, summary: 'Take over the last plan of an earlier year', answer: 'What was saved, carried and dropped' },
  { operationId: 'openYear', method: 'post', path: `${V1}/years/:year/open`, permission: 'year.open', audit: 'year.opened', summary: 'Open a year for every filing unit', answer: 'How many were opened and how many were open already' },
  { operationId: 'attach', method: 'post', path: `${V1}/cases/:id/attachments`, permission: 'case.act', audit: null, summary: 'Upload an attachment', answer: 'The attachment', body: 'file' },
  { operationId: 'isolateFile', method: 'post', path: `${V1}/attachments/:id/isolation`, permission: 'case.act', audit: 'attachment.isolated', summary: 'Isolate a file: out of everybody’s reach at once', answer: 'The case of the file', body: 'isolation' },
  { operationId: 'proposeDisposal', method: 'post', path: `${V1}/attachments/:id/disposal`, permission: 'case.act', audit: 'attachment.disposal-proposed', summary: 'Propose that an isolated file is removed or given back', answer: 'The case of the file', body: 'disposal' },
  { operationId: 'confirmDisposal', method: 'post', path: `${V1}/attachments/:id/disposal/confirmation`, permission: 'case.act', audit: 'attachment.disposal-confirmed', summary: 'Confirm, as a second person, what was proposed', answer: 'The case of the file', body: 'confirmation' },
  { operationId: 'package', method: 'get', path: `${V1}/cases/:id/package`, permission: 'document.read', audit: 'package.downloaded', summary: 'The verifiable package of a pre-archived case', answer: 'ZIP' },
  { operationId: 'registerPaper', method: 'post', path: `${V1}/cases/:id/paper`, permission: 'paper.register', audit: null, summary: 'Register a decision made on paper', answer: 'The paper act', body: 'paper', keyed: true },
  { operationId: 'comparePaper', method: 'post', path: `${V1}/paper/:id/compare`, permission: 'paper.compare', audit: null, summary: 'Compare a registration with the paper', answer: 'The outcome', body: 'compare', keyed: true },
  { operationId: 'incoming', method: 'get', path: `${V1}/incoming`, permission: 'incoming.read', audit: null, summary: 'The register of incoming papers with every correction of a delivery', answer: 'Papers', query: ['year'] },
  { operationId: 'handlingSheet', method: 'get', path: `${V1}/cases/:id/handling-sheet.pdf`, permission: 'incoming.read', audit: 'sheet.printed', summary: 'The handling sheet of a registered plan', answer: 'PDF' },
  { operationId: 'siteRecord', method: 'get', path: `${V1}/cases/:id/places/:place/record.pdf`, permission: 'case.read', audit: 'sheet.printed', summary: 'The record of one inspected platform, with its photographs', answer: 'PDF' },
  { operationId: 'documents', method: 'get', path: `${V1}/documents`, permission: 'document.read', audit: null, summary: 'Issued papers', answer: 'Papers', query: ['year', 'kind', 'unit', 'case'] },
  { operationId: 'document', method: 'get', path: `${V1}/documents/:id`, permission: 'document.read', audit: 'document.read', summary: 'One issued paper', answer: 'The paper' },
  { operationId: 'documentPdf', method: 'get', path: `${V1}/documents/:id/pdf`, permission: 'document.read', audit: 'document.downloaded', summary: 'The PDF of an issued paper', answer: 'PDF' },
  { operationId: 'supervisionDraft', method: 'get', path: `${V1}/cases/:id/supervision.pdf`, permission: 'unit.remind', audit: 'supervision.drafted', summary: 'Draft notice of supervision for a plan that has not come', answer: 'PDF' },
  { operationId: 'exceptions', method: 'get', path: `${V1}/exceptions`, permission: 'exceptions.read', audit: null, summary: 'Everything of a year that was late, extended, skipped, corrected, refused or decided on paper', answer: 'Exceptions', query: ['year', 'kind', 'unit', 'from', 'to'] },
  { operationId: 'lateDates', method: 'get', path: `${V1}/exceptions/dates`, permission: 'exceptions.read', audit: null, summary: 'Everything of a year that is dated later than the step it should precede', answer: 'Dates', query: ['year'] },
  { operationId: 'alarms', method: 'get', path: `${V1}/alarms`, permission: 'operation.read', audit: null, summary: 'What will not go on by itself: duties without a holder, parked or stuck effects, timers that do not fire, cases whose rows do not agree; with what may be done and what is proposed', answer: 'Alarms' },
  { operationId: 'proposeRepair', method: 'post', path: `${V1}/repairs`, permission: 'operation.repair', audit: null, summary: 'Propose what is to be done about an alarm, with a reason', answer: 'The proposal', body: 'repair' },
  { operationId: 'confirmRepair', method: 'post', path: `${V1}/repairs/:id/confirmation`, permission: 'operation.repair', audit: null, summary: 'Confirm, as a second person, a proposed repair: it is carried out', answer: 'That it was done' },
  { operationId: 'refuseRepair', method: 'post', path: `${V1}/repairs/:id/refusal`, permission: 'operation.repair', audit: null, summary: 'Refuse a proposed repair or take it back', answer: 'That it was refused', body: 'refusal' },
  { operationId: 'deputies', method: 'get', path: `${V1}/deputies`, permission: 'auth.any', audit: null, summary: 'Deputyships and absences that concern me, and the holdings I may name a deputy for', answer: 'Deputyships' },
  { operationId: 'nameDeputy', method: 'post', path: `${V1}/deputies`, permission: 'auth.any', audit: null, summary: 'Name a deputy for a holder of a post, from one day to another', answer: 'The deputyship', body: 'deputy' },
  { operationId: 'endDeputy', method: 'post', path: `${V1}/deputies/:id/end`, permission: 'auth.any', audit: null, summary: 'End a deputyship early', answer: 'That it has ended', body: 'refusal' },
  { operationId: 'recordAbsence', method: 'post', path: `${V1}/absences`, permission: 'auth.any', audit: null, summary: 'Say when I am away', answer: 'The absence, and my posts in which nobody stands in', body: 'absence' },
  { operationId: 'carried', method: 'get', path: `${V1}/people/:id/carried`, permission: 'staff.arrange', audit: 'person.looked-at', summary: 'What a person carries on a day, and who may follow', answer: 'Posts, duties, deputyships, teams and candidates', query: ['day'] },
  { operationId: 'handOvers', method: 'get', path: `${V1}/hand-overs`, permission: 'staff.arrange', audit: null, summary: 'Hand-overs of posts I arrange', answer: 'Hand-overs' },
  { operationId: 'orderHandOver', method: 'post', path: `${V1}/hand-overs`, permission: 'staff.arrange', audit: null, summary: 'Hand over everything a person carries, from a day on', answer: 'What went where', body: 'handOver', keyed: true },
  { operationId: 'handOver', method: 'get', path: `${V1}/hand-overs/:id`, permission: 'staff.arrange', audit: null, summary: 'What went where in a hand-over', answer: 'The list' },
  { operationId: 'simulate', method: 'post', path: `${V1}/simulations`, permission: 'simulation.run', audit: null, summary: 'Try a year out: who files late, which post is the bottleneck, the spread over seeds; nothing is written', answer: 'The first year in full and all of them together', body: 'question' },
  { operationId: 'advanceClock', method: 'post', path: `${V1}/clock/advance`, permission: 'clock.advance', audit: 'clock.advanced', summary: 'Move the clock of a demonstration', answer: 'The new time', body: 'advance' },
  { operationId: 'openapi', method: 'get', path: `${V1}/openapi.json`, permission: 'public', audit: null, summary: 'This description', answer: 'OpenAPI 3.1' },
];
