// `npm run bench:engine`: durable steps of our engine beside plain statements that write the same rows, and beside the systems others use.
// Rounds of every contender follow each other, so that a slow moment of the machine meets all of them; medians over rounds, ratios in one
// round. `--rounds n` (3), `--seconds s` (2), `--without-peers`, `--without-million`.
import { durableCluster } from './durable-cluster.js';
import { copyCases, grounds, modelOf, type Grounds } from './grounds.js';
import { drained } from './outbox-drain.js';
import { OwnSteps } from './own-steps.js';
import { installPeers, peerNames } from './peers.js';
import { plainStatements } from './plain-statements.js';
import { ownSeconds, serverSeconds } from './processor-time.js';

const option = (name: string, otherwise: number): number => Number(process.argv[process.argv.indexOf(name) + 1] ?? NaN) || otherwise;
const without = (name: string): boolean => process.argv.includes(`--without-${name}`);
const [rounds, seconds] = [option('--rounds', 3), option('--seconds', 2)];
const CASES = 10_000;
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Values of one figure, a round each. */
const figures = new Map<string, number[]>();
const note = (name: string, value: number): number => {
  figures.set(name, [...(figures.get(name) ?? []), value]);
  return value;
};
const ratio = (of: string, to: string): number => rounded(median(figures.get(of)!.map((value, round) => value / figures.get(to)![round]!)));

const stopCluster = await durableCluster();
try {
  say(`… ${CASES.toLocaleString()} 个案卷 cases`);
  const at = await grounds(2 * CASES);
  const plain = await plainStatements(at, CASES, 2 * CASES);
  const own = await OwnSteps.of(at, 0, CASES);
  const peers = without('peers') ? null : await installPeers(at);
  say(`… 预热 warming up`);
  await own.run(8, 4);
  await own.runMany(2);
  await plain.run(8, 1);
  for (let round = 1; round <= rounds; round += 1) {
    for (const clients of [32, 8]) {
      note(`plain ${clients}`, await plain.run(clients, seconds));
      const before = { node: ownSeconds(), server: serverSeconds(at.postmaster) };
      const { steps, times } = await own.run(clients, seconds);
      note(`own ${clients}`, steps / seconds);
      note(`node us ${clients}`, ((ownSeconds() - before.node) / steps) * 1e6);
      note(`server us ${clients}`, ((serverSeconds(at.postmaster) - before.server) / steps) * 1e6);
      note(`p99 ms ${clients}`, times[Math.floor(times.length * 0.99)] ?? NaN);
    }
    note('many', (await own.runMany(seconds)) / seconds);
    note('outbox single', await drained(at, 1_000, 1));
    note('outbox batch', await drained(at, 10_000, 50));
    for (const peer of peers ? peerNames : []) {
      for (const [figure, value] of Object.entries(await peers!.run(peer, 32, seconds))) note(`${peer} ${figure}`, value);
    }
    say(`  第 ${round} 轮 round ${round}: ${[...figures].filter(([name]) => !name.includes('us ')).map(([name, values]) => `${name} ${Math.round(values.at(-1)!)}`).join(' · ')}`);
  }
  const grown = without('million') ? {} : await growth(at);
  const result = {
    vs_pgbench_32: ratio('own 32', 'plain 32'), vs_pgbench_8: ratio('own 8', 'plain 8'),
    node_cpu_us: Math.round(median(figures.get('node us 8')!)), server_cpu_us: Math.round(median(figures.get('server us 8')!)),
    bulk_vs_pgbench_32: ratio('many', 'plain 32'), outbox_batch_vs_single: ratio('outbox batch', 'outbox single'),
    ...(peers === null ? {} : {
      vs_dbos_steps: ratio('own 32', '@dbos-inc/dbos-sdk steps'), vs_dbos_approvals: ratio('own 32', '@dbos-inc/dbos-sdk approvals'),
      vs_pgboss: ratio('own 32', 'pg-boss jobs'), vs_graphile: ratio('own 32', 'graphile-worker jobs'),
    }),
    ...grown, limit: plain.by,
  };
  for (const [name, values] of figures) say(`${name.padEnd(32)} ${String(rounded(median(values), 1)).padStart(10)}   ${values.map((value) => rounded(value, 1)).join('  ')}`);
  say(JSON.stringify(result));
  await peers?.stop();
  await plain.stop();
  await at.stop();
} catch (error) {
  // Said before the server goes: every open connection complains of that.
  console.error(error);
  process.exitCode = 1;
}
process.on('uncaughtException', () => undefined);
await stopCluster();
process.exit();

/** Processor time of one step of these, in seconds, ours and the server's. */
async function cost(at: Grounds, steps: OwnSteps): Promise<number> {
  const before = ownSeconds() + serverSeconds(at.postmaster);
  const done = (await steps.run(8, seconds)).steps;
  return (ownSeconds() + serverSeconds(at.postmaster) - before) / done;
}

/** A step among a million cases against one among a thousand, and one with a long journal against one with a short. */
async function growth(at: Grounds): Promise<{ cost_1e6_vs_1e3: number; cost_long_vs_short_journal: number }> {
  say('… 一百万个案卷 a million cases');
  const began = performance.now();
  await copyCases(at.city.admin, await modelOf(at.city), 2 * CASES, 1_000_000);
  say(`  ${Math.round((performance.now() - began) / 1000)} s`);
  const [few, all] = [await OwnSteps.of(at, 2 * CASES, 2 * CASES + 1000), await OwnSteps.of(at, 2 * CASES + 1000, 999_936)];
  await cost(at, all);
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const among = await cost(at, few);
    ratios.push((await cost(at, all)) / among);
  }
  const hot = await OwnSteps.of(at, 999_936, 1_000_000);
  const short = await cost(at, hot);
  await hot.run(8, 8 * seconds);
  return { cost_1e6_vs_1e3: rounded(median(ratios)), cost_long_vs_short_journal: rounded((await cost(at, hot)) / short) };
}
