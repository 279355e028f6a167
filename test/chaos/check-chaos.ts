// `npm run check:chaos [-- --only start|one|three|herd] [-- --seed n] [-- --herd n]`: kills the system at every named place and at random while people work
// through its API, once as one process and once as three replicas on one database, lets ten thousand terms fall due in one instant, and puts two
// hundred people on one case. Everything is done from outside: a proxy that reads the wire to PostgreSQL, the process table, signals. Afterwards
// what was acknowledged, journalled, numbered and printed is compared with everything else. Prints tables and one line of JSON; exits 1 when
// anything falls short.
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { playSteps } from '../../src/journey/play-year.js';
import { startCluster, type ChaosCluster } from './cluster.js';
import { crowd, type CrowdResult } from './crowd.js';
import { beforeMidnight, breedHerd, stampede, type HerdResult } from './herd.js';
import { install } from './installation.js';
import { KillBook, type Kill } from './kills.js';
import { namedPoints } from './named-points.js';
import { ask, playerOf, stepsOf } from './played-year.js';
import { randomAttack } from './random-attack.js';
import { attackEmbeddedStart, attackStart } from './start-points.js';
import { verdict, type Verdict } from './verdict.js';

const RECOVERY_S = 120;
const PEOPLE = 200;
/** Units whose year is played under attack: one process plays the first, three replicas the second. A correction, a finding, a paper consent are among them. */
const PLAYED = { one: ['lixia', 'huaiyin', 'zhangqiu'], three: ['shizhong', 'tianqiao', 'pingyin'] };

const asked = (name: string): string | undefined => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);
const only = asked('--only');
const seed = Number(asked('--seed') ?? randomInt(2 ** 31));
const herdSize = Number(asked('--herd') ?? 10_000);
const until = asked('--until') ?? '2099';

const began = performance.now();
const tell = (line: string): void => void process.stdout.write(`${line}\n`);
const say = (zh: string, en: string): void => tell(`${String(Math.round((performance.now() - began) / 1000)).padStart(4)} s  ${zh} ${en}`);

/** What falls short, in words. */
const shortfalls: string[] = [];
const kills: (Pick<Kill, 'point' | 'victim' | 'answered'> & { done: number; replicas: number })[] = [];
const verdicts: Verdict[] = [];
const crowds: (CrowdResult & { replicas: number })[] = [];
const herds: (HerdResult & { workers: number })[] = [];

function judge(found: Verdict, where: string): void {
  verdicts.push(found);
  for (const what of [...found.lost, ...found.doubled, ...found.broken]) shortfalls.push(`${where}: ${what}`);
}

async function starts(cluster: ChaosCluster): Promise<void> {
  say('首次启动，在每一处中断', 'first starts, killed at every place');
  const on = await install({ database: await cluster.empty('started'), port: cluster.port, directory: join(cluster.directory, 'started'), program: cluster.program, browser: cluster.browser, flags: ['--demo'] });
  try {
    for (const kill of await attackStart(on)) kills.push({ ...kill, done: kill.answered, replicas: 1 });
    const tokens = await on.tokens();
    judge(await verdict(on, async () => (await ask<{ alarms: Alarm[] }>(on, tokens.get('admin')!, '/alarms')).alarms), 'start');
    const opened = await on.rows<{ workflow: string; count: number }>('select workflow, count(*)::int from case_file group by 1 order by 1');
    if (JSON.stringify(opened) !== JSON.stringify([{ workflow: 'plan', count: 13 }, { workflow: 'programme', count: 13 }])) shortfalls.push(`start: opened ${JSON.stringify(opened)}`);
  } finally {
    await on.close();
  }
  const embedded = await attackEmbeddedStart(cluster.program, join(cluster.directory, 'embedded'), cluster.browser);
  for (const kill of embedded.kills) kills.push({ ...kill, done: kill.answered, replicas: 1 });
  if (embedded.leftBehind > 0) shortfalls.push(`start: ${embedded.leftBehind} processes stay behind`);
}

interface Alarm { kind: string; caseNumber: string; about: string }

/** The year of some units under attack: every named place, one after another, and then at random until the year is over; two hundred people on one case. */
async function year(cluster: ChaosCluster, replicas: number, units: readonly string[]): Promise<void> {
  const name = `year_${replicas}`;
  say(`演练一年，${replicas} 个进程`, `a year on ${replicas} process(es)`);
  const on = await install({ database: await cluster.copy(name), port: cluster.port, directory: join(cluster.directory, name), program: cluster.program, browser: cluster.browser, replicas });
  try {
    const tokens = await on.tokens();
    for (const one of on.replicas) await one.ready();
    crowds.push({ replicas, ...(await crowd(on, PEOPLE)) });
    const book = new KillBook(on, tokens.get('auditor')!);
    const under = { installation: on, cluster, book };
    const missed = new Set(namedPoints);
    let random: { stop(): Promise<void> } | undefined;
    let over = false;
    const attack = (async () => {
      for (const point of namedPoints) {
        if (over) return;
        await point.strike(under);
        missed.delete(point);
        say('中断', `killed: ${point.name} (${point.victim})`);
      }
      if (!over) random = randomAttack(under, seed + replicas);
    })();
    await playSteps(stepsOf(units, until), playerOf(on, tokens), () => undefined);
    over = true;
    await random?.stop();
    await Promise.race([attack, new Promise((resolve) => setTimeout(resolve, 1000))]);
    for (const point of missed) shortfalls.push(`${replicas} process(es): never came to “${point.name}” (${point.victim})`);
    say('等待恢复并核对', 'waiting for everything to heal, then comparing');
    await book.settled();
    judge(await verdict(on, async () => (await ask<{ alarms: Alarm[] }>(on, tokens.get('admin')!, '/alarms')).alarms), `${replicas} process(es)`);
    kills.push(...book.kills.map((kill) => ({ ...kill, replicas })));
  } catch (error) {
    tell(on.replicas.map((one) => one.said().slice(-2000)).join('\n'));
    throw error;
  } finally {
    await on.close();
  }
}

