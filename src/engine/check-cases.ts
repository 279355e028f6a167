import type { Knex } from 'knex';
import type { AnyStateMachine } from 'xstate';
import type { Database } from '../database.js';
import { workerActor } from '../domain/actor.js';
import { words, type Words } from '../domain/text.js';
import { disagreements, type StoredCase } from './case-agreement.js';
import { brokenLink, sha256 } from './journal.js';
import { replay, versionIn } from './replay.js';

/** One thing wrong with one case, pinned to its journal entry where there is one. */
export interface BrokenCase {
  caseNumber: string;
  entry: number | null;
  what: Words;
}

export interface CheckParts {
  database: Pick<Database, 'asActor'>;
  machineFor(workflow: string, version: number, packId: string): AnyStateMachine;
  packOf(id: string): { hash: string };
}

export interface CheckCount {
  cases: number;
  entries: number;
  /** Cases with at least one defect. */
  broken: number;
  /** Cases whose chain holds but which cannot be replayed because a payload was erased. */
  erased: number;
}

/** A case as the check reads it: its row, its chain, its journal and what is open. */
export interface GatheredCase {
  case_number: string;
  workflow: string;
  chart_version: number;
  pack: string;
  pack_hash: string;
  head_hash: string;
  version: number;
  final: boolean;
  snapshot: string;
  chain: { seq: number; prevHash: string; hash: string; fields: string }[];
  journal: { seq: number; command: string; chart: string; payloadHash: string; body: string | null }[];
  tasks: StoredCase['openTasks'];
  terms: StoredCase['terms'];
}

/** One statement, so that a case on which somebody works at this moment is read as of one instant. Its year is given: unknown to the planner it would mean every partition. */
const CASE = `
  select f.case_number, f.workflow, f.chart_version, f.pack, f.pack_hash, f.head_hash, f.version, f.final, s.snapshot,
    (select coalesce(json_agg(json_build_object('seq', c.seq, 'prevHash', c.prev_hash, 'hash', c.hash, 'fields', c.fields) order by c.seq), '[]')
       from journal_chain(f.id, ?) c) as chain,
    (select coalesce(json_agg(json_build_object('seq', j.seq, 'command', j.command, 'chart', j.chart, 'payloadHash', j.payload_hash, 'body', p.body) order by j.seq), '[]')
       from journal j left join journal_payload p on p.city = j.city and p.year = j.year and p.case_id = j.case_id and p.seq = j.seq
      where j.city = f.city and j.year = ? and j.case_id = f.id) as journal,
    (select coalesce(json_agg(json_build_object('key', t.key, 'kind', t.kind)), '[]') from task t where t.city = f.city and t.case_id = f.id and t.status = 'open') as tasks,
    (select coalesce(json_agg(json_build_object('term', t.term, 'status', t.status, 'entry', t.entry)), '[]') from term t where t.city = f.city and t.case_id = f.id) as terms
  from case_file f left join case_snapshot s on s.city = f.city and s.id = f.id
  where f.city = ? and f.id = ?`;

const PAGE = 500;

/** Checks every case of the given cities: its chain up to the head, its payloads, and that its tables are what its journal leads to. */
export async function checkCases(parts: CheckParts, cities: string[], tell: (broken: BrokenCase) => void): Promise<CheckCount> {
  const count: CheckCount = { cases: 0, entries: 0, broken: 0, erased: 0 };
  for (const city of cities) {
    await parts.database.asActor(workerActor(city), (trx) => checkOrphans(trx, city, count, tell));
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const ids: { id: string; year: number }[] = await parts.database.asActor(workerActor(city), (trx) =>
        trx('case_file').where({ city }).where('id', '>', after).orderBy('id').limit(PAGE).select('id', 'year'));
      for (const { id, year } of ids) {
        const { rows } = await parts.database.asActor(workerActor(city), (trx) => trx.raw(CASE, [year, year, city, id]));
        checkCase(parts, rows[0], count, tell);
      }
      if (ids.length < PAGE) break;
      after = ids.at(-1)!.id;
    }
  }
  return count;
}

/** Entries whose case is gone: a case is never deleted. */
async function checkOrphans(trx: Knex.Transaction, city: string, count: CheckCount, tell: (broken: BrokenCase) => void): Promise<void> {
  const orphans = await trx('journal as j').where('j.city', city)
    .whereNotExists(trx('case_file as f').whereRaw('f.city = j.city and f.id = j.case_id').select(trx.raw('1'))).distinct('j.case_id');
  for (const { case_id: id } of orphans) {
    count.broken += 1;
    tell({ caseNumber: id, entry: 1, what: words('有日志而无案卷', 'a journal without its case') });
  }
}

function checkCase(parts: CheckParts, row: GatheredCase, count: CheckCount, tell: (broken: BrokenCase) => void): void {
  count.cases += 1;
  count.entries += row.chain.length;
  const { defects, erased } = defectsOf(parts, row);
  if (erased) count.erased += 1;
  if (defects.length > 0) count.broken += 1;
  for (const { entry, what } of defects) tell({ caseNumber: row.case_number, entry, what });
}

export type Defect = Omit<BrokenCase, 'caseNumber'>;

const whys: Record<string, string> = {
  missing: '缺失', 'not chained to the entry before': '与上一条不相接', changed: '被改动', 'the end is missing': '其后的日志被截去，或案卷的链尾被改动',
};

/** Everything wrong with one case, wherever it was gathered. */
export function defectsOf(parts: Omit<CheckParts, 'database'>, row: GatheredCase): { defects: Defect[]; erased: boolean } {
  const link = brokenLink(row.chain, row.head_hash);
  if (link) return { defects: [{ entry: link.seq, what: words(whys[link.why] ?? link.why, link.why) }], erased: false };
  const altered = row.journal.find((j) => j.body !== null && sha256(j.body) !== j.payloadHash);
  if (altered) return { defects: [{ entry: altered.seq, what: words('内容被改动', 'its payload was changed') }], erased: false };
  if (parts.packOf(row.pack).hash !== row.pack_hash) {
    return { defects: [{ entry: null, what: words(`规则包 ${row.pack} 已不是立案时的内容`, `the pack ${row.pack} is not the one the case was opened under`) }], erased: false };
  }
  if (row.journal.some((j) => j.body === null)) return { defects: [], erased: true };
  const machineOf = (version: number): AnyStateMachine => parts.machineFor(row.workflow, version, row.pack);
  try {
    const { state: replayed, version } = replay({ workflow: row.workflow, opened: versionIn(row.journal[0]?.chart ?? ''), machineOf }, row.journal.map((j) => ({ seq: j.seq, command: j.command, payload: j.body! })));
    if (version !== row.chart_version) {
      return { defects: [{ entry: row.version, what: words(`日志停在流程第 ${version} 版，案卷记为第 ${row.chart_version} 版`, `its journal leads to version ${version} of the chart, the case says ${row.chart_version}`) }], erased: false };
    }
    const machine = machineOf(version);
    const stored = { version: row.version, final: row.final, snapshot: row.snapshot ?? 'null', openTasks: row.tasks, terms: row.terms };
    return { defects: disagreements(machine, replayed, row.journal.length, stored).map((what) => ({ entry: row.version, what })), erased: false };
  } catch (error) {
    const entry = /entry (\d+)/.exec(String(error))?.[1];
    return { defects: [{ entry: entry ? Number(entry) : null, what: words('不能重放：流程不接受这一步', String((error as Error).message)) }], erased: false };
  }
}
