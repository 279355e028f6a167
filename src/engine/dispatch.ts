import type { Actor } from '../domain/actor.js';
import { Conflict, NotFound, Refused } from '../domain/errors.js';
import { words } from '../domain/text.js';
import { readForm } from '../../workflows/forms/command-form.js';
import { valueOf } from '../../workflows/policies/policy-pack.js';
import type { By, CommandEvent } from '../../workflows/vocabulary.js';
import { authorise, taskClosed } from './authorise.js';
import { nextStep, powersNow, restore, restraintAt } from './case-step.js';
import { stepWrites, type OpenTask } from './case-writes.js';
import { stagesOf } from '../../workflows/patterns/duties.js';
import { actedIn, composeWrite, visibilityOf } from './compose-write.js';
import type { CaseParts, CommandOutcome, CommandRequest } from './engine.js';
import { inTurn } from './in-turn.js';
import { canonical, sha256 } from './journal.js';
import type { DoorResult, LoadedCase } from './store.js';
import { untilWritten } from './until-written.js';

/** An act on paper, carried out by the second person who compared it. */
export interface PaperEnvelope {
  id: string;
  compareTask: string;
  signatory: string;
  post: string;
  org: string;
  role: string;
  date: string;
  registrar: string;
  comparer: Actor;
  /** Hash of the comparison as it was sent; the idempotency key belongs to it. */
  requestHash: string;
}

/**
 * The one door: reads a case, asks who may, runs the chart's pure transition and writes the step. Retried when another was faster, because
 * computing is pure; the caller sees a conflict only if his own task is closed or what he was shown has changed.
 * @throws NotFound, Forbidden, Conflict, InvalidInput, Refused
 */
export async function dispatch(parts: CaseParts, actors: Actor[], request: CommandRequest, paper?: PaperEnvelope): Promise<CommandOutcome> {
  const asked = readRequest(parts, request, paper);
  return inTurn(parts.store, request.caseId, () => untilWritten(`case ${request.caseId}`, async () => {
    const loaded = await parts.store.load(actors, request.caseId, request.key);
    if (!loaded) throw noSuchCase(request.caseId);
    if (loaded.known) return repeated<CommandOutcome>(loaded.known, asked.requestHash);
    const ready = await readyStep(parts, actors, asked, loaded, paper);
    return settled(parts, ready, await parts.store.write(ready.actor, ready.write));
  }));
}

/** A request as it was read: its fields by the command's own form, the instant it is bound to, the hash its idempotency key belongs to. */
export interface AskedStep {
  request: CommandRequest;
  fields: Record<string, unknown>;
  requestHash: string;
  now: string;
}

/** @throws InvalidInput, Refused for a command without a form */
export const readRequest = (parts: CaseParts, request: CommandRequest, paper?: PaperEnvelope): AskedStep => ({
  request, now: parts.clock.now().toISOString(), fields: readFields(parts, request),
  requestHash: paper?.requestHash ?? sha256(canonical({ caseId: request.caseId, type: request.type, taskId: request.taskId ?? null, fields: request.fields })),
});

/** A step that only has to be written. */
export interface ReadyStep {
  actor: Actor;
  write: Record<string, unknown>;
  outcome: CommandOutcome;
  /** It leaves something for the worker to do. */
  wakes: boolean;
}

/** What came of writing a step; null when another was faster and it has to be reckoned anew. @throws Conflict for a key that was used for another thing */
export function settled(parts: CaseParts, ready: ReadyStep, result: DoorResult): CommandOutcome | null {
  if (result.status === 'stale') return null;
  if (result.status === 'key-reused') throw keyReused();
  if (ready.wakes) parts.wake();
  return result.status === 'duplicate' ? (result.outcome as CommandOutcome) : ready.outcome;
}

