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
  kind: 'duty' | 'compare' | 'opinion';
  subject: Record<string, unknown> | null;
  commands: string[];
  dueAt: Date | null;
  openedAt: Date;
  signedForAt: Date | null;
}

const COLUMNS = [
  't.id as taskId', 't.case_id as caseId', 'c.case_number as caseNumber', 'c.title', 'c.workflow', 'c.chart_version as chartVersion', 'c.pack', 't.unit',
  't.state', 't.kind', 't.subject', 't.commands', 't.due_at as dueAt', 't.opened_at as openedAt', 't.signed_for_at as signedForAt',
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
          .andWhere((post) => post.whereNull('t.post').orWhere('t.post', actor.post))
          // What one holder of a post has claimed no longer waits for the others.
          .andWhere((who) => who.whereNull('t.person').orWhereIn('t.person', [actor.person, actor.actingFor?.person ?? null].filter((id) => id !== null))));
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

const doneTasks = (trx: Knex.Transaction, city: string, person: string) => tasks(trx).where({ 't.city': city, 't.closed_by': person, 't.status': 'done' });

/** How many duties a person has carried out. */
export async function countDoneBy(trx: Knex.Transaction, city: string, person: string): Promise<number> {
  return Number((await doneTasks(trx, city, person).count<{ count: bigint }[]>('* as count'))[0]!.count);
}

/** What a person has done, latest first. */
export async function doneBy(trx: Knex.Transaction, city: string, person: string, limit: number, offset = 0): Promise<DoneItem[]> {
  return doneTasks(trx, city, person)
    .orderBy([{ column: 't.closed_at', order: 'desc' }, { column: 't.id', order: 'desc' }])
    .limit(limit).offset(offset)
    .select('t.case_id as caseId', 'c.case_number as caseNumber', 'c.title', 'c.workflow', 'c.chart_version as chartVersion', 'c.pack', 't.state',
      't.closed_command as command', 't.closed_at as closedAt');
}

/** A case this person set going: opened, sent in or applied for. */
export interface StartedItem {
  caseId: string;
  caseNumber: string;
  title: string;
  workflow: string;
  chartVersion: number;
  pack: string;
  stage: string;
  final: boolean;
  startedAt: Date;
  movedAt: Date;
}

const STARTING = ['case.opened', 'submit', 'apply'];

/** The cases of a year a person set going (我发起), the latest moved first. */
export async function startedBy(trx: Knex.Transaction, city: string, year: number, person: string): Promise<StartedItem[]> {
  return trx('case_file as c')
    .join(
      trx('journal').where({ city, year, person }).whereIn('command', STARTING).groupBy('case_id').select('case_id').min('at as started_at').as('j'), 'j.case_id', 'c.id',
    )
    .where({ 'c.city': city, 'c.year': year }).orderBy([{ column: 'c.moved_at', order: 'desc' }, { column: 'c.id', order: 'desc' }])
    .select('c.id as caseId', 'c.case_number as caseNumber', 'c.title', 'c.workflow', 'c.chart_version as chartVersion', 'c.pack', 'c.stage', 'c.final',
      'j.started_at as startedAt', 'c.moved_at as movedAt');
}
