import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { ConnectionTransport } from 'puppeteer';
import type { BrowserDirectories } from './browser-directories.js';
import type { FoundBrowser } from './browser.js';
import { pipeTransport } from './pipe-transport.js';
import type { ServiceAccount } from './service-account.js';

/** One run of the browser. */
export interface BrowserProcess {
  readonly pid: number | undefined;
  readonly transport: ConnectionTransport;
  /** Resolves when the process has gone, with the end of what it wrote. */
  readonly gone: Promise<string>;
  /** Kills the whole process group. */
  kill(): void;
}

/** Starts the browser with DevTools on its descriptors 3 and 4. Its environment holds nothing of ours but the search path. */
export function startBrowserProcess(found: FoundBrowser, args: readonly string[], directories: BrowserDirectories, env: Record<string, string>, account: ServiceAccount | undefined): BrowserProcess {
  const child = spawn(found.executablePath, [...args], {
    ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
    cwd: '/',
    env: { PATH: process.env['PATH'], HOME: directories.profile, TMPDIR: directories.scratch, XDG_RUNTIME_DIR: directories.scratch, ...found.env, ...env },
    detached: true, // a group of its own, to be killed as a whole
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  const kill = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // the group has gone
    }
  };
  process.once('exit', kill);
  let written = '';
  (child.stdio[2] as Readable).on('data', (chunk: Buffer) => (written = (written + chunk.toString()).slice(-4000)));
  const gone = new Promise<string>((resolve) => {
    const end = (why: string) => {
      process.off('exit', kill);
      kill(); // renderers that outlived their browser
      directories.remove();
      resolve(`${why}\n${written}`.trim());
    };
    child.once('exit', (code, signal) => end(`exit ${code ?? signal}`));
    child.once('error', (error) => end(error.message));
  });
  return { pid: child.pid, transport: pipeTransport(child.stdio[3] as Writable, child.stdio[4] as Readable), gone, kill };
}