/** Judges a request against a case as it was read: who may, with what facts, what the chart makes of it. Nothing is written. */
export async function readyStep(parts: CaseParts, actors: Actor[], asked: AskedStep, loaded: LoadedCase, paper?: PaperEnvelope): Promise<ReadyStep> {
  const { request, fields, requestHash, now } = asked;
  const { pack } = parts.packOf(loaded.pack);
  const calendar = await parts.calendarOf(loaded.city);
  const machine = parts.machineFor(loaded.workflow, loaded.chartVersion, loaded.pack);
  const { actor, task } = paper
    ? { actor: paper.comparer, task: dutyOfPaper(loaded, request.taskId, paper) }
    : authorise(actors, request, loaded, powersNow(machine, loaded.state, now));
  const live = restore(machine, loaded.state, now);
  const prepared = await parts.store.prepare(request.type, { caseRow: loaded, context: live.context, actor, task, fields, now, pack, calendar });
  if (request.shown && prepared.shown && request.shown !== prepared.shown) {
    throw new Conflict('content-changed', words('内容在您打开之后改过了，请看过改动再提交。填写的意见还在。', 'The content has changed since you opened it; look at the change and submit again. What you wrote is kept.'), `case ${loaded.id}`);
  }
  const by: By = paper
    ? { person: null, post: null, org: paper.org, role: paper.role, name: paper.signatory }
    : { person: actor.person, post: actor.post, org: actor.org, role: actor.role, name: actor.personName, ...(actor.actingFor ? { standsFor: actor.actingFor.person } : {}) };
  const event: CommandEvent = {
    ...fields, type: request.type, by, at: now, facts: prepared.facts,
    ...(task ? { task: { key: task.key, subject: task.subject } } : {}),
    ...(actor.actingFor ? { actingFor: actor.actingFor.name } : {}),
    ...(paper ? { paper: { signatory: paper.signatory, post: paper.post, date: paper.date, registrar: paper.registrar, comparer: actor.personName } } : {}),
  };
  const restraint = request.type.includes('.') ? null : restraintAt(machine, loaded.state, event);
  if (restraint) throw new Refused('held-back', restraint, `command ${request.type}`);
  const step = nextStep(machine, loaded.state, event, loaded.version + 1);
  if (!step) throw notNow(request.type);
  const writes = stepWrites(
    step, loaded, { taskId: task?.id ?? null, compareTask: paper?.compareTask, command: request.type, by: actor.person, post: actor.post },
    { pack, calendar, now, seq: loaded.version + 1, caseId: loaded.id, side: loaded.side, withdrawMinutes: valueOf(pack.timing.withdrawMinutes) },
  );
  const stages = stagesOf(live.getMeta() as never);
  const stage = actedIn(stages, task?.state ?? null, step);
  const { write, outcome } = composeWrite(loaded, step, writes, {
    actor, type: request.type, origin: paper ? 'paper' : 'system', state: stage?.stage ?? '', visibility: visibilityOf(stage, actor, loaded.released, step), payload: event,
    requestHash, key: request.key, chart: `${loaded.workflow}.v${loaded.chartVersion}`, calendarVersion: calendar.version, now,
  }, prepared);
  if (request.type === 'open' && task) Object.assign(write, { tasksSignedFor: [{ id: task.id, by: actor.person }] });
  if (paper) Object.assign(write, { paper: { id: paper.id, status: 'compared', by: actor.person } });
  return { actor, write, outcome, wakes: writes.outbox.length > 0 };
}

/** Commands are built field by field from a validated form; what a body carries beside is dropped. System events carry their own. */
function readFields(parts: CaseParts, request: CommandRequest): Record<string, unknown> {
  if (request.type.includes('.') || request.type === 'open') return request.type === 'open' ? {} : request.fields;
  const form = Object.hasOwn(parts.forms, request.type) ? parts.forms[request.type] : undefined;
  if (!form) throw notNow(request.type);
  return readForm(form.schema, request.fields) as Record<string, unknown>;
}

/**
 * The duty a paper act answers; null for a right without one. While the paper was being compared, the duty may have been decided in the
 * system, the right may have ended, or the paper been sent back: then the comparison is open no longer.
 */
function dutyOfPaper(loaded: LoadedCase, taskId: string | undefined, paper: PaperEnvelope): OpenTask | null {
  const task = loaded.tasks.find((t) => t.id === taskId) ?? null;
  if ((taskId !== undefined && task === null) || !loaded.tasks.some((t) => t.id === paper.compareTask)) throw taskClosed(paper.compareTask);
  return task;
}

/** What the same key brought about the first time. @throws Conflict when it was used for something else */
export function repeated<T>(known: { requestHash: string; outcome: unknown }, requestHash: string): T {
  if (known.requestHash !== requestHash) throw keyReused();
  return known.outcome as T;
}

export const noSuchCase = (id: string): NotFound => new NotFound('no-such-case', words('没有这个案卷。', 'There is no such case.'), `case ${id}`);
export const notNow = (type: string): Refused =>
  new Refused('not-now', words('案卷现在的环节不能这样办。', 'The case does not allow this at its present stage.'), `command ${type}`);
export const keyReused = (): Conflict =>
  new Conflict('key-reused', words('同一个提交编号用在了两件不同的事上。', 'The same idempotency key was used for two different requests.'));
