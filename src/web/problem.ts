import { Conflict, DomainError, Forbidden, InvalidInput, NotFound, Refused, type Defect } from '../domain/errors.js';
import type { Words } from '../domain/text.js';
import { fileLimit } from './read-body.js';
import { HttpRefusal, tooLarge, unreadable } from './refusals.js';
import { words } from '../domain/text.js';

/** What anybody is told of a failure; the rest is for the log. */
export interface Problem {
  status: number;
  code: string;
  sentence: Words;
  defects: readonly Defect[];
  /** For the log only. */
  detail: string;
}

/** The status of each kind of refusal. Order matters: the first that fits. */
const statuses: [new (...given: never[]) => DomainError, number][] = [
  [InvalidInput, 422], [Forbidden, 403], [NotFound, 404], [Conflict, 409], [Refused, 422], [DomainError, 422],
];

/** Any thrown value as a problem. What is not a refusal of ours is a failure of ours: 500, and nothing of it is shown. */
export function problemOf(thrown: unknown): Problem {
  const error = ofLibraries(thrown);
  if (error instanceof DomainError) {
    const status = error instanceof HttpRefusal ? error.status : statuses.find(([kind]) => error instanceof kind)![1];
    return { status, code: error.code, sentence: error.sentence, defects: error instanceof InvalidInput ? error.defects : [], detail: error.message };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, code: 'failure', sentence: failed, defects: [], detail };
}

const failed = words('没有办成，填写的内容没有提交。稍等一分钟再试；仍不行请报下面的编号。', 'This was not carried out and nothing was submitted. Try again in a minute; if it fails again, report the number below.');

/** Refusals of the body readers, in our words. */
function ofLibraries(thrown: unknown): unknown {
  const { type, code, status, message } = (thrown ?? {}) as { type?: string; code?: string; status?: number; message?: string };
  if (type === 'entity.too.large') return tooLarge('2 MB');
  if (code === 'LIMIT_FILE_SIZE') return tooLarge(fileLimit);
  if (typeof code === 'string' && code.startsWith('LIMIT_')) return unreadable(code);
  if (status === 400 || type === 'entity.parse.failed') return unreadable(message ?? '');
  // A sign no text of the database can hold, in an address.
  if (code === '22021') return unreadable(message ?? '');
  // An id that is no UUID names nothing; PostgreSQL says 22P02.
  if (code === '22P02') return new NotFound('not-found', words('没有找到。', 'Not found.'), message);
  return thrown;
}
