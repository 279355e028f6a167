// `npm run check:migration [-- --cases 10000]`: leads so many open plans to the next version of their chart and back. A dozen varied cases are
// played through the engine; the rest are copies of them under ids of their own, payloads hashed and chained anew, written in bulk past the
// door. Prints seconds and counts, ends with one line of JSON; exits 1 when a case is lost, broken, or not back byte for byte.
import { migrateCases, type MigrationCount } from '../../src/engine/migrate/migrate-cases.js';
import { checkCases } from '../../src/engine/check-cases.js';
import { strandedCases } from '../../src/engine/restorable-cases.js';
import { addSigners } from '../../src/content/preparers/moves.js';
import { beijing, CITY, consentFields, TestCity } from '../postgres/engine/city.js';
import { durableCluster } from '../bench/engine/durable-cluster.js';
import { copyCases } from './copied-cases.js';

const asked = process.argv.indexOf('--cases');
const CASES = asked === -1 ? 10_000 : Number(process.argv[asked + 1]);

/** Plans in every stage, and with whatever the moves of an office leave behind. */
async function played(city: TestCity): Promise<string[]> {
  const stages = {
    headReview: ['pingyin', '370124'], governmentApproval: ['shanghe', '370126'], reporting: ['gaoxin', '370176'], registered: ['lixia', '370102'],
  } as const;
  const ids = [await city.openPlan('370103')];
  for (const [stage, [unit, code]] of Object.entries(stages)) ids.push(await city.planIn(stage as keyof typeof stages, unit, code));
  const checks: [string, string, (id: string) => Promise<unknown>][] = [
    ['huaiyin', '370104', async () => undefined],
    ['tianqiao', '370105', async (id) => city.go('office.clerk', id, 'task.claim', {}, { taskId: (await city.openTask(id, 'office.clerk'))!.id })],
    ['licheng', '370112', async (id) => city.go('office.clerk', id, 'addSigners', { posts: [(await city.actor('office.clerk2')).post], mode: 'before', reason: '请先看' })],
    ['changqing', '370113', (id) => city.go('office.clerk', id, 'returnForCorrection', { remarks: [{ section: 'projects', text: '面积写错' }] })],
    ['zhangqiu', '370114', (id) => city.go('office.director', id, 'hold', { reason: '等待会议' })],
    ['jiyang', '370115', (id) => city.go('office.clerk', id, 'proposeJump', { jumpTo: 'directorDecision', reason: '急件' })],
    ['laiwu', '370116', (id) => city.go('office.clerk', id, 'acceptComplete')],
  ];
  for (const [unit, code, act] of checks) {
    const id = await city.planIn('officeReview', unit, code);
    await act(id);
    ids.push(id);
  }
  const returned = await city.planIn('governmentApproval', 'gangcheng', '370117');
  await city.go('gangcheng.consent', returned, 'consent', consentFields);
  return [...ids, returned];
}

/** One hash over every row a migration touches, in a fixed order; the place in the journal, which only grows, is left out. */
async function fingerprint(city: TestCity): Promise<string> {
  const sums = await Promise.all([
    `select md5(string_agg(id::text || snapshot, '' order by id)) as sum from case_snapshot`,
    `select md5(string_agg(id::text || stage || chart_version || released || final, '' order by id)) as sum from case_file`,
    `select md5(string_agg(to_jsonb(t)::text, '' order by id)) as sum from task t`,
    `select md5(string_agg(to_jsonb(t)::text, '' order by case_id, key)) as sum from term t`,
    `select md5(string_agg(to_jsonb(t)::text, '' order by case_id, seq, stage)) as sum from case_stage t`,
  ].map((sql) => city.rows(sql)));
  return sums.map(([row]) => row!.sum).join(' ');
}

const figures: Record<string, number> = {};
async function timed<T>(name: string, run: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await run();
  figures[name] = Math.round((performance.now() - began) / 10) / 100;
  const said = result !== null && typeof result === 'object' ? JSON.stringify(result) : String(result ?? '');
  process.stdout.write(`${name.padEnd(18)} ${figures[name]!.toFixed(2).padStart(8)} s  ${said.slice(0, 160)}\n`);
  return result;
}

async function check(city: TestCity): Promise<{ ok: boolean; counts: Record<string, MigrationCount> }> {
  Object.assign(city.parts.preparers, { '*.addSigners': addSigners });
  const { database, machineFor, packOf, forms } = city.parts;
  const ids = await timed('play', () => played(city));
  city.clock.set(beijing('2026-08-20'));
  await timed('copy', () => copyCases(city, ids, CASES));
  const sound = async () => (await checkCases({ database, machineFor, packOf }, [CITY], ({ caseNumber, what }) => process.stderr.write(`✘ ${caseNumber} ${what.en}\n`))).broken;
  const run = (over: { dryRun?: boolean; back?: boolean }) => migrateCases(city.parts, [CITY], { workflow: 'plan', to: 2, cases: null, dryRun: false, back: false, by: '示例管理员', reason: '演练', ...over }, () => undefined);
  const stranded = async (): Promise<number> => {
    let count = 0;
    await strandedCases({ database, machineFor, packOf, forms }, [CITY], () => void (count += 1));
    return count;
  };
  const before = await fingerprint(city);
  const gate = await timed('gate', stranded);
  const dry = await timed('dry run', () => run({ dryRun: true }));
  const unchanged = (await fingerprint(city)) === before;
  const led = await timed('migrate', () => run({}));
  const brokenAfter = await timed('check', sound);
  const gateAfter = await timed('gate under v2', stranded);
  const back = await timed('back', () => run({ back: true }));
  const brokenBack = await timed('check after back', sound);
  const same = (await fingerprint(city)) === before;
  process.stdout.write(`byte comparison    ${same ? 'equal' : 'DIFFERENT'}; after the dry run ${unchanged ? 'equal' : 'DIFFERENT'}\n`);
  const whole = dry.movable + dry.refused === CASES && led.moved === dry.movable && led.refused === dry.refused && back.moved === led.moved && back.refused === 0 && dry.refused > 0;
  return { ok: whole && unchanged && same && gate + gateAfter + brokenAfter + brokenBack === 0, counts: { dry, led, back } };
}

const end = await durableCluster();
try {
  const city = await TestCity.found('migration');
  try {
    const { ok, counts } = await check(city);
    process.stdout.write(`${JSON.stringify({ cases: CASES, ok, ...counts, seconds: figures })}\n`);
    process.exitCode = ok ? 0 : 1;
  } finally {
    await city.close();
  }
} finally {
  await end();
}
