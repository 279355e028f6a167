// Starts the keeper of the temporary cluster before the first test of the postgres and browser projects.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const registration = new URL('./register-typescript.mjs', import.meta.url);
const keeper = fileURLToPath(new URL('./keeper.ts', import.meta.url));

export default async function setUp() {
  process.stderr.write('… 正在建立测试用的临时数据库 Building the temporary test cluster\n');
  const child = spawn(process.execPath, ['--import', registration.href, keeper], {
    detached: true, // Ctrl-C is for jest; the keeper ends when its input closes
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const address = await new Promise((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the temporary cluster was not built (exit ${code}), see above`)));
  });
  process.env.YANSHOU_TEST_CLUSTER = address;
  globalThis.yanshouKeeper = child;
}
