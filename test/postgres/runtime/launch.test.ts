import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../../../src/runtime/checkout.js';
import { clusterAddress } from '../../cluster/cluster-address.js';
import { until } from '../../cluster/program.js';

// A small checkout of its own with the real launcher and the real npm. Its one module is the compiler, taken from a folder
// so that no network is needed: it is the real one and counts how often it was taken.
let checkout: string;

const compiler = `
import { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
appendFileSync(new URL('../../../compiled', import.meta.url), 'x');
export default createRequire(${JSON.stringify(join(checkoutRoot(), 'package.json'))})('typescript');
`;
const main = `
export async function main(args) {
  if (args[0] === 'code') return Number(args[1]);
  if (args[0] === 'wait') {
    console.log('waiting ' + process.pid);
    await new Promise((resolve) => { const timer = setInterval(() => {}, 1000); process.once('SIGTERM', () => { clearInterval(timer); resolve(); }); });
    console.log('ended in order');
    return 0;
  }
  console.log('main ' + args.join(' '));
}
`;

const unreachable = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0' };

function launch(...args: string[]): SpawnSyncReturns<string> {
  const env = { ...process.env, ...unreachable, npm_config_cache: join(checkout, '..', 'npm-cache'), npm_lifecycle_event: undefined, npm_execpath: undefined };
  return spawnSync(process.execPath, [join(checkout, 'src', 'launch.mjs'), ...args], { cwd: '/', encoding: 'utf8', env });
}

function write(file: string, content: string | object): void {
  mkdirSync(join(checkout, file, '..'), { recursive: true });
  writeFileSync(join(checkout, file), typeof content === 'string' ? content : JSON.stringify(content));
}

const timesCompiled = () => readFileSync(join(checkout, 'compiled'), 'utf8').length;

beforeAll(() => {
  checkout = join(mkdtempSync(join(clusterAddress().directory, 'launch-')), 'with a space');
  write('package.json', { name: 'small', version: '1.0.0', type: 'module', scripts: { start: 'node src/launch.mjs start', wait: 'node src/launch.mjs wait' }, dependencies: { typescript: 'file:tools/typescript' } });
  write('package-lock.json', {
    name: 'small', version: '1.0.0', lockfileVersion: 3, requires: true,
    packages: {
      '': { name: 'small', version: '1.0.0', dependencies: { typescript: 'file:tools/typescript' } },
      'node_modules/typescript': { resolved: 'tools/typescript', link: true },
      'tools/typescript': { name: 'typescript', version: '6.0.3' },
    },
  });
  write('tools/typescript/package.json', { name: 'typescript', version: '6.0.3', type: 'module' });
  write('tools/typescript/lib/typescript.js', compiler);
  write('tsconfig.json', {});
  write('tsconfig.build.json', {});
  write('src/main.ts', main);
  cpSync(join(checkoutRoot(), 'src', 'launch.mjs'), join(checkout, 'src', 'launch.mjs'));
});

describe('src/launch.mjs', () => {
  it('a first start in a path with a space installs, compiles and hands on, from any directory', () => {
    const started = launch('start', '--flag');
    expect(started.stderr).toContain('Modules installed');
    expect(started.stdout).toBe('main start --flag\n');
    expect(started.status).toBe(0);
  });

  it('a second start installs and compiles nothing, and needs neither network nor npm', () => {
    const before = timesCompiled();
    const env = { ...process.env, PATH: '/nowhere' };
    const started = spawnSync(process.execPath, [join(checkout, 'src', 'launch.mjs'), 'start'], { cwd: '/', encoding: 'utf8', env });
    expect(started.stdout).toBe('main start\n');
    expect(timesCompiled()).toBe(before);
  });

  it('an installation that was interrupted is not taken for a finished one', () => {
    rmSync(join(checkout, 'node_modules'), { recursive: true });
    write('node_modules/half/package.json', '{}');
    expect(launch('start').stderr).toContain('Modules installed');
    expect(existsSync(join(checkout, 'node_modules', 'half'))).toBe(false);
    expect(launch('start').stderr).toContain('Modules in place');
  });

  it('a changed lock file installs again', () => {
    const lock = readFileSync(join(checkout, 'package-lock.json'), 'utf8');
    write('package-lock.json', `${lock}\n`);
    expect(launch('start').stderr).toContain('Modules installed');
  });

  it('the font weights no document uses are removed, the two that are used stay', () => {
    for (const weight of ['400Regular', '700Bold', '900Black']) write(`node_modules/@expo-google-fonts/noto-serif-sc/${weight}/font.ttf`, 'x');
    rmSync(join(checkout, 'node_modules', '.yanshou-installed'));
    expect(launch('start').status).toBe(0);
    const left = ['400Regular', '700Bold', '900Black'].map((weight) => existsSync(join(checkout, 'node_modules/@expo-google-fonts/noto-serif-sc', weight)));
    expect(left).toEqual([true, true, false]);
  });

  it('a source that changed is compiled, and what came from one that is gone goes too', () => {
    write('migrations/001-first.js', 'export {};');
    launch('start');
    write('dist/migrations/001-first.js', 'export {};');
    rmSync(join(checkout, 'migrations'), { recursive: true });
    expect(launch('start').stdout).toBe('main start\n');
    expect(existsSync(join(checkout, 'dist', 'migrations', '001-first.js'))).toBe(false);
  });

  it('the command’s own exit code comes out', () => {
    expect(launch('code', '7').status).toBe(7);
  });

  it('a command other than start and test prints nothing of ours when nothing was to be done', () => {
    expect(launch('token').stderr).toBe('');
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('ending npm by its pid with %s ends the system in order', async (signal) => {
    const npm = spawn('npm', ['run', 'wait'], { cwd: checkout, env: { ...process.env, ...unreachable }, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    npm.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until(() => said.includes('waiting'));
    npm.kill(signal);
    await once(npm.stdout, 'close');
    expect(said).toContain('ended in order');
  });

  it('modules that cannot be had are said in two sentences, and the next start tries again', () => {
    write('package-lock.json', '{}');
    write('package.json', { name: 'small', version: '1.0.0', type: 'module', dependencies: { 'of-the-network': '1.0.0' } });
    const failed = launch('start');
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain('模块没有装上');
    expect(launch('start').stderr).toContain('模块没有装上');
  });
});
