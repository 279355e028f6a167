import { workerActor } from '../domain/actor.js';
import { words, type Words } from '../domain/text.js';
import { disagreements } from './case-agreement.js';
import type { CaseState } from './case-step.js';
import type { EngineParts } from './engine.js';

/** A case that was looked at, with every point in which its rows do not agree. */
export interface Swept {
  caseId: string;
  stage: string;
  defects: Words[];
}

/** How many cases one sweep looks at: those that moved since the last one, and some of the others in turn, so that every case comes up again. */
const MOVED = 400;
const IN_TURN = 100;
/** A step is bound to its instant before it is written: what is bound shortly before a sweep may be written shortly after it. */
const OVERLAP_MINUTES = 5;
const FIRST = '00000000-0000-0000-0000-000000000000';

const ROWS = `
  select f.id, f.workflow, f.chart_version, f.pack, f.version, f.final, f.stage, f.moved_at, f.head_hash, s.snapshot,
    (select j.hash from journal j where j.city = f.city and j.year = f.year and j.case_id = f.id and j.seq = f.version) as last_hash,
    (select coalesce(json_agg(json_build_object('key', t.key, 'kind', t.kind)), '[]') from task t where t.city = f.city and t.case_id = f.id and t.status = 'open') as tasks,
    (select coalesce(json_agg(json_build_object('term', t.term, 'status', t.status, 'entry', t.entry)), '[]') from term t where t.city = f.city and t.case_id = f.id) as terms
  from case_file f left join case_snapshot s on s.city = f.city and s.id = f.id where f.city = ?`;

/**
 * Whether tasks, terms and ending of cases are what their snapshots owe, and whether the journal ends where it should: without replay, so that it can
 * be done each minute. Several workers share one round: while one sweeps, the others find nothing to do.
 */
export async function sweep(parts: EngineParts, city: string, again: readonly string[]): Promise<Swept[]> {
  return parts.database.asActor(workerActor(city), async (trx) => {
    await trx('sweep').insert({ city, moved_until: new Date(0), walked_to: FIRST }).onConflict('city').ignore();
    const at = await trx('sweep').where({ city }).forUpdate().skipLocked().first('moved_until', 'walked_to');
    if (at === undefined) return [];
    const since = new Date(at.moved_until.getTime() - OVERLAP_MINUTES * 60_000);
    const { rows: moved } = await trx.raw(`${ROWS} and f.moved_at > ? order by f.moved_at limit ${MOVED}`, [city, since]);
    const { rows: inTurn } = await trx.raw(`${ROWS} and f.id > ? order by f.id limit ${IN_TURN}`, [city, at.walked_to]);
    const { rows: known } = again.length === 0 ? { rows: [] } : await trx.raw(`${ROWS} and f.id = any(?)`, [city, [...again]]);
    // Of more than fit into one sweep the next goes on exactly where this one ended.
    const reached = moved.length < MOVED ? (moved.at(-1)?.moved_at ?? at.moved_until) : new Date(moved.at(-1).moved_at.getTime() + OVERLAP_MINUTES * 60_000);
    await trx('sweep').where({ city }).update({ moved_until: reached, walked_to: inTurn.length < IN_TURN ? FIRST : inTurn.at(-1).id });
    const looked = new Map<string, CaseRows>([...known, ...inTurn, ...moved].map((row: CaseRows) => [row.id, row]));
    return [...looked.values()].map((row) => ({ caseId: row.id, stage: row.stage, defects: defectsOf(parts, row) }));
  });
}

interface CaseRows {
  id: string;
  workflow: string;
  chart_version: number;
  pack: string;
  version: number;
  final: boolean;
  stage: string;
  head_hash: string;
  last_hash: string | null;
  snapshot: string | null;
  tasks: Parameters<typeof disagreements>[3]['openTasks'];
  terms: Parameters<typeof disagreements>[3]['terms'];
}

function defectsOf(parts: EngineParts, row: CaseRows): Words[] {
  const ending = row.last_hash === row.head_hash ? [] : [words('日志的末条与案卷不符', 'the journal does not end where the case does')];
  if (row.snapshot === null) return [...ending, words('缺快照', 'the snapshot is missing')];
  try {
    const state = JSON.parse(row.snapshot) as CaseState;
    const stored = { version: row.version, final: row.final, snapshot: row.snapshot, openTasks: row.tasks, terms: row.terms };
    return [...ending, ...disagreements(parts.machineFor(row.workflow, row.chart_version, row.pack), state, row.version, stored)];
  } catch (error) {
    return [...ending, words('快照不能恢复', `the snapshot cannot be restored: ${String((error as Error).message)}`)];
  }
}
