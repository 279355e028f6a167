import { DomainError } from '../domain/errors.js';

/** The machine, not a person's input, stands in the way: a server that will not start, a directory that cannot be written. */
export class RuntimeFailure extends DomainError {}
