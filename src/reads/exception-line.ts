import type { Knex } from 'knex';

/** One line of the year's list of exceptions (例外清单), from the records and never by hand. */
export interface ExceptionLine {
  at: Date;
  kind: string;
  unit: string | null;
  unitName: string | null;
  /** Null for a voided number whose paper was never made. */
  caseId: string | null;
  caseNumber: string | null;
  title: string;
  /** The reason or basis as it was recorded; empty where the clock moved the case. */
  words: string;
  /** Who decided on paper; those in `people` then registered and compared it. */
  signatory: string | null;
  /** Names of those who did it in the system; nobody where the system itself did. */
  people: string[];
  /** Whom the one in `people` stood in for. */
  actingFor: string | null;
  /** The command or the end of a term (`term.<id>.due`) it is about, with the chart that names both; null where the words say it all. */
  act: { workflow: string; chartVersion: number; pack: string; command: string } | null;
}

/** A line as most sources give it. */
export const plainLine = { signatory: null, people: [] as string[], actingFor: null, act: null } as const;

/** Joins a row with its unit as it was called that year and its case. */
export const ofCase = (query: Knex.QueryBuilder, table: string): Knex.QueryBuilder =>
  query.join('case_file as c', (on) => on.on('c.city', `${table}.city`).andOn('c.id', `${table}.case_id`))
    .leftJoin('filing_unit as u', (on) => on.on('u.city', `${table}.city`).andOn('u.year', `${table}.year`).andOn('u.id', `${table}.unit`))
    .select(`${table}.unit`, 'u.name as unitName', 'c.id as caseId', 'c.case_number as caseNumber', 'c.title');
