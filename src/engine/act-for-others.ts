import type { Actor } from '../domain/actor.js';
import { stagesOf } from '../../workflows/patterns/duties.js';
import { restore } from './case-step.js';
import type { OpenTask } from './case-writes.js';
import { mainStage } from './compose-write.js';
import { noSuchCase, repeated } from './dispatch.js';
import type { CaseParts } from './engine.js';
import { inTurn } from './in-turn.js';
import { canonical, sha256 } from './journal.js';
import type { LoadedCase } from './store.js';
import { besideOf } from './task-key.js';
import { untilWritten } from './until-written.js';
import { writeBeside } from './write-beside.js';

/** What is journalled of an act on a case that one arranges for others, and the rows the door writes with it. */
export interface ArrangedAct {
  type: string;
  event: Record<string, unknown>;
  rows: Record<string, unknown>;
}

/** Which case, in whose name (a person whose posts need not reach the case), and under which key: repeated, it is one act. */
export interface Arranging {
  caseId: string;
  by: Actor;
  key: string;
}

/**
 * An act beside the chart in which nobody decides anything: a claim is freed, a duty goes to another post, what was stuck is set going. It is
 * journalled like any other, under the system's hand and in the name of whoever arranged it. `act` is asked of the case as it stands; null where
 * there is nothing to do any more, and nothing is written then.
 * @throws NotFound; Conflict when the key was used for something else
 */
export async function actForOthers(parts: CaseParts, { caseId, by, key }: Arranging, act: (loaded: LoadedCase) => ArrangedAct | null): Promise<'done' | 'gone'> {
  const now = parts.clock.now().toISOString();
  const actor: Actor = { ...by, scope: 'system', unit: null };
  const requestHash = sha256(canonical({ caseId, key }));
  return inTurn(parts.store, caseId, () => untilWritten(`case ${caseId}`, async () => {
    const loaded = await parts.store.load([actor], caseId, key);
    if (!loaded) throw noSuchCase(caseId);
    if (loaded.known) return repeated<'done'>(loaded.known, requestHash);
    const wanted = act(loaded);
    if (wanted === null) return 'gone' as const;
    const live = restore(parts.machineFor(loaded.workflow, loaded.chartVersion, loaded.pack), loaded.state, now);
    const stages = stagesOf(live.getMeta() as never);
    const stage = stages.find((s) => s.stage === mainStage(stages));
    return writeBeside<'done' | 'gone'>(parts, loaded, { actor, now, key, requestHash }, {
      type: wanted.type, origin: 'system', payload: wanted.event, state: stage?.stage ?? '', stage, outcome: 'done', extra: wanted.rows,
    });
  }));
}

/** 释放 of what somebody has claimed who does not hold the post any more. Null once it is his no longer. */
export const freeClaim = (taskId: string, person: string, note: string) => ({ tasks }: LoadedCase): ArrangedAct | null => {
  const task = tasks.find((t) => t.id === taskId && t.person === person);
  return task === undefined ? null : { type: 'task.release', event: { taskKey: task.key, note }, rows: { tasksMoved: [{ ...placeOf(task), person: null }] } };
};

/** 转办 of an open duty to a post: claims and opinions asked for fall with it. Null where the duty is owed no longer. */
export const moveDuty = (taskId: string, post: { post: string; org: string; role: string; side: 'unit' | 'city'; name: string }, reason: string) => ({ tasks, state }: LoadedCase): ArrangedAct | null => {
  const task = tasks.find((t) => t.id === taskId && t.kind === 'duty');
  if (task === undefined || state.carriers[task.key]?.post?.post === post.post) return null;
  const asked = tasks.filter((t) => t.kind === 'opinion' && besideOf(t.key) === task.key);
  return {
    type: 'task.transfer', event: { taskKey: task.key, post, reason },
    rows: {
      tasksMoved: [{ id: task.id, org: post.org, role: post.role, post: post.post, person: null }],
      tasksClosed: asked.map((t) => ({ id: t.id, status: 'cancelled', by: null, post: null, command: 'task.transfer' })),
    },
  };
};

/** An effect that was given up or is held is set going again. */
export const freeEffect = (id: string, type: string, event: Record<string, unknown>) => (): ArrangedAct => ({ type, event, rows: { outboxFreed: [id] } });

/** An effect that will never succeed is given up for good. */
export const giveUpEffect = (id: string, type: string, event: Record<string, unknown>) => (): ArrangedAct => ({ type, event, rows: { outboxGivenUp: [id] } });

/** Nothing but what was done is journalled. */
export const noteOnly = (type: string, event: Record<string, unknown>) => (): ArrangedAct => ({ type, event, rows: {} });

const placeOf = ({ id, org, role, post }: OpenTask) => ({ id, org, role, post });
