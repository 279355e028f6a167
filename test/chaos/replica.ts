import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, symlinkSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../src/runtime/free-port.js';

const LOG_LINES = 400;
/** Who restarts a service waits a moment, as systemd does. */
const RESTART_MS = 100;

export interface ReplicaOptions {
  name: string;
  program: readonly string[];
  dataDir: string;
  /** A folder with an unpacked browser, shared so that not every replica unpacks its own. */
  browser?: string;
  env: Record<string, string>;
  /** Words after `start`. */
  flags?: readonly string[];
}

/** One process of the system in the hands of somebody who starts it again whenever it ends, as an operator's service manager does. */
export interface Replica {
  readonly name: string;
  readonly address: string;
  pid(): number | undefined;
  kill(signal?: NodeJS.Signals): void;
  /** How often it ended while it served, without having been killed or told to stop: always a fault of the program. */
  fellOver(): number;
  starts(): number;
  answers(): Promise<boolean>;
  ready(): Promise<void>;
  /** Ends it in order and for good; resolves with the milliseconds that took. */
  stop(): Promise<number>;
  said(): string;
}

export async function startReplica(options: ReplicaOptions): Promise<Replica> {
  const { name, dataDir } = options;
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const lines: string[] = [];
  mkdirSync(join(dataDir, 'browser'), { recursive: true });
  if (options.browser !== undefined && !existsSync(join(dataDir, 'browser', 'chromium'))) symlinkSync(options.browser, join(dataDir, 'browser', 'chromium'));
  let child: ChildProcess;
  let stopping = false;
  let killed = false;
  let announced = false;
  let fallen = 0;
  let starts = 0;
  const launch = (): void => {
    const [program, ...args] = options.program;
    starts += 1;
    killed = false;
    announced = false;
    child = spawn(program!, [...args, 'start', ...(options.flags ?? [])], { env: { ...process.env, ...options.env, YANSHOU_DATA: dataDir, PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (chunk: Buffer): void => {
      announced ||= String(chunk).includes(options.env.YANSHOU_BASE_URL ?? 'http://');
      lines.push(...String(chunk).split('\n').filter((line) => line !== ''));
      lines.splice(0, Math.max(0, lines.length - LOG_LINES));
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('exit', (code, signal) => {
      lines.push(`-- ${name} ended with ${code ?? signal}`);
      if (stopping) return;
      // A start that cannot reach its database says so and ends; whoever started it tries again.
      if (!killed && announced) fallen += 1;
      setTimeout(() => { if (!stopping) launch(); }, RESTART_MS);
    });
  };
  launch();
  const answers = (): Promise<boolean> => fetch(`${address}/api/v1/openapi.json`, { signal: AbortSignal.timeout(2000) }).then((r) => r.ok, () => false);
  return {
    name, address, answers,
    pid: () => (child.exitCode === null && child.signalCode === null ? child.pid : undefined),
    kill: (signal = 'SIGKILL') => {
      killed = true;
      child.kill(signal);
    },
    fellOver: () => fallen,
    starts: () => starts,
    ready: async () => {
      while (!(await answers())) await pause(50);
    },
    stop: async () => {
      stopping = true;
      const began = performance.now();
      if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        await gone;
      }
      return performance.now() - began;
    },
    said: () => lines.join('\n'),
  };
}
