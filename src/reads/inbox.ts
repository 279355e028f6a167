import type { Knex } from 'knex';
import type { Actor } from '../domain/actor.js';

/** An open duty of one of the reader's posts. */
export interface InboxItem {
  taskId: string;
  caseId: string;
  caseNumber: string;
  title: string;
  workflow: string;
  chartVersion: number;
  pack: string;
  unit: string;
  state: string;
  kind: 'duty' | 'compare';
  subject: Record<string, unknown> | null;
  dueAt: Date | null;
  openedAt: Date;
  signedForAt: Date | null;
}

const COLUMNS = [
  't.id as taskId', 't.case_id as caseId', 'c.case_number as caseNumber', 'c.title', 'c.workflow', 'c.chart_version as chartVersion', 'c.pack', 't.unit',
  't.state', 't.kind', 't.subject', 't.due_at as dueAt', 't.opened_at as openedAt', 't.signed_for_at as signedForAt',
];

const tasks = (trx: Knex.Transaction) => trx('task as t').join('case_file as c', (on) => on.on('c.city', 't.city').andOn('c.id', 't.case_id'));

/** What waits for these posts, nearest deadline first; a duty without a term comes last. */
export async function inboxOf(trx: Knex.Transaction, actors: readonly Actor[]): Promise<InboxItem[]> {
  if (actors.length === 0) return [];
  return tasks(trx)
    .where({ 't.city': actors[0]!.city, 't.status': 'open' })
    .andWhere((any) => {
      for (const actor of actors) {
        any.orWhere((one) => one.where({ 't.org': actor.org, 't.role': actor.role })
          .andWhere((post) => post.whereNull('t.post').orWhere('t.post', actor.post)));
      }
    })
    .orderByRaw('t.due_at nulls last, t.opened_at, t.id')
    .select(COLUMNS);
}

/** A duty this person has carried out; what others closed is not listed. */
export interface DoneItem {
  caseId: string;
  caseNumber: string;
  title: string;
  workflow: string;
  chartVersion: number;
  pack: string;
  state: string;
  command: string;
  closedAt: Date;
}

/** What a person has done, latest first. */
export async function doneBy(trx: Knex.Transaction, city: string, person: string, limit: number): Promise<DoneItem[]> {
  return tasks(trx)
    .where({ 't.city': city, 't.closed_by': person, 't.status': 'done' })
    .orderBy('t.closed_at', 'desc')
    .limit(limit)
    .select('t.case_id as caseId', 'c.case_number as caseNumber', 'c.title', 'c.workflow', 'c.chart_version as chartVersion', 'c.pack', 't.state',
      't.closed_command as command', 't.closed_at as closedAt');
}
