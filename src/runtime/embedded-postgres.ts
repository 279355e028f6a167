import { chmodSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { words } from '../domain/text.js';
import { freePort } from './free-port.js';
import { postgresBinaries } from './postgres-binaries.js';
import { postgresCluster, type PostgresCluster } from './postgres-cluster.js';
import { endProcessesOf, PostgresDidNotStart, startPostgresProcess, type PostgresProcess } from './postgres-process.js';
import { readIfThere, writePrivately } from './private-file.js';
import { RuntimeFailure } from './runtime-failure.js';
import { databaseAccount } from './service-account.js';

/** The database server that comes with the program, supervised. */
export interface EmbeddedPostgres {
  /** Of 127.0.0.1. Stays the same over restarts, so that connection pools find the server again. */
  readonly port: number;
  /** For setting up only; nothing serves as superuser. */
  readonly superuserUrl: string;
  /** Of the server as it runs now. */
  readonly pid: number;
  /** Stops the server for good; resolves when no process of it is left. */
  stop(): Promise<void>;
}

/** What happens to the server on its own. `detail` is for the log. */
export type PostgresEvent = { readonly kind: 'died' | 'restarted' } | { readonly kind: 'given-up'; readonly failure: Error };

export interface EmbeddedPostgresOptions {
  /** A directory under our data directory, for the cluster, its password, port and log. */
  readonly directory: string;
  /** False only for clusters that are thrown away: nothing is forced to the disk. */
  readonly durable?: boolean;
  readonly onEvent?: (event: PostgresEvent) => void;
}

/** A server that dies this often without a calm minute in between will not get better by starting it once more. */
const mostDeaths = 5;

/**
 * Starts the built-in PostgreSQL, making its cluster at the first time, and restarts it when it dies. Whatever an earlier
 * killed run left behind – server, backends, pid file – is cleared away first. The caller must hold the instance lock of
 * the data directory.
 * @throws RuntimeFailure with the end of the server's log
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const durable = options.durable ?? true;
  const account = databaseAccount();
  mkdirSync(options.directory, { recursive: true });
  const directory = realpathSync(options.directory);
  chmodSync(directory, account === undefined ? 0o700 : 0o711);
  const binaries = postgresBinaries(directory, account);
  const cluster = postgresCluster(directory, binaries, account, durable);
  await endProcessesOf(cluster);
  const run = (port: number) => startPostgresProcess(binaries.postgres, cluster, port, durable);
  const { port, first } = await onSomePort(directory, run);
  return supervise(port, first, cluster, run, options.onEvent ?? (() => undefined));
}

/** The port of the last time, so that addresses noted elsewhere stay right; another when it is taken. */
async function onSomePort(directory: string, run: (port: number) => Promise<PostgresProcess>): Promise<{ port: number; first: PostgresProcess }> {
  const file = join(directory, 'port');
  const last = Number(readIfThere(file) ?? 0) || undefined;
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(attempt === 1 ? last : undefined);
    try {
      const first = await run(port);
      writePrivately(file, String(port));
      return { port, first };
    } catch (error) {
      const mayRetry = error instanceof PostgresDidNotStart && error.portTaken && attempt < 5;
      if (!mayRetry) throw didNotStart(error);
    }
  }
}

function supervise(port: number, first: PostgresProcess, cluster: PostgresCluster, run: (port: number) => Promise<PostgresProcess>, tell: (event: PostgresEvent) => void): EmbeddedPostgres {
  let current = first;
  let stopping = false;
  let deaths = 0;
  const watched = (async () => {
    for (;;) {
      const calm = setTimeout(() => (deaths = 0), 60_000).unref();
      await current.gone;
      clearTimeout(calm);
      if (stopping) return;
      deaths += 1;
      tell({ kind: 'died' });
      const next = await again(() => stopping || deaths > mostDeaths, () => (deaths += 1), () => run(port));
      if (!('pid' in next)) return stopping ? undefined : tell({ kind: 'given-up', failure: didNotStart(next) });
      current = next;
      if (stopping) void current.stop();
      else tell({ kind: 'restarted' });
    }
  })();
  return {
    port,
    superuserUrl: `postgres://postgres:${cluster.superuserPassword}@127.0.0.1:${port}/postgres`,
    get pid() {
      return current.pid;
    },
    stop: async () => {
      stopping = true;
      await current.stop();
      await watched;
    },
  };
}

/** Tries until the server is up or `enough`; waits a little longer each time, because its port may still be in use. */
async function again(enough: () => boolean, count: () => number, run: () => Promise<PostgresProcess>): Promise<PostgresProcess | Error> {
  let failure = new Error('it died again and again');
  while (!enough()) {
    try {
      return await run();
    } catch (error) {
      failure = error as Error;
      await pause(200 * count());
    }
  }
  return failure;
}

function didNotStart(error: unknown): RuntimeFailure {
  const log = (error as Error).message;
  return new RuntimeFailure(
    'database-not-started',
    words(`数据库没有启动。它最后说：${log}`, `The database did not start. The last it said: ${log}`),
    (error as Error).stack ?? log,
  );
}
