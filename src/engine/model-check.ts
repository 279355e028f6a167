import type { AnyStateMachine } from 'xstate';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import type { ChartModel } from './model-check/chart-model.js';
import { chartNodes, checkStructure } from './model-check/chart-structure.js';
import { judgeGraph } from './model-check/judge-graph.js';
import { Violations, type Violation } from './model-check/violation.js';
import { walkChart } from './model-check/walk-chart.js';

/** A chart under a pack, with what it may name. */
export interface ChartSubject {
  readonly machine: AnyStateMachine;
  readonly pack: PolicyPack;
  /** Commands that have a form. */
  readonly commands: ReadonlySet<string>;
  /** Kinds of paper the system can make. */
  readonly documentKinds: ReadonlySet<string>;
  readonly model: ChartModel;
}

export interface ChartReport {
  /** Configurations reached: state, time and the facts guards tell apart. */
  readonly configurations: number;
  /** Steps between them that the chart takes. */
  readonly transitions: number;
  /** Empty when everything is proven for the bounds of the model. */
  readonly violations: readonly Violation[];
}

/**
 * Walks every configuration a case can come into and proves of each what the engine promises: nobody's case is forgotten, an end is in
 * reach, every command offered is taken, every term starts anew. Pure; the charts are run by the functions that run them in production.
 */
export function checkChart(subject: ChartSubject): ChartReport {
  const found = new Violations();
  const nodes = chartNodes(subject.machine);
  checkStructure(subject, nodes, found);
  // What names nothing cannot be run.
  if (found.all.some(({ kind }) => kind === 'unknown-guard' || kind === 'unknown-action')) return { configurations: 0, transitions: 0, violations: found.all };
  const graph = walkChart(subject, nodes, found);
  if (graph.complete) judgeGraph(graph, nodes, found);
  return { configurations: graph.places.length, transitions: graph.transitions, violations: found.all };
}
