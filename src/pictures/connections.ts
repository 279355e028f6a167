import type { ChartGraph, GraphState, Move } from './chart-graph.js';
import { byPerson } from './chart-names.js';
import { waysBack } from './ways-back.js';

/** All moves from one state to another, or between two states in both directions: one line of the picture. */
export interface Connection {
  readonly from: string;
  readonly to: string;
  readonly moves: readonly Move[];
  /** Moves in the other direction; empty for a line with one tip. */
  readonly opposite: readonly Move[];
  /** Back to where the case has been. */
  readonly back: boolean;
  /** No person sends any of them. */
  readonly automatic: boolean;
}

/** How the moves of a chart are shown: as lines between states, or written on a state. */
export interface Connections {
  readonly lines: readonly Connection[];
  /** By state: what it takes and stays, or comes back to itself. */
  readonly stays: ReadonlyMap<string, readonly Move[]>;
  /** By state: how a case comes here from anywhere in the group around it, or goes from here to that group's beginning. No line can show that. */
  readonly around: ReadonlyMap<string, readonly Move[]>;
}

/** Every move of a chart is in exactly one of the three. */
export function connectionsOf(graph: ChartGraph): Connections {
  const parents = new Map(graph.states.map((state) => [state.id, state.parent]));
  const within = (inner: string, outer: string): boolean => {
    const parent = parents.get(inner) ?? null;
    return parent !== null && (parent === outer || within(parent, outer));
  };
  const back = waysBack(graph);
  const ways = new Map<string, Move[]>();
  const stays = new Map<string, Move[]>();
  const around = new Map<string, Move[]>();
  const put = (map: Map<string, Move[]>, key: string, move: Move): void => void map.set(key, [...(map.get(key) ?? []), move]);
  for (const move of graph.moves) {
    const { from, to } = move;
    if (to === null || to === from) put(stays, from, move);
    else if (within(to, from)) put(around, to, move);
    else if (within(from, to)) put(around, from, move);
    else put(ways, `${from} ${to}`, move);
  }
  const lines: Connection[] = [];
  const drawn = new Set<string>();
  for (const [key, moves] of ways) {
    if (drawn.has(key)) continue;
    const { from, to } = moves[0]! as { from: string; to: string };
    const there = ways.get(`${to} ${from}`) ?? [];
    const opposite = [...moves, ...there].some((move) => back.has(move)) ? [] : there;
    if (opposite.length > 0) drawn.add(`${to} ${from}`);
    lines.push({ from, to, moves, opposite, back: back.has(moves[0]!), automatic: ![...moves, ...opposite].some(({ event }) => byPerson(event)) });
  }
  return { lines, stays, around };
}

/** A term's own events, which every stage with a term answers: the card's term stands for them. */
export const ofItsTerm = ({ event }: Move, { meta }: GraphState): boolean => meta.term !== undefined && (event === `term.${meta.term}.due` || event === `term.${meta.term}.remind`);