async function herd(cluster: ChaosCluster): Promise<void> {
  say(`生成 ${herdSize} 件同刻到期的案卷`, `opening ${herdSize} cases due in one instant: by the engine’s own door, with the register’s part composed once`);
  const source = await cluster.copy('herd');
  await breedHerd(source, herdSize);
  await beforeMidnight(source);
  for (const workers of [1, 3]) {
    say(`零点，${workers} 个进程`, `midnight with ${workers} worker(s)`);
    const on = await install({ database: await cluster.copy(`herd_${workers}`, 'herd'), port: cluster.port, directory: join(cluster.directory, `herd-${workers}`), program: cluster.program, browser: cluster.browser, replicas: workers });
    try {
      const tokens = await on.tokens();
      for (const one of on.replicas) await one.ready();
      const result = await stampede(on, tokens.get('office.clerk')!);
      herds.push({ workers, ...result });
      if (result.events !== herdSize || result.lost > 0 || result.doubled > 0) shortfalls.push(`herd of ${workers}: ${result.events} events, lost ${result.lost}, doubled ${result.doubled}`);
      if (result.unanswered > 0) shortfalls.push(`herd of ${workers}: ${result.unanswered} requests without an answer`);
    } finally {
      await on.close();
    }
  }
}

const cluster = await startCluster();
try {
  say('数据库、程序和浏览器就绪', 'database, program and browser are there');
  if (only === undefined || only === 'start') await starts(cluster);
  if (only === undefined || only === 'one') await year(cluster, 1, PLAYED.one);
  if (only === undefined || only === 'three') await year(cluster, 3, PLAYED.three);
  if (only === undefined || only === 'herd') await herd(cluster);
} finally {
  await cluster.stop();
}

const tenths = (seconds: number): number => Math.round(seconds * 10) / 10;
const slow = kills.filter((kill) => !(kill.answered <= RECOVERY_S && kill.done <= RECOVERY_S));
for (const { point, victim, answered, done } of slow) shortfalls.push(`“${point}” (${victim}): answered after ${tenths(answered)} s, healed after ${tenths(done)} s`);
for (const { replicas, people, answered } of crowds) if (answered !== people) shortfalls.push(`of ${people} people on one case ${people - answered} had no answer (${replicas} process(es))`);

tell('');
tell('中断 Kills：在何处、谁、几个进程、多少秒后又有应答、多少秒后不留痕迹 where, who, processes, seconds until answered, until healed');
for (const { point, victim, replicas, answered, done } of kills) tell(`  ${point.padEnd(58)} ${victim.padEnd(26)} ${replicas} ${tenths(answered).toFixed(1).padStart(7)} ${tenths(done).toFixed(1).padStart(7)}`);
tell('同刻到期 Midnight herd');
for (const one of herds) tell(`  ${one.workers} worker(s): ${one.events} events in ${one.seconds} s (${one.perSecond}/s), lost ${one.lost}, doubled ${one.doubled}; ${one.requests} requests meanwhile, p50 ${one.p50ms} ms, p99 ${one.p99ms} ms, slowest ${one.slowestMs} ms, unanswered ${one.unanswered}; notices still to be written ${one.effectsLeft}`);
tell('同案多人 People on one case');
for (const one of crowds) tell(`  ${one.replicas} process(es): ${one.answered} of ${one.people} answered in ${one.seconds} s (${one.perSecond}/s), steps computed again ${one.doorRetries}, asked again ${one.askedAgain}`);
for (const what of shortfalls) tell(`✘ ${what}`);
const sum = (of: (one: Verdict) => number): number => verdicts.reduce((all, one) => all + of(one), 0);
tell(JSON.stringify({
  seed, kills: kills.length, recoveries: kills.length - slow.length, longest_recovery_s: tenths(Math.max(0, ...kills.map((kill) => Math.max(kill.answered, kill.done)))),
  acknowledged: sum((one) => one.acknowledged), steps: sum((one) => one.entries), papers: sum((one) => one.documents),
  lost: sum((one) => one.lost.length) + herds.reduce((all, one) => all + one.lost, 0), doubled: sum((one) => one.doubled.length) + herds.reduce((all, one) => all + one.doubled, 0), replicas: 3,
  herd: herds.map(({ workers, events, seconds, p99ms }) => ({ workers, events, seconds, p99_ms: p99ms })), crowd: crowds.map(({ replicas, answered, perSecond, doorRetries }) => ({ replicas, answered, per_second: perSecond, retries: doorRetries })),
  seconds: Math.round((performance.now() - began) / 1000), fell_short: shortfalls.length,
}));
process.exit(shortfalls.length > 0 ? 1 : 0);
