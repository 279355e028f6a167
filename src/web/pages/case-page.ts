import { Conflict, InvalidInput, type DomainError } from '../../domain/errors.js';
import { words, type Words } from '../../domain/text.js';
import { caseModel } from '../case-view/case-model.js';
import { commandFormOf } from '../command-form-of.js';
import type { Exchange, Handler } from '../context.js';
import { asksInPlace } from '../in-place.js';
import { chartTab } from './case-picture.js';

const TABS = ['timeline', 'content', 'results', 'documents', 'chart'];

/** What was done although it has no form of its own. */
const plainly: Readonly<Record<string, Words>> = { open: words('已签收', 'Receipt confirmed'), amend: words('开立方案调整', 'Opened the amendment'), matter: words('提出呈批事项', 'Brought up the matter'), read: words('已阅，回执已留', 'Read; a receipt is kept') };

/** 案卷: where it stands, what I may do now, what was written and by whom. */
export const casePage: Handler = async (x) => {
  // What has just been done is told once: it stays out of the address, so that going back does not tell it again.
  if (asksInPlace(x.req) && x.req.query.done !== undefined) x.res.set('hx-replace-url', `/cases/${String(x.req.params.id)}`);
  await renderCase(x, null, 200);
};

/** The page of a case, with what a step taken from it met. */
export async function renderCase(x: Exchange, error: DomainError | null, status: number): Promise<void> {
  const model = await caseModel(x, String(x.req.params.id));
  const tab = TABS.includes(String(x.req.query.tab)) ? String(x.req.query.tab) : 'timeline';
  const refusal = error === null ? null : { sentence: error.sentence, conflict: error instanceof Conflict, defects: error instanceof InvalidInput ? error.defects : [] };
  const chart = tab === 'chart' ? await chartTab(x, model.head.caseId) : null;
  await x.pages.render(x, 'case', { nav: model.head.workflow, ...model, tab, chart, refusal, inPlace: true, done: doneNote(x) }, status);
}

/** After a command the page says what was done; the name comes back in the address and is looked up, never echoed. */
function doneNote(x: Exchange) {
  const command = String(x.req.query.done ?? '');
  const acknowledgement = String(x.req.query.number ?? '');
  const done = Object.hasOwn(plainly, command) ? plainly[command] : commandFormOf(x.services, command)?.done;
  return done === undefined ? null : { words: done, acknowledgement: /^[A-Z0-9-]{1,60}$/.test(acknowledgement) ? acknowledgement : null };
}
