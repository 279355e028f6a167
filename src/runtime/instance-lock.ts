import { linkSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readIfThere, writePrivately } from './private-file.js';
import { isAlive, processIdentity, type ProcessIdentity } from './process-table.js';

/** The process that uses a data directory, and where it answers once it does. */
export interface InstanceInfo {
  readonly address?: string;
}

/** A live process of which the lock file speaks. */
export interface Instance extends ProcessIdentity, InstanceInfo {}

/** The right to use the data directory. It ends with `release` or with the process, however that ends. */
export interface InstanceLock {
  /** Tells a second start where this one answers. */
  announce(info: InstanceInfo): void;
  release(): void;
}

/** Either the right, or the one who has it. */
export type LockAttempt = { readonly held: true; readonly lock: InstanceLock } | { readonly held: false; readonly by: Instance };

const name = 'instance.lock';

/**
 * Takes the data directory for this process, unless a live one has it. A lock left by a killed process is recognised by
 * pid and start time and taken over. Of several that find the same stale lock exactly one may replace it: the one that
 * manages to create the claim named after the dead owner – and only if the lock is still that owner's afterwards.
 */
export function acquireInstanceLock(directory: string, info: InstanceInfo = {}): LockAttempt {
  const file = join(directory, name);
  const me: Instance = { ...(processIdentity() as ProcessIdentity), ...info };
  const mine = join(directory, `${name}.${me.pid}`);
  writePrivately(mine, JSON.stringify(me));
  try {
    for (;;) {
      if (linkedTo(mine, file)) return held(file, me);
      const owner = readInstance(file);
      if (owner === undefined) continue; // released between the two looks
      if (isAlive(owner)) return { held: false, by: owner };
      const rival = claim(directory, owner, mine);
      if (rival !== undefined) return { held: false, by: rival };
      if (sameRun(readInstance(file), owner)) {
        renameSync(mine, file);
        removeClaims(directory);
        return held(file, me);
      }
      removeClaims(directory, me);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Claims the succession of a dead owner, or of one who died while succeeding him. Returns a live rival who was faster. */
function claim(directory: string, dead: ProcessIdentity, mine: string): Instance | undefined {
  const file = join(directory, `${name}.after.${dead.pid}.${dead.started.split(':').pop() ?? ''}`);
  if (linkedTo(mine, file)) return undefined;
  const rival = readInstance(file);
  if (rival === undefined) return claim(directory, dead, mine);
  return isAlive(rival) ? rival : claim(directory, rival, mine);
}

function removeClaims(directory: string, of?: ProcessIdentity): void {
  for (const entry of readdirSync(directory)) {
    if (!entry.startsWith(`${name}.after.`)) continue;
    const file = join(directory, entry);
    if (of === undefined || sameRun(readInstance(file), of)) rmSync(file, { force: true });
  }
}

function held(file: string, me: Instance): LockAttempt {
  const lock: InstanceLock = {
    announce: (info) => writePrivately(file, JSON.stringify({ ...me, ...info })),
    release: () => {
      if (sameRun(readInstance(file), me)) rmSync(file, { force: true });
    },
  };
  return { held: true, lock };
}

function sameRun(one: ProcessIdentity | undefined, other: ProcessIdentity): boolean {
  return one !== undefined && one.pid === other.pid && one.started === other.started;
}

function readInstance(file: string): Instance | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Instance;
  } catch {
    return { pid: 0, started: 'unreadable' }; // not written by us: nobody's, so it counts as stale
  }
}

/** A hard link is the one way to create a file with its content in one step that fails when the name is taken. */
function linkedTo(source: string, target: string): boolean {
  try {
    linkSync(source, target);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
