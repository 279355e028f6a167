import type { Knex } from 'knex';
import { NotFound } from '../domain/errors.js';
import { words } from '../domain/text.js';
import { policyPack } from '../../workflows/policies/pack-registry.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import { machineFor } from '../../workflows/registry.js';
import type { StageMeta } from '../../workflows/vocabulary.js';

/** A case as its content needs it. */
export interface CaseRecord {
  readonly id: string;
  readonly city: string;
  readonly year: number;
  readonly unit: string;
  readonly workflow: string;
  readonly side: 'unit' | 'city';
  readonly stage: string;
  readonly final: boolean;
  readonly pack: PolicyPack;
  /** Whether what is shown now are the sections being written, not the last frozen version. */
  readonly live: boolean;
}

/** The case, as far as row-level security shows it. @throws NotFound */
export async function caseRecord(trx: Knex.Transaction, caseId: string): Promise<CaseRecord> {
  const row = await trx('case_file').where({ id: caseId })
    .first('id', 'city', 'year', 'unit', 'workflow', 'side', 'stage', 'final', 'pack', 'chart_version as chartVersion');
  if (row === undefined) throw new NotFound('no-such-case', words('没有这个案卷。', 'There is no such case.'), caseId);
  const pinned = policyPack(row.pack);
  return { ...row, pack: pinned.pack, live: liveStages(row.workflow, row.chartVersion, row.pack).has(row.stage) };
}

const known = new Map<string, ReadonlySet<string>>();

/** The stages of a chart in which its sections are being written. */
function liveStages(workflow: string, version: number, packId: string): ReadonlySet<string> {
  const key = `${workflow}.v${version}@${packId}`;
  const found = known.get(key) ?? new Set(metasOf(machineFor(workflow, version, policyPack(packId)).root as StateNode).filter((meta) => meta.content === 'live').map((meta) => meta.stage));
  known.set(key, found);
  return found;
}

interface StateNode {
  meta?: StageMeta;
  states: Record<string, StateNode>;
}

const metasOf = (node: StateNode): StageMeta[] => [...(node.meta?.stage ? [node.meta] : []), ...Object.values(node.states).flatMap(metasOf)];
