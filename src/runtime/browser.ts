import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { words } from '../domain/text.js';
import { packedChromium } from './packed-chromium.js';
import { RuntimeFailure } from './runtime-failure.js';
import { browserAccount } from './service-account.js';

/** A browser that answers when asked for its version. */
export interface FoundBrowser {
  readonly executablePath: string;
  /** What the browser's process needs in its environment beside the ordinary. */
  readonly env: Readonly<Record<string, string>>;
  /** For the start-up line: product, version and place. */
  readonly description: string;
  /** Where its profiles go; each is removed with its browser. */
  readonly profiles: string;
}

const systemNames = ['chromium-headless-shell', 'chrome-headless-shell', 'chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];

/**
 * The browser documents are printed with: PUPPETEER_EXECUTABLE_PATH, else one installed on the system (newer, and kept
 * safe by the system's updates), else the one from npm unpacked into the data directory.
 * @throws RuntimeFailure when the named one does not run, or none is to be had
 */
export async function findBrowser(dataDirectory: string, env: NodeJS.ProcessEnv = process.env): Promise<FoundBrowser> {
  const profiles = join(dataDirectory, 'browser', 'profiles');
  mkdirSync(profiles, { recursive: true });
  for (const path of [join(dataDirectory, 'browser'), profiles]) chmodSync(path, process.getuid?.() === 0 ? 0o711 : 0o700);
  const named = env['PUPPETEER_EXECUTABLE_PATH'];
  if (named) {
    const version = versionOf(named);
    if (version === undefined) throw doesNotRun(named);
    return { executablePath: named, env: {}, description: `${version} (${named})`, profiles };
  }
  for (const executablePath of installedOnSystem(env)) {
    const version = versionOf(executablePath);
    if (version !== undefined) return { executablePath, env: {}, description: `${version} (${executablePath})`, profiles };
  }
  const packed = await packedChromium(join(dataDirectory, 'browser', 'chromium'));
  const libraries = { LD_LIBRARY_PATH: packed.libraryPath };
  const version = versionOf(packed.executablePath, libraries);
  if (version === undefined) throw doesNotRun(packed.executablePath);
  return { executablePath: packed.executablePath, env: libraries, description: `${version} (npm ${packed.version})`, profiles };
}

function installedOnSystem(env: NodeJS.ProcessEnv): string[] {
  const directories = (env['PATH'] ?? '').split(delimiter).filter((directory) => directory !== '');
  return systemNames
    .flatMap((name) => directories.map((directory) => join(directory, name)))
    .filter((file) => existsSync(file) && !isSnap(file));
}

/** A snap sees neither our data directory nor our fonts; on Ubuntu `chromium-browser` is a script that starts one. */
function isSnap(file: string): boolean {
  if (realpathSync(file).includes('/snap')) return true;
  const head = Buffer.alloc(2048);
  const descriptor = openSync(file, 'r');
  const length = readSync(descriptor, head, 0, head.length, 0);
  closeSync(descriptor);
  const start = head.toString('latin1', 0, length);
  return start.startsWith('#!') && start.includes('/snap/');
}

function versionOf(executablePath: string, env: Readonly<Record<string, string>> = {}): string | undefined {
  const account = browserAccount();
  const result = spawnSync(executablePath, ['--version'], {
    ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
    cwd: '/',
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...env },
    encoding: 'utf8',
    timeout: 20_000,
  });
  return result.status === 0 ? /[A-Za-z][\w ]* [\d.]+/.exec(result.stdout)?.[0] : undefined;
}

function doesNotRun(executablePath: string): RuntimeFailure {
  return new RuntimeFailure(
    'browser-does-not-run',
    words(
      `浏览器 ${executablePath} 不能运行，无法生成 PDF。请安装 chromium，或用 PUPPETEER_EXECUTABLE_PATH 指定另一个。`,
      `The browser ${executablePath} does not run, so no PDF can be made. Install chromium, or name another in PUPPETEER_EXECUTABLE_PATH.`,
    ),
  );
}
