import { newId } from '../../clock.js';
import { isBeside } from '../../../workflows/forms/task-commands.js';
import type { Words } from '../../domain/text.js';
import type { AvailableAction } from '../../engine/actions.js';
import type { OpenDuty } from '../../reads/case-context.js';
import { fieldShape } from '../form-schema.js';
import { fieldViews, type FieldView, type FormSources } from '../form-view.js';
import type { WebServices } from '../services.js';
import { commandWords } from './stage-words.js';
import { subjectName } from './subject-name.js';
import { commandFormOf } from '../command-form-of.js';

/** One command a person may give, with its form. */
export interface ActionView {
  command: string;
  words: Words;
  hint: Words | null;
  tone: 'primary' | 'neutral' | 'warning' | 'danger';
  fields: FieldView[];
  irreversible: boolean;
  open: boolean;
  taskId: string;
  key: string;
  /** Sets the ids of its fields apart from those of the other forms on the same page; empty on a page of its own. */
  scope: string;
  /** Too large for the side panel: it has a page of its own. */
  large: boolean;
  /** What stands in it was written before the session ended; its files have to be chosen again. */
  unsent: { files: string[] } | null;
}

/** What may be done for one task, or beside all tasks. */
export interface ActionGroup {
  taskId: string | null;
  subject: string | null;
  actingFor: string | null;
  post: string | null;
  postName: string;
  dueAt: Date | null;
  signedFor: boolean;
  /** The paper act this task is to compare. */
  compare: string | null;
  actions: ActionView[];
  /** Acts beside the chart: they stand below, folded away. */
  asides: ActionView[];
}

const LARGE = new Set(['sites', 'measures', 'checklist', 'findings', 'scores', 'vetoes', 'team', 'visits', 'results', 'paragraphs', 'decisions', 'objections', 'remarks']);

/** The panel 办理: generated from what the chart offers these posts now and from the forms of the commands; nothing is written by hand. */
export function actionPanel(
  services: WebServices, available: readonly AvailableAction[], duties: readonly OpenDuty[], sources: FormSources, drafts: ReadonlyMap<string, Draft>,
): ActionGroup[] {
  const groups = new Map<string, ActionGroup>();
  for (const one of available.filter((offer) => !aboutOthers(offer, available))) {
    const id = one.taskId ?? '';
    const duty = duties.find((task) => task.id === one.taskId);
    const group = groups.get(id) ?? {
      taskId: one.taskId, subject: subjectName(one.subject), actingFor: one.actor.actingFor?.name ?? null, post: one.actor.post, postName: one.actor.postName,
      dueAt: duty?.dueAt ?? null, signedFor: duty?.signedForAt != null, compare: duty?.kind === 'compare' ? String(duty.subject?.paperId) : null, actions: [], asides: [],
    };
    if (commandFormOf(services, one.command) !== undefined && one.command !== 'open') {
      (isAside(one.command) ? group.asides : group.actions).push({ ...actionView(services, one.command, one.taskId ?? '', sources, drafts.get(id)), scope: scopeOf(one.command, one.taskId ?? '') });
    }
    groups.set(id, group);
  }
  for (const group of groups.values()) {
    const first = group.actions.find((action) => action.open) ?? group.actions[0];
    if (first !== undefined && group.taskId !== null) first.open = true;
  }
  return [...groups.values()];
}

const isAside = (command: string): boolean => isBeside(command) && command !== 'task.answer';

/** An act on a task that waits for others: it stands beside their names, not in a panel of one's own. */
export const aboutOthers = (offer: AvailableAction, available: readonly AvailableAction[]): boolean =>
  offer.taskId !== null && (offer.command === 'note.urge' || (offer.command === 'task.release' && !available.some((one) => one.taskId === offer.taskId && !isAside(one.command))));

/** One command of one task: what sets a form on the page of its case apart. */
export const scopeOf = (command: string, taskId: string): string => `${command}-${taskId.slice(-8)}`;

/** What a person has written and not yet sent. */
export interface Draft {
  command: string;
  fields: Record<string, unknown>;
  /** Set when it was written before the session ended. */
  unsent?: { files: string[] };
}

export function actionView(services: WebServices, command: string, taskId: string, sources: FormSources, draft?: Draft, defects: Parameters<typeof fieldViews>[2] = []): ActionView {
  const form = commandFormOf(services, command)!;
  const own = draft?.command === command ? draft : null;
  return {
    command, words: commandWords(services, command), hint: form.hint ?? null, tone: form.tone, irreversible: form.irreversible ?? false,
    fields: fieldViews(form.schema, own?.fields ?? {}, defects, sources), open: own !== null, unsent: own?.unsent ?? null, taskId, key: newId(), scope: '',
    large: Object.values(form.schema.shape).some((field) => LARGE.has(fieldShape(field as never).meta.control ?? '')),
  };
}
