import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playJourney, type JourneyResult } from '../../src/cli/journey.js';
import { openDatabase } from '../../src/database.js';
import { checkCases } from '../../src/engine/check-cases.js';
import { runningDatabase } from '../../src/cli/running-database.js';
import { workerActor } from '../../src/domain/actor.js';
import { policyPack } from '../../workflows/policies/pack-registry.js';
import { machineFor } from '../../workflows/registry.js';
import { checkoutRoot } from '../../src/runtime/checkout.js';

const CITY = '370100';
const SERVER_KILLED_AT = [45, 170];
const DATABASE_KILLED_AT = 100;
const BROWSER_KILLED_AT = [130, 230];

interface Looked {
  timeliness: Record<string, string>;
  numbers: Record<string, number[]>;
  outcomes: Record<string, string | null>;
  doubled: number;
  unfinished: number;
  parked: number;
  broken: number;
}

describe('a whole year over the API, with the server, its database and its browser killed on the way', () => {
  const out = mkdtempSync(join(tmpdir(), 'yanshou-journey-test-'));
  const lines: string[] = [];
  let result: JourneyResult;
  let looked: Looked;
  let killed = 0;

  beforeAll(async () => {
    const program = [process.execPath, '--import', join(checkoutRoot(), 'test/cluster/register-typescript.mjs'), join(checkoutRoot(), 'test/cluster/run-main.ts'), 'start'];
    result = await playJourney({
      server: program, out, print: (line) => lines.push(line), inspect: async ({ dataDir }) => { looked = await lookAt(dataDir); },
      beforeStep: ({ ordinal, pid, dataDir }) => {
        if (SERVER_KILLED_AT.includes(ordinal) && pid) process.kill(pid, 'SIGKILL');
        if (ordinal === DATABASE_KILLED_AT) process.kill(Number(readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
        if (BROWSER_KILLED_AT.includes(ordinal) && pid) killed += killBrowserOf(pid);
      },
    });
  }, 540_000);
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  it('plays all 13 units to the end and leaves a verified package of every case', () => {
    expect(result).toMatchObject({ units: 13, failed: 0 });
    expect(result.filed).toBe(readdirSync(join(out, 'packages')).length);
    expect(readdirSync(join(out, 'documents'))).toHaveLength(result.documents);
  });

  it('went on after every kill', () => {
    expect(lines.join('\n')).toMatch(/restarts 2/);
    expect(killed).toBeGreaterThan(0);
  });

  it('loses no step and doubles none: every case replays to its snapshot, tasks and chain', () => {
    expect(looked).toMatchObject({ broken: 0, doubled: 0, unfinished: 0, parked: 0 });
  });

  it('calls 23:50 of the last day on time, 00:00 of the next late, and a paper delivered in time but registered later on time', () => {
    expect(looked.timeliness).toMatchObject({ 天桥区: 'onTime', 历城区: 'late', 莱芜区: 'onTime', 商河县: 'onTime' });
  });

  it('numbers every series without a gap', () => {
    for (const [series, numbers] of Object.entries(looked.numbers)) expect([series, numbers]).toEqual([series, numbers.map((_, index) => index + 1)]);
  });

  it('refuses to file a plan its government has not agreed to', () => expect(lines.join('\n')).toMatch(/未经同意报送.*拒绝/));

  it('never passes a unit with an excluding circumstance, and passes one whose finding was put right', () => {
    expect(looked.outcomes).toMatchObject({ 济阳区: 'failed', 章丘区: 'passed' });
  });
});

/** Kills every browser the server has started; returns how many processes that were. */
function killBrowserOf(server: number): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      const parent = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[1]);
      return parent === server && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--remote-debugging-pipe');
    } catch {
      return false; // gone meanwhile
    }
  });
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  return pids.length;
}

async function lookAt(dataDir: string): Promise<Looked> {
  const database = openDatabase(await runningDatabase(dataDir));
  try {
    const machineOf = (workflow: string, version: number, pack: string) => machineFor(workflow, version, policyPack(pack));
    const { broken } = await checkCases({ database, packOf: policyPack, machineFor: machineOf } as never, [CITY], () => undefined);
    return await database.asActor(workerActor(CITY), async (trx) => {
      const stages = await trx('case_stage as s').join('case_file as c', 'c.id', 's.case_id').join('filing_unit as u', (on) => on.on('u.id', 'c.unit').andOn('u.year', 'c.year'))
        .where({ 'c.workflow': 'plan' }).whereIn('s.stage', ['onTime', 'late']).orderBy('s.seq').select('u.name', 's.stage');
      const allocations = await trx('number_allocation').orderBy(['issuer_code', 'number']).select('issuer_code', 'number');
      const outcomes = await trx('case_file as c').join('filing_unit as u', (on) => on.on('u.id', 'c.unit').andOn('u.year', 'c.year')).where({ 'c.workflow': 'acceptance' }).select('u.name', 'c.outcome');
      const documents = await trx('document').select('case_id', 'kind', 'facts_hash');
      return {
        timeliness: Object.fromEntries(stages.map((s) => [s.name, s.stage])),
        numbers: allocations.reduce<Record<string, number[]>>((all, a) => ({ ...all, [a.issuer_code]: [...(all[a.issuer_code] ?? []), a.number] }), {}),
        outcomes: Object.fromEntries(outcomes.map((o) => [o.name, o.outcome])),
        doubled: documents.length - new Set(documents.map((d) => `${d.case_id} ${d.kind} ${d.facts_hash}`)).size,
        unfinished: Number((await trx('case_file').where({ final: false }).count<{ count: bigint }[]>('* as count'))[0]!.count),
        parked: Number((await trx('outbox').whereNotNull('parked_at').count<{ count: bigint }[]>('* as count'))[0]!.count),
        broken,
      };
    });
  } finally {
    await database.close();
  }
}
