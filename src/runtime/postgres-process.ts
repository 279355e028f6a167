import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { postgresEnvironment, type PostgresCluster } from './postgres-cluster.js';
import { readIfThere } from './private-file.js';
import { processesIn } from './process-table.js';

/** One run of the server. */
export interface PostgresProcess {
  readonly pid: number;
  /** Resolves when the server has gone, for whatever reason. */
  readonly gone: Promise<void>;
  /** Asks the server to end its sessions and stop; resolves when it has. */
  stop(): Promise<void>;
}

/** Why a server did not come up, with the end of what it wrote. */
export class PostgresDidNotStart extends Error {
  constructor(readonly log: string) {
    super(log);
  }

  get portTaken(): boolean {
    return this.log.includes('Address already in use');
  }
}

/**
 * Stands between us and the server. It holds the reading end of a pipe whose writing end only this process has: when we
 * end, even by kill -9, the pipe closes and it sends the server a fast shutdown. Closing the pipe is also how we stop it.
 */
const watchdog = '"$@" & p=$!; (while read -r _; do :; done; kill -INT $p) <&3 & w=$!; trap "" INT TERM; wait $p; c=$?; kill $w 2>/dev/null; exit $c';

const largestLog = 5_000_000;

/**
 * Starts the server on this port of 127.0.0.1 and waits until it accepts connections, however long a recovery takes. It
 * opens no Unix socket. `durable` false gives up safety against power loss for speed, for tests.
 * @throws PostgresDidNotStart
 */
export async function startPostgresProcess(program: string, cluster: PostgresCluster, port: number, durable: boolean): Promise<PostgresProcess> {
  const logFile = join(dirname(cluster.data), 'server.log');
  const log = openLog(logFile);
  const before = statSync(logFile).size;
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 100, timezone: 'UTC', log_timezone: 'UTC', ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }) };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn('/bin/sh', ['-c', watchdog, 'sh', program, '-D', cluster.data, ...options], {
    ...(cluster.account === undefined ? {} : { uid: cluster.account.uid, gid: cluster.account.gid }),
    cwd: '/',
    env: postgresEnvironment,
    detached: true, // a session of its own: Ctrl-C in our terminal reaches us, and we stop the server in order
    stdio: ['ignore', log, log, 'pipe'],
  });
  closeSync(log);
  const lifeline = child.stdio[3] as Writable;
  lifeline.on('error', () => undefined); // the watchdog was killed; its exit is what counts
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  let ended = false;
  const gone = exited.then(async () => {
    ended = true;
    lifeline.destroy();
    await endProcessesOf(cluster);
  });
  const pid = await whenReady(cluster.data, port, () => ended || child.pid === undefined);
  if (pid === undefined) {
    await gone;
    throw new PostgresDidNotStart(readFileSync(logFile, 'utf8').slice(before).trim().split('\n').slice(-6).join('\n'));
  }
  return { pid, gone, stop: () => stopByLifeline(lifeline, cluster, gone) };
}

/**
 * Ends whatever still works in this data directory: a server orphaned by a kill, or backends whose server was killed.
 * Nobody but the holder of the instance lock may call this. Removes the pid file once nobody is left, because its pid may
 * meanwhile be somebody else's and PostgreSQL would then refuse to start.
 */
export async function endProcessesOf(cluster: PostgresCluster): Promise<void> {
  // First they get a second to go by themselves; signal 0 disturbs nobody.
  const rounds = [[0, 25], ['SIGINT', 200], ['SIGQUIT', 100], ['SIGKILL', 100]] as const;
  for (const [signal, patience] of rounds) {
    for (const pid of processesIn(cluster.data)) sendSignal(pid, signal);
    for (let look = 0; look < patience && processesIn(cluster.data).length > 0; look += 1) await pause(40);
  }
  rmSync(join(cluster.data, 'postmaster.pid'), { force: true });
}

async function stopByLifeline(lifeline: Writable, cluster: PostgresCluster, gone: Promise<void>): Promise<void> {
  lifeline.destroy();
  const stubborn = new AbortController();
  const patience = pause(20_000, undefined, { signal: stubborn.signal }).then(() => endProcessesOf(cluster), () => undefined);
  await Promise.race([gone, patience]);
  stubborn.abort();
  await gone;
}

/** Polls the pid file: its first line is the server's pid, the fourth its port, the eighth its state. */
async function whenReady(data: string, port: number, hasEnded: () => boolean): Promise<number | undefined> {
  while (!hasEnded()) {
    const lines = readIfThere(join(data, 'postmaster.pid'))?.split('\n') ?? [];
    if (lines[3]?.trim() === String(port) && lines[7]?.trim() === 'ready') return Number(lines[0]);
    await pause(15);
  }
  return undefined;
}

/** The log is kept over restarts, one generation back when it grows large. */
function openLog(file: string): number {
  const descriptor = openSync(file, 'a', 0o600);
  if (statSync(file).size <= largestLog) return descriptor;
  closeSync(descriptor);
  renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

function sendSignal(pid: number, signal: NodeJS.Signals | 0): void {
  try {
    process.kill(pid, signal);
  } catch {
    // gone between the look and the signal
  }
}
