import type { Actor } from '../domain/actor.js';
import { Conflict, DomainError, InvalidInput, Refused } from '../domain/errors.js';
import { words, type Words } from '../domain/text.js';
import { fitsMany } from '../../workflows/forms/fits-many.js';
import type { BaseContext } from '../../workflows/vocabulary.js';
import { dispatchTogether } from './dispatch-together.js';
import type { CommandOutcome, CommandRequest, ManyParts } from './engine.js';
import type { LoadedCase } from './store.js';

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
 * 批量同意: one command for many cases, written in groups. Each stands for itself: what was decided by somebody else meanwhile, what has changed
 * since it was listed or is not this person's is refused alone and told. A failure that is no refusal ends the batch; sent again it goes on.
 * @throws Refused for a command that has to be given singly, InvalidInput for an empty or endless list
 */
export async function dispatchMany(parts: ManyParts, actors: Actor[], { type, fields, items, key }: ManyRequest): Promise<ManyLine[]> {
  const form = Object.hasOwn(parts.forms, type) ? parts.forms[type] : undefined;
  if (form === undefined || !fitsMany(type, form)) throw singly(type);
  const once = [...new Map(items.map((item) => [item.taskId, item])).values()];
  if (once.length === 0 || once.length > MOST) throw notSoMany(once.length);
  const requests = once.map(({ caseId, taskId, shown }) => ({ caseId, taskId, type, fields, key: `${key}:${taskId}`, ...(shown === null ? {} : { shown }) }));
  const answers = await dispatchTogether(parts, actors, requests, wasShown);
  return answers.map((answer, index): ManyLine => {
    const { caseId, taskId } = requests[index]!;
    const line = { caseId, taskId };
    if ('outcome' in answer) return { ...line, outcome: answer.outcome, refusal: null };
    if (!(answer.refusal instanceof DomainError)) throw answer.refusal;
    return { ...line, outcome: null, refusal: { code: answer.refusal.code, sentence: answer.refusal.sentence } };
  });
}

/** Nobody agrees to what he was not shown, not even where the single form would not ask. */
function wasShown({ caseId, shown }: CommandRequest, loaded: LoadedCase): void {
  const { content } = (loaded.state.snapshot as { context: BaseContext }).context;
  if (typeof content === 'string' && content !== shown) throw changed(caseId);
}

const changed = (caseId: string) => new Conflict('content-changed', words('内容在列出之后改过了，请看过改动再办。', 'The content has changed since it was listed; look at the change first.'), `case ${caseId}`);
const singly = (type: string) => new Refused('singly', words('这种办理要逐件填写，不能成批。', 'This has to be done case by case.'), type);
const notSoMany = (count: number) => new InvalidInput([{ field: 'items', code: 'count', sentence: words(`一次选 1 到 ${MOST} 件。`, `Choose 1 to ${MOST} at a time.`) }], String(count));
