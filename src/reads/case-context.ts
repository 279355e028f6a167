import type { Knex } from 'knex';

/**
 * The chart's context of a case, for forms that ask about what is in it (remarks to answer, sites to visit, findings to verify). Null where
 * the reader may not see it: the city knows nothing of a case a unit has not released.
 */
export async function caseContext(trx: Knex.Transaction, city: string, caseId: string): Promise<Record<string, unknown> | null> {
  const row = await trx('case_snapshot').where({ city, id: caseId }).first('snapshot');
  if (row === undefined) return null;
  return (JSON.parse(row.snapshot) as { snapshot: { context: Record<string, unknown> } }).snapshot.context;
}

/** An open task of a case the reader's side can see. */
export interface OpenDuty {
  id: string;
  key: string;
  kind: 'duty' | 'compare' | 'opinion';
  state: string;
  role: string;
  orgName: string | null;
  /** Who has claimed it, else who holds the post today (A 角); null where nobody does, or where several posts carry the duty. */
  holder: string | null;
  subject: Record<string, unknown> | null;
  dueAt: Date | null;
  openedAt: Date;
  signedForAt: Date | null;
}

const HOLDER = `coalesce((select name from person c where c.city = t.city and c.id = t.person), (select case when count(distinct who.name) = 1 then min(who.name) end
  from post p join post_holding h on h.city = p.city and h.post = p.id and h.standing = 'A' and h.valid_to is null join person who on who.city = h.city and who.id = h.person
 where p.city = t.city and p.org = t.org and p.role = t.role and (t.post is null or p.id = t.post))) as holder`;

/** Who is waited for: the open tasks of a case, nearest deadline first. */
export async function openDuties(trx: Knex.Transaction, city: string, caseId: string): Promise<OpenDuty[]> {
  return trx('task as t')
    .leftJoin('organisation_version as v', (on) => on.on('v.city', 't.city').andOn('v.org', 't.org').andOnNull('v.valid_to'))
    .where({ 't.city': city, 't.case_id': caseId, 't.status': 'open' })
    .orderByRaw('t.due_at nulls last, t.opened_at, t.id')
    .select('t.id', 't.key', 't.kind', 't.state', 't.role', 'v.short_name as orgName', trx.raw(HOLDER), 't.subject', 't.due_at as dueAt', 't.opened_at as openedAt',
      't.signed_for_at as signedForAt');
}
