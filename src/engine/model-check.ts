import type { AnyStateMachine } from 'xstate';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import type { ChartModel } from './model-check/chart-model.js';
import { Charter, charterOf, holdToCharter } from './model-check/charter.js';
import { chartNodes, checkStructure } from './model-check/chart-structure.js';
import { judgeGraph } from './model-check/judge-graph.js';
import { Violations, type Violation } from './model-check/violation.js';
import { walkChart, type EarlierWalk, type Graph } from './model-check/walk-chart.js';

/** A chart under a pack, with what it may name. */
export interface ChartSubject {
  readonly machine: AnyStateMachine;
  readonly pack: PolicyPack;
  /** Commands that have a form. */
  readonly commands: ReadonlySet<string>;
  /** Kinds of paper the system can make. */
  readonly documentKinds: ReadonlySet<string>;
  readonly model: ChartModel;
  /** What people have said this chart is to do (`workflows/charters`); null where nobody has, undefined where it is not to be asked. */
  readonly charter?: string | null;
}

export interface ChartReport {
  /** Configurations reached: state, time and the facts guards tell apart. */
  readonly configurations: number;
  /** Steps between them that the chart takes. */
  readonly transitions: number;
  /** What the chart declares and does, a line each; null where the walk was not finished. */
  readonly charter: string | null;
  /** Empty when everything is proven for the bounds of the model. */
  readonly violations: readonly Violation[];
}

/**
 * Walks every configuration a case can come into and proves of each what the engine promises: nobody's case is forgotten, an end is in
 * reach, every command offered is taken, every term starts anew. What no walk can know – who ought to decide, where a step ought to lead – is
 * held against the chart's charter. Pure; the charts are run by the functions that run them in production.
 */
export function checkChart(subject: ChartSubject, earlier?: EarlierWalk): ChartReport & { graph: Graph | null } {
  const found = new Violations();
  const nodes = chartNodes(subject.machine);
  checkStructure(subject, nodes, found);
  // What names nothing cannot be run.
  if (found.all.some(({ kind }) => kind === 'unknown-guard' || kind === 'unknown-action')) return { configurations: 0, transitions: 0, violations: found.all, charter: null, graph: null };
  const seen = new Charter();
  const graph = walkChart(subject, nodes, found, seen, earlier);
  if (graph.complete) judgeGraph(graph, nodes, found);
  const charter = graph.complete ? charterOf(subject.machine.id, nodes, graph, seen, subject.model.instants) : null;
  if (subject.charter === null) found.add('no-charter', subject.machine.id);
  else if (subject.charter !== undefined && charter !== null) holdToCharter(subject.charter, charter, found);
  return { configurations: graph.places.length, transitions: graph.transitions, violations: found.all, charter, graph };
}
