import { addMinutes } from './instants.js';
import { newId } from '../clock.js';
import type { Asked, Step } from './case-step.js';
import { besideOf, standingKeys, taskKey } from './task-key.js';
import { termChanges, type Reckoning } from './term-changes.js';
import type { TermRow } from './terms.js';

/** An open task as the engine needs it. Role, organisation and post are those of whoever carries it now. */
export interface OpenTask {
  id: string;
  key: string;
  /** A duty of the chart; a comparison with a paper or an opinion somebody was asked for, beside one. */
  kind: 'duty' | 'compare' | 'opinion';
  state: string;
  side: 'unit' | 'city';
  role: string;
  org: string;
  post: string | null;
  /** Who has claimed it (认领). */
  person: string | null;
  /** When somebody last reminded its carrier, ISO. */
  urgedAt: string | null;
  subject: Record<string, unknown> | null;
  commands: string[];
  termKey: string | null;
}

export interface ClosedTask {
  id: string;
  status: 'done' | 'cancelled';
  by: string | null;
  post: string | null;
  command: string;
}

/** What a step changes beside the snapshot and the journal. */
export interface StepWrites {
  tasksOpened: (OpenTask & { dueAt: string | null })[];
  tasksClosed: ClosedTask[];
  terms: TermRow[];
  outbox: { id: string; key: string; effect: string; params: Record<string, unknown>; runAfter: string }[];
}

interface Before {
  tasks: OpenTask[];
  terms: TermRow[];
}

/** Compares the duties of the new configuration with the open tasks: what is owed and not yet open is opened, what is no longer owed is closed. */
export function stepWrites(
  step: Step, before: Before, done: { taskId: string | null; compareTask?: string; command: string; by: string | null; post: string | null },
  bound: Reckoning & { seq: number; caseId: string; withdrawMinutes: number },
): StepWrites {
  const terms = termChanges(step, before.terms, done.command, bound);
  const dueOf = (term: string | null): string | null =>
    (terms.find((t) => t.term === term) ?? before.terms.find((t) => t.term === term))?.dueAt ?? step.context.dates[term ?? ''] ?? null;
  const owed = step.duties.map((duty) => ({ duty, key: taskKey(duty, step.state.entries) }));
  const owedKeys = new Set(owed.map((o) => o.key));
  const open = new Map(before.tasks.map((t) => [t.key, t]));
  const standing = standingKeys(owedKeys, step.powers);
  const closing = before.tasks.filter((t) => (t.kind === 'duty' ? !owedKeys.has(t.key) : t.id === done.compareTask || !standing.has(besideOf(t.key))));
  const tasksOpened = owed.filter((o) => !open.has(o.key)).map(({ duty, key }) => ({
    id: newId(), key, kind: 'duty' as const, state: duty.stage, side: duty.side, role: duty.role, org: duty.org, post: duty.post, person: null, urgedAt: null,
    subject: duty.subject, commands: duty.commands, termKey: duty.term, dueAt: dueOf(duty.term),
  }));
  const tasksClosed = closing.map((t) => ({
    id: t.id, status: t.id === done.taskId || t.id === done.compareTask ? ('done' as const) : ('cancelled' as const), by: done.by, post: done.post, command: done.command,
  }));
  const withdrawable = step.stages.some((s) => s.withdrawable && step.entered.includes(s.stage));
  const runAfter = withdrawable ? addMinutes(bound.now, bound.withdrawMinutes) : bound.now;
  const outbox = step.effects.map((effect: Asked, index) => ({
    id: newId(), key: `${bound.caseId}:${bound.seq}:${index}`, effect: effect.type, params: effect.params, runAfter,
  }));
  return { tasksOpened, tasksClosed, terms, outbox };
}
