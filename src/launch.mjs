// The one entry of `npm start`, `npm test` and every other command: `node src/launch.mjs <command> [arguments]`.
// Plain JavaScript with built-ins only, because it runs before anything is installed or compiled. It installs what
// package-lock.json asks for, compiles what changed, and hands on to dist/src/main.js or to jest. What it says goes to
// standard error, so that a command's own output can be piped.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(checkout, 'node_modules');
const dist = join(checkout, 'dist');
const tsc = join(modules, 'typescript', 'bin', 'tsc');
const [command, ...rest] = process.argv.slice(2);
const watched = command === 'start' || command === 'test';

requireNode(20, 19);
endWithNpm();
await whileAlone(async () => {
  await install();
  if (command !== 'test') await build();
});
process.exitCode = command === 'test' ? await test(rest) : await handOn(process.argv.slice(2));

function requireNode(major, minor) {
  const [hasMajor, hasMinor] = process.versions.node.split('.').map(Number);
  if (hasMajor > major || (hasMajor === major && hasMinor >= minor)) return;
  fail(
    `需要 Node.js ${major}.${minor} 或更新的版本，现在是 ${process.versions.node}。请从 nodejs.org 安装后再试。`,
    `Node.js ${major}.${minor} or newer is needed, this is ${process.versions.node}. Install it from nodejs.org and try again.`,
  );
}

/**
 * Stops in order when the npm that started us is gone. npm starts us through a shell, and that shell passes no signal on:
 * whoever ends npm by its pid would otherwise leave the system running.
 */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const line = ancestors();
  const look = () => {
    if (ancestors() === line) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  };
  const timer = setInterval(look, 500).unref();
}

/** Our parent and, when that is the shell between, its parent: `pid (name) state parent …`, says proc(5). */
function ancestors() {
  const [, name, parent] = /^\d+ \((.*)\) \S+ (\d+)/.exec(readOrEmpty(`/proc/${process.ppid}/stat`)) ?? [];
  return `${process.ppid} ${/^(da|ba)?sh$/.test(name) ? parent : ''}`;
}

/**
 * Lets one process at a time install and compile in this checkout. The lock is a name in the kernel's abstract socket
 * namespace: it is gone with its holder, however that ends. Where there is none (not Linux) the work goes on without.
 */
