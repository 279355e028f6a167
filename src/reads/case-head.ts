import type { Knex } from 'knex';
import { NotFound } from '../domain/errors.js';
import { words } from '../domain/text.js';
import { stageVisits, type CaseProgress } from './year-progress.js';

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

/**
 * Reads the head of a case.
 * @throws NotFound when it does not exist for this reader; the two are never told apart
 */
export async function caseHead(trx: Knex.Transaction, city: string, caseId: string): Promise<CaseHead> {
  const row = await trx('case_file as c')
    .leftJoin('filing_unit as u', (on) => on.on('u.city', 'c.city').andOn('u.year', 'c.year').andOn('u.id', 'c.unit'))
    .where({ 'c.city': city, 'c.id': caseId })
    .first('c.*', 'u.name as unit_name', 'u.kind as unit_kind');
  if (row === undefined) throw noSuchCase(caseId);
  const terms = await trx('term').where({ city, case_id: caseId }).whereIn('status', ['armed', 'paused', 'fired']).orderBy('due_at')
    .select('term', 'status', 'due_at as dueAt', 'budget_workdays as budget', 'used_workdays as used', 'provisional');
  return {
    caseId, unit: row.unit, workflow: row.workflow, caseNumber: row.case_number, title: row.title, chartVersion: row.chart_version, pack: row.pack,
    packHash: row.pack_hash, stage: row.stage, completeness: row.completeness, released: row.released, final: row.final, outcome: row.outcome,
    openedAt: row.opened_at, movedAt: row.moved_at, closedAt: row.closed_at, year: row.year, side: row.side, unitName: row.unit_name ?? '',
    unitKind: row.unit_kind ?? 'district', version: row.version, headHash: row.head_hash,
    stages: (await stageVisits(trx, city, [caseId])).get(caseId) ?? [], terms, related: await relatedCases(trx, city, caseId),
  };
}

async function relatedCases(trx: Knex.Transaction, city: string, caseId: string): Promise<CaseHead['related']> {
  const links = await trx('case_link').where({ city }).andWhere((any) => any.where({ parent: caseId }).orWhere({ child: caseId })).select('parent', 'child');
  const others = new Map(links.map((link) => (link.parent === caseId ? [link.child, 'child' as const] : [link.parent, 'parent' as const])));
  const rows = await trx('case_file').where({ city }).whereIn('id', [...others.keys()]).orderBy('opened_at').select('id', 'workflow', 'title');
  return rows.map((row) => ({ caseId: row.id, workflow: row.workflow, title: row.title, relation: others.get(row.id)! }));
}

/** The refusal for a case that is not there, or not for this reader. */
export function noSuchCase(caseId: string): NotFound {
  return new NotFound('no-such-case', words('没有这个案卷。', 'There is no such case.'), `case ${caseId}`);
}
