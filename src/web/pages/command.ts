import type { Knex } from 'knex';
import { newId } from '../../clock.js';
import { Conflict, DomainError, InvalidInput, Refused, type Defect } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import { attachmentsOf } from '../../reads/case-content.js';
import { caseContext, openDuties } from '../../reads/case-context.js';
import { caseHead } from '../../reads/case-head.js';
import { plannedAreas } from '../../reads/planned-areas.js';
import { draftOpinion } from '../../reads/draft-opinions.js';
import { unsentAt } from '../../reads/unsent-forms.js';
import { incomingPapers } from '../../reads/incoming-papers.js';
import { actionView, scopeOf, type Draft } from '../case-view/action-panel.js';
import { formSources } from '../case-view/form-sources.js';
import { pendingCorrection } from '../case-view/pending-correction.js';
import { siteRecord } from '../case-view/site-record.js';
import { subjectName } from '../case-view/subject-name.js';
import { stageWords } from '../case-view/stage-words.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { Formats } from '../formats.js';
import { fittedFields } from '../form-schema.js';
import { asksInPlace, takesThePlaceOf } from '../in-place.js';
import { nestedFields } from '../nested-fields.js';
import { readAs } from '../reading.js';
import { noSuchPage } from '../refusals.js';
import { dropUnsent, keepDraft } from '../personal-notes.js';
import { takeFiles } from '../take-files.js';
import { isOnSite } from '../visit-view/on-site.js';
import { actorsFor } from '../actors-for.js';
import { commandFormOf } from '../command-form-of.js';

/** One command on a page of its own: forms too large for the side panel, and every form that came back with errors. */
export const commandPage: Handler = async (x) => {
  const command = String(x.req.params.command);
  const task = typeof x.req.query.task === 'string' ? x.req.query.task : '';
  // A whole visit is no form to fill in at one sitting: it is put together platform by platform.
  if (command === 'recordVisit' && isOnSite(await readAs(x, (trx) => caseHead(trx, x.services.city, String(x.req.params.id))))) {
    return x.res.redirect(303, `/cases/${String(x.req.params.id)}/visit`);
  }
  const kept = await readAs(x, (trx) => (task === '' ? unsentRight(x, trx, command) : draftOpinion(trx, x.services.city, task, viewerOf(x).person).then((one) => one?.body as unknown as Draft | undefined)));
  await renderForm(x, command, task, kept?.command === command ? kept : { command, fields: {} }, null, 200);
};

/** Where the page of a right stands; one of a task keeps its draft with the task. */
const addressOf = (caseId: string, command: string): string => `/cases/${caseId}/do/${command}`;

/** A right has no task to keep a draft with. */
async function unsentRight(x: Exchange, trx: Knex.Transaction, command: string): Promise<Draft | undefined> {
  const form = commandFormOf(x.services, command);
  const found = form === undefined ? null : await unsentAt(trx, x.services.city, viewerOf(x).person, addressOf(String(x.req.params.id), command));
  return found === null ? undefined : { command, fields: fittedFields(form!.schema, nestedFields(found.fields)) as Record<string, unknown>, unsent: { files: found.files } };
}

/** A command from a form. What was typed survives every refusal: the form comes back with it, and with what to change. */
export const commandSubmitted: Handler = async (x) => {
  const { services, req, res } = x;
  const id = String(req.params.id);
  const body = (req.body ?? {}) as Record<string, string>;
  const command = body._command ?? '';
  if (command === 'open') return signFor(x, id, body);
  const form = commandFormOf(services, command);
  if (form === undefined) throw noSuchPage(command);
  let fields = fittedFields(form.schema, nestedFields(body)) as Record<string, unknown>;
  try {
    fields = { ...fields, ...(await takeFiles(x, id)) };
    if (form.irreversible && body._confirm !== 'on') throw notConfirmed();
    const outcome = await services.engine.dispatch(await actorsFor(x, id), {
      caseId: id, type: command, taskId: body._task || undefined, fields, shown: body._shown || undefined, key: body._key || newId(),
    });
    if (!body._task) await readAs(x, (trx) => dropUnsent(trx, services.city, viewerOf(x).person, addressOf(id, command)));
    const number = command === 'report' && outcome.acknowledgement !== null ? `&number=${encodeURIComponent(outcome.acknowledgement.number)}` : '';
    res.redirect(303, `/cases/${id}?done=${command}${number}`);
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof Conflict || error instanceof Refused)) throw error;
    await renderForm(x, command, body._task ?? '', { command, fields }, error, error instanceof Conflict ? 409 : 422);
  }
};

