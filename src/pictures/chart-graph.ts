import type { AnyStateMachine } from 'xstate';
import type { Words } from '../domain/text.js';
import type { GroupMeta, StageMeta } from '../../workflows/vocabulary.js';

/**
 * `stage`: people see it. `rest`: nothing is to do here. `choice`: left in the same step. `group`: holds others; `regions`: holds others
 * that run beside each other. `history`: back to where the group was.
 */
export type StateKind = 'stage' | 'rest' | 'choice' | 'group' | 'regions' | 'history';

/** A state of a chart as it was compiled. `id` is XState's own, unique in the chart. */
export interface GraphState {
  readonly id: string;
  readonly kind: StateKind;
  readonly parent: string | null;
  readonly children: readonly string[];
  readonly meta: Partial<StageMeta> & Partial<GroupMeta>;
  readonly words: Words | null;
  readonly final: boolean;
  /** Named actions on entry. */
  readonly entry: readonly Named[];
  /** Where a case is that comes to this state: itself, or what lies within it. */
  readonly entered: readonly string[];
}

export interface Named {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** One way out of a state, or one event it takes and stays (`to` null). `event` is empty for a step the chart takes by itself. */
export interface Move {
  readonly event: string;
  readonly from: string;
  readonly to: string | null;
  readonly guard: Named | null;
  readonly actions: readonly Named[];
  /** Several ways answer the same event: the first whose guard holds is taken. */
  readonly oneOf: boolean;
}

/** A chart as data: what pictures and tables are made of. States with parents first, in the chart's own order. */
export interface ChartGraph {
  readonly id: string;
  readonly states: readonly GraphState[];
  readonly moves: readonly Move[];
}

type Node = AnyStateMachine['root'];
type Part = string | { type: string; params?: unknown };

const named = (part: Part): Named =>
  typeof part === 'string' ? { type: part, params: {} } : { type: part.type, params: typeof part.params === 'object' && part.params !== null ? (part.params as Record<string, unknown>) : {} };
const childrenOf = (node: Node): Node[] => Object.values(node.states) as Node[];
const partsOf = (parts: readonly unknown[]): Named[] => parts.map((part) => named(part as Part));

/** Reads a compiled chart. Pure, and complete: every state and every transition of it is in the result once. */
export function chartGraph(machine: AnyStateMachine): ChartGraph {
  const nodes = below(machine.root);
  return { id: machine.id, states: nodes.map(stateOf), moves: nodes.flatMap(movesOf) };
}

const below = (node: Node): Node[] => [node, ...childrenOf(node).flatMap(below)];

function stateOf(node: Node): GraphState {
  const meta = (node.meta ?? {}) as GraphState['meta'];
  return {
    id: node.id, kind: kindOf(node, meta), parent: node.parent?.id ?? null, children: childrenOf(node).map((child) => child.id), meta, words: meta.words ?? null,
    final: node.config.meta?.final !== undefined, entry: partsOf(node.entry), entered: enteredOf(node).map((one) => one.id),
  };
}

function kindOf(node: Node, meta: GraphState['meta']): StateKind {
  if (node.type === 'history') return 'history';
  if (node.type === 'parallel') return 'regions';
  if (childrenOf(node).length > 0) return 'group';
  if (meta.stage !== undefined) return 'stage';
  return (node.always ?? []).some((way) => way.guard === undefined) ? 'choice' : 'rest';
}

function enteredOf(node: Node): Node[] {
  if (node.type === 'parallel') return childrenOf(node).flatMap(enteredOf);
  return childrenOf(node).length === 0 ? [node] : node.initial.target.flatMap((child) => enteredOf(child as Node));
}

function movesOf(node: Node): Move[] {
  const answers = [...node.transitions.values(), ...(node.always === undefined ? [] : [node.always])];
  return answers.flatMap((ways) => ways.flatMap((way): Move[] => {
    const move = { event: way.eventType, from: node.id, guard: way.guard === undefined ? null : named(way.guard as Part), actions: partsOf(way.actions), oneOf: ways.length > 1 };
    return way.target === undefined ? [{ ...move, to: null }] : way.target.map((target) => ({ ...move, to: target.id }));
  }));
}
