import type { AnyStateMachine } from 'xstate';
import type { Language } from '../domain/text.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import { chartGraph } from './chart-graph.js';
import { chartTable, type StateRow } from './chart-table.js';
import { describePosition } from './describe-chart.js';
import { drawChart } from './draw-chart.js';
import type { Live } from './live.js';
import { prepareChart, type PreparedChart } from './prepare-chart.js';

/** The chart a case is pinned to. */
export interface PinnedChart {
  readonly workflow: string;
  readonly version: number;
  readonly pack: string;
}

/** Pictures of charts with the position of a case in them. */
export interface ChartPictures {
  /** The picture as SVG. Placing the boxes costs a tenth of a second, once per chart and language; drawing costs a few milliseconds. */
  draw(chart: PinnedChart, language: Language, title: string, live: Live): Promise<string>;
  /** Where the case stands and where it has been, in a sentence: what the picture is looked at for. */
  position(chart: PinnedChart, language: Language, live: Live): string;
  /** The same content as a table. */
  table(chart: PinnedChart): StateRow[];
}

interface Charts {
  machineOf(workflow: string, version: number, pack: string): AnyStateMachine;
  packOf(id: string): { hash: string; pack: PolicyPack };
}

/** Keeps what is laid out for the life of the process: it follows from chart, pack and language, as a machine does from chart and pack. */
export function chartPictures({ machineOf, packOf }: Charts): ChartPictures {
  const prepared = new Map<string, Promise<PreparedChart>>();
  const machineFor = ({ workflow, version, pack }: PinnedChart): AnyStateMachine => machineOf(workflow, version, pack);
  const ready = (chart: PinnedChart, language: Language): Promise<PreparedChart> => {
    const { hash, pack } = packOf(chart.pack);
    const key = `${chart.workflow}.v${chart.version}@${hash} ${language}`;
    const known = prepared.get(key);
    if (known !== undefined) return known;
    const made = prepareChart(machineFor(chart), pack, language);
    prepared.set(key, made);
    // What failed once is tried again, not remembered.
    made.catch(() => prepared.delete(key));
    return made;
  };
  return {
    draw: async (chart, language, title, live) => drawChart(await ready(chart, language), language, title, live),
    position: (chart, language, live) => describePosition(chartGraph(machineFor(chart)), language, live),
    table: (chart) => chartTable(chartGraph(machineFor(chart)), packOf(chart.pack).pack),
  };
}
