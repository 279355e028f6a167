import type { ChartGraph, Move } from './chart-graph.js';

/**
 * The moves that lead back to where the case has been before: every way from the opening to where they start leads through where they
 * end. A picture draws them as returns, and lays out the rest from top to bottom.
 */
export function waysBack(graph: ChartGraph): ReadonlySet<Move> {
  const states = new Map(graph.states.map((state) => [state.id, state]));
  const leavesOf = (id: string): string[] => {
    const { children } = states.get(id)!;
    return children.length === 0 ? [id] : children.flatMap(leavesOf);
  };
  const next = new Map<string, Set<string>>();
  const movesTo = graph.moves.flatMap((move) => (move.to === null ? [] : [{ move, from: leavesOf(move.from), to: states.get(move.to)!.entered }]));
  for (const { from, to } of movesTo) for (const one of from) next.set(one, new Set([...(next.get(one) ?? []), ...to]));
  const opening = states.get(graph.states[0]!.id)!.entered;
  const without = new Map<string, Set<string>>();
  const reachedWithout = (avoided: string): Set<string> => {
    const known = without.get(avoided);
    if (known !== undefined) return known;
    const reached = new Set(opening.filter((id) => id !== avoided));
    for (const id of reached) for (const after of next.get(id) ?? []) if (after !== avoided) reached.add(after);
    without.set(avoided, reached);
    return reached;
  };
  return new Set(movesTo.filter(({ from, to }) => to.some((end) => from.every((start) => !reachedWithout(end).has(start)))).map(({ move }) => move));
}
