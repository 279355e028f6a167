import type { Actor } from '../domain/actor.js';
import { newId } from '../clock.js';
import { valueOf } from '../../workflows/policies/policy-pack.js';
import { readForm } from '../../workflows/forms/command-form.js';
import { stagesOf } from '../../workflows/patterns/duties.js';
import type { BaseContext, PostRef } from '../../workflows/vocabulary.js';
import { claimed, holdsPostOf, notYours, taskClosed } from './authorise.js';
import { caseOffers, taskOffers, type BesideOffer } from './beside-offers.js';
import { restore } from './case-step.js';
import type { OpenTask } from './case-writes.js';
import { mainStage } from './compose-write.js';
import { noSuchCase, notNow, repeated } from './dispatch.js';
import type { CaseParts, CommandOutcome, CommandRequest } from './engine.js';
import { inTurn } from './in-turn.js';
import { canonical, sha256 } from './journal.js';
import { restBetweenReminders } from './rest-between-reminders.js';
import type { LoadedCase } from './store.js';
import { besideOf } from './task-key.js';
import { untilWritten } from './until-written.js';
import { writeBeside } from './write-beside.js';

/** What an act changes: the journal's event, the rows the door writes with it, and whom it is told. */
interface Effects {
  event: Record<string, unknown>;
  rows: Record<string, unknown>;
  tell: { template: string; to: Pick<PostRef, 'org' | 'role' | 'side'>[] } | null;
}

/**
 * An act of the task layer (转办 委派 答复 收回 认领 释放 提醒 抄送 留言): journalled and chained like any step, while the chart stays where it is.
 * @throws Forbidden, NotFound, Conflict when the task is closed, InvalidInput, Refused when reminded of late
 */
export async function actBeside(parts: CaseParts, actors: Actor[], request: CommandRequest): Promise<CommandOutcome> {
  const now = parts.clock.now().toISOString();
  const requestHash = sha256(canonical(request));
  return inTurn(parts.store, request.caseId, () => untilWritten(`case ${request.caseId}`, async () => {
    const loaded = await parts.store.load(actors, request.caseId, request.key);
    if (!loaded) throw noSuchCase(request.caseId);
    if (loaded.known) return repeated<CommandOutcome>(loaded.known, requestHash);
    const form = Object.hasOwn(parts.forms, request.type) ? parts.forms[request.type] : undefined;
    if (!form) throw notNow(request.type);
    const task = taskOf(loaded, request);
    const { actor } = offered(actors, loaded, task, request.type);
    const fields = readForm(form.schema, request.fields) as Record<string, unknown>;
    const live = restore(parts.machineFor(loaded.workflow, loaded.chartVersion, loaded.pack), loaded.state, now);
    const stages = stagesOf(live.getMeta() as never);
    const { pack } = parts.packOf(loaded.pack);
    const calendar = await parts.calendarOf(loaded.city);
    if (request.type === 'note.urge' && task?.urgedAt != null) restBetweenReminders(new Date(task.urgedAt), new Date(now), valueOf(pack.timing.reminderIntervalWorkdays), calendar);
    const { facts } = await parts.store.prepare(request.type, {
      caseRow: loaded, context: live.context as BaseContext as unknown as Record<string, unknown>, actor, now, pack, calendar, fields,
      task: task ? { id: task.id, key: task.key, subject: task.subject } : null,
    });
    const { event, rows, tell } = effectsOf(request.type, { task, loaded, actor, fields, posts: (facts.posts ?? []) as PostRef[] });
    const stage = stages.find((s) => s.stage === task?.state) ?? stages.find((s) => s.stage === mainStage(stages));
    const seq = loaded.version + 1;
    const outcome = await writeBeside<CommandOutcome>(parts, loaded, { actor, now, key: request.key, requestHash }, {
      type: request.type, origin: 'system', payload: { ...fields, ...event, ...(actor.actingFor ? { actingFor: actor.actingFor.name } : {}) }, state: stage?.stage ?? '', stage,
      outcome: { caseId: loaded.id, version: seq, stage: mainStage(stages), final: loaded.final, acknowledgement: null },
      extra: {
        ...rows,
        outbox: (tell?.to ?? []).map(({ org, role, side }, index) => ({
          id: newId(), key: `${loaded.id}:${seq}:${index}`, effect: 'notify', params: { template: tell!.template, to: { org, role, side } }, runAfter: now,
        })),
      },
    });
    if (outcome !== null && tell !== null) parts.wake();
    return outcome;
  }));
}

