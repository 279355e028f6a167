import type { AnyStateMachine } from 'xstate';
import type { Knex } from 'knex';
import type { Clock } from '../clock.js';
import type { Database } from '../database.js';
import type { Actor } from '../domain/actor.js';
import type { WorkCalendar } from '../domain/calendar.js';
import type { CaseInput, PostRef } from '../../workflows/vocabulary.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import type { CommandForm } from '../../workflows/forms/command-form.js';
import type { DoorResult, LoadedCase } from './store.js';

/** What a preparer is given. Facts it returns are kept in the journal, so replay asks nobody. */
export interface Preparation {
  trx: Knex.Transaction;
  caseRow: LoadedCase;
  /** The chart's context as it stands. */
  context: Record<string, unknown>;
  actor: Actor;
  task: { id: string; key: string; subject: Record<string, unknown> | null } | null;
  fields: Record<string, unknown>;
  now: string;
  pack: PolicyPack;
  calendar: WorkCalendar;
}

export interface Prepared {
  facts: Record<string, unknown>;
  /** Content frozen by this command. */
  freeze?: { hash: string; body: string };
  /** Hash of what the actor should have seen. */
  shown?: string;
}

export type Preparer = (p: Preparation) => Promise<Prepared>;

/** A preparer that finds everything in the case itself: no transaction is opened for it. */
export interface Glance {
  glance(p: Known): Prepared;
}

/** What is known of a command before its facts are asked for. */
export type Known = Omit<Preparation, 'trx'>;

/** Where cases are kept, and what is read beside them: the database, or memory where a year is only tried out. */
export interface CaseStore {
  /** A case as the first of these actors' walls lets it be seen, and what `key` brought about before; null when it exists for none of them. */
  load(actors: readonly Actor[], caseId: string, key: string): Promise<LoadedCase | null>;
  /** One step, all of it or nothing. */
  write(actor: Actor, write: Record<string, unknown>): Promise<DoorResult>;
  /** The facts of a command that the chart cannot know. */
  prepare(type: string, known: Known): Promise<Prepared>;
  /** The register's part of a new case: organisations, chains, names. */
  newCase(actor: Actor, request: NewCaseRequest): Promise<NewCase>;
}

/** A store that takes many steps at once, each of its own case. */
export interface ManyStore extends CaseStore {
  /** The cases of these requests that exist for these actors, in no order. */
  loadMany(actors: readonly Actor[], requests: readonly Pick<CommandRequest, 'caseId' | 'key'>[]): Promise<LoadedCase[]>;
  /** All or none in one transaction, but a step that was overtaken is told so while the others stand; results in the order of the steps. */
  writeMany(actor: Actor, writes: readonly Record<string, unknown>[]): Promise<DoorResult[]>;
}

/** What a step of a case needs. */
export interface CaseParts {
  store: CaseStore;
  clock: Clock;
  calendarOf(city: string): Promise<WorkCalendar>;
  packOf(id: string): { hash: string; pack: PolicyPack };
  machineFor(workflow: string, version: number, packId: string): AnyStateMachine;
  currentVersion(workflow: string): number;
  forms: Record<string, CommandForm>;
  /** Called after a step that left rows in the outbox. */
  wake(): void;
}

/** What many steps at once need. */
export interface ManyParts extends CaseParts {
  store: ManyStore;
}

/** Everything the engine is given by the composition root. It knows no session, no page and no document. */
export interface EngineParts extends Omit<CaseParts, 'store'> {
  database: Database;
  /** By `${workflow}.${command}`; `*.${command}` for a move that every workflow has. */
  preparers: Record<string, Preparer | Glance>;
  /** The register's part of a new case: organisations, chains, names. */
  caseInput(trx: Knex.Transaction, request: NewCaseRequest): Promise<NewCase>;
}

/** The same with its store: for acts that read more of the database than a case. */
export interface StoredParts extends EngineParts, ManyParts {}

export interface NewCase {
  input: CaseInput;
  side: 'unit' | 'city';
  title: string;
  pack: string;
  /** The chart version the city has ordered new cases of this workflow to be opened under; null where it has said nothing. */
  chartVersion?: number | null;
  /** The plan on record a new plan of the same year changes: the new one starts from its text. */
  amends: string | null;
  /** Known to its own unit alone until it is passed on. */
  confined: boolean;
}

export interface CommandRequest {
  caseId: string;
  type: string;
  taskId?: string;
  fields: Record<string, unknown>;
  /** Hash of what was shown; a different one now is a conflict. */
  shown?: string;
  /** Idempotency key: the same key of the same person is carried out once. */
  key: string;
}

export interface OpenRequest {
  /** The filing unit it is about; for the city's own matters the office that opens it. */
  unit: string;
  year: number;
  key: string;
  detail?: Record<string, unknown>;
  parent?: string;
}

/** `by`: the post it is opened from; null for the system's own hands. */
export type NewCaseRequest = OpenRequest & { city: string; workflow: string; caseId: string; now: string; by: PostRef | null };

export interface CommandOutcome {
  caseId: string;
  version: number;
  stage: string;
  final: boolean;
  acknowledgement: { number: string; at: string } | null;
}

export interface PaperRequest {
  caseId: string;
  /** The duty that was decided on paper; left out for a right without a task. */
  taskId?: string;
  command: string;
  fields: Record<string, unknown>;
  signatoryName: string;
  signatoryPost: string;
  wording: string;
  kind: 'agree' | 'disagree' | 'instruct' | 'circled' | 'read';
  /** 'YYYY-MM-DD' as on the paper. */
  paperDate: string;
  scan: string | null;
  keptAt: string;
  key: string;
}
