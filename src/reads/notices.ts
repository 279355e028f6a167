import type { Knex } from 'knex';
import type { Actor } from '../domain/actor.js';

/** A notice to one of the reader's posts, or to the reader alone and about no case. */
export interface Notice {
  id: string;
  caseId: string | null;
  caseNumber: string | null;
  title: string | null;
  template: string;
  params: Record<string, unknown>;
  at: Date;
  read: boolean;
}

const MOST = 100;

/** The notices to these posts, latest first. */
export async function noticesFor(trx: Knex.Transaction, actors: readonly Actor[]): Promise<Notice[]> {
  if (actors.length === 0) return [];
  const { city, person } = actors[0]!;
  return trx('notice as n')
    .leftJoin('case_file as c', (on) => on.on('c.city', 'n.city').andOn('c.id', 'n.case_id'))
    .leftJoin('notice_read as r', (on) => on.on('r.city', 'n.city').andOn('r.notice', 'n.id').andOn(trx.raw('r.person = ?', [person])))
    .where({ 'n.city': city })
    .andWhere((any) => {
      any.where('n.person', person);
      for (const actor of actors) any.orWhere({ 'n.org': actor.org, 'n.role': actor.role, 'n.person': null });
    })
    .orderBy('n.at', 'desc').limit(MOST)
    .select('n.id', 'n.case_id as caseId', 'c.case_number as caseNumber', 'c.title', 'n.template', 'n.params', 'n.at', trx.raw('r.at is not null as read'));
}
