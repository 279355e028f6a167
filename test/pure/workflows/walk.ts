import { initialTransition, transition, type AnyMachineSnapshot } from 'xstate';
import { machineFor } from '../../../workflows/registry.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { dutiesOf, endOf, stagesOf } from '../../../workflows/patterns/duties.js';
import type { By, CaseInput } from '../../../workflows/vocabulary.js';

export const pinned = policyPack('jinan-2011-61');

const input: CaseInput = {
  now: '2026-09-01T01:00:00.000Z', caseId: 'case', caseNumber: 'C-1', year: 2026, unit: 'unit', unitName: '示例区', unitKind: 'district',
  orgs: { hrss: 'hrss', consent: 'gov', office: 'office', leaders: 'leaders' },
  chains: { 'plan.headReview': ['unit.reviewer', 'unit.head'], 'plan.governmentApproval': ['consent.officer'], 'plan.directorDecision': ['office.director'] },
  dates: { 'plan.filing': '2026-09-30T16:00:00.000Z', 'programme.yearEnd': '2027-06-30T16:00:00.000Z', 'inspection.windowCloses': '2026-12-31T16:00:00.000Z' },
  parent: null, detail: {},
};

export const by = (fields: Partial<By> = {}): By => ({ person: 'p', post: 'post', org: 'org', role: 'role', name: '某人', ...fields });

/** A case on a chart, stored as JSON between any two steps, as the engine keeps it. */
export class Walk {
  #stored: unknown;
  asked: { type: string; params: Record<string, any> }[] = [];
  #machine;

  constructor(workflow: string, detail: Record<string, unknown> = {}, pack = pinned) {
    this.#machine = machineFor(workflow, 1, pack);
    const [snapshot, actions] = initialTransition(this.#machine, { ...input, detail } as never);
    this.#keep(snapshot as AnyMachineSnapshot, actions);
  }

  #keep(snapshot: AnyMachineSnapshot, actions: readonly { type: string; params: unknown }[]): void {
    this.#stored = JSON.parse(JSON.stringify(this.#machine.getPersistedSnapshot(snapshot)));
    this.asked = actions.map((a) => ({ type: a.type, params: (a.params ?? {}) as Record<string, any> }));
  }

  live(now = '2026-11-02T01:00:00.000Z'): AnyMachineSnapshot {
    const stored = this.#stored as { context: object };
    return this.#machine.restoreSnapshot({ ...stored, context: { ...stored.context, now } } as never, {} as never) as AnyMachineSnapshot;
  }

  /** One step; throws where the chart does not take the command. */
  do(type: string, fields: Record<string, unknown> = {}, now?: string): this {
    const live = this.live(now);
    const event = { by: by(), facts: { defects: 0 }, at: live.context.now, ...fields, type };
    if (!live.can(event as never)) throw new Error(`${type} is not taken in ${this.stages.join('+')}`);
    const [snapshot, actions] = transition(this.#machine, live, event as never);
    this.#keep(snapshot as AnyMachineSnapshot, actions);
    return this;
  }

  takes(type: string, fields: Record<string, unknown> = {}, now?: string): boolean {
    const live = this.live(now);
    return live.can({ by: by(), facts: { defects: 0 }, at: live.context.now, ...fields, type } as never);
  }

  get stages(): string[] {
    return stagesOf(this.live().getMeta() as never).map((s) => s.stage);
  }

  /** Where the procedure stands, without what is beside it. */
  get main(): unknown {
    return (this.live().value as { main: unknown }).main;
  }

  get context(): any {
    return this.live().context;
  }

  get duties(): string[] {
    return dutiesOf(this.live().getMeta() as never, this.context).map((d) => `${d.key} ${d.commands.join('|')}`);
  }

  get done(): boolean {
    return endOf(stagesOf(this.live().getMeta() as never)) !== null;
  }

  asks(type: string): Record<string, any>[] {
    return this.asked.filter((a) => a.type === type).map((a) => a.params);
  }
}
