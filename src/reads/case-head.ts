import type { Knex } from 'knex';
import { NotFound } from '../domain/errors.js';
import { words } from '../domain/text.js';
import type { CaseProgress } from './year-progress.js';

/** The head of a case: what anybody who may see that it exists may read. */
export interface CaseHead extends CaseProgress {
  year: number;
  side: 'unit' | 'city';
  unitName: string;
  unitKind: 'district' | 'zone';
  version: number;
  packHash: string;
  headHash: string;
  closedAt: Date | null;
  /** Terms the reader's side is held to. */
  terms: { term: string; status: string; dueAt: Date | null; budget: number | null; used: number; provisional: boolean }[];
  related: { caseId: string; workflow: string; title: string; relation: 'parent' | 'child' }[];
}

/** One statement: a page waits for one answer instead of five. */
const HEAD = `
  select c.*, coalesce(u.name, v.short_name) as unit_name, u.kind as unit_kind,
    (select coalesce(json_agg(json_build_object('term', t.term, 'status', t.status, 'dueAt', t.due_at, 'budget', t.budget_workdays, 'used', t.used_workdays,
              'provisional', t.provisional) order by t.due_at), '[]')
       from term t where t.city = c.city and t.case_id = c.id and t.status in ('armed', 'paused', 'fired')) as terms,
    (select coalesce(json_agg(json_build_object('stage', s.stage, 'seq', s.seq, 'enteredAt', s.entered_at, 'leftAt', s.left_at) order by s.seq), '[]')
       from case_stage s where s.city = c.city and s.case_id = c.id) as stages,
    (select coalesce(json_agg(json_build_object('caseId', o.id, 'workflow', o.workflow, 'title', o.title, 'relation', l.relation) order by o.opened_at), '[]')
       from (select child as other, 'child' as relation from case_link where city = c.city and parent = c.id
             union select parent, 'parent' from case_link where city = c.city and child = c.id) l
       join case_file o on o.city = c.city and o.id = l.other) as related
  from case_file c left join filing_unit u on u.city = c.city and u.year = c.year and u.id = c.unit
    -- A case of the city's own office is no filing unit's.
    left join organisation_version v on v.city = c.city and v.org = c.unit and v.valid_to is null
  where c.city = ? and c.id = ?`;

/** Instants inside JSON come as text. */
const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

/**
 * Reads the head of a case.
 * @throws NotFound when it does not exist for this reader; the two are never told apart
 */
export async function caseHead(trx: Knex.Transaction, city: string, caseId: string): Promise<CaseHead> {
  const { rows: [row] } = await trx.raw(HEAD, [city, caseId]);
  if (row === undefined) throw noSuchCase(caseId);
  return {
    caseId, unit: row.unit, workflow: row.workflow, caseNumber: row.case_number, title: row.title, chartVersion: row.chart_version, pack: row.pack,
    packHash: row.pack_hash, stage: row.stage, completeness: row.completeness, released: row.released, final: row.final, outcome: row.outcome,
    openedAt: row.opened_at, movedAt: row.moved_at, closedAt: row.closed_at, year: row.year, side: row.side, unitName: row.unit_name ?? '',
    unitKind: row.unit_kind ?? 'district', version: row.version, headHash: row.head_hash, related: row.related,
    stages: row.stages.map((one: { enteredAt: string; leftAt: string | null }) => ({ ...one, enteredAt: instant(one.enteredAt), leftAt: instant(one.leftAt) })),
    terms: row.terms.map((one: { dueAt: string | null }) => ({ ...one, dueAt: instant(one.dueAt) })),
  };
}

/** Whether this reader may know of a case at all. @throws NotFound */
export async function caseKnown(trx: Knex.Transaction, city: string, caseId: string): Promise<void> {
  if ((await trx('case_file').where({ city, id: caseId }).first('id')) === undefined) throw noSuchCase(caseId);
}

/** The refusal for a case that is not there, or not for this reader. */
export function noSuchCase(caseId: string): NotFound {
  return new NotFound('no-such-case', words('没有这个案卷。', 'There is no such case.'), `case ${caseId}`);
}
