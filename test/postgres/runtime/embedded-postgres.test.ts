import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { isAlive, processesIn, processIdentity } from '../../../src/runtime/process-table.js';
import { clusterAddress } from '../../cluster/cluster-address.js';
import { runProgram, until, type Program } from '../../cluster/program.js';

interface Served {
  readonly program: Program;
  readonly port: number;
  readonly pid: number;
  readonly superuserUrl: string;
}

const directory = () => join(clusterAddress().directory, 'killed often');
const data = () => join(directory(), 'data');
const nobodyLeft = () => until(() => processesIn(data()).length === 0);

async function serve(): Promise<Served> {
  const program = runProgram('test/postgres/runtime/serve-database.ts', [directory()]);
  const told = JSON.parse(await program.line()) as Omit<Served, 'program'>;
  return { program, ...told };
}

async function end(served: Served): Promise<void> {
  served.program.child.kill('SIGTERM');
  expect(await served.program.ended).toBe(0);
  expect(processesIn(data())).toEqual([]);
}

async function ask<T extends pg.QueryResultRow>(served: Served, sql: string): Promise<T | undefined> {
  const client = new pg.Client({ connectionString: served.superuserUrl });
  await client.connect();
  const { rows } = await client.query<T>(sql);
  await client.end();
  return rows[0];
}

/** The shell between us and the server, and its reader of the pipe: the server's parent and brother. */
function watchdogsOf(served: Served): number[] {
  const parentOf = (pid: number) => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ')[1]);
  const shell = parentOf(served.pid);
  const children = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim().split(' ').map(Number);
  expect(children).toHaveLength(2);
  return [...children.filter((pid) => pid !== served.pid), shell];
}

describe('startEmbeddedPostgres', () => {
  it('a first start that was interrupted while making the cluster starts over', async () => {
    mkdirSync(join(directory(), 'data.unfinished'), { recursive: true });
    writeFileSync(join(directory(), 'data.unfinished', 'PG_VERSION'), '18\n');
    const served = await serve();
    await ask(served, 'create table kept as select 61 as number');
    await end(served);
  });

  it('kill -9 of node leaves no database process behind, and what was committed is there at the next start', async () => {
    const killed = await serve();
    await ask(killed, 'update kept set number = 62');
    killed.program.child.kill('SIGKILL');
    await nobodyLeft();
    const next = await serve();
    expect(await ask(next, 'select number from kept')).toEqual({ number: 62 });
    await end(next);
  });

  it('a server orphaned together with its watchdog is ended before the next one starts', async () => {
    const killed = await serve();
    const watchdogs = watchdogsOf(killed);
    for (const pid of watchdogs) process.kill(pid, 'SIGSTOP');
    killed.program.child.kill('SIGKILL');
    await killed.program.ended;
    for (const pid of watchdogs) process.kill(pid, 'SIGKILL');
    const orphan = processIdentity(killed.pid);
    expect(orphan).toBeDefined();
    const next = await serve();
    expect(orphan !== undefined && isAlive(orphan)).toBe(false);
    await end(next);
  });

  it('kill -9 of PostgreSQL while we serve: it comes back by itself at the same address', async () => {
    const served = await serve();
    process.kill(served.pid, 'SIGKILL');
    expect(JSON.parse(await served.program.line())).toMatchObject({ event: 'died' });
    const restarted = JSON.parse(await served.program.line()) as { event: string; pid: number };
    expect(restarted.event).toBe('restarted');
    expect(restarted.pid).not.toBe(served.pid);
    expect(await ask(served, 'select number from kept')).toEqual({ number: 62 });
    await end(served);
  });

  it('a pid file that names somebody else who lives does not keep the server from starting', async () => {
    writeFileSync(join(data(), 'postmaster.pid'), `${process.pid}\n${data()}\n1\n1\n\n127.0.0.1\n1 1\nready   \n`);
    await end(await serve());
  });

  it('with its port taken it serves on another one', async () => {
    const before = await serve();
    await end(before);
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(before.port, '127.0.0.1', resolve));
    const served = await serve();
    expect(served.port).not.toBe(before.port);
    expect(await ask(served, 'select number from kept')).toEqual({ number: 62 });
    await end(served);
    await new Promise((resolve) => squatter.close(resolve));
  });

  it('opens no Unix socket, listens on this machine only, and refuses who has no password', async () => {
    const served = await serve();
    expect(await ask(served, `select current_setting('listen_addresses') as hosts, current_setting('unix_socket_directories') as sockets`)).toEqual({ hosts: '127.0.0.1', sockets: '' });
    const stranger = new pg.Client({ connectionString: served.superuserUrl.replace(/:[^:@]+@/, ':guess@') });
    await expect(stranger.connect()).rejects.toThrow(/password authentication failed/);
    await end(served);
  });

  it('a lost password file is said in a sentence', async () => {
    rmSync(join(directory(), 'superuser-password'));
    await expect(serve()).rejects.toThrow(/database-password-lost/);
  });
});
