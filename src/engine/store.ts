import type pg from 'pg';
import type { Actor } from '../domain/actor.js';
import type { Database } from '../database.js';
import type { CaseState } from './case-step.js';
import type { ClosedTask, OpenTask } from './case-writes.js';
import type { TermRow } from './terms.js';

/** A case as one step needs it: its row, its state, its open tasks and its terms. */
export interface LoadedCase {
  id: string;
  city: string;
  year: number;
  workflow: string;
  chartVersion: number;
  pack: string;
  packHash: string;
  unit: string;
  side: 'unit' | 'city';
  caseNumber: string;
  title: string;
  released: boolean;
  final: boolean;
  version: number;
  headHash: string;
  state: CaseState;
  tasks: OpenTask[];
  terms: TermRow[];
  known: { requestHash: string; outcome: unknown } | null;
}

export type DoorResult = { status: 'done' | 'duplicate'; outcome: unknown } | { status: 'stale' } | { status: 'key-reused' };

/** Who is bound by row-level security for one call. */
export const wallsOf = (actor: Actor) => ({ city: actor.city, scope: actor.scope, unit: actor.unit, person: actor.person, role: actor.role });

const poolFor = (db: Database, actor: Actor): pg.Pool => (actor.scope === 'system' ? db.workerPool : db.webPool);

/** Reads a case through the door; null when it does not exist for this actor. */
export async function loadCase(db: Database, actor: Actor, caseId: string, key: string): Promise<LoadedCase | null> {
  const { rows } = await poolFor(db, actor).query({
    name: 'door_read', text: 'select door_read($1, $2, $3) as r', values: [JSON.stringify(wallsOf(actor)), caseId, key],
  });
  const found = rows[0]?.r;
  return found ? loadedOf(found) : null;
}

/** A case as `door_read` gives it: rows as JSON of the tables' own columns. */
export function loadedOf(found: any): LoadedCase {
  const c = found.case;
  return {
    id: c.id, city: c.city, year: c.year, workflow: c.workflow, chartVersion: c.chart_version, pack: c.pack, packHash: c.pack_hash, unit: c.unit,
    side: c.side, caseNumber: c.case_number, title: c.title, released: c.released, final: c.final, version: c.version, headHash: c.head_hash,
    state: found.state as CaseState,
    tasks: found.tasks.map(taskOf), terms: found.terms.map(termOf), known: found.known ?? null,
  };
}

/** Many cases in one round trip, each with what its key brought about before. */
async function loadMany(db: Database, actor: Actor, requests: readonly { caseId: string; key: string }[]): Promise<LoadedCase[]> {
  const { rows } = await poolFor(db, actor).query({
    name: 'doors_read', text: 'select doors_read($1, $2::uuid[], $3::text[]) as r', values: [JSON.stringify(wallsOf(actor)), requests.map((one) => one.caseId), requests.map((one) => one.key)],
  });
  return (rows[0].r as unknown[]).map(loadedOf);
}

/** Each case as the first of somebody's walls lets it be seen. */
export async function loadManyFor(db: Database, actors: readonly Actor[], requests: readonly { caseId: string; key: string }[]): Promise<LoadedCase[]> {
  const found = new Map<string, LoadedCase>();
  for (const actor of new Map(actors.map((one) => [`${one.scope} ${one.unit ?? ''}`, one])).values()) {
    const wanted = requests.filter((one) => !found.has(one.caseId));
    if (wanted.length > 0) for (const one of await loadMany(db, actor, wanted)) found.set(one.id, one);
  }
  return [...found.values()];
}

/** The same for somebody with several posts: read from behind the first of his walls that knows the case. */
export async function loadCaseFor(db: Database, actors: readonly Actor[], caseId: string, key: string): Promise<LoadedCase | null> {
  const walls = new Map(actors.map((actor) => [`${actor.scope} ${actor.unit ?? ''}`, actor]));
  for (const actor of walls.values()) {
    const loaded = await loadCase(db, actor, caseId, key);
    if (loaded) return loaded;
  }
  return null;
}

