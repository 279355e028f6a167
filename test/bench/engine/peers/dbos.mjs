// Ten steps a workflow, each recorded; and ten approvals a workflow, each awaited as a message and recorded.
import { DBOS } from '@dbos-inc/dbos-sdk';
const [clients, seconds] = process.argv.slice(2).map(Number);
const url = process.env.BENCH_DATABASE;
DBOS.setConfig({ name: 'bench', systemDatabaseUrl: url, databaseUrl: url, logLevel: 'error', sysDbPoolSize: 10, systemDatabasePoolSize: 10, runAdminServer: false });
const steps = DBOS.registerWorkflow(async () => { for (let n = 0; n < 10; n += 1) await DBOS.runStep(async () => n, { name: 'step' }); }, { name: 'steps' });
const approvals = DBOS.registerWorkflow(async () => { for (let n = 0; n < 10; n += 1) { const said = await DBOS.recv('approval', 60); await DBOS.runStep(async () => said, { name: 'record' }); } }, { name: 'approvals' });
await DBOS.launch();
async function stepping(until) {
  let done = 0;
  while (performance.now() < until) {
    await (await DBOS.startWorkflow(steps)()).getResult();
    done += 10;
  }
  return done;
}
async function approving(until) {
  let done = 0;
  while (performance.now() < until) {
    const handle = await DBOS.startWorkflow(approvals)();
    for (let n = 0; n < 10; n += 1) await DBOS.send(handle.workflowID, 'agreed', 'approval');
    await handle.getResult();
    done += 10;
  }
  return done;
}
const all = async (act, ms) => (await Promise.all(Array.from({ length: clients }, () => act(performance.now() + ms)))).reduce((sum, one) => sum + one, 0);
// What is begun in time is finished: the count is over the time it really took.
const rate = async (act) => {
  const began = performance.now();
  return (await all(act, seconds * 1000)) / ((performance.now() - began) / 1000);
};
await all(stepping, 700);
const stepRate = await rate(stepping);
await all(approving, 700);
const approvalRate = await rate(approving);
console.log(JSON.stringify({ steps: stepRate, approvals: approvalRate }));
await DBOS.shutdown();
process.exit(0);
