import type { Knex } from 'knex';

/** One announced visit to a filing unit, from the context of its inspection. */
export interface PlannedVisit {
  caseId: string;
  unitName: string;
  /** 'YYYY-MM-DD' */
  from: string;
  to: string;
  leader: string | null;
  members: number;
  sites: { name: string; open: boolean }[];
}

interface Visiting {
  from: string | null;
  to: string | null;
  members: { name: string; leader: boolean }[];
  sites: { name: string; open: boolean }[];
}

/** The visits of a year that are not over, earliest first. Inspections belong to the city; no other reader gets any. */
export async function visitSchedule(trx: Knex.Transaction, city: string, year: number): Promise<PlannedVisit[]> {
  const rows: { caseId: string; unitName: string; snapshot: string }[] = await trx('case_file as c')
    .join('case_snapshot as s', (on) => on.on('s.city', 'c.city').andOn('s.id', 'c.id'))
    .join('filing_unit as u', (on) => on.on('u.city', 'c.city').andOn('u.year', 'c.year').andOn('u.id', 'c.unit'))
    .where({ 'c.city': city, 'c.year': year, 'c.workflow': 'inspection', 'c.stage': 'onSite', 'c.final': false }).select('c.id as caseId', 'u.name as unitName', 's.snapshot');
  return rows.flatMap(({ caseId, unitName, snapshot }): PlannedVisit[] => {
    const { from, to, members, sites } = (JSON.parse(snapshot) as { snapshot: { context: Visiting } }).snapshot.context;
    if (from === null || to === null) return [];
    return [{ caseId, unitName, from, to, sites, members: members.length, leader: members.find((one) => one.leader)?.name ?? null }];
  }).sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}
