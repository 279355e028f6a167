import type { Knex } from 'knex';

/** A decision made on paper and registered here (线下办理). It moves the case only after a second person has compared it. */
export interface PaperAct {
  id: string;
  caseId: string;
  caseNumber: string;
  title: string;
  unitName: string | null;
  workflow: string;
  /** The duty it decides; where a right is exercised, the comparison itself. */
  taskId: string;
  command: string;
  fields: Record<string, unknown>;
  signatoryName: string;
  signatoryPost: string;
  wording: string;
  kind: 'agree' | 'disagree' | 'instruct' | 'circled' | 'read';
  paperDate: string;
  scan: string | null;
  scanName: string | null;
  scanType: string | null;
  scanIsolated: boolean;
  keptAt: string;
  registrar: string;
  registrarName: string;
  registeredAt: Date;
  comparerName: string | null;
  comparedAt: Date | null;
  mismatches: { field: string; seen: string }[] | null;
  status: 'registered' | 'compared' | 'sent-back' | 'cancelled';
  /** The open task to compare it, if any. */
  compareTask: string | null;
}

const acts = (trx: Knex.Transaction) =>
  trx('paper_act as a')
    .join('case_file as c', (on) => on.on('c.city', 'a.city').andOn('c.id', 'a.case_id'))
    .leftJoin('filing_unit as u', (on) => on.on('u.city', 'a.city').andOn('u.year', 'a.year').andOn('u.id', 'a.unit'))
    .leftJoin('person as r', (on) => on.on('r.city', 'a.city').andOn('r.id', 'a.registered_by'))
    .leftJoin('person as k', (on) => on.on('k.city', 'a.city').andOn('k.id', 'a.compared_by'))
    .leftJoin('attachment as s', (on) => on.on('s.city', 'a.city').andOn('s.id', 'a.scan'))
    .leftJoin('task as t', (on) => on.on('t.city', 'a.city').andOn('t.case_id', 'a.case_id')
      .andOn(trx.raw(`t.status = 'open' and t.kind = 'compare' and t.subject->>'paperId' = a.id::text`)))
    .select('a.id', 'a.case_id as caseId', 'c.case_number as caseNumber', 'c.title', 'u.name as unitName', 'c.workflow', 'a.task_id as taskId', 'a.command', 'a.fields', 'a.signatory_name as signatoryName',
      'a.signatory_post as signatoryPost', 'a.wording', 'a.kind', 'a.paper_date as paperDate', 'a.scan', 's.name as scanName', 's.media_type as scanType', trx.raw('s.isolated_at is not null as "scanIsolated"'),
      'a.kept_at as keptAt', 'a.registered_by as registrar', 'r.name as registrarName', 'a.registered_at as registeredAt', 'k.name as comparerName',
      'a.compared_at as comparedAt', 'a.mismatches', 'a.status', 't.id as compareTask');

/** The paper acts of a year this reader may see, latest first. */
export async function paperActs(trx: Knex.Transaction, city: string, year: number): Promise<PaperAct[]> {
  return acts(trx).where({ 'a.city': city, 'a.year': year }).orderBy('a.registered_at', 'desc');
}

/** One paper act; undefined when it is not there for this reader. */
export async function paperActById(trx: Knex.Transaction, city: string, id: string): Promise<PaperAct | undefined> {
  return acts(trx).where({ 'a.city': city, 'a.id': id }).first();
}
