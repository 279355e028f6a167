import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { currentVersion, machineFor } from '../../workflows/registry.js';
import { policyPack } from '../../workflows/policies/pack-registry.js';
import { commandForms } from '../../workflows/forms/commands.js';
import { calendars } from '../../src/calendars.js';
import { openDatabase } from '../../src/database.js';
import { workerActor } from '../../src/domain/actor.js';
import { endOfLocal } from '../../src/domain/local-day.js';
import { createEngine } from '../../src/engine/create-engine.js';
import { statutoryDates } from '../../src/engine/pack-terms.js';
import { caseInputOf, type KnownOfUnit } from '../../src/register/case-input.js';
import type { MadeDatabase } from './cluster.js';
import { CITY, type Installation } from './installation.js';

/** A year without a register of its own: nothing else happens in it. */
const YEAR = 2030;
const OPENED = new Date('2030-08-17T01:00:00Z');
const WRITERS = 12;
const LEAD_MS = 2000;
const POLL_MS = 100;
const PATIENCE_MS = 400_000;

/** The instant at which every plan of the year is due. */
const midnight = endOfLocal('2030-09-30');

/**
 * Opens that many plans through the engine's own first step and door, each with its statutory term. What the register knows of a unit is composed
 * here once instead of being asked for each case, and reminders are silenced: they would fire weeks before.
 */
export async function breedHerd(of: MadeDatabase, size: number): Promise<void> {
  const admin = new pg.Client({ connectionString: of.adminUrl });
  await admin.connect();
  const { rows: units } = await admin.query(
    `insert into filing_unit select city, gen_random_uuid(), ${YEAR}, n, '示例' || n, 'H' || lpad(n::text, 6, '0'), kind, null, hrss_org, consent_org, consent_kind, population, population_source, true, 0
       from (select *, row_number() over () as r, count(*) over () as all_units from filing_unit where year = 2026) u, generate_series(1, $1::int) n where u.r = n % u.all_units + 1
     returning id, code, name, kind, hrss_org, consent_org`, [size]);
  const { rows: offices } = await admin.query('select id, kind from organisation where kind in (\'office\', \'leaders\')');
  const org = (kind: string): string => offices.find((one) => one.kind === kind)!.id;
  const { pack } = policyPack('jinan-2011-61');
  const known = (unit: KnownOfUnit['unit']): KnownOfUnit => ({
    unit, orgs: { office: org('office'), leaders: org('leaders') }, packId: 'jinan-2011-61', pack, dates: statutoryDates(pack, YEAR), earlier: 0, onRecord: null, chartVersion: null,
  });
  const byId = new Map<string, KnownOfUnit['unit']>(units.map((one) => [one.id, one]));
  const database = openDatabase(of);
  try {
    const engine = createEngine({
      database, clock: { now: () => OPENED }, calendarOf: calendars(database), packOf: policyPack, machineFor: (w, v, p) => machineFor(w, v, policyPack(p)), currentVersion, forms: commandForms,
      preparers: {}, caseInput: async (_trx, request) => caseInputOf(request, known(byId.get(request.unit)!)), wake: () => undefined,
    });
    const waiting = [...units];
    await Promise.all(Array.from({ length: WRITERS }, async () => {
      for (let unit = waiting.pop(); unit !== undefined; unit = waiting.pop()) await engine.open(workerActor(CITY), 'plan', { unit: unit.id, year: YEAR, key: `herd:${unit.id}` });
    }));
  } finally {
    await database.close();
  }
  // Everything else of the demonstration is silent in this database, so that what is counted is the herd.
  await admin.query('update term set next_rung = null, next_reminder_at = null');
  await admin.query(`delete from outbox`);
  await admin.query('vacuum analyze');
  await admin.end();
}

export interface HerdResult {
  events: number;
  seconds: number;
  perSecond: number;
  lost: number;
  doubled: number;
  /** Notices the herd has asked for and which are still to be written when the last of it has fired: terms go first. */
  effectsLeft: number;
  requests: number;
  p50ms: number;
  p99ms: number;
  slowestMs: number;
  unanswered: number;
}

/** Sets the clock of a stopped installation to shortly before midnight: what starts afterwards lives through it. */
export async function beforeMidnight(of: MadeDatabase): Promise<void> {
  const admin = new pg.Client({ connectionString: of.adminUrl });
  await admin.connect();
  await admin.query(`update installation set clock_offset_ms = extract(epoch from ($1::timestamptz - now())) * 1000`, [new Date(midnight.getTime() - 3_600_000)]);
  await admin.end();
}

/** Lets midnight come, asks for pages meanwhile as people do, and counts. */
export async function stampede(on: Installation, token: string): Promise<HerdResult> {
  await on.rows(`update installation set clock_offset_ms = extract(epoch from ($1::timestamptz - now())) * 1000`, [new Date(midnight.getTime() - LEAD_MS)]);
  await pause(LEAD_MS);
  const began = performance.now();
  const times: number[] = [];
  let unanswered = 0;
  let over = false;
  const asking = Promise.all(['/inbox', '/figures?year=2026', '/units?year=2026', '/inbox'].map(async (path) => {
    while (!over) {
      const asked = performance.now();
      const answer = await fetch(`${on.front.address}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(60_000) }).then((r) => r.arrayBuffer().then(() => r.status), () => 0);
      if (answer === 200) times.push(performance.now() - asked);
      else unanswered += 1;
      await pause(100);
    }
  }));
  const armed = async (): Promise<number> => (await on.rows<{ count: number }>(`select count(*)::int from term where year = ${YEAR} and status = 'armed' and due_at <= $1`, [midnight]))[0]!.count;
  let left = await armed();
  while (left > 0 && performance.now() - began < PATIENCE_MS) {
    await pause(POLL_MS);
    left = await armed();
  }
  const seconds = (performance.now() - began) / 1000;
  over = true;
  await asking;
  const [count] = await on.rows<{ events: number; cases: number; herd: number }>(
    `select count(*)::int as events, count(distinct case_id)::int as cases, (select count(*)::int from case_file where year = ${YEAR} and workflow = 'plan') as herd
       from journal where year = ${YEAR} and command = 'term.plan.filing.due'`);
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return {
    events: count!.events, seconds: Math.round(seconds * 10) / 10, perSecond: Math.round(count!.events / seconds), lost: count!.herd - count!.cases, doubled: count!.events - count!.cases,
    effectsLeft: await outboxOf(on), requests: times.length, p50ms: at(0.5), p99ms: at(0.99), slowestMs: at(1), unanswered,
  };
}

const outboxOf = async (on: Installation): Promise<number> => (await on.rows<{ count: number }>('select count(*)::int from outbox'))[0]!.count;
