import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../runtime/free-port.js';

const START_MS = 120_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A server of our own in a process of its own, started again whenever it dies: the year must go on after a `kill -9`. */
export interface ServerProcess {
  readonly address: string;
  /** The process that serves now. */
  pid(): number | undefined;
  /** How often it has been started again. */
  restarts(): number;
  stop(): Promise<void>;
}

/** Starts `command` with its own data directory on a free port and waits until it answers. */
export async function startServerProcess(command: readonly string[], dataDir: string, log: (line: string) => void): Promise<ServerProcess> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  let stopping = false;
  let restarts = 0;
  const launch = (): void => {
    const [program, ...args] = command;
    child = spawn(program!, args, { env: { ...process.env, YANSHOU_DATA: dataDir, PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout?.on('data', (data: Buffer) => log(String(data)));
    child.stderr?.on('data', (data: Buffer) => log(String(data)));
    child.once('exit', () => {
      if (stopping) return;
      restarts += 1;
      launch();
    });
  };
  launch();
  const stop = async (): Promise<void> => {
    stopping = true;
    for (const signal of SIGNALS) process.off(signal, interrupted);
    const gone = new Promise((resolve) => child?.once('exit', resolve));
    child?.kill('SIGTERM');
    await gone;
  };
  // Told to end, this program ends its server first: nothing of it stays behind.
  const interrupted = (signal: NodeJS.Signals): void => void stop().then(() => process.kill(process.pid, signal));
  for (const signal of SIGNALS) process.once(signal, interrupted);
  const until = performance.now() + START_MS;
  while (!(await answers(address))) {
    if (performance.now() > until) {
      stopping = true;
      child!.kill('SIGKILL');
      throw new Error(`the server did not answer at ${address} within ${START_MS / 1000} s`);
    }
    await pause(200);
  }
  return {
    address,
    pid: () => child?.pid,
    restarts: () => restarts,
    stop,
  };
}

const answers = (address: string): Promise<boolean> => fetch(`${address}/api/v1/openapi.json`).then((r) => r.ok, () => false);