/** The task an act is about; null for what is said of the case. */
function taskOf(loaded: LoadedCase, request: CommandRequest): OpenTask | null {
  if (request.type === 'note.circulate' || request.type === 'note.comment') return null;
  const task = loaded.tasks.find((t) => t.id === request.taskId);
  if (!task) throw taskClosed(request.taskId ?? '');
  return task;
}

function offered(actors: readonly Actor[], loaded: LoadedCase, task: OpenTask | null, type: string): BesideOffer {
  const offers = task === null ? caseOffers(actors, loaded) : taskOffers(actors, task, loaded.state.carriers[task.key]);
  const found = offers.find((offer) => offer.command === type);
  if (found) return found;
  if (loaded.final) throw notNow(type);
  if (task?.person != null && actors.some((a) => holdsPostOf(a, task))) throw claimed(loaded.state.carriers[task.key]?.person?.name ?? '');
  throw notYours(type);
}

function effectsOf(type: string, on: { task: OpenTask | null; loaded: LoadedCase; actor: Actor; fields: Record<string, unknown>; posts: PostRef[] }): Effects {
  const { task, loaded, actor, fields, posts } = on;
  if (type === 'note.comment') return { event: {}, rows: {}, tell: null };
  if (type === 'note.circulate') {
    const circulated = posts.map(({ org, role, post, side }) => ({ id: newId(), side, org, role, post, note: String(fields.note ?? '') }));
    return { event: { posts }, rows: { circulated }, tell: { template: 'circulated', to: posts } };
  }
  const { id, org, role, post: ownPost, person, key, side } = task!;
  const kept = { id, org, role, post: ownPost, person };
  const asked = loaded.tasks.filter((t) => t.kind === 'opinion' && besideOf(t.key) === key).map((t) => closing(t, 'cancelled', actor, type));
  const [chosen] = posts;
  switch (type) {
    // What a deputy claims is claimed for the holder: when the deputyship ends, it is nobody else's.
    case 'task.claim': {
      const claimant = actor.actingFor ?? { person: actor.person, name: actor.personName };
      return { event: { taskKey: key, person: { id: claimant.person, name: claimant.name } }, rows: { tasksMoved: [{ ...kept, person: claimant.person }] }, tell: null };
    }
    case 'task.release': return { event: { taskKey: key }, rows: { tasksMoved: [{ ...kept, person: null }] }, tell: null };
    case 'task.transfer': return {
      event: { taskKey: key, post: chosen }, rows: { tasksMoved: [{ id, org: chosen!.org, role: chosen!.role, post: chosen!.post, person: null }], tasksClosed: asked },
      tell: { template: 'transferred', to: [chosen!] },
    };
    case 'task.delegate': return {
      event: { taskKey: key, post: chosen, by: actor.personName },
      rows: { tasksOpened: [{
        id: newId(), key: `opinion:${key}`, kind: 'opinion', state: task!.state, side, role: chosen!.role, org: chosen!.org, post: chosen!.post,
        subject: { question: fields.question, by: actor.personName, carrier: { org, role, side } }, commands: ['task.answer'], termKey: task!.termKey,
        dueAt: loaded.terms.find((t) => t.key === task!.termKey)?.dueAt ?? null,
      }] },
      tell: { template: 'delegated', to: [chosen!] },
    };
    case 'task.answer': return {
      event: { taskKey: besideOf(key) }, rows: { tasksClosed: [closing(task!, 'done', actor, type)] },
      tell: { template: 'answered', to: [task!.subject?.carrier as PostRef] },
    };
    case 'task.takeBack': return { event: { taskKey: key }, rows: { tasksClosed: asked }, tell: null };
    case 'note.urge': return { event: {}, rows: { tasksUrged: [id] }, tell: { template: 'urged', to: [{ org, role, side }] } };
    default: throw notNow(type);
  }
}

const closing = (task: OpenTask, status: 'done' | 'cancelled', actor: Actor, command: string) => ({ id: task.id, status, by: actor.person, post: actor.post, command });
