import { newId } from '../../clock.js';
import { Conflict, InvalidInput, Refused, type Defect, type DomainError } from '../../domain/errors.js';
import { caseContext, openDuties } from '../../reads/case-context.js';
import { caseHead } from '../../reads/case-head.js';
import { unsentAt } from '../../reads/unsent-forms.js';
import { paperActById, type PaperAct } from '../../reads/paper-acts.js';
import { paperForm } from '../../../workflows/forms/paper-form.js';
import { readForm, type CommandForm } from '../../../workflows/forms/command-form.js';
import { actorsFor } from '../actors-for.js';
import { actionView } from '../case-view/action-panel.js';
import { formSources } from '../case-view/form-sources.js';
import { aboutOf, slipAddress } from '../case-view/paper-view.js';
import { commandWords, stageWords } from '../case-view/stage-words.js';
import { commandFormOf } from '../command-form-of.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { fittedFields } from '../form-schema.js';
import { fieldViews } from '../form-view.js';
import { nestedFields } from '../nested-fields.js';
import { entriesOf, paperEntries, printable } from '../paper-entry.js';
import { dropUnsent } from '../personal-notes.js';
import { readAs } from '../reading.js';
import { noSuchPage } from '../refusals.js';
import { takeFiles } from '../take-files.js';

/** The task of the address; a right has none. */
const taskOf = (x: Exchange): string | null => (x.req.params.task === undefined ? null : String(x.req.params.task));

/** What stands in the form: the sheet, and the fields of the command it carries out. */
interface Written {
  command: string;
  paper: Record<string, unknown>;
  fields: Record<string, unknown>;
  /** Set when it was written before the session ended. */
  unsent?: { files: string[] };
}

/** The form to register what was decided on paper: for one task and one of its commands, or for a right. What waits already is shown instead. */
export const registerPage: Handler = async (x) => {
  const asked = typeof x.req.query.command === 'string' ? x.req.query.command : '';
  const entries = entriesOf(await paperEntries(x, String(x.req.params.id)), taskOf(x));
  const entry = entries.find((one) => one.commands.includes(asked)) ?? entries[0];
  if (entry?.registered != null) return x.res.redirect(303, `/papers/${entry.registered}`);
  const unsent = await unsentPaper(x, entry?.commands.includes(asked) ? asked : (entry?.commands[0] ?? ''));
  if (unsent !== null) return renderRegister(x, unsent, null, 200);
  const before = typeof x.req.query.from === 'string' ? await earlierAct(x, x.req.query.from) : null;
  await renderRegister(x, before === null ? { command: asked, paper: {}, fields: {} } : writtenIn(before), null, 200);
};

/** Where the form of one command stands. */
const addressOf = (x: Exchange, command: string): string => `${x.req.path}?command=${command}`;

/** What was written in this form before a session ended. */
async function unsentPaper(x: Exchange, command: string): Promise<Written | null> {
  const form = commandFormOf(x.services, command);
  const found = form === undefined ? null : await readAs(x, (trx) => unsentAt(trx, x.services.city, viewerOf(x).person, addressOf(x, command)));
  return found === null ? null : { ...writtenFrom(form!.schema, found.fields), command, unsent: { files: found.files } };
}

/** The texts of the form apart: the sheet, and the command's own. */
function writtenFrom(schema: CommandForm['schema'], texts: Record<string, string | string[]>): Omit<Written, 'command'> {
  const { paper = {}, ...rest } = nestedFields(texts);
  return { paper: fittedFields(paperForm, paper) as Record<string, unknown>, fields: fittedFields(schema, rest) as Record<string, unknown> };
}

/** An act that was sent back: the registrar starts from it and alters what differs. */
async function earlierAct(x: Exchange, id: string): Promise<PaperAct | null> {
  const act = await readAs(x, (trx) => paperActById(trx, x.services.city, id));
  return act?.status === 'sent-back' && act.caseId === x.req.params.id ? act : null;
}

const writtenIn = ({ command, fields, signatoryName, signatoryPost, wording, kind, paperDate, scan, keptAt }: PaperAct): Written =>
  ({ command, fields, paper: { signatoryName, signatoryPost, wording, kind, paperDate, scan, keptAt } });

async function renderRegister(x: Exchange, { command, paper, fields, unsent }: Written, error: DomainError | null, status: number): Promise<void> {
  const { services, context, req } = x;
  const [id, task] = [String(req.params.id), taskOf(x)];
  const entries = entriesOf(await paperEntries(x, id), task);
  // A form that comes back keeps its command although the matter may be closed by now.
  const offered = entries.length === 0 && error !== null ? [command] : entries.flatMap((entry) => entry.commands);
  const chosen = offered.includes(command) ? command : offered[0];
  if (chosen === undefined || commandFormOf(services, chosen) === undefined) throw noSuchPage(task ?? 'rights on paper');
  const entry = entries.find((one) => one.commands.includes(chosen));
  const model = await readAs(x, async (trx) => {
    const head = await caseHead(trx, services.city, id);
    const duty = (await openDuties(trx, services.city, id)).find((one) => one.id === task);
    const sources = await formSources(trx, services, head, await caseContext(trx, services.city, id), duty?.subject ?? null, context.now, viewerOf(x).actors);
    const defects: readonly Defect[] = error instanceof InvalidInput ? error.defects : [];
    const slip = entry !== undefined && (await printable(x, trx, id, entry)) ? slipAddress(id, entry) : null;
    return {
      head, stage: stageWords(services, head, duty?.state ?? head.stage), about: aboutOf(duty?.subject ?? null), slip, taskId: task, command: chosen, commandWords: commandWords(services, chosen),
      commands: offered.map((one) => ({ command: one, words: commandWords(services, one), current: one === chosen })),
      paperFields: fieldViews(paperForm, paper, defects, sources, 'paper.'), fields: actionView(services, chosen, task ?? '', sources, { command: chosen, fields }, defects).fields,
    };
  });
  const key = (req.body as Record<string, string> | undefined)?._key ?? newId();
  const refusal = error === null ? null : { sentence: error.sentence, conflict: error instanceof Conflict, defects: error instanceof InvalidInput ? error.defects : [] };
  await x.pages.render(x, 'paper-register', { nav: 'papers', ...model, key, refusal, unsent: unsent ?? null }, status);
}

/** Registers a paper act; it waits for a second person. */
export const registered: Handler = async (x) => {
  const { services, req, res } = x;
  const id = String(req.params.id);
  const body = (req.body ?? {}) as Record<string, string>;
  const command = body._command ?? '';
  const form = commandFormOf(services, command);
  if (form === undefined) throw noSuchPage(command);
  const { fields, ...written } = writtenFrom(form.schema, body);
  let { paper } = written;
  try {
    const files = await takeFiles(x, id);
    if (typeof files['paper.scan'] === 'string') paper = { ...paper, scan: files['paper.scan'] };
    const sheet = prefixed(() => readForm(paperForm, paper));
    const { paperId } = await services.engine.registerPaper(await actorsFor(x, id), { caseId: id, taskId: taskOf(x) ?? undefined, command, fields, ...sheet, key: body._key || newId() });
    await readAs(x, (trx) => dropUnsent(trx, services.city, viewerOf(x).person, addressOf(x, command)));
    res.redirect(303, `/papers/${paperId}`);
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof Conflict || error instanceof Refused)) throw error;
    await renderRegister(x, { command, paper, fields }, error, error instanceof Conflict ? 409 : 422);
  }
};

/** Defects of the paper's own form belong to fields under `paper.`. */
function prefixed<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput(error.defects.map((one) => ({ ...one, field: `paper.${one.field}` })));
  }
}
