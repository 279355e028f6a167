// Ends the keeper and waits until the cluster and its files are gone.
import { once } from 'node:events';

export default async function tearDown() {
  const keeper = globalThis.yanshouKeeper;
  if (keeper === undefined || keeper.exitCode !== null) return;
  keeper.stdin.end();
  await once(keeper, 'exit');
}
