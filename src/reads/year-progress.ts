import type { Knex } from 'knex';

/** Where a case of a unit stands: what everybody may see before it is filed, and nothing else. */
export interface CaseProgress {
  caseId: string;
  unit: string;
  workflow: string;
  caseNumber: string;
  title: string;
  chartVersion: number;
  pack: string;
  stage: string;
  completeness: number;
  released: boolean;
  final: boolean;
  outcome: string | null;
  openedAt: Date;
  movedAt: Date;
  /** Every stage the case has been in, in order of entry; one entered again appears again. */
  stages: StageVisit[];
}

export interface StageVisit {
  stage: string;
  seq: number;
  enteredAt: Date;
  leftAt: Date | null;
}

const COLUMNS = [
  'id as caseId', 'unit', 'workflow', 'case_number as caseNumber', 'title', 'chart_version as chartVersion', 'pack', 'stage', 'completeness', 'released',
  'final', 'outcome', 'opened_at as openedAt', 'moved_at as movedAt',
];

/** All cases of a year, optionally of one workflow or unit, oldest first. */
export async function yearProgress(
  trx: Knex.Transaction, filter: { city: string; year: number; workflow?: string; unit?: string },
): Promise<CaseProgress[]> {
  const { city, year, ...rest } = filter;
  const wanted = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const cases = (await trx('case_file').where({ city, year, ...wanted }).orderBy(['opened_at', 'id']).select(COLUMNS)) as CaseProgress[];
  const visits = await stageVisits(trx, city, cases.map((one) => one.caseId));
  return cases.map((one) => ({ ...one, stages: visits.get(one.caseId) ?? [] }));
}

/** The stages of cases in order of entry. */
export async function stageVisits(trx: Knex.Transaction, city: string, cases: readonly string[]): Promise<Map<string, StageVisit[]>> {
  const rows = await trx('case_stage').where({ city }).whereIn('case_id', [...cases]).orderBy(['case_id', 'seq'])
    .select('case_id', 'stage', 'seq', 'entered_at as enteredAt', 'left_at as leftAt');
  const byCase = new Map<string, StageVisit[]>();
  for (const { case_id: id, ...visit } of rows) byCase.set(id, [...(byCase.get(id) ?? []), visit]);
  return byCase;
}
