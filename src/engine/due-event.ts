import type { CommandRequest } from './engine.js';

/** A term or reminder that is due: `rung` is null for the term itself, else how many days before its end the reminder comes. */
export interface DueTerm {
  case_id: string;
  term: string;
  entry: number;
  rung: number | null;
}

/** The clock's command for it. The key follows from what is due, so that it fires once however many send it. */
export function dueEvent({ case_id: caseId, term, entry, rung }: DueTerm): CommandRequest {
  const type = `term.${term}.${rung === null ? 'due' : 'remind'}`;
  return { caseId, type, fields: { rung }, key: `${type}:${caseId}:${entry}:${rung ?? ''}` };
}
