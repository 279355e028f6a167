import { z } from 'zod';
import { newId } from '../../clock.js';
import { InvalidInput, Refused, type DomainError } from '../../domain/errors.js';
import { fitsMany } from '../../../workflows/forms/fits-many.js';
import { readForm } from '../../../workflows/forms/command-form.js';
import { inboxOf, type InboxItem } from '../../reads/inbox.js';
import type { ManyLine } from '../../engine/dispatch-many.js';
import { batchBody } from '../api/api-bodies.js';
import { idempotencyKey } from '../api/api-cases.js';
import { commandWords, stageWords } from '../case-view/stage-words.js';
import { subjectName } from '../case-view/subject-name.js';
import { commandFormOf } from '../command-form-of.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { Formats } from '../formats.js';
import { fieldViews } from '../form-view.js';
import { nestedFields } from '../nested-fields.js';
import { readAll } from '../reading.js';
import type { WebServices } from '../services.js';

/** The command of a duty that may be given for many cases at once; null where there is none. The chart offers it, its form says whether it fits. */
export function commandForMany(services: WebServices, { kind, commands }: Pick<InboxItem, 'kind' | 'commands'>): string | null {
  if (kind !== 'duty') return null;
  return commands.find((command) => { const form = commandFormOf(services, command); return form !== undefined && fitsMany(command, form); }) ?? null;
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : typeof value === 'string' && value !== '' ? [value] : []);

/** The chosen duties that are still this person's, each with the hash of what it is about as it stands now. */
async function chosenItems(x: Exchange, tasks: readonly string[]) {
  const { services, context } = x;
  const formats = new Formats(context.language, context.now);
  const calendar = await services.calendarOf(services.city);
  const items = await readAll(x, async (trx) => Promise.all((await inboxOf(trx, viewerOf(x).actors)).filter(({ taskId }) => tasks.includes(taskId)).map(async (item) => ({
    ...item, shown: await services.content.shownHash(trx, item.caseId),
  }))));
  return items.map((item) => ({
    ...item, command: commandForMany(services, item), stage: stageWords(services, item, item.state), about: subjectName(item.subject), due: item.dueAt === null ? null : formats.due(item.dueAt, calendar),
  }));
}

/** 批量同意: what was ticked on the workbench, by kind of decision, with one opinion for each kind. */
export const batchPage: Handler = async (x) => renderForm(x, listOf(x.req.query.task), null, {}, 200);

async function renderForm(x: Exchange, tasks: readonly string[], error: DomainError | null, sent: Record<string, string>, status: number): Promise<void> {
  const { services } = x;
  const items = await chosenItems(x, tasks);
  const defects = error instanceof InvalidInput ? error.defects : [];
  const groups = [...new Set(items.flatMap(({ command }) => command ?? []))].map((command, index) => ({
    command, index, items: items.filter((item) => item.command === command), words: commandWords(services, command), hint: commandFormOf(services, command)?.hint ?? null, key: sent._command === command && sent._key ? sent._key : newId(),
    fields: fieldViews(commandFormOf(services, command)!.schema, sent._command === command ? nestedFields(sent) : {}, defects),
  }));
  await x.pages.render(x, 'batch', {
    nav: 'home', groups, gone: tasks.length - items.length, singly: items.filter(({ command }) => command === null), none: groups.length === 0,
    refusal: error === null ? null : { sentence: error.sentence, defects: [] },
  }, status);
}

/** Agreed to, case by case; the answer says of each what became of it. Sent again it is the same act. */
export const batchSubmitted: Handler = async (x) => {
  const body = (x.req.body ?? {}) as Record<string, string>;
  const { case: cases, shown } = nestedFields(body) as { case?: Record<string, string>; shown?: Record<string, string> };
  const tasks = listOf(body.task);
  const items = tasks.flatMap((taskId) => (cases?.[taskId] === undefined ? [] : [{ taskId, caseId: cases[taskId]!, shown: shown?.[taskId] || null }]));
  const command = body._command ?? '';
  try {
    const lines = await x.services.engine.dispatchMany(viewerOf(x).actors, { type: command, fields: { opinion: body.opinion ?? '' }, items, key: body._key || newId() });
    await renderAnswer(x, command, lines);
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof Refused)) throw error;
    await renderForm(x, tasks, error, body, 422);
  }
};

async function renderAnswer(x: Exchange, command: string, lines: readonly ManyLine[]): Promise<void> {
  const { services } = x;
  const heads = new Map((await readAll(x, (trx) => trx('case_file').where({ city: services.city }).whereIn('id', lines.map(({ caseId }) => caseId))
    .select('id', 'case_number as caseNumber', 'title', 'workflow', 'chart_version as chartVersion', 'pack'))).map((head) => [head.id as string, head]));
  const shown = lines.map((line) => {
    const head = heads.get(line.caseId);
    return { ...line, title: head?.title ?? line.caseId, caseNumber: head?.caseNumber ?? '', stage: head === undefined || line.outcome === null ? null : stageWords(services, head, line.outcome.stage) };
  });
  const refused = shown.filter(({ refusal }) => refusal !== null);
  await x.pages.render(x, 'batch-answer', {
    nav: 'home', words: commandWords(services, command), lines: shown, done: shown.length - refused.length, refused: refused.length,
    again: refused.length === 0 ? null : `/batch?${refused.map(({ taskId }) => `task=${encodeURIComponent(taskId)}`).join('&')}`,
  });
}

export const apiBatch: Handler = async (x) => {
  const { type, fields, items } = readForm(batchBody, x.req.body) as z.output<typeof batchBody>;
  const results = await x.services.engine.dispatchMany(viewerOf(x).actors, { type, fields, items: items.map((item) => ({ ...item, shown: item.shown ?? null })), key: idempotencyKey(x) });
  const refused = results.filter(({ refusal }) => refusal !== null).length;
  x.res.json({ done: results.length - refused, refused, results });
};
