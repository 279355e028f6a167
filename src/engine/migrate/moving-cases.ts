import type { Database } from '../../database.js';
import { workerActor } from '../../domain/actor.js';
import type { OpenTask } from '../case-writes.js';
import { loadedOf, type LoadedCase } from '../store.js';

/** What a case was before it was led over, and what came after. */
export interface Kept {
  seq: number;
  fromVersion: number;
  toVersion: number;
  snapshot: string;
  tasks: { id: string; key: string; state: string; subject: Record<string, unknown> | null; commands: string[]; termKey: string | null }[];
  terms: { key: string }[];
  stages: { seq: number; stage: string }[];
  /** Payload of the entry that led it over; null where it was erased. */
  entry: string | null;
  /** Command of the entry after it. */
  next: string | null;
}

/** A case with everything a migration gives another name. */
export interface MovingCase extends LoadedCase {
  snapshotText: string;
  /** Its closed tasks too. */
  allTasks: OpenTask[];
  stages: { seq: number; stage: string }[];
  /** Of its latest migration; null where it was opened under the version it is under. */
  kept: Kept | null;
}

export interface Wanted {
  workflow: string;
  /** The version the cases are under. */
  version: number;
  /** Ids or case numbers; null for all. */
  cases: readonly string[] | null;
  /** Cases that have been led to this version, ended ones too; else those that have not ended. */
  led: boolean;
}

/** One statement for a page, so that each case is read as of one instant. Closed tasks have no index by case: those of the page are found in one go. */
const PAGE_OF_CASES = `
  with f as (
    select * from case_file f
     where f.city = :city and f.workflow = :workflow and f.chart_version = :version and f.id > :after
       and (:cases::text[] is null or f.id::text = any (:cases) or f.case_number = any (:cases))
       and case when :led then exists (select 1 from case_migration m where m.city = f.city and m.case_id = f.id and m.to_version = f.chart_version) else not f.final end
     order by f.id limit :page),
  tasks as materialized (
    select t.case_id, json_agg(t order by t.opened_at, t.id) as rows from task t where t.city = :city and t.case_id in (select id from f) group by t.case_id)
  select row_to_json(f) as case, s.snapshot, coalesce((select rows from tasks where tasks.case_id = f.id), '[]') as tasks,
    (select coalesce(json_agg(t), '[]') from term t where t.city = f.city and t.case_id = f.id) as terms,
    (select coalesce(json_agg(json_build_object('seq', g.seq, 'stage', g.stage) order by g.seq, g.stage), '[]') from case_stage g where g.city = f.city and g.case_id = f.id) as stages,
    (select json_build_object('seq', m.seq, 'fromVersion', m.from_version, 'toVersion', m.to_version, 'snapshot', m.snapshot, 'tasks', m.tasks, 'terms', m.terms, 'stages', m.stages,
              'entry', (select p.body from journal_payload p where p.city = m.city and p.year = m.year and p.case_id = m.case_id and p.seq = m.seq),
              'next', (select j.command from journal j where j.city = m.city and j.year = m.year and j.case_id = m.case_id and j.seq = m.seq + 1))
       from case_migration m where m.city = f.city and m.case_id = f.id order by m.seq desc limit 1) as kept
  from f join case_snapshot s on s.city = f.city and s.id = f.id
  order by f.id`;

const PAGE = 200;

/** The cases of a city under one version, page by page: their number is unbounded, what is held at once is not. */
export async function* movingCases(database: Pick<Database, 'asActor'>, city: string, wanted: Wanted): AsyncGenerator<MovingCase[]> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await database.asActor(workerActor(city), (trx) => trx.raw(PAGE_OF_CASES, { city, ...wanted, cases: wanted.cases as string[] | null, after, page: PAGE }));
    const page = (rows as any[]).map(movingCase);
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.id;
  }
}

function movingCase(row: any): MovingCase {
  const all = loadedOf({ case: row.case, state: JSON.parse(row.snapshot), tasks: row.tasks, terms: row.terms });
  const open = new Set((row.tasks as { id: string; status: string }[]).filter(({ status }) => status === 'open').map(({ id }) => id));
  return { ...all, tasks: all.tasks.filter(({ id }) => open.has(id)), allTasks: all.tasks, snapshotText: row.snapshot, stages: row.stages, kept: row.kept };
}
