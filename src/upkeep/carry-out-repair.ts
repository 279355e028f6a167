import { recordAudit } from '../auth/audit.js';
import { clockActor, workerActor } from '../domain/actor.js';
import { DomainError } from '../domain/errors.js';
import { localDay } from '../domain/local-day.js';
import { words } from '../domain/text.js';
import { freeEffect, giveUpEffect, moveDuty, noteOnly } from '../engine/act-for-others.js';
import { dueEvent } from '../engine/due-event.js';
import type { RepairAction } from '../../workflows/forms/repair-forms.js';
import { namesOf } from '../reads/staff.js';
import { arrangerOf } from './arranger.js';
import { startHolding } from './holdings.js';
import { tellPerson } from './tell.js';
import type { Trx, UpkeepParts } from './parts.js';

interface Confirmed {
  id: string;
  item: string;
  kind: string;
  case_id: string;
  action: RepairAction;
  target: string | null;
  reason: string;
  proposed_by: string;
  confirmed_by: string;
}

/**
 * Carries out what two watchers agreed on. Every act has a key that follows from the repair, so that one that was interrupted is gone on with and
 * nothing is done twice. What the procedure refuses is told, and kept with the repair.
 */
export async function carryOutRepair(parts: UpkeepParts, city: string, id: string): Promise<void> {
  const { database, clock, engine } = parts;
  const system = workerActor(city);
  const repair = (await database.asActor(system, (trx) => trx('repair').where({ city, id, done_at: null }).whereNotNull('confirmed_at').first())) as Confirmed | undefined;
  if (repair === undefined) return;
  const { by, proposer } = await database.asActor(system, async (trx) => ({
    by: await arrangerOf(trx, city, repair.confirmed_by), proposer: (await namesOf(trx, city, [repair.proposed_by])).get(repair.proposed_by) ?? '',
  }));
  const event = { reason: repair.reason, proposedBy: proposer, about: repair.item };
  const at = { caseId: repair.case_id, key: `repair:${id}` };
  const type = `repair.${repair.action}`;
  let refusal: DomainError | null = null;
  try {
    switch (repair.action) {
      case 'retry': case 'release': await engine.arrange(by, at, freeEffect(repair.item, type, event)); break;
      case 'giveUp': await engine.arrange(by, at, giveUpEffect(repair.item, type, event)); break;
      case 'fire': await engine.dispatch([clockActor(city)], dueTermOf(repair.item)); await engine.arrange(by, at, noteOnly(type, event)); break;
      case 'transfer': await engine.arrange(by, at, moveDuty(repair.item, await database.asActor(system, (trx) => postNamed(trx, city, repair.target!)), repair.reason)); break;
      case 'appoint': await appoint(parts, city, repair, proposer); await engine.arrange(by, at, noteOnly(type, event)); break;
      case 'rewrite': await engine.arrange(by, at, await engine.rewriteRows(city, event)); break;
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    refusal = error;
  }
  const now = clock.now();
  await database.asActor(system, async (trx) => {
    const done = await trx('repair').where({ city, id, done_at: null }).update({ done_at: now, refused_why: refusal?.sentence.zh ?? null });
    if (done > 0) await recordAudit(trx, { city, at: now, person: repair.confirmed_by, action: refusal === null ? 'repair.done' : 'repair.failed', subject: id, detail: refusal?.message ?? '' });
    if (repair.kind === 'broken') await trx('alarm').where({ city, kind: 'broken', item: repair.item, cleared_at: null }).update({ since: now });
  });
  if (refusal !== null) throw refusal;
}

function dueTermOf(item: string): ReturnType<typeof dueEvent> {
  const [caseId = '', term = '', entry] = item.split(':');
  return dueEvent({ case_id: caseId, term, entry: Number(entry), rung: null });
}

async function postNamed(trx: Trx, city: string, post: string): Promise<{ post: string; org: string; role: string; side: 'unit' | 'city'; name: string }> {
  const row = await trx('post as p').join('organisation_version as v', (on) => on.on('v.city', 'p.city').andOn('v.org', 'p.org').andOnNull('v.valid_to')).where({ 'p.city': city, 'p.id': post })
    .first('p.org', 'p.role', 'p.unit', 'p.name', 'v.short_name as orgName');
  return { post, org: row.org, role: row.role, side: row.unit === null ? 'city' : 'unit', name: `${row.orgName}${row.name}` };
}

/** From today on somebody holds the post a duty waits for. */
async function appoint({ database, clock }: UpkeepParts, city: string, repair: Confirmed, proposer: string): Promise<void> {
  const now = clock.now();
  await database.asActor(workerActor(city), async (trx) => {
    const duty = await trx('task').where({ city, id: repair.item }).first('org', 'role', 'post');
    const post = await trx('post').where({ city, org: duty.org, role: duty.role }).andWhere((q) => (duty.post === null ? q : q.where('id', duty.post))).orderBy('name').first('id', 'org', 'role', 'unit', 'name', 'name_en as english');
    const day = localDay(now);
    const holds = await trx('post_holding').where({ city, post: post.id, person: repair.target, standing: 'A' }).andWhere((q) => q.whereNull('valid_to').orWhere('valid_to', '>=', day)).first('post');
    if (holds !== undefined) return;
    await startHolding(trx, city, { post: post.id, person: repair.target! }, day, { by: repair.confirmed_by, why: repair.reason });
    await tellPerson(trx, city, { person: repair.target!, post }, { template: 'handOverToYou', params: { post: words(post.name, post.english), from: proposer, day } }, now);
  });
}

/** Repairs that were confirmed and not carried out: the worker goes on with them. Returns how many there were. */
export async function goOnWithRepairs(parts: UpkeepParts, city: string): Promise<number> {
  const open: string[] = await parts.database.asActor(workerActor(city), (trx) => trx('repair').where({ city, done_at: null }).whereNotNull('confirmed_at').pluck('id'));
  // What the procedure refuses is kept with the repair and is no failure of the worker.
  for (const id of open) await carryOutRepair(parts, city, id).catch((error: unknown) => { if (!(error instanceof DomainError)) throw error; });
  return open.length;
}