/** Writes one step, all of it or nothing. */
export async function throughDoor(db: Database, actor: Actor, write: Record<string, unknown>): Promise<DoorResult> {
  const { snapshot, payload, ...rest } = doorWrite(write);
  try {
    const { rows } = await poolFor(db, actor).query({
      name: 'door', text: 'select door($1, $2, $3, $4) as r', values: [JSON.stringify(wallsOf(actor)), JSON.stringify(rest), snapshot, payload],
    });
    return rows[0].r as DoorResult;
  } catch (error) {
    // The same key arrived for another case in this very moment and was written first: nothing of ours is, and the next look finds it.
    if ((error as pg.DatabaseError).constraint === 'command_pkey') return { status: 'stale' };
    throw error;
  }
}

/** Writes a step of each of many cases in one transaction. One that was overtaken is told so and writes nothing; an error leaves nothing of any. */
export async function manyThroughDoor(db: Database, actor: Actor, writes: readonly Record<string, unknown>[]): Promise<DoorResult[]> {
  const parts = writes.map((write) => doorWrite(write));
  const { rows } = await poolFor(db, actor).query({
    name: 'doors', text: 'select doors($1, $2::text[], $3::text[], $4::text[]) as r',
    values: [JSON.stringify(wallsOf(actor)), parts.map(({ snapshot: _s, payload: _p, ...rest }) => JSON.stringify(rest)), parts.map((one) => one.snapshot), parts.map((one) => one.payload)],
  });
  return rows[0].r as DoorResult[];
}

/** What tasks, terms and stages of a case are called in the other version of its chart. */
export interface Renaming {
  /** The version the case stands under afterwards. */
  version: number;
  /** Ids of the case's tasks, where what stood before is to be kept for the way back. */
  kept?: string[];
  tasks: { id: string; key: string; state: string; subject: unknown; commands: string[]; termKey: string | null }[];
  terms: { from: string; to: string }[];
  stages: { seq: number; from: string; to: string }[];
}

/** Writes the step that leads a case to another version of its chart, with the new names of what it has; the system's own act. */
export async function throughMigrationDoor(db: Database, actor: Actor, write: Record<string, unknown>, renaming: Renaming): Promise<DoorResult> {
  const { snapshot, payload, ...rest } = doorWrite(write);
  const { rows } = await db.workerPool.query({
    name: 'door_migrate', text: 'select door_migrate($1, $2, $3, $4, $5) as r', values: [JSON.stringify(wallsOf(actor)), JSON.stringify(rest), snapshot, payload, JSON.stringify(renaming)],
  });
  return rows[0].r as DoorResult;
}

/** What is empty is left out, so that the door does nothing for it; tasks are closed by the act that is journalled, each as done or cancelled. */
function doorWrite(write: Record<string, unknown>): Record<string, unknown> {
  const filled = Object.entries(write).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  return Object.fromEntries(filled.map(([key, value]) => [key, key === 'tasksClosed' ? Object.fromEntries((value as ClosedTask[]).map((t) => [t.id, t.status])) : value]));
}

/** Rows come as JSON of the tables' own columns. */
function taskOf(t: any): OpenTask {
  return {
    id: t.id, key: t.key, kind: t.kind, state: t.state, side: t.side, role: t.role, org: t.org, post: t.post, person: t.person, urgedAt: iso(t.urged_at), subject: t.subject,
    commands: t.commands, termKey: t.term_key,
  };
}

const iso = (value: string | null | undefined): string | null => (value == null ? null : new Date(value).toISOString());

/** A term as the engine reckons with it. Instants may come as dates or as text. */
export function termOf(t: any): TermRow {
  return {
    key: t.key, side: t.side, term: t.term, entry: t.entry, status: t.status, startedAt: iso(t.started_at)!, budgetWorkdays: t.budget_workdays,
    usedWorkdays: t.used_workdays, pausedAt: iso(t.paused_at), dueAt: iso(t.due_at), nextRung: t.next_rung, nextReminderAt: iso(t.next_reminder_at),
    calendarVersion: t.calendar_version, provisional: t.provisional,
  };
}
