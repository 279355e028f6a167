import { newId } from '../../clock.js';
import { Conflict, InvalidInput, Refused, type Defect, type DomainError } from '../../domain/errors.js';
import { words, type Words } from '../../domain/text.js';
import { caseContext, openDuties } from '../../reads/case-context.js';
import { caseHead } from '../../reads/case-head.js';
import { paperActById, paperActs, type PaperAct } from '../../reads/paper-acts.js';
import { paperForm } from '../../../workflows/forms/paper-form.js';
import { readForm } from '../../../workflows/forms/command-form.js';
import { actionView } from '../case-view/action-panel.js';
import { formSources } from '../case-view/form-sources.js';
import { commandWords, stageWords } from '../case-view/stage-words.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { fieldShape, fittedFields } from '../form-schema.js';
import { fieldViews } from '../form-view.js';
import { nestedFields } from '../nested-fields.js';
import { programmeYear } from '../programme-year.js';
import { readAll, readAs } from '../reading.js';
import { noSuchPage } from '../refusals.js';
import { takeFiles } from '../take-files.js';
import { actorsFor } from '../actors-for.js';
import { commandFormOf } from '../command-form-of.js';
import { mayPrintSlip } from './slip.js';

/** 线下办理: every decision of the year that was made on paper. */
export const papersPage: Handler = async (x) => {
  const year = programmeYear(x);
  const acts = await readAll(x, (trx) => paperActs(trx, x.services.city, year));
  const person = viewerOf(x).person;
  await x.pages.render(x, 'papers', {
    nav: 'papers', year, acts: acts.map((act) => ({ ...act, words: commandWords(x.services, act.command), mine: act.registrar === person })),
    waiting: acts.filter((act) => act.status === 'registered').length,
  });
};

/** The form to register what was decided on paper for one task and one command. */
export const registerPage: Handler = (x) => renderRegister(x, String(x.req.query.command ?? ''), {}, {}, null, 200);

async function renderRegister(
  x: Exchange, command: string, paper: Record<string, unknown>, fields: Record<string, unknown>, error: DomainError | null, status: number,
): Promise<void> {
  const { services, context, req } = x;
  const [id, task] = [String(req.params.id), String(req.params.task)];
  const model = await readAs(x, async (trx) => {
    const head = await caseHead(trx, services.city, id);
    const duty = (await openDuties(trx, services.city, id)).find((one) => one.id === task);
    const { commands } = (await trx('task').where({ city: services.city, id: task }).first('commands')) ?? { commands: [] };
    const chosen = (commands as string[]).includes(command) ? command : (commands as string[])[0];
    if (chosen === undefined || commandFormOf(services, chosen) === undefined) throw noSuchPage(task);
    const sources = await formSources(trx, services, head, await caseContext(trx, services.city, id), duty?.subject ?? null, context.now);
    const defects: readonly Defect[] = error instanceof InvalidInput ? error.defects : [];
    return {
      head, stage: stageWords(services, head, duty?.state ?? head.stage), slip: await mayPrintSlip(x, trx, id, task), taskId: task, command: chosen, commandWords: commandWords(services, chosen),
      commands: (commands as string[]).map((one) => ({ command: one, words: commandWords(services, one), current: one === chosen })),
      paperFields: fieldViews(paperForm, paper, defects, sources, 'paper.'), fields: actionView(services, chosen, task, sources, { command: chosen, fields }, defects).fields,
    };
  });
  const key = (req.body as Record<string, string> | undefined)?._key ?? newId();
  const refusal = error === null ? null : { sentence: error.sentence, conflict: error instanceof Conflict, defects: error instanceof InvalidInput ? error.defects : [] };
  await x.pages.render(x, 'paper-register', { nav: 'papers', ...model, key, refusal }, status);
}

/** Registers a paper act; it waits for a second person. */
export const registered: Handler = async (x) => {
  const { services, req, res } = x;
  const [id, task] = [String(req.params.id), String(req.params.task)];
  const body = (req.body ?? {}) as Record<string, string>;
  const command = body._command ?? '';
  const form = commandFormOf(services, command);
  if (form === undefined) throw noSuchPage(command);
  const { paper: typed = {}, ...rest } = nestedFields(body);
  const fields = fittedFields(form.schema, rest) as Record<string, unknown>;
  let paper = fittedFields(paperForm, typed) as Record<string, unknown>;
  try {
    const files = await takeFiles(x, id);
    if (typeof files['paper.scan'] === 'string') paper = { ...paper, scan: files['paper.scan'] };
    const sheet = prefixed(() => readForm(paperForm, paper));
    const { paperId } = await services.engine.registerPaper(await actorsFor(x, id), { caseId: id, taskId: task, command, fields, ...sheet, key: body._key || newId() });
    res.redirect(303, `/papers/${paperId}`);
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof Conflict || error instanceof Refused)) throw error;
    await renderRegister(x, command, paper, fields, error, error instanceof Conflict ? 409 : 422);
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

