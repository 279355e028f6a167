import type { ChartGraph } from './chart-graph.js';
import type { Connection } from './connections.js';

/** Where a line is drawn: within which group, between which of its children. An end that lies deeper than its child is named in the line's text. */
export interface Span {
  readonly group: string;
  readonly from: string;
  readonly to: string;
}

export interface Homes {
  /** What is drawn directly within each group, in the chart's order. */
  readonly children: ReadonlyMap<string, readonly string[]>;
  /** In the order of the lines. */
  readonly spans: readonly Span[];
}

/**
 * In which frame each state is drawn: that of its group; but an end of the whole chart to which all ways lead out of one group is drawn
 * in that group, at the foot of the way that leads to it. Its double frame says that it ends more than the group.
 */
export function homesOf(graph: ChartGraph, lines: readonly Connection[]): Homes {
  const root = graph.states[0]!.id;
  const home = new Map(graph.states.map((state) => [state.id, state.parent]));
  const groups = (id: string): string[] => {
    const parent = home.get(id) ?? null;
    return parent === null ? [] : [parent, ...groups(parent)];
  };
  const isGroup = new Set(graph.states.filter(({ kind }) => kind === 'group').map(({ id }) => id));
  for (const { id, final, parent } of graph.states) {
    const sources = lines.filter((line) => line.to === id).map((line) => line.from);
    if (!final || parent !== root || sources.length === 0) continue;
    const shared = groups(sources[0]!).find((group) => isGroup.has(group) && sources.every((source) => groups(source).includes(group)));
    if (shared !== undefined) home.set(id, shared);
  }
  const spans = lines.map(({ from, to }): Span => {
    const [out, into] = [[from, ...groups(from)], [to, ...groups(to)]];
    const group = out.find((one) => into.includes(one))!;
    return { group, from: out[out.indexOf(group) - 1]!, to: into[into.indexOf(group) - 1]! };
  });
  return { children: new Map(graph.states.map(({ id }) => [id, graph.states.filter((state) => home.get(state.id) === id).map((state) => state.id)])), spans };
}
