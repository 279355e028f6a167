import { isBeside } from '../../workflows/forms/task-commands.js';
import { actBeside } from './act-beside.js';
import { actionsFor, type AvailableAction } from './actions.js';
import { actForOthers, freeClaim, type ArrangedAct } from './act-for-others.js';
import { standstill, watcherOf, type Alarm } from './alarms.js';
import { barredFrom, type Barred } from './barred.js';
import { dispatch } from './dispatch.js';
import { dispatchMany, type ManyLine, type ManyRequest } from './dispatch-many.js';
import type { Actor } from '../domain/actor.js';
import type { CommandOutcome, CommandRequest, EngineParts, OpenRequest, PaperRequest } from './engine.js';
import { openCase } from './open-case.js';
import { databaseStore } from './database-store.js';
import { comparePaper, registerPaper } from './paper.js';
import { paperEntriesFor, type PaperEntry } from './paper-entries.js';
import { remindUnit } from './remind-unit.js';
import { rewriteRows } from './rewrite-rows.js';
import type { LoadedCase } from './store.js';
import { sweep, type Swept } from './sweep.js';

/** What pages, the API, effects and the clock may ask of the engine. */
export interface Engine {
  dispatch(actors: Actor[], request: CommandRequest): Promise<CommandOutcome>;
  /** One command for many cases, each by itself through the door. @throws Refused for a command that is given singly */
  dispatchMany(actors: Actor[], request: ManyRequest): Promise<ManyLine[]>;
  open(actor: Actor, workflow: string, request: OpenRequest): Promise<CommandOutcome>;
  actionsFor(actors: Actor[], caseId: string): Promise<AvailableAction[]>;
  paperEntriesFor(actors: Actor[], caseId: string): Promise<PaperEntry[]>;
  registerPaper(actors: Actor[], request: PaperRequest): Promise<{ paperId: string; compareTask: string }>;
  comparePaper(actors: Actor[], request: { caseId: string; taskId: string; mismatches: { field: string; seen: string }[]; key: string }): Promise<CommandOutcome>;
  /** What stands still now, but for cases whose rows do not agree: those the sweep finds. @throws Forbidden to others than watchers */
  alarms(actors: readonly Actor[]): Promise<Alarm[]>;
  /** The same for whoever looks on the system's behalf. */
  standstill(city: string): Promise<Alarm[]>;
  /** Looks at cases that moved, at some of the others in turn, and `again` at these. */
  sweep(city: string, again: readonly string[]): Promise<Swept[]>;
  /** An act on a case in which nobody decides anything, in the name of whoever arranged it. */
  arrange(by: Actor, at: { caseId: string; key: string }, act: (loaded: LoadedCase) => ArrangedAct | null): Promise<'done' | 'gone'>;
  /** Tasks and terms of a case as its state owes them; null where they are. */
  rewriteRows(city: string, event: Record<string, unknown>): Promise<(loaded: LoadedCase) => ArrangedAct | null>;
  remindUnit(actors: readonly Actor[], caseId: string): Promise<{ at: Date; unitName: string }>;
  /** 释放 of what one person has claimed and cannot carry any more, in the name of whoever arranged it. */
  freeClaim(by: Actor, claim: { caseId: string; taskId: string; person: string; note: string; key: string }): Promise<'done' | 'gone'>;
  /** Which open duties of some posts this person may not carry out: his own submission, the second person's part. */
  barredFrom(city: string, posts: readonly { post: string; org: string; role: string }[], person: string): Promise<Barred[]>;
}

export function createEngine(given: EngineParts): Engine {
  const parts = { ...given, store: databaseStore(given) };
  return {
    dispatch: (actors, request) => (isBeside(request.type) ? actBeside(parts, actors, request) : dispatch(parts, actors, request)),
    dispatchMany: (actors, request) => dispatchMany(parts, actors, request),
    open: (actor, workflow, request) => openCase(parts, actor, workflow, request),
    actionsFor: (actors, caseId) => actionsFor(parts, actors, caseId),
    paperEntriesFor: (actors, caseId) => paperEntriesFor(parts, actors, caseId),
    registerPaper: (actors, request) => registerPaper(parts, actors, request),
    comparePaper: (actors, request) => comparePaper(parts, actors, request),
    alarms: (actors) => standstill(parts, watcherOf(actors).city),
    standstill: (city) => standstill(parts, city),
    sweep: (city, again) => sweep(parts, city, again),
    arrange: (by, { caseId, key }, act) => actForOthers(parts, { caseId, by, key }, act),
    rewriteRows: (city, event) => rewriteRows(parts, city, event),
    remindUnit: (actors, caseId) => remindUnit(parts, actors, caseId),
    freeClaim: (by, { caseId, taskId, person, note, key }) => actForOthers(parts, { caseId, by, key }, freeClaim(taskId, person, note)),
    barredFrom: (city, posts, person) => barredFrom(parts, city, posts, person),
  };
}
