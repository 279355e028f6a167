import type { Knex } from 'knex';
import { workerActor } from '../domain/actor.js';
import type { WorkCalendar } from '../domain/calendar.js';
import { localDay } from '../domain/local-day.js';
import type { Clock } from '../clock.js';
import type { Database } from '../database.js';
import type { Effect, OutboxRow } from '../engine/worker.js';
import type { EffectParams } from '../../workflows/vocabulary.js';
import { carriersOf, type Receiver } from './carriers.js';
import { idFrom } from './deterministic-id.js';

interface Parts {
  database: Database;
  clock: Clock;
  calendarOf(city: string): Promise<WorkCalendar>;
}

/** Leaves a notice for the posts concerned; the same outbox row leaves it once. Nobody reminds a government: receivers are offices. */
export const notify = (parts: Parts): Effect => async (row) => {
  const { template, to } = row.params as unknown as EffectParams['notify'];
  const calendar = await parts.calendarOf(row.city);
  await parts.database.asActor(workerActor(row.city), async (trx) => {
    const { snapshot } = await trx('case_snapshot').where({ city: row.city, id: row.caseId }).first('snapshot');
    const context = JSON.parse(snapshot).snapshot.context as Context;
    const due = await termOf(trx, row, calendar);
    const receivers = typeof to === 'object' ? [to] : to === 'carriers' ? (due === null ? [] : await carriersOf(trx, { city: row.city, caseId: row.caseId, term: due.term })) : receiversOf(to, context);
    const params = JSON.stringify({ unit: context.unitName, caseNumber: context.caseNumber, ...due?.params });
    const notices = receivers.map((r) => ({
      city: row.city, id: idFrom(`${row.key}:${r.org}:${r.role}`), year: row.year, unit: row.unit, side: r.side, case_id: row.caseId, org: r.org, role: r.role,
      template, params, at: parts.clock.now(),
    }));
    if (notices.length > 0) await trx('notice').insert(notices).onConflict(['city', 'id']).ignore();
  });
};

interface Context {
  unitName: string;
  caseNumber: string;
  orgs: Record<string, string>;
  cosigners?: { org: string; answer: string }[];
  members?: { org: string; role: string }[];
  signers?: (Receiver & { answer: string })[];
  participants?: (Receiver & { answer: string })[];
  proposers?: Receiver[];
}

/**
 * The term a notice of the clock is about: its last day, and for a reminder how many days before it comes and whether it comes on the last
 * working day. Null for every other step.
 */
async function termOf(trx: Knex.Transaction, row: OutboxRow, calendar: WorkCalendar): Promise<{ term: string; params: Record<string, unknown> } | null> {
  const seq = Number(row.key.split(':')[1]);
  const where = { city: row.city, year: row.year, case_id: row.caseId };
  const [, term] = /^term\.(.+)\.(?:due|remind)$/.exec((await trx('journal').where({ ...where, seq }).first('command'))?.command ?? '') ?? [];
  if (term === undefined) return null;
  const { body } = await trx('journal_payload').where({ ...where, seq }).first('body');
  const { rung, at } = JSON.parse(body) as { rung: number | null; at: string };
  const kept = await trx('term').where({ city: row.city, case_id: row.caseId, term }).first('due_at');
  const due = kept?.due_at ? localDay(new Date(kept.due_at.getTime() - 1)) : null;
  if (rung === null || due === null) return { term, params: { due } };
  return { term, params: { due, daysLeft: rung, lastWorkday: calendar.lastWorkdayOnOrBefore(due).day === localDay(new Date(at)) } };
}

function receiversOf(to: Exclude<Extract<EffectParams['notify']['to'], string>, 'carriers'>, context: Context): Receiver[] {
  const at = (key: string, role: string, side: 'unit' | 'city'): Receiver[] => [{ org: context.orgs[key]!, role, side }];
  switch (to) {
    case 'clerk': return at('hrss', 'unit.clerk', 'unit');
    case 'head': return at('hrss', 'unit.head', 'unit');
    case 'consent': return at('consent', 'consent.officer', 'unit');
    case 'office': return at('office', 'office.clerk', 'city');
    case 'registrar': return at('office', 'office.registrar', 'city');
    case 'director': return at('office', 'office.director', 'city');
    case 'leaders': return at('leaders', 'leader', 'city');
    case 'cosigners': return (context.cosigners ?? []).filter((c) => c.answer === 'pending' || c.answer === 'overdue').map((c) => ({ org: c.org, role: 'cosign.officer', side: 'unit' }));
    case 'signers': return (context.signers ?? []).filter((s) => s.answer === 'pending').map(({ org, role, side }) => ({ org, role, side }));
    case 'members': return membersOf(context.members ?? []);
    case 'participants': return each(context.participants ?? []);
    case 'asked': return each((context.participants ?? []).filter((p) => p.answer === 'pending'));
    case 'proposer': return each(context.proposers ?? []);
  }
}

/** Organisation and role of each post, once. */
const each = (posts: readonly Receiver[]): Receiver[] => [...new Map(posts.map(({ org, role, side }) => [`${org} ${role}`, { org, role, side }])).values()];

/** The posts of a team, inspectors or members of an acceptance, each organisation once. */
const membersOf = (members: readonly { org: string; role: string }[]): Receiver[] => each(members.map(({ org, role }) => ({ org, role, side: 'city' })));