async function whileAlone(work) {
  const user = process.getuid ? process.getuid() : 0;
  const name = `\0yanshou-prepare-${user}-${sha256(checkout).slice(0, 16)}`;
  for (let round = 0; ; round += 1) {
    const server = createServer().unref();
    const taken = await new Promise((resolve) => {
      server.once('error', (error) => resolve(error.code === 'EADDRINUSE'));
      server.listen(name, () => resolve(false));
    });
    if (!taken) return work().then(() => server.close());
    if (round === 0) say('…', '另一个进程正在准备，请稍候', 'Another process is preparing, waiting for it');
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/**
 * Installs when the lock file is not the one the modules were installed from. The stamp is the last thing written: an
 * interrupted installation has none and starts over. Modules that npm itself finished installing from this very lock
 * file are taken as they are.
 */
async function install() {
  const stamp = join(modules, '.yanshou-installed');
  const wanted = `${sha256(readFileSync(join(checkout, 'package-lock.json')))} ${process.platform}-${process.arch}\n`;
  if (readOrEmpty(stamp) === wanted) {
    if (watched) say('✔', '模块齐全', 'Modules in place');
    return;
  }
  const begun = performance.now();
  if (!installedByNpm()) await installAnew();
  removeUnusedFonts();
  writeFileSync(stamp, wanted);
  say('✔', '模块已安装', `Modules installed (${seconds(begun)}, ${Math.round(sizeOf(modules) / 1e6)} MB)`);
}

/** npm writes node_modules/.package-lock.json when it is done; its packages must be those of our lock file. */
function installedByNpm() {
  const done = readOrEmpty(join(modules, '.package-lock.json'));
  if (done === '') return false;
  try {
    const installed = JSON.parse(done).packages;
    const wanted = JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8')).packages;
    const same = ([path, one]) => (installed[path] ? installed[path].integrity === one.integrity && existsSync(join(checkout, path)) : one.optional === true);
    return Object.entries(wanted).every(([path, one]) => path === '' || same([path, one]));
  } catch {
    return false;
  }
}

/**
 * Installs from the lock file into an empty node_modules, as `npm ci` would; that command itself refuses a lock file made
 * where the registry had no packages of other platforms. No install script of any package runs: the database's links are
 * made when it starts, the browser is found or unpacked by us. Development and optional packages are asked for by name
 * because NODE_ENV or a user's npmrc may leave them out.
 */
async function installAnew() {
  say('…', '正在安装模块，第一次需要一两分钟', 'Installing modules, a minute or two the first time');
  rmSync(modules, { recursive: true, force: true, maxRetries: 3 });
  const options = ['install', '--no-save', '--include=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  const npm = process.env.npm_execpath ?? '';
  const [program, args] = /npm-cli\.c?js$/.test(npm) ? [process.execPath, [npm, ...options]] : ['npm', options];
  const begun = performance.now();
  const progress = setInterval(() => {
    const count = existsSync(modules) ? readdirSync(modules).length : 0;
    say('…', `正在安装模块：${count} 个目录`, `Installing modules: ${count} directories (${seconds(begun)})`);
  }, 10_000);
  const { code, output } = await run(program, args, { quiet: true });
  clearInterval(progress);
  if (code === 0) return;
  process.stderr.write(output);
  fail(
    '模块没有装上。请检查网络和 npm 的镜像设置（npm config get registry），然后重新运行同一命令。',
    'The modules could not be installed. Check the network and the registry npm uses (npm config get registry), then run the same command again.',
  );
}

/**
 * The two font packages bring eight and nine weights of 11–15 MB each; documents use two. Without this the installation
 * takes 670 MB, and it is to stay within 600 MB.
 */
function removeUnusedFonts() {
  for (const family of ['noto-serif-sc', 'noto-sans-sc']) {
    const directory = join(modules, '@expo-google-fonts', family);
    if (!existsSync(directory)) continue;
    for (const name of readdirSync(directory)) {
      if (/^\d00[A-Z]/.test(name) && name !== '400Regular' && name !== '700Bold') rmSync(join(directory, name), { recursive: true });
    }
  }
}

/** Compiles when a source differs from those of the last complete compilation. */
async function build() {
  const stamp = join(dist, '.yanshou-built');
  const sources = ['src', 'workflows', 'migrations'].flatMap((name) => filesIn(join(checkout, name)));
  const configuration = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].map((name) => join(checkout, name));
  const digest = sha256([...sources, ...configuration].map((file) => `${relative(checkout, file)} ${sha256(readFileSync(file))}`).join('\n'));
  const names = sources.map((file) => relative(checkout, file));
  const before = readOrEmpty(stamp).split('\n');
  if (before[0] === digest) {
    if (watched) say('✔', '程序已是最新', 'Program up to date');
    return;
  }
  const begun = performance.now();
  // What was compiled from a source that is gone must go too: a stale migration would run.
  if (before.slice(1).some((name) => !names.includes(name))) rmSync(dist, { recursive: true, force: true });
  await translate(sources);
  writeFileSync(stamp, [digest, ...names].join('\n'));
  say('✔', '程序已编译', `Program compiled (${seconds(begun)})`);
}

/**
 * File by file, without judging types: those are the tests' matter, and whoever starts the system waits for its code alone. Gives what the
 * compiler gives under tsconfig.build.json, in less than half the time.
 */
async function translate(sources) {
  const { default: ts } = await import(pathToFileURL(join(modules, 'typescript', 'lib', 'typescript.js')).href);
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(join(checkout, 'tsconfig.build.json'), ts.sys.readFile).config, ts.sys, checkout);
  for (const file of sources) {
    const to = join(dist, relative(checkout, file));
    mkdirSync(dirname(to), { recursive: true });
    if (file.endsWith('.json')) copyFileSync(file, to);
    if (!file.endsWith('.ts') || file.endsWith('.d.ts')) continue;
    const { outputText, sourceMapText, diagnostics } = ts.transpileModule(readFileSync(file, 'utf8'), {
      fileName: file, reportDiagnostics: true,
      compilerOptions: { ...options, sourceMap: true, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, sourceRoot: `${pathToFileURL(dirname(file)).href}/` },
    });
    if (diagnostics.length > 0) {
      process.stderr.write(`${relative(checkout, file)}: ${diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')).join('; ')}\n`);
      fail('程序没有编译成功，原因见上。', 'The program did not compile, see above.');
    }
    writeFileSync(to.replace(/\.ts$/, '.js'), outputText);
    writeFileSync(to.replace(/\.ts$/, '.js.map'), sourceMapText);
  }
}

async function test(args) {
  const begun = performance.now();
  const cache = join(modules, '.cache', 'yanshou');
  mkdirSync(cache, { recursive: true });
  const checked = await run(process.execPath, [tsc, '--noEmit', '--incremental', '--tsBuildInfoFile', join(cache, 'typecheck.tsbuildinfo')]);
  if (checked.code !== 0) {
    say('✘', '类型检查未通过', 'Type check failed');
    return checked.code;
  }
  say('✔', '类型检查通过', `Types checked (${seconds(begun)})`);
  const options = `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim();
  const tested = await run(process.execPath, [join(modules, 'jest', 'bin', 'jest.js'), ...args], { env: { NODE_OPTIONS: options } });
  say(...(tested.code === 0 ? ['✔', '测试通过', `Tests passed (${seconds(begun)})`] : ['✘', '测试未通过', `Tests failed (${seconds(begun)})`]));
  return tested.code;
}

/** Runs the command in this very process: whoever stops or kills it stops or kills the system itself. */
async function handOn(args) {
  process.env.NODE_ENV ??= 'production';
  const { main } = await import(pathToFileURL(join(dist, 'src', 'main.js')).href);
  return (await main(args)) ?? process.exitCode ?? 0;
}

/** Runs a program in the checkout, passes signals on, and ends as it ended if that was by a signal. */
function run(program, args, { quiet = false, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: checkout, env: { ...process.env, ...env }, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
    let output = '';
    for (const stream of quiet ? [child.stdout, child.stderr] : []) stream.on('data', (chunk) => (output = (output + chunk).slice(-8000)));
    // A terminal sends Ctrl-C to the whole group; the child has it already.
    const passOn = (signal) => void (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, passOn);
    child.once('error', (error) => resolve({ code: 127, output: `${program}: ${error.message}\n` }));
    child.once('close', (code, signal) => {
      for (const one of signals) process.off(one, passOn);
      if (signal) process.kill(process.pid, signal);
      resolve({ code: code ?? 1, output });
    });
  });
}

function filesIn(directory) {
  if (!existsSync(directory)) return [];
  const entries = readdirSync(directory, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  return entries.flatMap((entry) => (entry.isDirectory() ? filesIn(join(directory, entry.name)) : [join(directory, entry.name)]));
}

/** Bytes on the disk, as `du` counts them. */
function sizeOf(path) {
  const found = lstatSync(path);
  const own = (found.blocks ?? Math.ceil(found.size / 512)) * 512;
  return found.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), own) : own;
}

function readOrEmpty(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

function seconds(begun) {
  return `${Math.max(1, Math.round((performance.now() - begun) / 1000))} s`;
}

function say(mark, chinese, english) {
  process.stderr.write(`${mark} ${chinese} ${english}\n`);
}

function fail(chinese, english) {
  process.stderr.write(`✘ ${chinese}\n  ${english}\n`);
  process.exit(1);
}
