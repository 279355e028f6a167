import { isBeside } from '../../workflows/forms/task-commands.js';
import { actBeside } from './act-beside.js';
import { actionsFor, type AvailableAction } from './actions.js';
import { actForOthers, freeClaim, moveDuty } from './act-for-others.js';
import { alarms, type Alarm } from './alarms.js';
import { barredFrom, type Barred } from './barred.js';
import { dispatch } from './dispatch.js';
import type { Actor } from '../domain/actor.js';
import type { CommandOutcome, CommandRequest, EngineParts, OpenRequest, PaperRequest } from './engine.js';
import { openCase } from './open-case.js';
import { databaseStore } from './database-store.js';
import { comparePaper, registerPaper } from './paper.js';
import { paperEntriesFor, type PaperEntry } from './paper-entries.js';
import { remindUnit } from './remind-unit.js';

/** What pages, the API, effects and the clock may ask of the engine. */
export interface Engine {
  dispatch(actors: Actor[], request: CommandRequest): Promise<CommandOutcome>;
  open(actor: Actor, workflow: string, request: OpenRequest): Promise<CommandOutcome>;
  actionsFor(actors: Actor[], caseId: string): Promise<AvailableAction[]>;
  paperEntriesFor(actors: Actor[], caseId: string): Promise<PaperEntry[]>;
  registerPaper(actors: Actor[], request: PaperRequest): Promise<{ paperId: string; compareTask: string }>;
  comparePaper(actors: Actor[], request: { caseId: string; taskId: string; mismatches: { field: string; seen: string }[]; key: string }): Promise<CommandOutcome>;
  alarms(actors: readonly Actor[]): Promise<Alarm[]>;
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
    open: (actor, workflow, request) => openCase(parts, actor, workflow, request),
    actionsFor: (actors, caseId) => actionsFor(parts, actors, caseId),
    paperEntriesFor: (actors, caseId) => paperEntriesFor(parts, actors, caseId),
    registerPaper: (actors, request) => registerPaper(parts, actors, request),
    comparePaper: (actors, request) => comparePaper(parts, actors, request),
    alarms: (actors) => alarms(parts, actors),
    remindUnit: (actors, caseId) => remindUnit(parts, actors, caseId),
    freeClaim: (by, { caseId, taskId, person, note, key }) => actForOthers(parts, { caseId, by, key }, freeClaim(taskId, person, note)),
    barredFrom: (city, posts, person) => barredFrom(parts, city, posts, person),
  };
}
