import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createToken } from '../auth/api-tokens.js';
import { systemClock } from '../clock.js';
import { openDatabase } from '../database.js';
import { apiPlayer } from '../journey/api-player.js';
import { collectResults } from '../journey/collect-results.js';
import { playSteps, stepsOfYear } from '../journey/play-year.js';
import { readScenario } from '../journey/scenario.js';
import { startServerProcess } from '../journey/server-process.js';
import { demonstrationPeople } from '../register/demonstration-people.js';
import { readJinan } from '../register/jinan-files.js';
import { checkoutRoot } from '../runtime/checkout.js';
import { runningDatabase } from './running-database.js';

const CITY = '370100';
const DAYS = 2;

export interface JourneyOptions {
  /** How a server is started; by default this program itself. */
  server?: readonly string[];
  out?: string;
  /** Called before each step: tests kill the server, its database or its browser here. */
  beforeStep?: (at: { ordinal: number; pid: number | undefined; dataDir: string }) => void;
  /** Called when the year has been played, while the server still runs. */
  inspect?: (at: { address: string; dataDir: string; token: string }) => Promise<void>;
  print?: (line: string) => void;
}

export interface JourneyResult {
  units: number;
  commands: number;
  documents: number;
  filed: number;
  seconds: number;
  failed: number;
}

/** `npm run journey [-- --out folder]`: plays the year of all filing units over the API of a server of its own. */
export async function journeyCommand(args: string[]): Promise<number> {
  const at = args.indexOf('--out');
  if (at >= 0 && args[at + 1] === undefined) {
    process.stderr.write('用法 Usage: yanshou journey [--out <folder>]\n');
    return 2;
  }
  const result = await playJourney({ out: at >= 0 ? args[at + 1] : undefined });
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return result.failed === 0 ? 0 : 1;
}

/** Plays the year and returns its figures. Everything lives in a temporary data directory that is removed at the end. */
export async function playJourney(options: JourneyOptions = {}): Promise<JourneyResult> {
  const print = options.print ?? ((line: string) => void process.stdout.write(`${line}\n`));
  const checkout = checkoutRoot();
  const scenario = readScenario(checkout, 2026);
  const out = resolve(options.out ?? `journey-${scenario.year}`);
  const dataDir = mkdtempSync(join(tmpdir(), 'yanshou-journey-'));
  const started = performance.now();
  const lines: string[] = [];
  const server = await startServerProcess(options.server ?? [process.execPath, process.argv[1]!, 'start'], dataDir, (line) => lines.push(line)).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${lines.join('').slice(-4000)}`);
  });
  try {
    print(`服务器 Server: ${server.address}`);
    const people = demonstrationPeople(readJinan(checkout, 2026).units).map((p) => p.login);
    const tokens = await tokensFor(dataDir, people);
    let commands = 0;
    const player = apiPlayer({ baseUrl: () => server.address, tokenOf: (login) => tokens.get(login)!, year: scenario.year, onCommand: () => { commands += 1; } });
    const steps = stepsOfYear(checkout, scenario);
    let ordinal = 0;
    const watched = steps.map((step) => ({
      ...step,
      run: (p: typeof player) => {
        options.beforeStep?.({ ordinal: (ordinal += 1), pid: server.pid(), dataDir });
        return step.run(p);
      },
    }));
    await playSteps(watched, player, (step, result) => print(`${step.at.replace('T', ' ')}  ${step.unit.padEnd(6, '　')} ${step.words.padEnd(14, '　')} ${result}`));
    await options.inspect?.({ address: server.address, dataDir, token: tokens.get('auditor')! });
    const { documents, filed, failed } = await collectResults(server.address, tokens.get('archivist')!, scenario.year, out);
    for (const line of failed) print(`✘ ${line}`);
    print(`文书和归档包 Papers and packages: ${out}${server.restarts() > 0 ? `（服务器重启 restarts ${server.restarts()}）` : ''}`);
    return { units: scenario.units.length, commands, documents, filed, seconds: Math.round((performance.now() - started) / 1000), failed: failed.length };
  } catch (error) {
    print(lines.join('').slice(-3000));
    throw error;
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A token for every person, issued beside the server as an operator would. */
async function tokensFor(dataDir: string, logins: readonly string[]): Promise<Map<string, string>> {
  const database = openDatabase(await runningDatabase(dataDir));
  try {
    const tokens = new Map<string, string>();
    await database.asAuth(CITY, async (trx) => {
      for (const login of logins) tokens.set(login, (await createToken(trx, CITY, { login, label: 'journey', days: DAYS }, systemClock.now())).token);
    });
    return tokens;
  } finally {
    await database.close();
  }
}
