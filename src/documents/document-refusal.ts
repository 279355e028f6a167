import { DomainError } from '../domain/errors.js';
import type { Words } from '../domain/text.js';

/** Why a paper, file or package is not made or not trusted. Stable: pages, logs and the journal quote these words. */
export type DocumentRefusalCode =
  | 'facts-incomplete'
  | 'figures-disagree'
  | 'glyphs-missing'
  | 'renderer-busy'
  | 'renderer-closed'
  | 'renderer-crashed'
  | 'render-timeout'
  | 'render-failed'
  | 'blob-missing'
  | 'blob-damaged'
  | 'package-part-refused';

/**
 * A refusal of the document room. `retry` tells the worker whether the same job may succeed later although nobody
 * changes the facts: a busy or crashed browser does, a missing glyph does not.
 */
export class DocumentRefusal extends DomainError {
  readonly retry: boolean;

  constructor(code: DocumentRefusalCode, sentence: Words, detail: string, options: { retry?: boolean; cause?: unknown } = {}) {
    super(code, sentence, detail);
    this.retry = options.retry ?? false;
    if (options.cause !== undefined) this.cause = options.cause;
  }
}
