import type { AnyStateMachine } from 'xstate';
import { dutiesOf, powersOf, stagesOf } from '../../workflows/patterns/duties.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import type { BaseContext } from '../../workflows/vocabulary.js';
import type { Database } from '../database.js';
import { workerActor } from '../domain/actor.js';
import { DomainError } from '../domain/errors.js';
import { words, type Words } from '../domain/text.js';
import { allStages, restore, type CaseState } from './case-step.js';
import { termRule } from './pack-terms.js';
import { besideOf, standingKeys, taskKey } from './task-key.js';

export interface RestorableParts {
  database: Pick<Database, 'asActor'>;
  machineFor(workflow: string, version: number, packId: string): AnyStateMachine;
  packOf(id: string): { pack: PolicyPack };
  forms: Readonly<Record<string, unknown>>;
}

/** A live case this build could not go on with. */
export interface StrandedCase {
  caseNumber: string;
  chart: string;
  why: Words;
}

interface LiveRow {
  id: string;
  case_number: string;
  workflow: string;
  chart_version: number;
  pack: string;
  snapshot: string;
  tasks: { key: string; kind: string; commands: string[] }[];
  terms: string[];
}

const PAGE_OF_LIVE = `
  select f.id, f.case_number, f.workflow, f.chart_version, f.pack, s.snapshot,
    (select coalesce(json_agg(json_build_object('key', t.key, 'kind', t.kind, 'commands', t.commands)), '[]') from task t where t.city = f.city and t.case_id = f.id and t.status = 'open') as tasks,
    (select coalesce(json_agg(t.term), '[]') from term t where t.city = f.city and t.case_id = f.id and t.status in ('armed','paused','fired')) as terms
  from case_file f join case_snapshot s on s.city = f.city and s.id = f.id
  where f.city = ? and not f.final and f.id > ? order by f.id limit ?`;

const PAGE = 1000;

/**
 * Restores every live case under its own version of its chart in this build and names those that would be stranded: a version, stage, task,
 * command or term the build does not know. Restoring only – what the journals say is `checkCases`’ affair. Returns how many were looked at.
 */
export async function strandedCases(parts: RestorableParts, cities: readonly string[], tell: (stranded: StrandedCase) => void): Promise<number> {
  let count = 0;
  const known = new Map<AnyStateMachine, { stages: Set<string>; terms: Set<string> }>();
  for (const city of cities) {
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const { rows }: { rows: LiveRow[] } = await parts.database.asActor(workerActor(city), (trx) => trx.raw(PAGE_OF_LIVE, [city, after, PAGE]));
      for (const row of rows) {
        const why = strandedBy(parts, known, row);
        if (why) tell({ caseNumber: row.case_number, chart: `${row.workflow}.v${row.chart_version}`, why });
      }
      count += rows.length;
      if (rows.length < PAGE) break;
      after = rows.at(-1)!.id;
    }
  }
  return count;
}

function strandedBy(parts: RestorableParts, known: Map<AnyStateMachine, { stages: Set<string>; terms: Set<string> }>, row: LiveRow): Words | null {
  try {
    const machine = parts.machineFor(row.workflow, row.chart_version, row.pack);
    const { pack } = parts.packOf(row.pack);
    const chart = known.get(machine) ?? namesOf(machine);
    known.set(machine, chart);
    const state = JSON.parse(row.snapshot) as CaseState;
    const { now, dates } = (state.snapshot as { context: BaseContext }).context;
    const live = restore(machine, state, now);
    const metas = live.getMeta() as never;
    const unknown = [...stagesOf(metas).map(({ stage }) => stage), ...Object.keys(state.entries)].find((stage) => !chart.stages.has(stage));
    if (unknown !== undefined) return words(`没有环节 ${unknown}`, `there is no stage ${unknown}`);
    const owed = dutiesOf(metas, live.context as BaseContext).map((duty) => taskKey(duty, state.entries));
    const standing = standingKeys(owed, powersOf(metas, live.context as BaseContext));
    const stray = row.tasks.find(({ key, kind }) => !standing.has(kind === 'duty' ? key : besideOf(key)));
    if (stray) return words(`待办 ${stray.key} 无人承担`, `the task ${stray.key} is owed by nobody`);
    const command = row.tasks.flatMap(({ kind, commands }) => (kind === 'duty' ? commands : [])).find((one) => !Object.hasOwn(parts.forms, one));
    if (command !== undefined) return words(`没有操作 ${command}`, `there is no command ${command}`);
    const term = row.terms.find((one) => !chart.terms.has(one));
    if (term !== undefined) return words(`没有期限 ${term}`, `there is no term ${term}`);
    for (const one of row.terms) termRule(pack, one, dates);
    return null;
  } catch (error) {
    return error instanceof DomainError ? error.sentence : words(`恢复不了：${String((error as Error).message)}`, `it cannot be restored: ${String((error as Error).message)}`);
  }
}

function namesOf(machine: AnyStateMachine): { stages: Set<string>; terms: Set<string> } {
  const stages = allStages(machine);
  return { stages: new Set(stages.map(({ stage }) => stage)), terms: new Set(stages.flatMap(({ term }) => (term === undefined ? [] : [term]))) };
}
