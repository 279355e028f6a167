import { words, type Words } from './text.js';

/**
 * Every refusal of the system. `code` is stable (programs and tests rely on it), `sentence` tells a clerk what to do,
 * `detail` is for the log only and is never shown.
 */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    readonly sentence: Words,
    readonly detail: string = '',
  ) {
    super(detail === '' ? `${code}: ${sentence.en}` : `${code}: ${sentence.en} (${detail})`);
    this.name = new.target.name;
  }
}

/** One thing wrong with one field. `field` is a path such as `projects.3.area`; empty for the whole form. */
export interface Defect {
  readonly field: string;
  readonly code: string;
  readonly sentence: Words;
}

/** What was sent is incomplete or wrong; every defect is pinned to its field so that nothing has to be typed twice. */
export class InvalidInput extends DomainError {
  constructor(
    readonly defects: readonly Defect[],
    detail = '',
  ) {
    super('invalid-input', summaryOf(defects), detail || defects.map((one) => `${one.field}: ${one.code}`).join('; '));
  }
}

/** This person, in this post, may not do this. Says why, and who may. */
export class Forbidden extends DomainError {}

/** The thing does not exist, or does not exist for this reader; the two are never told apart. */
export class NotFound extends DomainError {}

/** Somebody else was faster: the task is closed or the content has changed since it was shown. */
export class Conflict extends DomainError {}

/** Allowed in general, refused now: a rule of the procedure or of the policy pack stands in the way. */
export class Refused extends DomainError {}

/** Either a value or the one defect that kept it from being one. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly defect: Defect };

/** A value that was read. */
export function accepted<T>(value: T): Read<T> {
  return { ok: true, value };
}

/** A field that could not be read. */
export function rejected(field: string, code: string, sentence: Words): { ok: false; defect: Defect } {
  return { ok: false, defect: { field, code, sentence } };
}

function summaryOf(defects: readonly Defect[]): Words {
  const first = defects[0];
  if (first === undefined) return words('填写的内容有误。', 'The input is not valid.');
  if (defects.length === 1) return first.sentence;
  return words(`有 ${defects.length} 处要改。`, defects.length === 1 ? '1 entry needs correction.' : `${defects.length} entries need correction.`);
}
