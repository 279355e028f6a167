import type { Actor } from '../domain/actor.js';
import type { StageMeta } from '../../workflows/vocabulary.js';
import { besideStep } from './case-step.js';
import { composeWrite, visibilityOf } from './compose-write.js';
import { keyReused } from './dispatch.js';
import type { CaseParts } from './engine.js';
import { canonical, type JournalEntry } from './journal.js';
import type { LoadedCase } from './store.js';

/** An act beside the chart: what it is called, what the journal keeps of it, and what the door writes with it. */
export interface BesideAct<T> {
  type: string;
  payload: Record<string, unknown>;
  origin: JournalEntry['origin'];
  state: string;
  stage: StageMeta | undefined;
  outcome: T;
  extra: Record<string, unknown>;
}

/** Who sent it and when; `requestHash` guards the idempotency key. */
export interface BesideRequest {
  actor: Actor;
  now: string;
  key: string;
  requestHash: string;
}

/**
 * A step beside the chart: journalled and chained like any other, the configuration stays as it is. Null when another was faster.
 * @throws Conflict when the key was used for something else
 */
export async function writeBeside<T>(parts: CaseParts, loaded: LoadedCase, by: BesideRequest, act: BesideAct<T>): Promise<T | null> {
  const machine = parts.machineFor(loaded.workflow, loaded.chartVersion, loaded.pack);
  const calendar = await parts.calendarOf(loaded.city);
  // What is journalled is what replay will read: the step is made from the very same text.
  const payload = { ...act.payload, type: act.type, at: by.now };
  const step = besideStep(machine, loaded.state, JSON.parse(canonical(payload)) as { type: string; at: string });
  const { write } = composeWrite(loaded, step, { tasksOpened: [], tasksClosed: [], terms: [], outbox: [] }, {
    actor: by.actor, type: act.type, origin: act.origin, state: act.state, visibility: visibilityOf(act.stage, by.actor, loaded.released, null), payload,
    requestHash: by.requestHash, key: by.key, chart: `${loaded.workflow}.v${loaded.chartVersion}`, calendarVersion: calendar.version, now: by.now,
  }, { facts: {} });
  Object.assign(write, act.extra);
  (write.command as { outcome: unknown }).outcome = act.outcome;
  const result = await parts.store.write(by.actor, write);
  if (result.status === 'stale') return null;
  if (result.status === 'key-reused') throw keyReused();
  return result.outcome as T;
}
