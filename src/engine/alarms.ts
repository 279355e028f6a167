import type { Knex } from 'knex';
import { workerActor, type Actor } from '../domain/actor.js';
import { Forbidden } from '../domain/errors.js';
import { localDay } from '../domain/local-day.js';
import { words, type Words } from '../domain/text.js';
import { allStages } from './case-step.js';
import type { EngineParts } from './engine.js';
import { openTitle } from './open-title.js';

export const alarmKinds = ['ownerless', 'parked', 'stuck', 'timer', 'broken'] as const;
export type AlarmKind = (typeof alarmKinds)[number];

/**
 * Something that will not go on by itself: a duty nobody can carry, an effect that was given up or is not taken up, a timer that does not fire, a
 * case whose rows do not agree.
 */
export interface Alarm {
  kind: AlarmKind;
  /** The task, effect, term or case it is about; with the kind it names the alarm. */
  item: string;
  caseId: string;
  caseNumber: string;
  title: string;
  /** The stage, effect or term it is about. */
  about: string;
  /** The chart `about` is named in. */
  chart: { workflow: string; chartVersion: number; pack: string };
  /** Role and organisation without a holder; what the effect failed with; what does not agree. */
  detail: Words;
  since: Date;
}

const WATCHERS = ['admin', 'auditor', 'office.director'];
/** Governments and leaders may decide on paper alone: they need no account, and a registrar brings their decision in. */
const DECIDE_ON_PAPER = ['consent.officer', 'leader'];
/** How long the worker may be behind before it is taken to stand still. With one look a minute, or in two under load, an alarm is raised within five. */
const GRACE_MINUTES = 2;

/** Which of these actors watches over a city. @throws Forbidden to others than administrator, auditor and director */
export function watcherOf(actors: readonly Actor[]): Actor {
  const watcher = actors.find((one) => WATCHERS.includes(one.role));
  if (watcher === undefined) throw new Forbidden('not-a-watcher', words('运行情况由管理员、审计和办公室主任查看。', 'The state of the system is for administrator, auditor and director.'));
  return watcher;
}

/**
 * Everything of a city that stands still now, oldest first. Read under the system's hand: a district's stalled case is named to the office before
 * it was ever sent, with its number and stage, never its content. Cases whose rows do not agree are found by the sweep.
 */
export async function standstill(parts: EngineParts, city: string): Promise<Alarm[]> {
  const now = parts.clock.now();
  const late = new Date(now.getTime() - GRACE_MINUTES * 60_000);
  return parts.database.asActor(workerActor(city), async (trx) => {
    const found = [...(await ownerless(parts, trx, city, now)), ...(await effects(trx, city, late)), ...(await timers(trx, city, late))];
    return found.sort((a, b) => a.since.getTime() - b.since.getTime());
  });
}

const columns = (trx: Knex.Transaction) => ['c.id as caseId', 'c.case_number as caseNumber', openTitle(trx), 'c.workflow', 'c.chart_version as version', 'c.pack'];

interface CaseRow {
  caseId: string;
  caseNumber: string;
  title: string;
  workflow: string;
  version: number;
  pack: string;
}

const caseOf = ({ caseId, caseNumber, title, workflow, version, pack }: CaseRow) => ({ caseId, caseNumber, title, chart: { workflow, chartVersion: version, pack } });
const same = (text: string): Words => words(text, text);

/** Open duties whose post nobody holds today. */
async function ownerless(parts: EngineParts, trx: Knex.Transaction, city: string, now: Date): Promise<Alarm[]> {
  const day = localDay(now);
  const rows = await trx('task as t').join('case_file as c', (on) => on.on('c.city', 't.city').andOn('c.id', 't.case_id'))
    .leftJoin('organisation_version as v', (on) => on.on('v.city', 't.city').andOn('v.org', 't.org').andOnNull('v.valid_to'))
    .where({ 't.city': city, 't.status': 'open' })
    .whereNotExists(trx('post as p').join('post_holding as h', (on) => on.on('h.city', 'p.city').andOn('h.post', 'p.id'))
      .whereRaw('p.city = t.city and p.org = t.org and p.role = t.role and (t.post is null or p.id = t.post)')
      .whereRaw('h.valid_from <= ? and (h.valid_to is null or h.valid_to >= ?)', [day, day]).select(trx.raw('1')))
    .select(...columns(trx), 't.id as item', 't.state', 't.role', 'v.short_name as orgName', 't.opened_at as since', trx.raw(`(select json_build_object('zh', min(p.name), 'en', min(p.name_en)) from post p
        where p.city = t.city and p.org = t.org and p.role = t.role and (t.post is null or p.id = t.post)) as post`));
  return rows.filter((row) => !DECIDE_ON_PAPER.includes(row.role) || !allStages(parts.machineFor(row.workflow, row.version, row.pack)).find((stage) => stage.stage === row.state)?.paper)
    .map((row) => ({ ...caseOf(row), kind: 'ownerless', item: row.item, about: row.state, detail: words(`${row.orgName ?? ''} ${row.post.zh ?? row.role}`, row.post.en ?? row.role), since: row.since }));
}

/**
 * What was given up after its last attempt, and what nobody has taken up although it is due. The leases run on the database's own clock; one that
 * lies further ahead than any worker takes holds its row for nobody.
 */
async function effects(trx: Knex.Transaction, city: string, late: Date): Promise<Alarm[]> {
  const rows = await trx('outbox as o').join('case_file as c', (on) => on.on('c.city', 'o.city').andOn('c.id', 'o.case_id')).where({ 'o.city': city })
    .andWhere((any) => any.whereNotNull('o.parked_at').orWhere((due) => due.where('o.run_after', '<', late)
      .whereRaw(`(o.leased_until is null or o.leased_until < now() or o.leased_until > now() + make_interval(mins => ?))`, [GRACE_MINUTES])))
    .select(...columns(trx), 'o.id as item', 'o.effect', 'o.last_error as error', 'o.parked_at as parkedAt', 'o.run_after as runAfter');
  return rows.map((row) => ({
    ...caseOf(row), kind: row.parkedAt === null ? 'stuck' : 'parked', item: row.item, about: row.effect, detail: same(String(row.error ?? '').slice(0, 300)), since: row.parkedAt ?? row.runAfter,
  }));
}

async function timers(trx: Knex.Transaction, city: string, late: Date): Promise<Alarm[]> {
  const rows = await trx('term as t').join('case_file as c', (on) => on.on('c.city', 't.city').andOn('c.id', 't.case_id'))
    .where({ 't.city': city, 't.status': 'armed' }).where('t.due_at', '<', late).select(...columns(trx), 't.term', 't.entry', 't.due_at as since');
  return rows.map((row) => ({ ...caseOf(row), kind: 'timer', item: `${row.caseId}:${row.term}:${row.entry}`, about: row.term, detail: same(''), since: row.since }));
}
