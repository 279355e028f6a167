// `npm run check:fresh`: what a newcomer meets. Clones the checkout into a directory with a space, with an empty home and an empty
// package cache, and measures the first start (cold and warm cache), the second start after a `kill -9` without a registry, and the
// installed size. Built-ins only, because it looks at a machine where nothing is installed. Prints a table and one line of JSON;
// exits 1 when a limit is exceeded or a process stays behind.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LIMITS = { first_start_cold_s: 120, first_start_warm_s: 60, second_start_s: 6, installed_mb: 600 };
const PATIENCE_MS = 240_000;

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
const base = mkdtempSync(join(tmpdir(), 'yanshou fresh '));
// The database runs under a user of its own when started by root, and must be able to come in.
chmodSync(base, 0o755);
const clone = join(base, 'a copy');
const home = join(base, 'home');
mkdirSync(home);
run('git', ['clone', '--quiet', checkout, clone], checkout);

const environment = (data, extra = {}) => ({
  PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: home, npm_config_cache: join(base, 'cache'), npm_config_registry: registry(), YANSHOU_DATA: join(base, data), PORT: String(port), ...extra,
});
const port = await freePort();
const measured = {};
try {
  measured.first_start_cold_s = await started('data-1');
  measured.installed_mb = Number(run('du', ['-sm', clone], base).split('\t')[0]);
  rmSync(join(clone, 'node_modules'), { recursive: true, force: true });
  rmSync(join(clone, 'dist'), { recursive: true, force: true });
  measured.first_start_warm_s = await started('data-2');
  // The second start finds the first killed and no registry.
  measured.second_start_s = await started('data-2', { npm_config_registry: 'http://127.0.0.1:9/' });
  measured.left_behind = leftBehind();
} finally {
  rmSync(base, { recursive: true, force: true, maxRetries: 5 });
}
let over = measured.left_behind > 0;
for (const [name, limit] of Object.entries(LIMITS)) {
  const within = measured[name] <= limit;
  over ||= !within;
  console.log(`${within ? '✔' : '✘'} ${name.padEnd(20)} ${String(measured[name]).padStart(8)}   ≤ ${limit}`);
}
console.log(`${measured.left_behind === 0 ? '✔' : '✘'} ${'left_behind'.padEnd(20)} ${String(measured.left_behind).padStart(8)}   0 processes`);
console.log(JSON.stringify(measured));
process.exitCode = over ? 1 : 0;

/** Starts the clone until it prints its address, kills it hard, and waits until its database has gone too. Seconds. */
async function started(data, extra) {
  const began = performance.now();
  const child = spawn('npm', ['start'], { cwd: clone, env: environment(data, extra), stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let said = '';
  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address within ${PATIENCE_MS / 1000} s:\n${said}`)), PATIENCE_MS);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => {
      said += text;
      if (said.includes(`http://127.0.0.1:${port}\n`)) { clearTimeout(timer); resolve(); }
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code}:\n${said}`)));
  });
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  child.removeAllListeners('exit');
  process.kill(-child.pid, 'SIGKILL');
  for (let round = 0; round < 100 && leftBehind() > 0; round += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  return seconds;
}

/** Processes that work in, or were told of, the temporary directory. */
function leftBehind() {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(base);
    } catch {
      return false;
    }
  }).length;
}

function run(program, args, cwd) {
  const done = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

/** The registry this machine is set to use; a home of its own would forget it. */
function registry() {
  return run('npm', ['config', 'get', 'registry'], checkout).trim();
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}
