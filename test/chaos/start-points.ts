import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, processIdentity, processesIn } from '../../src/runtime/process-table.js';
import type { Installation } from './installation.js';
import { startReplica } from './replica.js';
import type { Trap } from './wire-proxy.js';

/** Places of a first start: what is migrated, loaded and opened. Each start goes as far as the next one. */
const places: readonly [name: string, place: Omit<Trap, 'spring'>][] = [
  ['start: the first migration done, not recorded', { sees: ({ text }) => /insert into "migration" /.test(text), moment: 'before' }],
  ['start: between two migrations', { sees: ({ text }) => /insert into "migration" /.test(text), moment: 'committed' }],
  ['start: in the middle of loading the city', { sees: ({ text }) => /insert into "village"/.test(text), moment: 'before', nth: 2 }],
  ['start: the city loaded, not committed', { sees: ({ text }) => /insert into "installation"/.test(text), moment: 'answered' }],
  ['start: the city loaded', { sees: ({ text }) => /insert into "installation"/.test(text), moment: 'committed' }],
  ['start: the year half opened', { sees: (sight) => sight.statement === 'door' && sight.bound.includes('"command":"case.opened"'), moment: 'answered', nth: 3 }],
];

export interface StartKill {
  point: string;
  victim: string;
  answered: number;
}

/** Kills a first start on an empty database at every place, one start after another; the last one must serve. */
export async function attackStart(on: Installation): Promise<StartKill[]> {
  const kills: { point: string; at: number }[] = [];
  for (const [point, place] of places) {
    await on.proxies[0]!.set({ ...place, spring: () => {
      on.replicas[0]!.kill();
      kills.push({ point, at: performance.now() });
    } }).sprung;
  }
  await on.replicas[0]!.ready();
  const ready = performance.now();
  // A start is answered by the start after it, which is killed further on: only the last is known to serve.
  return kills.map(({ point, at }, index) => ({ point, victim: 'server', answered: ((kills[index + 1]?.at ?? ready) - at) / 1000 }));
}

/** A first start with the database inside it, killed while that is made and while it is filled; nothing may be left behind when it has ended. */
export async function attackEmbeddedStart(program: readonly string[], dataDir: string, browser: string): Promise<{ kills: StartKill[]; leftBehind: number }> {
  const replica = await startReplica({ name: 'embedded', program, dataDir, browser, env: { NODE_ENV: 'production' } });
  const kills: { point: string; at: number }[] = [];
  const moments: [string, () => boolean][] = [
    ['start: PostgreSQL’s cluster half made', () => existsSync(join(dataDir, 'postgres', 'data.unfinished'))],
    ['start: PostgreSQL up, nothing migrated', () => existsSync(join(dataDir, 'postgres', 'port'))],
  ];
  for (const [point, come] of moments) {
    while (!come()) await pause(5);
    replica.kill();
    kills.push({ point, at: performance.now() });
  }
  await replica.ready();
  const ready = performance.now();
  const postmaster = Number(readFileSync(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
  const identity = processIdentity(postmaster);
  await replica.stop();
  const left = processesIn(join(dataDir, 'postgres', 'data')).length + (identity !== undefined && isAlive(identity) ? 1 : 0);
  return { kills: kills.map(({ point, at }, index) => ({ point, victim: 'server', answered: ((kills[index + 1]?.at ?? ready) - at) / 1000 })), leftBehind: left };
}
