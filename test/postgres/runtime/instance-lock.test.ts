import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { acquireInstanceLock, type InstanceLock } from '../../../src/runtime/instance-lock.js';
import { processIdentity } from '../../../src/runtime/process-table.js';
import { clusterAddress } from '../../cluster/cluster-address.js';
import { runProgram, type Program } from '../../cluster/program.js';

const started: Program[] = [];

function holder(directory: string): Program {
  const program = runProgram('test/postgres/runtime/hold-lock.ts', [directory]);
  started.push(program);
  return program;
}

function emptyDirectory(): string {
  return mkdtempSync(join(clusterAddress().directory, 'lock-'));
}

function taken(directory: string): InstanceLock {
  const attempt = acquireInstanceLock(directory);
  if (!attempt.held) throw new Error(`held by ${attempt.by.pid}`);
  return attempt.lock;
}

afterAll(() => started.forEach((program) => program.child.kill('SIGKILL')));

describe('acquireInstanceLock', () => {
  it('a second start learns where the first one answers', async () => {
    const directory = emptyDirectory();
    const first = holder(directory);
    expect(await first.line()).toBe('held');
    const second = acquireInstanceLock(directory);
    expect(second).toMatchObject({ held: false, by: { address: `http://127.0.0.1/${first.child.pid}` } });
  });

  it('an address announced later is what a second start sees', () => {
    const directory = emptyDirectory();
    const lock = taken(directory);
    lock.announce({ address: 'http://127.0.0.1:8080' });
    expect(acquireInstanceLock(directory)).toMatchObject({ held: false, by: { address: 'http://127.0.0.1:8080' } });
    lock.release();
    taken(directory).release();
  });

  it('the lock of a process killed with -9 does not keep the next one out', async () => {
    const directory = emptyDirectory();
    const killed = holder(directory);
    await killed.line();
    killed.child.kill('SIGKILL');
    await killed.ended;
    taken(directory).release();
  });

  it('a pid that now belongs to a stranger does not keep a stale lock alive', () => {
    const directory = emptyDirectory();
    const stranger = { pid: process.ppid, started: 'another boot:1' };
    writeFileSync(join(directory, 'instance.lock'), JSON.stringify(stranger));
    expect(processIdentity(stranger.pid)).toBeDefined();
    taken(directory).release();
  });

  it('a lock file of zero bytes, left by a full disk, is stale', () => {
    const directory = emptyDirectory();
    writeFileSync(join(directory, 'instance.lock'), '');
    taken(directory).release();
  });

  it('of four starts that find the same stale lock exactly one gets it, and nothing but the lock stays behind', async () => {
    const directory = emptyDirectory();
    writeFileSync(join(directory, 'instance.lock'), JSON.stringify({ pid: 1, started: 'another boot:1' }));
    const answers = await Promise.all([1, 2, 3, 4].map(() => holder(directory).line()));
    expect(answers.filter((answer) => answer === 'held')).toHaveLength(1);
    expect(readdirSync(directory)).toEqual(['instance.lock']);
  });

  it('a successor who died while succeeding does not block the succession', () => {
    const directory = emptyDirectory();
    writeFileSync(join(directory, 'instance.lock'), JSON.stringify({ pid: 1, started: 'another boot:1' }));
    writeFileSync(join(directory, 'instance.lock.after.1.1'), JSON.stringify({ pid: 1, started: 'another boot:2' }));
    taken(directory);
    expect(readdirSync(directory)).toEqual(['instance.lock']);
    expect(JSON.parse(readFileSync(join(directory, 'instance.lock'), 'utf8'))).toMatchObject({ pid: process.pid });
  });
});
