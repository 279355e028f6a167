import { stagesOf } from '../../../workflows/patterns/duties.js';
import { valueOf } from '../../../workflows/policies/policy-pack.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { machineFor } from '../../../workflows/registry.js';
import type { By, CaseInput, CommandEvent } from '../../../workflows/vocabulary.js';
import { firstStep, nextStep, powersNow, restore, type CaseState, type Step } from '../../../src/engine/case-step.js';
import { stepWrites, type OpenTask, type StepWrites } from '../../../src/engine/case-writes.js';
import { canonical } from '../../../src/engine/journal.js';
import type { Charts, Replayed } from '../../../src/engine/replay.js';
import type { TermRow } from '../../../src/engine/terms.js';
import { statutoryDates } from '../../../src/engine/pack-terms.js';
import { chineseCalendar } from '../../../src/register/chinese-calendar.js';

export const pinned = policyPack('jinan-2011-61');
export const calendar = chineseCalendar();
export const planMachine = machineFor('plan', 1, pinned);
export const underPlanV1: Charts = { workflow: 'plan', opened: 1, machineOf: () => planMachine };

/** An instant of Beijing time: `beijing('2026-09-30', '23:59:59')`. */
export const beijing = (day: string, time = '09:00:00'): string => new Date(`${day}T${time}+08:00`).toISOString();

export const planInput = (over: Partial<CaseInput> = {}): CaseInput => ({
  now: beijing('2026-08-17'), caseId: 'case', caseNumber: 'JCPT-2026-370112-01', year: 2026, unit: 'unit', unitName: '示例区', unitKind: 'district',
  orgs: { hrss: 'hrss', consent: 'consent', office: 'office', leaders: 'leaders' },
  chains: { 'plan.headReview': ['unit.reviewer', 'unit.head'], 'plan.governmentApproval': ['consent.officer'] },
  dates: statutoryDates(pinned.pack, 2026), parent: null, detail: {}, ...over,
});

export const someone: By = { person: 'p', post: 'post', org: 'org', role: 'role', name: '某人' };
/** Who sends in what others judge is another person. */
const clerk: By = { ...someone, person: 'clerk', name: '经办' };
const sendsIn = ['submit', 'resubmit', 'apply', 'reapply', 'requestPreReview'];

/** A plan as the engine keeps it, without a database: what a step would write is laid over what was there before. */
export class CaseInMemory {
  state: CaseState;
  version = 1;
  tasks: (OpenTask & { dueAt: string | null })[] = [];
  closed: (StepWrites['tasksClosed'][number] & { key: string })[] = [];
  terms = new Map<string, TermRow>();
  journal: Replayed[] = [];
  step: Step;
  writes: StepWrites;

  constructor(input: CaseInput = planInput()) {
    this.step = firstStep(planMachine, input);
    this.writes = this.#keep(this.step, null, 'case.opened', input.now);
    this.state = this.step.state;
    this.#enter('case.opened', { type: 'case.opened', input, at: input.now });
  }

  #enter(command: string, payload: unknown): void {
    this.journal.push({ seq: this.version, command, payload: canonical(payload) });
  }

  #keep(step: Step, taskId: string | null, command: string, now: string): StepWrites {
    const writes = stepWrites(step, { tasks: this.tasks, terms: [...this.terms.values()] }, { taskId, command, by: 'p', post: 'post' }, {
      pack: pinned.pack, calendar, now, seq: this.version, caseId: 'case', side: 'unit', withdrawMinutes: valueOf(pinned.pack.timing.withdrawMinutes),
    });
    for (const one of writes.tasksClosed) this.closed.push({ ...one, key: this.tasks.find((t) => t.id === one.id)!.key });
    this.tasks = [...this.tasks.filter((t) => !writes.tasksClosed.some((c) => c.id === t.id)), ...writes.tasksOpened];
    for (const term of writes.terms) this.terms.set(term.key, term);
    // Like the door: a term that is armed anew carries its due day to the tasks that rest on it.
    for (const task of this.tasks) {
      const armed = writes.terms.find((t) => t.key === task.termKey && t.status === 'armed');
      if (armed) task.dueAt = armed.dueAt;
    }
    return writes;
  }

  /** One step, or false where the chart does not take it. The task is the first open one that offers the command, at `org` if given. */
  try(type: string, now: string, fields: Record<string, unknown> & { org?: string } = {}): boolean {
    const task = this.tasks.find((t) => t.commands.includes(type) && (fields.by === undefined || t.org === (fields.by as By).org)) ?? null;
    const event = { by: sendsIn.includes(type) ? clerk : someone, facts: { defects: 0 }, ...fields, type, at: now, ...(task ? { task: { key: task.key, subject: task.subject } } : {}) } as CommandEvent;
    const stored = JSON.parse(JSON.stringify(this.state)) as CaseState;
    const step = nextStep(planMachine, stored, event, this.version + 1);
    if (!step) return false;
    this.version += 1;
    this.writes = this.#keep(step, task?.id ?? null, type, now);
    this.step = step;
    this.state = step.state;
    this.#enter(type, event);
    return true;
  }

  do(type: string, now: string, fields: Record<string, unknown> = {}): this {
    if (!this.try(type, now, fields)) throw new Error(`${type} is not taken in ${this.stages.join('+')}`);
    return this;
  }

  get stages(): string[] {
    return this.live.map((s) => s.stage);
  }

  get live() {
    return stagesOf(restore(planMachine, this.state, this.step.context.now).getMeta() as never);
  }

  get powers(): string[] {
    return powersNow(planMachine, this.state, this.step.context.now).flatMap((p) => p.commands);
  }

  get duties(): string[] {
    return this.tasks.map((t) => t.key.replace(/#\d+#/, ' '));
  }

  term(id: string): TermRow | undefined {
    return this.terms.get(id);
  }
}

/** Up to the co-signing of three departments, on 17 August. */
export function inCosigning(orgs = ['a', 'b', 'c']): CaseInMemory {
  return new CaseInMemory()
    .do('submit', beijing('2026-08-17'), { facts: { defects: 0, planType: 'construction', content: 'h1' } })
    .do('seekOpinions', beijing('2026-08-17', '10:00:00'), { facts: { orgs: orgs.map((org) => ({ org, name: org })) } });
}

/** Up to the office's check, registered on `day`. */
export function inOfficeReview(day: string): CaseInMemory {
  const at = beijing(day);
  return new CaseInMemory()
    .do('submit', at, { facts: { defects: 0, planType: 'construction', content: 'h1' } }).do('approve', at).do('approve', at)
    .do('consent', at, { kind: 'reply', number: '1', date: day }).do('report', at)
    .do('register', at, { theirNumber: '8', deliveredAt: at, facts: { incomingNumber: 1 } });
}
