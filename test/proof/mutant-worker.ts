import { parentPort, workerData } from 'node:worker_threads';
import type { Job } from './check-mutants.js';
import { SoundChart } from './judge-mutants.js';
import type { Mutation } from './mutations.js';

/** A fixed choice: every kind of breaking has its turn before any has its next, and each kind is taken from all over the chart. */
function chosen(all: readonly Mutation[], most: number): Mutation[] {
  const kinds = new Map<string, Mutation[]>();
  for (const one of all) kinds.set(one.operator, [...(kinds.get(one.operator) ?? []), one]);
  const spread = (list: Mutation[]): Mutation[] => [0, 1, 2, 3, 4].flatMap((turn) => list.filter((_one, index) => index % 5 === turn));
  return [...kinds.values()].flatMap((list) => spread(list).map((one, turn) => ({ one, turn }))).sort((a, b) => a.turn - b.turn).slice(0, most).map(({ one }) => one);
}

const { workflow, version, pack, most } = workerData as Job;
const sound = new SoundChart(workflow, version, pack);
parentPort!.postMessage(chosen(sound.mutations, most).map((mutation) => sound.judge(mutation)));
