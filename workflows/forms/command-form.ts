import type { z } from 'zod';
import { InvalidInput, type Defect } from '../../src/domain/errors.js';
import { words, type Words } from '../../src/domain/text.js';

export type Tone = 'primary' | 'neutral' | 'warning' | 'danger';

/** A command as people see it and as programs send it: pages, API description and validation come from this one place. */
export interface CommandForm {
  /** The action as a button or radio. */
  readonly words: Words;
  /** How the timeline says that it was done. */
  readonly done: Words;
  readonly tone: Tone;
  readonly hint?: Words;
  /** Asks once more, with the consequences, before it is sent. */
  readonly irreversible?: boolean;
  readonly schema: z.ZodObject;
}

/** Forms of one workflow, by command. */
export type CommandForms = Readonly<Record<string, CommandForm>>;

/**
 * Reads what was sent field by field; what a body carries beside the form is dropped.
 * @throws InvalidInput with every defect pinned to its field
 */
export function readForm<T extends z.ZodType>(schema: T, sent: unknown): z.output<T> {
  const parsed = schema.safeParse(sent);
  if (parsed.success) return parsed.data;
  throw new InvalidInput(parsed.error.issues.map(defectOf));
}

/** One issue of a schema as a defect; messages of our own fields hold both languages, parted by ｜. */
export function defectOf(issue: z.core.$ZodIssue): Defect {
  const [zh = '', en] = issue.message.split('｜');
  const sentence = en === undefined ? words('这一项没有填对。', issue.message) : words(zh, en);
  return { field: issue.path.join('.'), code: issue.code, sentence };
}
