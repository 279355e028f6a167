import { initialTransition, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import { dutiesOf, endOf, powersOf, stagesOf, type Duty, type Power } from '../../workflows/patterns/duties.js';
import { deferred } from '../../workflows/patterns/moves.js';
import { restraintOn, waitsForSigners } from '../../workflows/patterns/restraint.js';
import { carried, keptCarriers, type CarrierEvent, type Carriers } from './carriers.js';
import { taskKey } from './task-key.js';
import type { Words } from '../domain/text.js';
import { pureTransition } from './pure-transition.js';
import { effectTypes, type BaseContext, type CaseInput, type CommandEvent, type EffectType, type StageMeta } from '../../workflows/vocabulary.js';

/**
 * What is stored of a case between steps: XState's own snapshot, at which step each active stage was entered, and who carries a duty where
 * that is not the post the chart names.
 */
export interface CaseState {
  snapshot: unknown;
  entries: Record<string, number>;
  carriers: Carriers;
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

/**
 * The first step of a case. `seq` is 1, the version the case is opened with.
 * @throws what the chart throws: XState keeps an error of the opening in the snapshot instead
 */
export function firstStep(machine: AnyStateMachine, input: CaseInput): Step {
  const [snapshot, actions] = initialTransition(machine, input as never);
  const { status, error } = snapshot as AnyMachineSnapshot & { error?: unknown };
  if (status === 'error') throw error;
  return describe(machine, snapshot as AnyMachineSnapshot, actions, { snapshot: null, entries: {}, carriers: {} }, 1);
}

/** Somebody's own act, not the system's: names with a dot are terms that fall due and results that come back. */
const isPersonal = (type: string): boolean => !type.includes('.');

/**
 * One step, or null when the chart does not allow this command now. XState ignores an illegal event in silence, so it is asked first.
 * `open` (签收) is always allowed to who carries the task and may leave the chart as it is. Where others sign after a decision, the decision
 * is kept until they have.
 */
export function nextStep(machine: AnyStateMachine, state: CaseState, event: CommandEvent, seq: number): Step | null {
  const live = restore(machine, state, event.at);
  const context = live.context as BaseContext;
  const stages = stagesOf(live.getMeta() as never);
  if (isPersonal(event.type) && restraintOn(context, stages, event)) return null;
  const allowed = live.can(event as never);
  if (!allowed && event.type !== 'open') return null;
  const sent = allowed && waitsForSigners(context, stages, event) ? deferred(event) : event;
  const [snapshot, actions] = allowed ? pureTransition(machine, live, sent) : [live, []];
  const step = describe(machine, snapshot as AnyMachineSnapshot, actions, state, seq);
  return isPersonal(event.type) && endsTooSoon(step) ? null : step;
}

/** A case a jump has led past somebody does not end before that post has had its say (补审). */
export const endsTooSoon = (step: Step): boolean => step.final !== null && step.context.skipped.some((s) => s.open);

/** Why a person's command is held back although the procedure would take it; null when it is not. */
export function restraintAt(machine: AnyStateMachine, state: CaseState, event: CommandEvent): Words | null {
  const live = restore(machine, state, event.at);
  return restraintOn(live.context as BaseContext, stagesOf(live.getMeta() as never), event);
}

/** A step that leaves the configuration as it is: for acts beside the chart. An act of the task layer changes who carries a duty. */
export function besideStep(machine: AnyStateMachine, state: CaseState, event: { type: string; at: string }): Step {
  const carriers = event.type.startsWith('task.') && 'taskKey' in event ? carried(state.carriers, event as unknown as CarrierEvent) : state.carriers;
  return describe(machine, restore(machine, state, event.at), [], { ...state, carriers }, 0);
}

/** How a case stands that was led here from another version of its chart: where it has been already it is not entered again, what is new to it is. */
export function landingStep(machine: AnyStateMachine, state: CaseState, at: string, seq: number): Step {
  const live = restore(machine, state, at);
  const entered = stagesOf(live.getMeta() as never).filter(({ stage }) => !(stage in state.entries)).map(({ stage }) => ({ type: 'enter', params: { stage } }));
  return describe(machine, live, entered, state, seq);
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
  return powersOf(live.getMeta() as never, live.context);
}

/** Whether the chart takes this command as it stands, without fields: what a screen asks before it offers a button. */
export function takes(machine: AnyStateMachine, state: CaseState, type: string, now: string): boolean {
  return restore(machine, state, now).can({ type, at: now, facts: { defects: 0 } } as never);
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
  const end = endOf(stages);
  const duties = dutiesOf(metas, snapshot.context as BaseContext);
  return {
    state: { snapshot: machine.getPersistedSnapshot(snapshot), entries, carriers: keptCarriers(before.carriers, duties.map((duty) => taskKey(duty, entries))) },
    context: snapshot.context as BaseContext,
    stages,
    duties,
    powers: powersOf(metas, snapshot.context as BaseContext, duties),
    entered: entered.filter((s) => active.has(s)),
    left: left.filter((s) => s in before.entries),
    marks: asked.filter((a) => !isEffect(a.type) && a.type !== 'enter' && a.type !== 'leave'),
    effects: asked.filter((a) => isEffect(a.type)),
    final: end?.final ? { outcome: end.final.outcome } : null,
  };
}
