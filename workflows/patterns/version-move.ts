import type { AnyStateMachine } from 'xstate';
import type { Words } from '../../src/domain/text.js';
import type { BaseContext, CommandEvent } from '../vocabulary.js';

/** Where a stage of one version comes to in the other: its name there, and why no case may be led over while it stands in it. */
export type Landing = string | { readonly stage: string; readonly refused: Words };

/** How a case is led from one version of its chart to another: data only, because replay has to do the same for ever. */
export interface VersionMove {
  readonly workflow: string;
  readonly from: number;
  readonly to: number;
  /** By stage; a stage that is not listed has nowhere to go, and the check says so. */
  readonly landings: Readonly<Record<string, Landing>>;
  /** Terms with another name. They run on: begun when they were, used and due as they are. */
  readonly terms: Readonly<Record<string, string>>;
  /** Facts the other version asks for and this one does not know. */
  readonly adds: Readonly<Record<string, unknown>>;
}

const nameOf = (landing: Landing): string => (typeof landing === 'string' ? landing : landing.stage);

/** The name of a stage in the other version. @throws Error for a stage the move does not list */
export function stageIn(move: VersionMove, stage: string): string {
  if (!Object.hasOwn(move.landings, stage)) throw new Error(`stage '${stage}' of ${move.workflow}.v${move.from} has no landing in v${move.to}`);
  return nameOf(move.landings[stage]!);
}

export const termIn = (move: VersionMove, term: string): string => (Object.hasOwn(move.terms, term) ? move.terms[term]! : term);

/** Why a case may not be led over from a stage; null when it may. */
export function refusedIn(move: VersionMove, stage: string): Words | null {
  const landing = Object.hasOwn(move.landings, stage) ? move.landings[stage]! : null;
  return landing === null || typeof landing === 'string' ? null : landing.refused;
}

/** A task's key in the other version: `stage#entry#duty`, what stands beside a duty in front of it, a right that has no stage. */
export function keyIn(move: VersionMove, key: string): string {
  const [, beside = '', stage = '', rest = ''] = /^((?:compare:|opinion:)?)([^#]*)(#.*)$/.exec(key) ?? [];
  return stage === '' || stage === 'power' ? key : `${beside}${stageIn(move, stage)}${rest}`;
}

type StateNode = AnyStateMachine['root'];
interface Stored {
  value: unknown;
  context: BaseContext;
  historyValue?: Record<string, { id: string }[]>;
}

const stageOf = (node: StateNode): string | null => ((node.meta as { stage?: string } | undefined)?.stage ?? null);

/** Every state of a chart by its id. */
function nodesOf(machine: AnyStateMachine): Map<string, StateNode> {
  const nodes = new Map<string, StateNode>();
  const visit = (node: StateNode): void => {
    nodes.set(node.id, node);
    Object.values(node.states).forEach((child) => visit(child as StateNode));
  };
  visit(machine.root);
  return nodes;
}

const nodes = new WeakMap<AnyStateMachine, Map<string, StateNode>>();
const known = (machine: AnyStateMachine): Map<string, StateNode> => {
  const found = nodes.get(machine) ?? nodesOf(machine);
  nodes.set(machine, found);
  return found;
};

/**
 * A stored snapshot in the words of the other version. States that are stages go where their stage lands, all others keep their place.
 * @throws Error for a stage without a landing, or a place the other version does not have
 */
export function snapshotIn(move: VersionMove, from: AnyStateMachine, to: AnyStateMachine, snapshot: unknown): unknown {
  const stored = snapshot as Stored;
  const there = new Map([...known(to).values()].flatMap((node) => (stageOf(node) === null ? [] : [[stageOf(node)!, node.id] as const])));
  const idIn = (id: string): string => {
    const stage = stageOf(known(from).get(id)!);
    const landed = stage === null ? id : there.get(stageIn(move, stage));
    if (landed === undefined || !known(to).has(landed)) throw new Error(`${move.workflow}.v${move.to} has no place for '${stage ?? id}'`);
    return landed;
  };
  const leaves = (value: unknown, id: string): string[] => {
    if (typeof value === 'string') return [`${id}.${value}`];
    const within = Object.entries(value as object);
    return within.length === 0 ? [id] : within.flatMap(([key, inner]) => leaves(inner, `${id}.${key}`));
  };
  return {
    ...stored,
    value: valueOf(known(to), leaves(stored.value, from.id).map(idIn), to.root),
    context: contextIn(move, stored.context),
    historyValue: Object.fromEntries(Object.entries(stored.historyValue ?? {}).map(([id, past]) => [idIn(id), past.map((one) => ({ id: idIn(one.id) }))])),
  };
}

/** The value of a node in which these states are active, as XState writes it. */
function valueOf(all: Map<string, StateNode>, active: readonly string[], node: StateNode): unknown {
  const inside = Object.values(node.states).map((child) => child as StateNode).filter((child) => active.some((id) => id === child.id || id.startsWith(`${child.id}.`)));
  const [only] = inside;
  if (node.type !== 'parallel' && only && Object.keys(only.states).length === 0) return only.key;
  return Object.fromEntries(inside.map((child) => [child.key, valueOf(all, active, child)]));
}

/** A context in the words of the other version: wherever the moves of an office name a stage. */
function contextIn(move: VersionMove, context: BaseContext): BaseContext {
  const at = (stage: string): string => stageIn(move, stage);
  const sent = (event: CommandEvent): CommandEvent => (event.task ? { ...event, task: { ...event.task, key: keyIn(move, event.task.key) } } : event);
  return {
    ...context, ...move.adds,
    trail: context.trail.map(at),
    signers: context.signers.map((one) => ({ ...one, stage: at(one.stage) })),
    deferred: context.deferred && { ...context.deferred, stage: at(context.deferred.stage), event: sent(context.deferred.event) },
    jump: context.jump && { ...context.jump, target: at(context.jump.target) },
    skipped: context.skipped.map((one) => ({ ...one, stage: at(one.stage) })),
    goesBack: context.goesBack && { at: at(context.goesBack.at), to: at(context.goesBack.to) },
  };
}
