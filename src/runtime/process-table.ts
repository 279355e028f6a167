import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** One run of one process. A pid alone is not enough: it is given out again after the process has gone. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Boot id and start in clock ticks since boot; empty where the system has no /proc. */
  readonly started: string;
}

/** Who this pid is now; undefined when nobody is (a zombie counts as nobody: it holds nothing any more). */
export function processIdentity(pid: number = process.pid): ProcessIdentity | undefined {
  if (!existsSync('/proc/self/stat')) return answersSignals(pid) ? { pid, started: '' } : undefined;
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  // The command stands in brackets and may itself contain blanks and brackets: count the fields behind the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, ticks] = [fields[0], fields[19]];
  if (ticks === undefined || state === 'Z' || state === 'X') return undefined;
  return { pid, started: `${readOrEmpty('/proc/sys/kernel/random/boot_id').trim()}:${ticks}` };
}

/** Whether exactly this run of this process is still there. */
export function isAlive(identity: ProcessIdentity): boolean {
  const now = processIdentity(identity.pid);
  return now !== undefined && now.started === identity.started;
}

/**
 * Pids whose working directory is `directory`. PostgreSQL's processes all work in their data directory, so this finds an
 * orphaned server and its backends even when its pid file is gone or names somebody else.
 */
export function processesIn(directory: string): number[] {
  if (!existsSync('/proc/self/stat')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingDirectory(pid) === directory && processIdentity(pid) !== undefined);
}

function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined; // gone meanwhile, or another user's
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
