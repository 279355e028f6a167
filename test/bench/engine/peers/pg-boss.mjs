// One job at a time, sent, fetched and completed, by so many clients at once.
import { PgBoss as Named, default as Default } from 'pg-boss';
const PgBoss = Named ?? Default;
const boss = new PgBoss({ connectionString: process.env.BENCH_DATABASE, max: 10, supervise: false, schedule: false });
boss.on('error', (error) => console.error(error));
await boss.start();
const [clients, seconds] = process.argv.slice(2).map(Number);
const names = Array.from({ length: clients }, (_, index) => `bench-${index}`);
for (const name of names) await boss.createQueue(name);
async function client(name, until) {
  let done = 0;
  while (performance.now() < until) {
    await boss.send(name, { caseId: name, type: 'approve' });
    const [job] = await boss.fetch(name);
    await boss.complete(name, job.id);
    done += 1;
  }
  return done;
}
await Promise.all(names.map((name) => client(name, performance.now() + 700)));
const counts = await Promise.all(names.map((name) => client(name, performance.now() + seconds * 1000)));
console.log(JSON.stringify({ jobs: counts.reduce((sum, one) => sum + one, 0) / seconds }));
await boss.stop({ graceful: false });
process.exit(0);
