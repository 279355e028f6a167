import type { AnyStateMachine } from 'xstate';
import { valueOf, type PolicyPack } from '../../../workflows/policies/policy-pack.js';
import { keyIn, refusedIn, stageIn, termIn, type VersionMove } from '../../../workflows/patterns/version-move.js';
import type { WorkCalendar } from '../../domain/calendar.js';
import { words, type Words } from '../../domain/text.js';
import { landingStep, takes, type CaseState, type Step } from '../case-step.js';
import { stepWrites, type OpenTask, type StepWrites } from '../case-writes.js';
import { sha256 } from '../journal.js';
import type { Renaming } from '../store.js';
import { taskKey } from '../task-key.js';
import type { TermRow } from '../terms.js';
import { ledOver, MIGRATED, MIGRATED_BACK, type Migrated } from './led-over.js';
import { lossesBetween } from './losses.js';
import type { MovingCase } from './moving-cases.js';
import { namesIn, ownNames, standingOf, type Standing } from './standing.js';

/** What would become of a case, with the step that would be written; nothing has been. `write` is null where it is refused. */
export interface PlannedMove {
  before: Standing;
  after: Standing | null;
  refusals: Words[];
  write: { step: Step; writes: StepWrites; renaming: Renaming; snapshot: string } | null;
}

export interface MoveBounds {
  machineOf(version: number): AnyStateMachine;
  pack: PolicyPack;
  calendar: WorkCalendar;
  now: string;
}

/** A case's rows in the words of another version. */
interface Rows {
  tasks: OpenTask[];
  terms: TermRow[];
}

/** Leads a case to the later version of its chart, on paper: where it lands, what it has there, and why it may not go. */
export function planMove(moving: MovingCase, move: VersionMove, bounds: MoveBounds): PlannedMove {
  const [from, to] = [bounds.machineOf(move.from), bounds.machineOf(move.to)];
  const standing = landingStep(from, moving.state, bounds.now, moving.version);
  const before = standingOf(move.from, standing, moving, safely(move), (command) => takes(from, moving.state, command, bounds.now));
  const refusals = standing.stages.flatMap(({ stage, words: said }) => {
    const why = refusedIn(move, stage);
    return why ? [words(`${said.zh}：${why.zh}`, `${said.en}: ${why.en}`)] : [];
  });
  try {
    const step = ledOver(move, from, to, moving.state, bounds.now, moving.version + 1);
    const duties = new Map(step.duties.map((duty) => [taskKey(duty, step.state.entries), duty]));
    const inWords = (task: OpenTask): OpenTask => {
      const key = keyIn(move, task.key);
      const duty = task.kind === 'duty' ? duties.get(key) : undefined;
      const named = { ...task, key, state: Object.hasOwn(move.landings, task.state) ? stageIn(move, task.state) : task.state, termKey: task.termKey === null ? null : termIn(move, task.termKey) };
      return duty ? { ...named, subject: duty.subject, commands: duty.commands, termKey: duty.term } : named;
    };
    const open = new Set(moving.tasks.map(({ id }) => id));
    // What is closed keeps the commands it was closed with.
    const tasks = moving.allTasks.map((task) => (open.has(task.id) ? inWords(task) : { ...inWords(task), subject: task.subject, commands: task.commands }));
    const rows: Rows = { tasks: tasks.filter(({ id }) => open.has(id)), terms: moving.terms.map((row) => ({ ...row, key: termIn(move, row.key), term: termIn(move, row.term) })) };
    const planned = landed(moving, step, rows, MIGRATED, bounds);
    const after = standingOf(move.to, step, planned.rows, ownNames, (command) => takes(to, step.state, command, bounds.now));
    refusals.push(...lossesBetween(before, after));
    const renaming: Renaming = {
      version: move.to, kept: moving.allTasks.map(({ id }) => id), tasks: changedTasks(moving.allTasks, tasks),
      terms: moving.terms.flatMap(({ key }) => (termIn(move, key) === key ? [] : [{ from: key, to: termIn(move, key) }])),
      stages: moving.stages.flatMap(({ seq, stage }) => (stageIn(move, stage) === stage ? [] : [{ seq, from: stage, to: stageIn(move, stage) }])),
    };
    return { before, after, refusals, write: refusals.length > 0 ? null : { step, writes: planned.writes, renaming, snapshot: JSON.stringify(step.state) } };
  } catch (error) {
    return { before, after: null, refusals: [...refusals, words(`在第 ${move.to} 版没有去处：${String((error as Error).message)}`, `has nowhere to go in version ${move.to}: ${String((error as Error).message)}`)], write: null };
  }
}

