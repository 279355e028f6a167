import { words, type Words } from '../domain/text.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import type { DutyRule } from '../../workflows/vocabulary.js';
import type { ChartGraph, GraphState, Move, Named } from './chart-graph.js';
import { conditionWords, distinct, eventWords, whoOf } from './chart-names.js';
import { withinWords } from './term-words.js';

/** One way out of a state, or one event it answers and stays. */
export interface MoveRow {
  /** Null where the chart goes on by itself: then the condition says when. */
  readonly event: Words | null;
  readonly condition: Words | null;
  /** Null where the case stays. */
  readonly to: Words | null;
  /** Who sends it; empty where nobody does. */
  readonly by: readonly Words[];
  readonly papers: readonly Words[];
}

/** What the picture shows of a state, in words. A state of a picture has a row when it has a name or a move. */
export interface StateRow {
  /** The stage; null for a group or a place between stages. */
  readonly stage: string | null;
  readonly words: Words;
  readonly duties: readonly Words[];
  /** Who may act without having to. */
  readonly rights: readonly Words[];
  readonly within: Words | null;
  /** Why there is no term. */
  readonly openBecause: Words | null;
  readonly moves: readonly MoveRow[];
  /** Issued on coming here. */
  readonly papers: readonly Words[];
  readonly visibility: 'unit' | 'city' | 'both' | null;
  readonly clauses: readonly string[];
  readonly final: boolean;
}

/** The table beside the picture: the same content, in the chart's order. */
export function chartTable(graph: ChartGraph, pack: PolicyPack): StateRow[] {
  return graph.states.map((state): StateRow => {
    const { meta } = state;
    return {
      stage: meta.stage ?? null, words: nameOf(state), duties: distinct((meta.duties ?? []).map((rule) => whoOf(rule, pack))), rights: distinct((meta.powers ?? []).map((rule) => whoOf(rule, pack))),
      
      within: withinWords(state, pack), openBecause: meta.noTermBecause ?? null, papers: papersOf(state.entry, pack), visibility: meta.visibility ?? null, clauses: meta.clauses ?? [], final: state.final,
      moves: graph.moves.filter(({ from }) => from === state.id).map((move) => moveRow(move, graph, pack)),
    };
  }).filter((row, index) => row.moves.length > 0 || graph.states[index]!.kind === 'stage');
}

function moveRow(move: Move, graph: ChartGraph, pack: PolicyPack): MoveRow {
  const to = graph.states.find(({ id }) => id === move.to);
  return {
    event: eventWords(move.event), condition: conditionWords(move), to: to === undefined ? null : nameOf(to), papers: papersOf(move.actions, pack),
    by: distinct(rulesFor(move, graph).map((rule) => whoOf(rule, pack))),
  };
}

/** The rules that let somebody send a command here: of the state, of the groups around it, else of the region that takes it beside this one. */
function rulesFor({ event, from }: Move, { states }: ChartGraph): DutyRule[] {
  const naming = ({ meta }: GraphState): DutyRule[] => [...(meta.duties ?? []), ...(meta.powers ?? [])].filter(({ commands }) => commands.includes(event));
  for (let state = states.find(({ id }) => id === from); state !== undefined; state = states.find(({ id }) => id === state!.parent)) {
    if (naming(state).length > 0) return naming(state);
  }
  return states.flatMap(naming);
}

/** The whole chart has no name of its own, nor has a fork. */
function nameOf({ words: name, parent, kind }: GraphState): Words {
  return name ?? (parent === null ? words('随时', 'At any time') : kind === 'choice' ? words('分流', 'Fork') : words('其间', 'In between'));
}

const papersOf = (actions: readonly Named[], pack: PolicyPack): Words[] =>
  actions.filter(({ type }) => type === 'issueDocument').map(({ params }) => pack.documents[String(params.kind)]?.value.name ?? words(String(params.kind), String(params.kind)));
