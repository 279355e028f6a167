import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { addressVariable } from '../../cluster/cluster-address.js';

const registration = new URL('../../cluster/register-typescript.mjs', import.meta.url);
const keeper = fileURLToPath(new URL('../../cluster/keeper.ts', import.meta.url));

/** A temporary cluster that forces every commit to the disk, as a real one does. Returns how to end it. */
export async function durableCluster(): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['--import', registration.href, keeper, 'durable'], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  process.env[addressVariable] = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the cluster was not built (exit ${code}), see above`)));
  });
  return async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end();
    await gone;
  };
}
