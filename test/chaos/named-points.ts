import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { ChaosCluster } from './cluster.js';
import { patiently, type Installation } from './installation.js';
import type { KillBook } from './kills.js';
import type { Replica } from './replica.js';
import type { Sight, Trap } from './wire-proxy.js';

/** A named place at which something is killed. */
export interface NamedPoint {
  name: string;
  /** Who dies. */
  victim: 'server' | 'database' | 'browser' | 'connection';
  /** Waits for the place and kills there; resolves when it has. */
  strike(under: Attacked): Promise<void>;
}

export interface Attacked {
  installation: Installation;
  /** Null where the database belongs to others too and may not be killed. */
  cluster: Pick<ChaosCluster, 'kill'> | null;
  book: KillBook;
}

type Place = Omit<Trap, 'spring' | 'letPass'>;

const door = (sight: Sight): boolean => sight.statement === 'door';
/** Somebody's step, not the system's own. */
const step = (sight: Sight): boolean => door(sight) && sight.user === 'yanshou_web';
const says = (text: RegExp, user?: string) => (sight: Sight): boolean => text.test(sight.text) && (user === undefined || sight.user === user);
const by = (role: string) => (sight: Sight): boolean => door(sight) && sight.bound.includes(`"role":"${role}"`);
const doing = (command: string) => (sight: Sight): boolean => door(sight) && sight.bound.includes(`"command":"${command}"`);

/** The first replica that comes by the place; `act` happens while the statement or its answer is withheld. */
async function at({ installation }: Attacked, place: Place, act: (replica: Replica) => void | Promise<void>, letPass = false): Promise<void> {
  const set = installation.proxies.map((proxy, index) => proxy.set({ ...place, letPass, spring: async () => {
    for (const [other, { remove }] of set.entries()) if (other !== index) remove();
    await act(installation.replicas[index]!);
  } }));
  await Promise.race(set.map(({ sprung }) => sprung));
}

const server = (name: string, place: Place): NamedPoint => ({
  name, victim: 'server',
  strike: (under) => at(under, place, (replica) => {
    replica.kill();
    under.book.note(name, replica.name);
  }),
});

/** The statement is carried out and its answer lost on the way, as when a network fails; the process lives. */
const connection = (name: string, place: Place): NamedPoint => ({
  name, victim: 'connection', strike: (under) => at(under, place, (replica) => under.book.note(name, `connection of ${replica.name}`)),
});

/** PostgreSQL dies while the door has written everything but the last row: a lock of ours holds it there. */
const inTheDoor: NamedPoint = {
  name: 'in the middle of the door', victim: 'database',
  strike: async (under) => {
    const lock = new pg.Client({ connectionString: under.installation.database.adminUrl });
    lock.on('error', () => undefined);
    await patiently(() => lock.connect());
    await at(under, { sees: step, moment: 'before' }, async () => { await lock.query('begin; lock table command in share mode'); }, true);
    for (let waiting = false; !waiting; await pause(5)) {
      const [row] = await under.installation.rows<{ count: number }>(`select count(*)::int from pg_stat_activity where wait_event_type = 'Lock' and query like 'select door(%'`);
      waiting = row!.count > 0;
    }
    under.cluster!.kill();
    await lock.end().catch(() => undefined);
    under.book.note('in the middle of the door', 'PostgreSQL');
  },
};

/** A paper is being printed: its effect has looked whether it exists already, and a browser runs. `killer` says who dies of it. */
const halfPrinted = (name: string, victim: 'browser' | 'server'): NamedPoint => ({
  name, victim,
  strike: async (under) => {
    for (;;) {
      let printing: Replica | undefined;
      await at(under, { sees: says(/select "id", "kind", "number", "sha256", "entered_at" from "document"/, 'yanshou_worker'), moment: 'before' }, (replica) => { printing = replica; }, true);
      const until = performance.now() + 5000;
      while (performance.now() < until && browsersOf(printing!.pid()).length === 0) await pause(5);
      const browsers = browsersOf(printing!.pid());
      if (browsers.length === 0) continue;
      await pause(30);
      if (victim === 'server') printing!.kill();
      else for (const pid of browsers) killed(pid);
      under.book.note(name, victim === 'server' ? printing!.name : 'Chromium');
      return;
    }
  },
});

/** kill -9 of a process that may have gone meanwhile. */
export function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // gone between the look and the signal
  }
}

/** Browsers a server has started. */
export function browsersOf(parent: number | undefined): number[] {
  if (parent === undefined) return [];
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      return Number(/\) \S+ (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]) === parent && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--remote-debugging-pipe');
    } catch {
      return false; // gone meanwhile
    }
  });
}

/** Told to stop in order, and killed before it has. */
const whileStopping: NamedPoint = {
  name: 'while it stops in order', victim: 'server',
  strike: (under) => at(under, { sees: step, moment: 'before' }, async (replica) => {
    replica.kill('SIGTERM');
    await pause(20);
    replica.kill();
    under.book.note('while it stops in order', replica.name);
  }),
};

const claim = (sight: Sight): boolean => sight.statement === 'claim-outbox';
const numbers = /insert into "number_allocation"/;
const papers = /insert into "document"/;
const clockSet = /update installation set clock_offset_ms/;

/** Every named place of the running system. What a place needs of the year stands first in it comes first here. */
export const namedPoints: readonly NamedPoint[] = [
  server('before the door’s statement reaches PostgreSQL', { sees: step, moment: 'before' }),
  server('after its commit, before the answer', { sees: step, moment: 'answered' }),
  connection('the answer of the door is lost, the process lives', { sees: step, moment: 'answered' }),
  inTheDoor,
  server('before the virtual clock is set', { sees: says(clockSet), moment: 'before', nth: 2 }),
  server('after the virtual clock was set', { sees: says(clockSet), moment: 'answered', nth: 2 }),
  server('before a term is fired', { sees: by('clock'), moment: 'before', nth: 3 }),
  server('after a term was fired, before it is known', { sees: by('clock'), moment: 'answered', nth: 3 }),
  server('between claim and effect', { sees: claim, moment: 'committed', rows: 1 }),
  halfPrinted('a paper half printed', 'browser'),
  halfPrinted('a paper half printed', 'server'),
  server('a number allocated, not committed', { sees: says(numbers), moment: 'answered' }),
  server('a number kept, its paper not yet made', { sees: says(numbers, 'yanshou_worker'), moment: 'committed' }),
  server('an incoming number kept, its step not yet made', { sees: says(numbers, 'yanshou_web'), moment: 'committed' }),
  server('a file stored, not yet recorded', { sees: says(papers), moment: 'before' }),
  server('a paper recorded, its case not yet told', { sees: says(papers), moment: 'committed' }),
  server('the case told, the outbox not settled', { sees: doing('document.issued'), moment: 'answered' }),
  server('the outbox settled, not committed', { sees: says(/delete from outbox/, 'yanshou_worker'), moment: 'answered' }),
  whileStopping,
];