/** Takes the latest migration of a case back, on paper: to the very snapshot and names it had. Refused once anything has happened since. */
export function planBack(moving: MovingCase, move: VersionMove, bounds: MoveBounds): PlannedMove {
  const { kept } = moving;
  const [from, to] = [bounds.machineOf(move.from), bounds.machineOf(move.to)];
  const standing = landingStep(to, moving.state, bounds.now, moving.version);
  const before = standingOf(move.to, standing, moving, ownNames, (command) => takes(to, moving.state, command, bounds.now));
  const why = kept === null || kept.fromVersion !== move.from ? words('不是由这一版迁来的', 'it was not led here from that version') : cannotGoBack(kept, moving.version);
  if (kept === null || why !== null) return { before, after: null, refusals: [why!], write: null };
  const state = JSON.parse(kept.snapshot) as CaseState;
  const step = landingStep(from, state, bounds.now, moving.version + 1);
  const kinds = new Map(kept.tasks.map((task) => [task.id, task]));
  const tasks = moving.allTasks.map((task): OpenTask => ({ ...task, ...kinds.get(task.id) }));
  const open = new Set(moving.tasks.map(({ id }) => id));
  const termWas = new Map(kept.terms.map(({ key }) => [termIn(move, key), key]));
  const terms = moving.terms.map((row) => ({ ...row, key: termWas.get(row.key) ?? row.key, term: termWas.get(row.term) ?? row.term }));
  const planned = landed(moving, step, { tasks: tasks.filter(({ id }) => open.has(id)), terms }, MIGRATED_BACK, bounds);
  const after = standingOf(move.from, step, planned.rows, namesIn(move), (command) => takes(from, state, command, bounds.now));
  const refusals = lossesBetween(before, after);
  const renaming: Renaming = {
    version: move.from, tasks: changedTasks(moving.allTasks, tasks), terms: [...termWas].flatMap(([name, key]) => (name === key ? [] : [{ from: name, to: key }])),
    stages: kept.stages.flatMap(({ seq, stage }) => (stageIn(move, stage) === stage ? [] : [{ seq, from: stageIn(move, stage), to: stage }])),
  };
  return { before, after, refusals, write: refusals.length > 0 ? null : { step, writes: planned.writes, renaming, snapshot: kept.snapshot } };
}

function cannotGoBack(kept: NonNullable<MovingCase['kept']>, version: number): Words | null {
  if (kept.seq !== version) return words(`迁移之后已有新的办理（第 ${kept.seq + 1} 条 ${kept.next ?? ''}）`, `something has happened since (entry ${kept.seq + 1}, ${kept.next ?? ''})`);
  const entry = kept.entry === null ? null : (JSON.parse(kept.entry) as Migrated);
  return entry === null || entry.kept === sha256(kept.snapshot) ? null : words('留存的快照被改动，与日志所记不符', 'the snapshot that was kept is not the one the journal names');
}

/** What the step writes, and the rows as they are after it. */
function landed(moving: MovingCase, step: Step, rows: Rows, command: string, { pack, calendar, now }: MoveBounds): { writes: StepWrites; rows: Rows } {
  const writes = stepWrites(step, rows, { taskId: null, command, by: null, post: null }, {
    pack, calendar, now, seq: moving.version + 1, caseId: moving.id, side: moving.side, withdrawMinutes: valueOf(pack.timing.withdrawMinutes),
  });
  const closed = new Set(writes.tasksClosed.map(({ id }) => id));
  const terms = new Map([...rows.terms, ...writes.terms].map((row) => [row.key, row]));
  return { writes, rows: { tasks: [...rows.tasks.filter(({ id }) => !closed.has(id)), ...writes.tasksOpened], terms: [...terms.values()] } };
}

/** The tasks whose names differ. */
function changedTasks(before: readonly OpenTask[], after: readonly OpenTask[]): Renaming['tasks'] {
  const named = ({ id, key, state, subject, commands, termKey }: OpenTask): Renaming['tasks'][number] => ({ id, key, state, subject, commands, termKey });
  return after.flatMap((task, index) => (JSON.stringify(named(task)) === JSON.stringify(named(before[index]!)) ? [] : [named(task)]));
}

/** A move's names for what it lists; the rest keeps its own and is refused by its landing. */
function safely(move: VersionMove): ReturnType<typeof namesIn> {
  const names = namesIn(move);
  const or = (name: (given: string) => string) => (given: string): string => {
    try {
      return name(given);
    } catch {
      return given;
    }
  };
  return { stage: or(names.stage), term: names.term, key: or(names.key) };
}
