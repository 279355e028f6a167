import { initialTransition, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import { dutiesOf, powersOf, stagesOf, type Duty, type Power } from '../../workflows/patterns/duties.js';
import { pureTransition } from './pure-transition.js';
import { effectTypes, type BaseContext, type CaseInput, type CommandEvent, type EffectType, type StageMeta } from '../../workflows/vocabulary.js';

/** What is stored of a case between steps: XState's own snapshot, and at which step each active stage was entered. */
export interface CaseState {
  snapshot: unknown;
  entries: Record<string, number>;
}

/** One mark or effect a step asked for, with its resolved parameters. */
export interface Asked {
  type: string;
  params: Record<string, unknown>;
}

/** The outcome of one step, as data: nothing has been written and nothing has run. */
export interface Step {
  state: CaseState;
  context: BaseContext;
  stages: StageMeta[];
  duties: Duty[];
  powers: Power[];
  entered: string[];
  left: string[];
  marks: Asked[];
  effects: Asked[];
  final: { outcome: string } | null;
}

const isEffect = (type: string): type is EffectType => (effectTypes as readonly string[]).includes(type);

/** Neither is ever changed, so one step asks the same state for its powers, its stages and its transition and restores it once. */
const restored = new WeakMap<CaseState, { machine: AnyStateMachine; now: string; live: AnyMachineSnapshot }>();

/** A live snapshot with the instant of this step bound into its context; charts read `context.now` and nothing else of time. */
export function restore(machine: AnyStateMachine, state: CaseState, now: string): AnyMachineSnapshot {
  const known = restored.get(state);
  if (known?.machine === machine && known.now === now) return known.live;
  const stored = state.snapshot as { context: BaseContext };
  const live = machine.restoreSnapshot({ ...stored, context: { ...stored.context, now } } as never, {} as never) as AnyMachineSnapshot;
  restored.set(state, { machine, now, live });
  return live;
}

/** The first step of a case. `seq` is 1, the version the case is opened with. */
export function firstStep(machine: AnyStateMachine, input: CaseInput): Step {
  const [snapshot, actions] = initialTransition(machine, input as never);
  return describe(machine, snapshot as AnyMachineSnapshot, actions, { snapshot: null, entries: {} }, 1);
}

/**
 * One step, or null when the chart does not allow this command now. XState ignores an illegal event in silence, so it is asked first.
 * `open` (签收) is always allowed to who carries the task and may leave the chart as it is.
 */
export function nextStep(machine: AnyStateMachine, state: CaseState, event: CommandEvent, seq: number): Step | null {
  const live = restore(machine, state, event.at);
  // A paper issued by a case's last step is journalled although the chart has ended.
  if (live.status !== 'active') return event.type.startsWith('document.') ? describe(machine, live, [], state, seq) : null;
  const allowed = live.can(event as never);
  if (!allowed && event.type !== 'open') return null;
  const [snapshot, actions] = allowed ? pureTransition(machine, live, event) : [live, []];
  return describe(machine, snapshot as AnyMachineSnapshot, actions, state, seq);
}

/** A step that leaves the configuration as it is: for acts beside the chart. */
export function sameStep(machine: AnyStateMachine, state: CaseState, now: string): Step {
  return describe(machine, restore(machine, state, now), [], state, 0);
}

/** Every stage of a chart, in the chart's order: for status words and pictures. */
export function allStages(machine: AnyStateMachine): StageMeta[] {
  const below = (node: AnyStateMachine['root']): StageMeta[] => [
    ...(node.meta && 'stage' in node.meta ? [node.meta as unknown as StageMeta] : []),
    ...Object.values(node.states).flatMap((child) => below(child as AnyStateMachine['root'])),
  ];
  return below(machine.root);
}

/** Rights without a task, at an instant. */
export function powersNow(machine: AnyStateMachine, state: CaseState, now: string): Power[] {
  const live = restore(machine, state, now);
  return live.status === 'active' ? powersOf(live.getMeta() as never, live.context) : [];
}

/** Whether the chart takes this command as it stands, without fields: what a screen asks before it offers a button. */
export function takes(machine: AnyStateMachine, state: CaseState, type: string, now: string): boolean {
  const live = restore(machine, state, now);
  return live.status === 'active' && live.can({ type, at: now, facts: { defects: 0 } } as never);
}

function describe(
  machine: AnyStateMachine, snapshot: AnyMachineSnapshot, actions: readonly { type: string; params: unknown }[], before: CaseState, seq: number,
): Step {
  const asked = actions.map((a) => ({ type: a.type, params: (a.params ?? {}) as Record<string, unknown> }));
  const entered: string[] = [];
  const left: string[] = [];
  for (const { type, params } of asked) {
    const stage = String(params.stage);
    if (type === 'leave') left.push(stage);
    if (type === 'enter') entered.push(stage);
  }
  const metas = snapshot.getMeta() as Record<string, StageMeta>;
  const stages = stagesOf(metas);
  const entries: Record<string, number> = {};
  for (const { stage } of stages) entries[stage] = entered.includes(stage) ? seq : (before.entries[stage] ?? seq);
  // A stage passed through within one step (an eventless transition) was never anybody's to work on.
  const active = new Set(stages.map((s) => s.stage));
  const final = snapshot.status === 'done' ? stages.find((s) => s.final) : undefined;
  return {
    state: { snapshot: machine.getPersistedSnapshot(snapshot), entries },
    context: snapshot.context as BaseContext,
    stages,
    duties: dutiesOf(metas, snapshot.context as BaseContext),
    powers: powersOf(metas, snapshot.context as BaseContext),
    entered: entered.filter((s) => active.has(s)),
    left: left.filter((s) => s in before.entries),
    marks: asked.filter((a) => !isEffect(a.type) && a.type !== 'enter' && a.type !== 'leave'),
    effects: asked.filter((a) => isEffect(a.type)),
    final: snapshot.status === 'done' ? { outcome: final?.final?.outcome ?? 'done' } : null,
  };
}