/** One thing to compare: what was registered, beside the scan. */
interface ComparedField {
  field: string;
  label: Words | string;
  value: string;
}

function comparedFields(x: Exchange, act: PaperAct): ComparedField[] {
  const label = (name: string): Words | string => fieldShape(paperForm.shape[name as keyof typeof paperForm.shape] as never).meta.label ?? name;
  const kind = fieldShape(paperForm.shape.kind as never).meta.options?.find((one) => one.value === act.kind)?.words ?? words(act.kind, act.kind);
  const own: ComparedField[] = [
    { field: 'signatoryName', label: label('signatoryName'), value: act.signatoryName }, { field: 'signatoryPost', label: label('signatoryPost'), value: act.signatoryPost },
    { field: 'kind', label: label('kind'), value: kind[x.context.language] }, { field: 'wording', label: label('wording'), value: act.wording },
    { field: 'paperDate', label: label('paperDate'), value: act.paperDate }, { field: 'keptAt', label: label('keptAt'), value: act.keptAt },
  ];
  const shape = commandFormOf(x.services, act.command)?.schema.shape ?? {};
  const fields = Object.entries(shape).flatMap(([name, schema]): ComparedField[] => {
    const value = act.fields[name];
    const { meta } = fieldShape(schema as never);
    if (value === null || value === undefined || value === '' || meta.control === 'file') return [];
    const option = meta.options?.find((one) => one.value === value)?.words;
    return [{ field: `fields.${name}`, label: meta.label ?? name, value: option?.[x.context.language] ?? (typeof value === 'string' ? value : JSON.stringify(value)) }];
  });
  return [...own, ...fields];
}

/** 逐项核对: the scan on the left, what was registered on the right. The registrar does not compare his own entry. */
export const comparePage: Handler = async (x) => renderCompare(x, null, 200);

async function renderCompare(x: Exchange, error: DomainError | null, status: number): Promise<void> {
  const act = await readAs(x, async (trx) => {
    const found = await paperActById(trx, x.services.city, String(x.req.params.id));
    if (found === undefined) throw noSuchPage(String(x.req.params.id));
    return found;
  });
  const mine = act.registrar === viewerOf(x).person;
  const body = (x.req.body ?? {}) as Record<string, string>;
  const fields = comparedFields(x, act).map((one, index) => ({ ...one, number: index + 1, differs: body[`differs.${one.field}`] === 'on', seen: body[`seen.${one.field}`] ?? '',
    mismatch: act.mismatches?.find((other) => other.field === one.field)?.seen ?? null }));
  await x.pages.render(x, 'paper-compare', {
    nav: 'papers', act, mine, fields, words: commandWords(x.services, act.command), key: body._key ?? newId(), refusal: error === null ? null : { sentence: error.sentence },
    mayCompare: act.status === 'registered' && !mine && act.compareTask !== null, image: act.scanType?.startsWith('image/') ?? false,
    scanShown: act.scan !== null && !act.scanIsolated,
  }, status);
}

/** Every field was compared: agreement moves the case, any difference sends it back and keeps both values. */
export const compared: Handler = async (x) => {
  const { services, req, res } = x;
  const act = await readAs(x, (trx) => paperActById(trx, services.city, String(req.params.id)));
  if (act?.compareTask == null) throw noSuchPage(String(req.params.id));
  const body = (req.body ?? {}) as Record<string, string>;
  const mismatches = comparedFields(x, act).filter((one) => body[`differs.${one.field}`] === 'on').map((one) => ({ field: one.field, seen: (body[`seen.${one.field}`] ?? '').trim() }));
  try {
    if (mismatches.some((one) => one.seen === '')) {
      throw new InvalidInput([{ field: 'seen', code: 'missing', sentence: words('不一致的项目要写明扫描件上是什么。', 'Write what the scan says wherever it differs.') }]);
    }
    await services.engine.comparePaper(await actorsFor(x, act.caseId), { caseId: act.caseId, taskId: act.compareTask, mismatches, key: body._key || newId() });
    res.redirect(303, `/papers/${act.id}`);
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof Conflict || error instanceof Refused)) throw error;
    await renderCompare(x, error, error instanceof Conflict ? 409 : 422);
  }
};
