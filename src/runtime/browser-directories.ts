import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, mkdirSync, readdirSync, rmSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processIdentity } from './process-table.js';
import type { ServiceAccount } from './service-account.js';

/** The two directories of one run of the browser, for its eyes only. */
export interface BrowserDirectories {
  readonly profile: string;
  /**
   * Its TMPDIR, with a short path: Chromium makes a socket in it, and the path of a socket may have 107 characters, which
   * a data directory in somebody's home exceeds.
   */
  readonly scratch: string;
  remove(): void;
}

/**
 * Makes them, named after this process and its start, and removes those of processes that were killed.
 * @param account who owns them
 */
export function newBrowserDirectories(profiles: string, account: ServiceAccount | undefined): BrowserDirectories {
  sweep(profiles, '', account);
  sweep(scratchBase(), scratchPrefix, account);
  const ticks = processIdentity()?.started.split(':').pop() ?? '';
  for (let number = 1; ; number += 1) {
    const name = `${process.pid}-${ticks}-${number}`;
    if (!made(join(profiles, name), account)) continue;
    if (made(scratchOf(name), account)) {
      const both = [join(profiles, name), scratchOf(name)] as const;
      return { profile: both[0], scratch: both[1], remove: () => both.forEach((directory) => removeAs(directory, account)) };
    }
  }
}

const scratchPrefix = 'ys-';

function scratchBase(): string {
  return tmpdir().length <= 30 ? tmpdir() : '/tmp';
}

function scratchOf(name: string): string {
  return join(scratchBase(), `${scratchPrefix}${name}`);
}

function sweep(base: string, prefix: string, account: ServiceAccount | undefined): void {
  for (const name of readdirSync(base)) {
    const ours = name.startsWith(prefix) && /^\d+-\d+-\d+$/.test(name.slice(prefix.length));
    if (ours && !makerLives(name.slice(prefix.length))) removeAs(join(base, name), account);
  }
}

/** Makes a directory that did not exist: in a place everyone writes to, one that exists may be somebody's trap. */
function made(directory: string, account: ServiceAccount | undefined): boolean {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  if (account !== undefined) chownSync(directory, account.uid, account.gid);
  return true;
}

function makerLives(name: string): boolean {
  const [pid, ticks] = name.split('-');
  return processIdentity(Number(pid))?.started.endsWith(`:${ticks}`) ?? false;
}

/** What is inside is removed under its owner: root following paths the browser's user may change would be a way up. */
function removeAs(directory: string, account: ServiceAccount | undefined): void {
  const found = lstatSync(directory, { throwIfNoEntry: false });
  if (found === undefined || !found.isDirectory()) return;
  if (account === undefined) {
    if (found.uid === process.getuid?.()) rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    return;
  }
  if (found.uid !== account.uid) return;
  spawnSync('/bin/sh', ['-c', 'cd "$1" && rm -rf ..?* .[!.]* *', 'sh', directory], { uid: account.uid, gid: account.gid, cwd: '/' });
  try {
    rmdirSync(directory);
  } catch {
    // another start swept it at the same time, or something in it is still held: the next one will
  }
}
