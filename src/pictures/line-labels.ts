import { words, type Language, type Words } from '../domain/text.js';
import type { ChartGraph } from './chart-graph.js';
import { distinct, eventWords, moveWords } from './chart-names.js';
import type { Connection } from './connections.js';
import type { Span } from './homes.js';
import { wrapEvenly } from './text-size.js';

const MOST = 112;

/**
 * The text on a line. Ways that lead in both directions at the same event are told apart by where they end, so their conditions are left
 * out; what only one direction has says where it leads. An end within a group, where the line stops at its frame, is named too.
 */
export function labelOf(line: Connection, span: Span, graph: ChartGraph, language: Language): string[] {
  const nameOf = (id: string): Words => graph.states.find((state) => state.id === id)?.words ?? words('', '');
  const others = new Set(line.opposite.map(({ event }) => event));
  const shared = new Set(line.moves.map(({ event }) => event).filter((event) => others.has(event)));
  const told = [...line.moves, ...line.opposite].map((move): Words => {
    const event = eventWords(move.event);
    if (event !== null && shared.has(move.event)) return event;
    const one = moveWords(move);
    const toward = line.opposite.length > 0 ? nameOf(move.to!) : null;
    return toward === null ? one : words(`${one.zh} → ${toward.zh}`, `${one.en} → ${toward.en}`);
  });
  const [from, to] = [span.from === line.from ? null : nameOf(line.from), span.to === line.to ? null : nameOf(line.to)];
  const ends = [...(from === null ? [] : [words(`自 ${from.zh}`, `from ${from.en}`)]), ...(to === null ? [] : [words(`至 ${to.zh}`, `to ${to.en}`)])];
  return distinct([...told, ...ends]).flatMap((one) => wrapEvenly(one[language], 12, MOST));
}
