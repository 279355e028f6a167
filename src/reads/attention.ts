import type { Knex } from 'knex';

/** A plan or application that lies with the unit for correction. */
export interface RunningCorrection {
  caseId: string;
  title: string;
  workflow: string;
  pack: string;
  unitName: string;
  since: Date;
}

/** The corrections under way in a year, oldest first. What is corrected is not read here. */
export async function runningCorrections(trx: Knex.Transaction, city: string, year: number): Promise<RunningCorrection[]> {
  return trx('case_file as c')
    .join('case_stage as s', (on) => on.on('s.city', 'c.city').andOn('s.case_id', 'c.id').andOn('s.stage', 'c.stage').andOnNull('s.left_at'))
    .join('filing_unit as u', (on) => on.on('u.city', 'c.city').andOn('u.year', 'c.year').andOn('u.id', 'c.unit'))
    .where({ 'c.city': city, 'c.year': year, 'c.stage': 'correcting', 'c.final': false }).orderBy('s.entered_at')
    .select('c.id as caseId', 'c.title', 'c.workflow', 'c.pack', 'u.name as unitName', 's.entered_at as since');
}

/** An open duty of the city's offices whose term has run out. */
export interface OverdueDuty {
  caseId: string;
  title: string;
  workflow: string;
  chartVersion: number;
  pack: string;
  state: string;
  dueAt: Date;
}

/** Duties of the city's side that are overdue at an instant, the longest overdue first. */
export async function overdueDuties(trx: Knex.Transaction, city: string, now: Date, limit: number): Promise<OverdueDuty[]> {
  return trx('task as t')
    .join('case_file as c', (on) => on.on('c.city', 't.city').andOn('c.id', 't.case_id'))
    .where({ 't.city': city, 't.status': 'open', 't.side': 'city' }).where('t.due_at', '<=', now)
    .orderBy(['t.due_at', 't.id']).limit(limit)
    .select('c.id as caseId', 'c.title', 'c.workflow', 'c.chart_version as chartVersion', 'c.pack', 't.state', 't.due_at as dueAt');
}

/** An effect the system gave up on: a paper that was not made, a case that was not archived. Operators put it right. */
export interface ParkedEffect {
  caseId: string;
  title: string;
  effect: string;
  parkedAt: Date;
}

/** Effects that wait for an operator. Read under the system's hand: the outbox is nobody's page. */
export async function parkedEffects(trx: Knex.Transaction, city: string): Promise<ParkedEffect[]> {
  return trx('outbox as o').join('case_file as c', (on) => on.on('c.city', 'o.city').andOn('c.id', 'o.case_id'))
    .where({ 'o.city': city }).whereNotNull('o.parked_at').orderBy('o.parked_at').limit(20)
    .select('c.id as caseId', 'c.title', 'o.effect', 'o.parked_at as parkedAt');
}

/** When each case was last reminded by the office, by case. Read under the system's hand: a unit's notices are behind its own wall. */
export async function lastReminders(trx: Knex.Transaction, city: string, year: number, template: string): Promise<Map<string, Date>> {
  const rows = await trx('notice').where({ city, year, template }).groupBy('case_id').select('case_id as caseId').max('at as at');
  return new Map((rows as unknown as { caseId: string; at: Date }[]).map((row) => [row.caseId, row.at]));
}
