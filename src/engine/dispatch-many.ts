import type { Actor } from '../domain/actor.js';
import { Conflict, DomainError, InvalidInput, Refused } from '../domain/errors.js';
import { words, type Words } from '../domain/text.js';
import { fitsMany } from '../../workflows/forms/fits-many.js';
import type { BaseContext } from '../../workflows/vocabulary.js';
import { dispatch } from './dispatch.js';
import type { CaseParts, CommandOutcome } from './engine.js';

/** One command for many tasks, with what is said of all of them. */
export interface ManyRequest {
  type: string;
  fields: Record<string, unknown>;
  items: readonly { caseId: string; taskId: string; /** Hash of the content as it was listed; null for a case without any. */ shown: string | null }[];
  /** Idempotency key of the whole: each case has one that follows from it, so that a batch sent again goes on where it stopped. */
  key: string;
}

/** What became of one of them: carried out, or refused alone with the sentence the single command would have been refused with. */
export interface ManyLine {
  caseId: string;
  taskId: string;
  outcome: CommandOutcome | null;
  refusal: { code: string; sentence: Words } | null;
}

const MOST = 200;

/**
 * 批量同意: one command, given case by case through the one door. Each stands for itself: what was decided by somebody else meanwhile, what has changed
 * since it was listed or is not this person's is refused alone and told. A failure that is no refusal ends the batch; sent again it goes on.
 * @throws Refused for a command that has to be given singly, InvalidInput for an empty or endless list
 */
export async function dispatchMany(parts: CaseParts, actors: Actor[], { type, fields, items, key }: ManyRequest): Promise<ManyLine[]> {
  const form = Object.hasOwn(parts.forms, type) ? parts.forms[type] : undefined;
  if (form === undefined || !fitsMany(type, form)) throw singly(type);
  const once = [...new Map(items.map((item) => [item.taskId, item])).values()];
  if (once.length === 0 || once.length > MOST) throw notSoMany(once.length);
  const lines: ManyLine[] = [];
  for (const { caseId, taskId, shown } of once) {
    try {
      lines.push({ caseId, taskId, refusal: null, outcome: await one(parts, actors, { caseId, taskId, type, fields, shown, key: `${key}:${taskId}` }) });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      lines.push({ caseId, taskId, outcome: null, refusal: { code: error.code, sentence: error.sentence } });
    }
  }
  return lines;
}

/** Nobody agrees to what he was not shown, not even where the single form would not ask. */
async function one(parts: CaseParts, actors: Actor[], { shown, ...request }: { caseId: string; taskId: string; type: string; fields: Record<string, unknown>; shown: string | null; key: string }): Promise<CommandOutcome> {
  const loaded = await parts.store.load(actors, request.caseId, request.key);
  const content = loaded === null || loaded.known ? undefined : (loaded.state.snapshot as { context: BaseContext }).context.content;
  if (typeof content === 'string' && content !== shown) throw changed(request.caseId);
  return dispatch(parts, actors, { ...request, ...(shown === null ? {} : { shown }) });
}

const changed = (caseId: string) => new Conflict('content-changed', words('内容在列出之后改过了，请看过改动再办。', 'The content has changed since it was listed; look at the change first.'), `case ${caseId}`);
const singly = (type: string) => new Refused('singly', words('这种办理要逐件填写，不能成批。', 'This has to be done case by case.'), type);
const notSoMany = (count: number) => new InvalidInput([{ field: 'items', code: 'count', sentence: words(`一次选 1 到 ${MOST} 件。`, `Choose 1 to ${MOST} at a time.`) }], String(count));
