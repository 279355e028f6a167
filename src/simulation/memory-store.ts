import type { Actor } from '../domain/actor.js';
import type { CaseStore, Known, NewCase, NewCaseRequest, Prepared } from '../engine/engine.js';
import type { CaseState } from '../engine/case-step.js';
import type { ClosedTask, OpenTask, StepWrites } from '../engine/case-writes.js';
import type { JournalEntry } from '../engine/journal.js';
import type { DoorResult, LoadedCase } from '../engine/store.js';
import type { TermRow } from '../engine/terms.js';

/** One step as the door is handed it; only what a year in memory keeps of it. */
export interface WrittenStep {
  id: string;
  at: string;
  unit: string;
  year: number;
  expected: number;
  version: number;
  headHash: string;
  case: Pick<LoadedCase, 'workflow' | 'chartVersion' | 'pack' | 'packHash' | 'side' | 'caseNumber' | 'title' | 'released' | 'final'> & { stage: string; outcome: string | null };
  snapshot: string;
  journal: JournalEntry & { prevHash: string; hash: string };
  payload: string;
  stagesLeft: string[];
  stagesEntered: string[];
  tasksClosed: ClosedTask[];
  tasksOpened: StepWrites['tasksOpened'];
  /** Where an act beside the chart gives a task to another post, or one holder claims it. */
  tasksMoved?: Pick<OpenTask, 'id' | 'org' | 'role' | 'post' | 'person'>[];
  terms: TermRow[];
  outbox: StepWrites['outbox'];
  outboxCancelled?: number[];
  parent?: { id: string; kind: string };
  command: { principal: string; key: string; requestHash: string; outcome: unknown };
}

/** A case as memory keeps it. */
export interface KeptCase {
  row: Omit<LoadedCase, 'state' | 'tasks' | 'terms' | 'known'>;
  state: CaseState;
  outcome: string | null;
  parent: string | null;
  tasks: Map<string, OpenTask & { dueAt: string | null }>;
  terms: Map<string, TermRow>;
  journal: (WrittenStep['journal'] & { payload: string })[];
  /** At which step each stage was entered first. */
  firstEntries: Map<string, number>;
}

interface Beside {
  prepare(type: string, known: Known): Prepared;
  newCase(request: NewCaseRequest): NewCase;
  /** Told of every step that was written. */
  written(kept: KeptCase, step: WrittenStep): void;
}

/**
 * Cases in memory, for a year that is only tried out: the door's rules – one version after another, a key once, one live case of a kind per unit and
 * year – without its walls, because whoever asks sees the whole year anyway.
 */
export class MemoryStore implements CaseStore {
  readonly cases = new Map<string, KeptCase>();
  readonly #commands = new Map<string, { requestHash: string; outcome: unknown }>();

  constructor(private readonly beside: Beside) {}

  async load(actors: readonly Actor[], caseId: string, key: string): Promise<LoadedCase | null> {
    const kept = this.cases.get(caseId);
    const actor = actors[0];
    if (!kept || !actor) return null;
    const known = this.#commands.get(nameOf(actor.person ?? actor.role, key)) ?? null;
    return { ...kept.row, state: kept.state, tasks: [...kept.tasks.values()], terms: [...kept.terms.values()], known };
  }

  async write(_actor: Actor, write: Record<string, unknown>): Promise<DoorResult> {
    const step = write as unknown as WrittenStep;
    const { command } = step;
    const before = this.#commands.get(nameOf(command.principal, command.key));
    if (before) return before.requestHash === command.requestHash ? { status: 'duplicate', outcome: before.outcome } : { status: 'key-reused' };
    const kept = step.expected === 0 ? this.#opened(step) : this.cases.get(step.id);
    if (!kept || kept.row.version !== step.expected) return { status: 'stale' };
    const { stage: _stage, outcome, ...head } = step.case;
    kept.row = { ...kept.row, ...head, version: step.version, headHash: step.headHash };
    kept.outcome = outcome;
    kept.state = JSON.parse(step.snapshot) as CaseState;
    for (const stage of step.stagesEntered) if (!kept.firstEntries.has(stage)) kept.firstEntries.set(stage, step.version);
    kept.journal.push({ ...step.journal, payload: step.payload });
    for (const task of step.tasksClosed) kept.tasks.delete(task.id);
    for (const task of step.tasksOpened) kept.tasks.set(task.id, task);
    for (const { id, ...carrier } of step.tasksMoved ?? []) kept.tasks.set(id, { ...kept.tasks.get(id)!, ...carrier });
    for (const term of step.terms) kept.terms.set(term.key, term);
    // As the door does it: a term that is armed or stopped carries its due day to the tasks that rest on it.
    for (const task of kept.tasks.values()) {
      const term = step.terms.find((one) => one.key === task.termKey && (one.status === 'armed' || one.status === 'paused'));
      if (term) task.dueAt = term.dueAt;
    }
    this.#commands.set(nameOf(command.principal, command.key), { requestHash: command.requestHash, outcome: command.outcome });
    this.beside.written(kept, step);
    return { status: 'done', outcome: command.outcome };
  }

  async prepare(type: string, known: Known): Promise<Prepared> {
    return this.beside.prepare(type, known);
  }

  async newCase(_actor: Actor, request: NewCaseRequest): Promise<NewCase> {
    return this.beside.newCase(request);
  }

  /** Cases of a unit, of a kind. */
  of(unit: string, workflow: string): KeptCase[] {
    return [...this.cases.values()].filter(({ row }) => row.unit === unit && row.workflow === workflow);
  }

  #opened(step: WrittenStep): KeptCase | undefined {
    const { stage: _stage, outcome: _outcome, ...head } = step.case;
    if (this.of(step.unit, head.workflow).some(({ row }) => !row.final && row.year === step.year)) return undefined;
    const kept: KeptCase = {
      row: { ...head, id: step.id, city: step.journal.city, year: step.year, unit: step.unit, version: 0, headHash: '' }, state: { snapshot: null, entries: {}, carriers: {} },
      outcome: null, parent: step.parent?.id ?? null, tasks: new Map(), terms: new Map(), journal: [], firstEntries: new Map(),
    };
    this.cases.set(step.id, kept);
    return kept;
  }
}

const nameOf = (principal: string, key: string): string => `${principal}\n${key}`;
