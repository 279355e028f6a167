import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createToken } from '../../src/auth/api-tokens.js';
import { demonstrationPassword } from '../../src/cli/demonstration-password.js';
import { runningDatabase } from '../../src/cli/running-database.js';
import { systemClock } from '../../src/clock.js';
import { openDatabase } from '../../src/database.js';
import { apiPlayer } from '../../src/journey/api-player.js';
import type { Step } from '../../src/journey/player.js';
import { startServerProcess } from '../../src/journey/server-process.js';
import { demonstrationPeople } from '../../src/register/demonstration-people.js';
import { readJinan } from '../../src/register/jinan-files.js';
import { ownWords, type OwnWords } from './own-words.js';

const CITY = '370100';
const YEAR = 2026;
const DAYS = 2;

/** A demonstration city of its own behind a real address, whose year is played step by step. */
export interface ScreenedCity {
  readonly address: string;
  readonly password: string;
  readonly dataDir: string;
  /** Plays every step before a local time 'YYYY-MM-DDTHH:MM' and moves the clock there. */
  playUntil(localTime: string): Promise<void>;
  /** Id of a unit's case; `key` is the unit's, as in `lixia.clerk`. */
  caseOf(key: string, workflow: string): Promise<string>;
  /** Asks the API as this person. */
  ask<T>(login: string, path: string): Promise<T>;
  /** What people have written by now, and what they and their places are called. */
  words(): Promise<OwnWords>;
  close(): Promise<void>;
}

/** Starts a server from the sources with a data directory of its own, which is removed at the end. */
export async function screenedCity(checkout: string, steps: Step[]): Promise<ScreenedCity> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yanshou-screens-'));
  const program = [process.execPath, '--import', join(checkout, 'test/cluster/register-typescript.mjs'), join(checkout, 'test/cluster/run-main.ts'), 'start'];
  const said: string[] = [];
  const server = await startServerProcess(program, dataDir, (line) => said.push(line)).catch((error: unknown) => { throw new Error(`${String(error)}\n${said.join('').slice(-4000)}`); });
  const database = openDatabase(await runningDatabase(dataDir));
  const { units } = readJinan(checkout, YEAR);
  const tokens = new Map<string, string>();
  await database.asAuth(CITY, async (trx) => {
    for (const { login } of demonstrationPeople(units)) tokens.set(login, (await createToken(trx, CITY, { login, label: 'screens', days: DAYS }, systemClock.now())).token);
  });
  const player = apiPlayer({ baseUrl: () => server.address, tokenOf: (login) => tokens.get(login)!, year: YEAR, onCommand: () => undefined });
  const ask = async <T>(login: string, path: string): Promise<T> => {
    const answer = await fetch(`${server.address}/api/v1${path}`, { headers: { authorization: `Bearer ${tokens.get(login)}` } });
    if (!answer.ok) throw new Error(`${login} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  let next = 0;
  return {
    address: server.address, password: demonstrationPassword(dataDir), dataDir, ask,
    playUntil: async (localTime) => {
      for (; next < steps.length && steps[next]!.at < localTime; next += 1) {
        await player.advanceTo(steps[next]!.at);
        await steps[next]!.run(player);
      }
      await player.advanceTo(localTime);
    },
    caseOf: async (key, workflow) => {
      const code = units.find((unit) => unit.key === key)!.code;
      const known = await ask<{ units: { id: string; code: string }[] }>('auditor', `/units?year=${YEAR}`);
      const id = known.units.find((unit) => unit.code === code)!.id;
      const { cases } = await ask<{ cases: { caseId: string }[] }>('auditor', `/cases?year=${YEAR}&workflow=${workflow}&unit=${id}`);
      const last = cases.at(-1);
      if (last === undefined) throw new Error(`${key} has no case of ${workflow} yet`);
      return last.caseId;
    },
    words: () => ownWords(database, CITY),
    close: async () => {
      await database.close();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
