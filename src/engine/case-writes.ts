import type { WorkCalendar } from '../domain/calendar.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import type { Duty, Power } from '../../workflows/patterns/duties.js';
import { addMinutes } from './instants.js';
import { newId } from '../clock.js';
import type { Asked, Step } from './case-step.js';
import { termRule } from './pack-terms.js';
import { armTerm, pauseTerm, resumeTerm, withReminder, type TermRow } from './terms.js';

/** An open task as the engine needs it. */
export interface OpenTask {
  id: string;
  key: string;
  kind: 'duty' | 'compare';
  state: string;
  side: 'unit' | 'city';
  role: string;
  org: string;
  post: string | null;
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

/** Names a duty within its case: the state, the step that entered it, the duty within the state. */
export const taskKey = (duty: Duty, entries: Record<string, number>): string => `${duty.stage}#${entries[duty.stage] ?? 0}#${duty.key}`;

/** Names a right that may be exercised on paper, for the comparison that waits beside it: one at a time. */
export const powerKey = (command: string): string => `power#${command}`;

/** What a comparison may stand for: an open duty, or a right that still holds. */
export const comparableKeys = (dutyKeys: Iterable<string>, powers: readonly Power[]): Set<string> =>
  new Set([...dutyKeys, ...powers.filter((power) => power.paper).flatMap((power) => power.commands.map(powerKey))]);

/** The terms a step changes. Leaving and entering one state in one step is folded into one row, so a re-entry always arms anew. */
function termChanges(step: Step, before: TermRow[], event: string, pack: PolicyPack, calendar: WorkCalendar, now: string, side: 'unit' | 'city'): TermRow[] {
  const changed = new Map<string, TermRow>();
  const known = new Map(before.map((row) => [row.term, row]));
  const paused = new Set(step.marks.filter((m) => m.type === 'pauseTerm').map((m) => String(m.params.term)));
  const active = new Map(step.stages.filter((s) => s.term).map((s) => [s.term!, s]));
  for (const row of before) {
    if (row.status !== 'armed' && row.status !== 'fired') continue;
    const stage = active.get(row.term);
    const stays = stage !== undefined && !step.entered.includes(stage.stage);
    const pauses = paused.has(row.term) && !step.final;
    // A term that has already fired is kept as it is, unless it is to go on later: then it has no days left and must not get new ones.
    if (step.final || (!stays && (row.status === 'armed' || pauses))) {
      const stopped = pauses ? pauseTerm(row, now, calendar) : { ...row, status: 'cancelled' as const, nextReminderAt: null, nextRung: null };
      changed.set(row.term, stopped);
    } else if (stays && event === `term.${row.term}.due`) {
      changed.set(row.term, { ...row, status: 'fired', nextRung: null, nextReminderAt: null });
    } else if (stays && event === `term.${row.term}.remind`) {
      changed.set(row.term, withReminder(row, termRule(pack, row.term, step.context.dates), now, calendar));
    }
  }
  if (step.final) {
    for (const row of before) if (row.status === 'paused') changed.set(row.term, { ...row, status: 'cancelled' });
    return [...changed.values()];
  }
  for (const [term, stage] of active) {
    if (!step.entered.includes(stage.stage)) continue;
    const rule = termRule(pack, term, step.context.dates);
    const entry = step.state.entries[stage.stage]!;
    const earlier = changed.get(term) ?? known.get(term);
    const row = earlier?.status === 'paused'
      ? resumeTerm(earlier, rule, entry, now, calendar)
      : armTerm(term, rule, stage.duties[0]?.side ?? side, entry, now, calendar, step.context.dates[term]);
    changed.set(term, row);
  }
  return [...changed.values()];
}

/** Compares the duties of the new configuration with the open tasks: what is owed and not yet open is opened, what is no longer owed is closed. */
export function stepWrites(
  step: Step, before: Before, done: { taskId: string | null; compareTask?: string; command: string; by: string | null; post: string | null },
  bound: { pack: PolicyPack; calendar: WorkCalendar; now: string; seq: number; caseId: string; side: 'unit' | 'city'; withdrawMinutes: number },
): StepWrites {
  const terms = termChanges(step, before.terms, done.command, bound.pack, bound.calendar, bound.now, bound.side);
  const dueOf = (term: string | null): string | null =>
    (terms.find((t) => t.term === term) ?? before.terms.find((t) => t.term === term))?.dueAt ?? step.context.dates[term ?? ''] ?? null;
  const owed = step.final ? [] : step.duties.map((duty) => ({ duty, key: taskKey(duty, step.state.entries) }));
  const owedKeys = new Set(owed.map((o) => o.key));
  const open = new Map(before.tasks.map((t) => [t.key, t]));
  const comparable = comparableKeys(owedKeys, step.final ? [] : step.powers);
  const closing = before.tasks.filter((t) => (t.kind === 'duty' ? !owedKeys.has(t.key) : t.id === done.compareTask || !comparable.has(t.key.replace(/^compare:/, ''))));
  const tasksOpened = owed.filter((o) => !open.has(o.key)).map(({ duty, key }) => ({
    id: newId(), key, kind: 'duty' as const, state: duty.stage, side: duty.side, role: duty.role, org: duty.org, post: duty.post,
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
