// `npm run check:mutants [-- --all] [-- --only plan]`: breaks every shipped chart in every way its definition offers – by default a fixed choice of 100 a
// version, every kind of breaking among them – and lets the proof judge each. Prints who caught what, names survivors and mutants that change nothing,
// ends with one line of JSON; exits 1 when a mutant survives.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { packIds } from '../../workflows/policies/pack-registry.js';
import { workflows } from '../../workflows/registry.js';
import type { Verdict } from './judge-mutants.js';

const MUTANTS_A_CHART = 100;

export interface Job {
  workflow: string;
  version: number;
  pack: string;
  most: number;
}

const asked = (name: string): string | undefined => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);
const most = process.argv.includes('--all') ? Infinity : MUTANTS_A_CHART;
const only = new RegExp(asked('--only') ?? '');
const began = performance.now();

/** Charts whose walks are longest first: with two workers they end at the same time. */
const longestFirst = ['plan', 'matter', 'acceptance', 'inspection', 'programme'];
const jobs: Job[] = workflows.flatMap(({ id, versions }) => Object.keys(versions).flatMap((v) => packIds().map((pack) => ({ workflow: id, version: Number(v), pack, most }))))
  .filter(({ workflow, version }) => only.test(`${workflow}.v${version}`)).sort((a, b) => longestFirst.indexOf(a.workflow) - longestFirst.indexOf(b.workflow));

const caught = ({ structure, walk, charter }: Verdict): boolean => structure || walk || charter;

async function work(): Promise<Verdict[]> {
  const found: Verdict[] = [];
  for (let job = jobs.shift(); job; job = jobs.shift()) {
    const from = performance.now();
    const verdicts = await new Promise<Verdict[]>((resolve, reject) => {
      const worker = new Worker(new URL('./mutant-worker.ts', import.meta.url), { workerData: job });
      worker.once('message', resolve).once('error', reject);
    });
    process.stderr.write(`${job.workflow}.v${job.version} ${job.pack}: ${verdicts.length} mutants, ${Math.round((performance.now() - from) / 1000)} s${verdicts.filter((v) => v.differs && !caught(v)).map((v) => `\n  ✘ ${v.operator}: ${v.mutation}`).join('')}\n`);
    found.push(...verdicts);
  }
  return found;
}

const verdicts = (await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work))).flat();
const real = verdicts.filter(({ differs }) => differs);
const same = verdicts.filter(({ differs }) => !differs);
const survivors = real.filter((verdict) => !caught(verdict));

const count = (list: Verdict[], test: (verdict: Verdict) => boolean): string => String(list.filter(test).length);
const wide = /[\u2e80-\u9fff\uff00-\uff60]/g;
const columns = [44, 10, 11, 11, 16, 11, 10];
const row = (...cells: string[]): string => cells.map((cell, i) => cell + ' '.repeat(Math.max(1, columns[i]! - cell.length - (cell.match(wide)?.length ?? 0)))).join('').trimEnd();
const line = (name: string, list: Verdict[]): string => row(
  name, String(list.length), count(list, ({ structure }) => structure), count(list, ({ walk }) => walk), count(list, ({ structure, walk, charter }) => charter && !structure && !walk),
  count(list, ({ differs }) => !differs), count(list, (verdict) => verdict.differs && !caught(verdict)),
);
const table = (heading: string, by: (verdict: Verdict) => string): string => [
  row(heading, '变异 all', '结构 names', '走查 walk', '仅约定 charter', '等价 same', '漏网 left'), ...[...new Set(verdicts.map(by))].map((name) => line(name, verdicts.filter((v) => by(v) === name))), '',
].join('\n');
process.stdout.write(`${table('流程 chart', ({ chart }) => chart)}\n${table('破坏方式 breaking', ({ operator }) => operator)}\n`);
// Equivalent: from every configuration every event of the model comes to the very same step, facts, duties and effects included, and every state says the same of itself.
for (const { chart, operator, mutation } of same) process.stdout.write(`= ${chart} ${operator}: ${mutation}\n`);
for (const { chart, operator, mutation } of survivors) process.stdout.write(`✘ 漏网 survivor: ${chart} ${operator}: ${mutation}\n`);
process.stdout.write(`${JSON.stringify({ mutants: real.length, caught: real.length - survivors.length, equivalent: same.length, seconds: Math.round((performance.now() - began) / 1000) })}\n`);
process.exitCode = survivors.length === 0 && real.length > 0 ? 0 : 1;
