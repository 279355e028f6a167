import { createMachine, type AnyStateMachine } from 'xstate';
import type { DutyRule, GroupMeta, StageMeta } from '../../workflows/vocabulary.js';

/** A chart taken apart so that a piece of it can be changed and the rest put together again. */
export interface ChartParts {
  root: Node;
  guards: Record<string, unknown>;
  actions: Record<string, unknown>;
  commands: Set<string>;
  documentKinds: Set<string>;
}

export interface Named {
  type: string;
  params?: Record<string, unknown>;
}

export interface Transition {
  target?: string | string[];
  guard?: string | Named;
  reenter?: boolean;
  actions?: Named[];
}

/** A state as it is written. */
export interface Node {
  meta?: Partial<StageMeta> & Partial<GroupMeta>;
  initial?: string;
  type?: string;
  history?: string;
  states?: Record<string, Node>;
  on?: Record<string, Transition | Transition[]>;
  always?: Transition | Transition[];
  onDone?: Transition | Transition[];
  entry?: Named[];
  exit?: Named[];
}

/** Plain data anew, functions as they are. */
export function copied<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copied) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, copied(one)])) as T;
}

export const partsOf = (machine: AnyStateMachine, commands: ReadonlySet<string>, documentKinds: ReadonlySet<string>): ChartParts => ({
  root: copied(machine.config) as Node, guards: { ...machine.implementations.guards }, actions: { ...machine.implementations.actions }, commands: new Set(commands),
  documentKinds: new Set(documentKinds),
});

export const putTogether = ({ root, guards, actions }: ChartParts): AnyStateMachine => createMachine(root as never, { guards, actions } as never) as unknown as AnyStateMachine;

export const listOf = <T>(value: T | T[] | undefined): T[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** The transitions of a state by the place they are written at: an event's, eventless ones, those of being done. */
export function transitionsOf(node: Node): { part: string; list: Transition[] }[] {
  return [
    ...Object.entries(node.on ?? {}).map(([event, one]) => ({ part: `on:${event}`, list: listOf(one) })),
    ...(node.always ? [{ part: 'always', list: listOf(node.always) }] : []),
    ...(node.onDone ? [{ part: 'onDone', list: listOf(node.onDone) }] : []),
  ];
}

/** Writes a state's transitions back where they stood. */
export function setTransitions(node: Node, part: string, list: Transition[]): void {
  if (part === 'always') node.always = list;
  else if (part === 'onDone') node.onDone = list;
  else if (list.length > 0) node.on![part.slice(3)] = list;
  else delete node.on![part.slice(3)];
}

/** Every state with its path from the root, parents first. */
export function everyNode(root: Node, id: string): { path: string[]; name: string; node: Node }[] {
  const below = (node: Node, path: string[]): { path: string[]; name: string; node: Node }[] => [
    { path, name: [id, ...path].join('.'), node }, ...Object.entries(node.states ?? {}).flatMap(([key, child]) => below(child, [...path, key])),
  ];
  return below(root, []);
}

export const nodeAt = (root: Node, path: readonly string[]): Node => path.reduce((node, key) => node.states![key]!, root);

export const rulesOf = (node: Node): { list: 'duties' | 'powers'; rules: DutyRule[] }[] =>
  (['duties', 'powers'] as const).flatMap((list) => (node.meta?.[list] ? [{ list, rules: node.meta[list] }] : []));
