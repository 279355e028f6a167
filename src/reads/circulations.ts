import type { Knex } from 'knex';

/** A post a case was circulated to (抄送), with its receipt. */
export interface Circulation {
  id: string;
  post: string;
  postName: string;
  orgName: string;
  note: string;
  senderName: string;
  sentAt: Date;
  readerName: string | null;
  readAt: Date | null;
}

/** Whom a case was circulated to, latest first; only the reader's own side. */
export async function circulationsOf(trx: Knex.Transaction, city: string, caseId: string): Promise<Circulation[]> {
  return trx('circulation as c')
    .join('post as p', (on) => on.on('p.city', 'c.city').andOn('p.id', 'c.post'))
    .leftJoin('organisation_version as v', (on) => on.on('v.city', 'c.city').andOn('v.org', 'c.org').andOnNull('v.valid_to'))
    .leftJoin('person as s', (on) => on.on('s.city', 'c.city').andOn('s.id', 'c.sent_by'))
    .leftJoin('person as r', (on) => on.on('r.city', 'c.city').andOn('r.id', 'c.read_by'))
    .where({ 'c.city': city, 'c.case_id': caseId }).orderBy([{ column: 'c.sent_at', order: 'desc' }, 'c.id'])
    .select('c.id', 'c.post', 'p.name as postName', 'v.short_name as orgName', 'c.note', 's.name as senderName', 'c.sent_at as sentAt', 'r.name as readerName', 'c.read_at as readAt');
}
