import type { AnyStateMachine } from 'xstate';
import type { Language } from '../domain/text.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import { cardOf, namesOf, type Card } from './cards.js';
import { chartGraph, type ChartGraph, type GraphState } from './chart-graph.js';
import { listed, whoOf } from './chart-names.js';
import { connectionsOf, type Connections } from './connections.js';
import { homesOf } from './homes.js';
import { layOut, type Layout } from './lay-out.js';
import { labelOf } from './line-labels.js';
import type { Size } from './place-nodes.js';
import { widthOf } from './text-size.js';

/** A chart ready to be drawn in one language, as often as wanted: all that costs time is done. */
export interface PreparedChart {
  readonly graph: ChartGraph;
  readonly connections: Connections;
  readonly cards: ReadonlyMap<string, Card>;
  /** The text on each line between states. */
  readonly labels: readonly (readonly string[])[];
  /** The heading of each group: its name, then the rights that hold throughout it. */
  readonly headings: ReadonlyMap<string, readonly string[]>;
  readonly layout: Layout;
}

/** Reads, measures and places a chart. */
export async function prepareChart(machine: AnyStateMachine, pack: PolicyPack, language: Language): Promise<PreparedChart> {
  const graph = chartGraph(machine);
  const connections = connectionsOf(graph);
  const { lines } = connections;
  const homes = homesOf(graph, lines);
  const cards = new Map(graph.states.filter(({ children }) => children.length === 0).map((state) => [state.id, cardOf(state, connections, pack, language)]));
  const labels = lines.map((line, index) => labelOf(line, homes.spans[index]!, graph, language));
  const headings = new Map(graph.states.filter(({ children }) => children.length > 0).map((state) => [state.id, headingOf(state, connections, pack, language)]));
  const layout = await layOut({
    graph, homes, lines, cards, labels: labels.map((text) => sizeOf(text, 12, 15)), headings: new Map([...headings].map(([id, text]) => [id, sizeOf(text, 13, 16)])),
  });
  return { graph, connections, cards, labels, headings, layout };
}

function headingOf(state: GraphState, { stays }: Connections, pack: PolicyPack, language: Language): string[] {
  const who = listed((state.meta.powers ?? []).map((rule) => whoOf(rule, pack)))[language];
  const inner = namesOf(stays.get(state.id) ?? [], language);
  return [state.words?.[language] ?? '', [who, inner].filter(Boolean).join(' · ')].filter((line, index) => index === 0 || line !== '');
}

const sizeOf = (lines: readonly string[], size: number, leading: number): Size => ({ width: Math.max(10, ...lines.map((line) => widthOf(line, size))) + 8, height: Math.max(1, lines.length) * leading + 2 });