/** 签收: a task is taken notice of. It has no form and needs none. */
async function signFor(x: Exchange, id: string, body: Record<string, string>): Promise<void> {
  await x.services.engine.dispatch(await actorsFor(x, id), { caseId: id, type: 'open', taskId: body._task || undefined, fields: {}, key: body._key || newId() });
  x.res.redirect(303, `/cases/${id}?done=open`);
}

const notConfirmed = (): InvalidInput =>
  new InvalidInput([{ field: '_confirm', code: 'not-confirmed', sentence: words('这一步办了就不能撤回。请看清后果，勾选确认再提交。', 'This step cannot be taken back. Read the consequences, tick the box and submit again.') }]);

async function renderForm(x: Exchange, command: string, task: string, draft: Draft, error: DomainError | null, status: number): Promise<void> {
  const { services, context, req } = x;
  const id = String(req.params.id);
  if (commandFormOf(services, command) === undefined) throw noSuchPage(command);
  const calendar = await services.calendarOf(services.city);
  const defects: readonly Defect[] = error instanceof InvalidInput ? error.defects : [];
  const model = await readAs(x, async (trx) => {
    const head = await caseHead(trx, services.city, id);
    const duty = (await openDuties(trx, services.city, id)).find((one) => one.id === task);
    const sources = await formSources(trx, services, head, await caseContext(trx, services.city, id), duty?.subject ?? null, context.now, viewerOf(x).actors);
    const action = actionView(services, command, task, sources, draft, defects);
    const record = siteRecord(services.packOf(head.pack).pack, action.fields, duty?.subject ?? null, await plannedAreas(trx, services.city, head.year, head.unit));
    const photos = record === null ? [] : (await attachmentsOf(trx, services.city, id)).filter((file) => file.purpose === `photos.${record.site.key}` && file.isolatedAt === null);
    return {
      head, stage: stageWords(services, head, duty?.state ?? head.stage), place: subjectName(duty?.subject ?? null), taskId: task, record, photos,
      correction: duty?.state === 'deliveryCorrection' ? pendingCorrection(await incomingPapers(trx, services.city, head.year, id)) : null,
      due: duty?.dueAt == null ? null : new Formats(context.language, context.now).due(duty.dueAt, calendar), shown: await services.content.shownHash(trx, id), action,
    };
  });
  const refusal = error === null ? null : { sentence: error.sentence, conflict: error instanceof Conflict, defects };
  // The key of the failed attempt is kept, so that a double click stays one command.
  const key = (req.body as Record<string, string> | undefined)?._key ?? model.action.key;
  const inPlace = asksInPlace(req);
  const action = { ...model.action, key, scope: inPlace ? scopeOf(command, task) : '' };
  if (inPlace) takesThePlaceOf(x.res, '.act-form');
  const post = {
    address: `/cases/${id}/commands`, autosave: `/tasks/${task}/draft`, words: action.words,
    hidden: Object.entries({ _command: command, _task: task, _key: key, _shown: model.shown }).map(([name, value]) => ({ name, value })),
  };
  await x.pages.render(x, inPlace ? 'command-form' : model.record === null ? 'command' : 'record', {
    nav: model.head.workflow, ...model, action, post, back: { address: `/cases/${id}`, key: 'case.backToCase' }, inPlace, refusal, confirmError: defects.find((one) => one.field === '_confirm')?.sentence ?? null,
  }, status);
}

/** What a person is writing for a task, kept until it is sent. Only the writer ever reads it. */
export const draftSaved: Handler = async (x) => {
  const { services, context, req, res } = x;
  const body = (req.body ?? {}) as Record<string, string>;
  const command = body._command ?? '';
  const form = commandFormOf(services, command);
  if (form === undefined) throw noSuchPage(command);
  const fields = fittedFields(form.schema, nestedFields(body));
  await readAs(x, (trx) => keepDraft(trx, services.city, String(req.params.task), viewerOf(x).person, { command, fields }, context.now));
  res.json({ savedAt: context.now.toISOString() });
};
