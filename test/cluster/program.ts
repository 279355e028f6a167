import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { checkoutRoot } from '../../src/runtime/checkout.js';

/** A program of the tests in a process of its own, for what must survive or die apart from jest. */
export interface Program {
  readonly child: ChildProcess;
  /** The next line it prints; rejects with what it wrote on standard error when it ends before. */
  line(): Promise<string>;
  readonly ended: Promise<number | null>;
}

/** Runs a TypeScript file of the tests, named from the checkout, with these arguments and this addition to the environment. */
export function runProgram(file: string, args: readonly string[], env: Record<string, string> = {}): Program {
  const root = pathToFileURL(`${checkoutRoot()}/`);
  const registration = new URL('test/cluster/register-typescript.mjs', root).href;
  const child = spawn(process.execPath, ['--import', registration, fileURLToPath(new URL(file, root)), ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'], // the first is never written to: it closes when we end
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const line = async () => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${file} ended with ${await ended}: ${complaints}`);
    return value as string;
  };
  return { child, line, ended };
}

/** Waits until something holds; jest's own limit ends a wait in vain. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 25));
}
