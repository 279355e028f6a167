// One job at a time, added and awaited, by so many clients at once.
import { makeWorkerUtils, run } from 'graphile-worker';
const [clients, seconds] = process.argv.slice(2).map(Number);
const waiting = new Map();
const utils = await makeWorkerUtils({ connectionString: process.env.BENCH_DATABASE, maxPoolSize: 10 });
await utils.migrate();
const silent = { scope() { return silent; }, error: console.error, warn() {}, info() {}, debug() {} };
const runner = await run({ connectionString: process.env.BENCH_DATABASE, maxPoolSize: 10, concurrency: clients, pollInterval: 100, noHandleSignals: true, logger: silent, taskList: { approve: async ({ id }) => waiting.get(id)?.() } });
let next = 0;
async function client(until) {
  let done = 0;
  while (performance.now() < until) {
    const id = next++;
    const ran = new Promise((resolve) => waiting.set(id, resolve));
    await utils.addJob('approve', { id });
    await ran;
    waiting.delete(id);
    done += 1;
  }
  return done;
}
const all = (ms) => Promise.all(Array.from({ length: clients }, () => client(performance.now() + ms)));
await all(700);
const counts = await all(seconds * 1000);
console.log(JSON.stringify({ jobs: counts.reduce((sum, one) => sum + one, 0) / seconds }));
await runner.stop();
await utils.release();
process.exit(0);
