import { checkCases, type CheckCount } from '../engine/check-cases.js';
import type { Database } from '../database.js';
import { machineFor } from '../../workflows/registry.js';
import { policyPack } from '../../workflows/policies/pack-registry.js';
import { withDatabase } from './with-database.js';

/** `yanshou check`: replays every case from its journal and compares it with what is stored. Exit code 1 when anything is broken. */
export async function checkCommand(): Promise<number> {
  const { cases, entries, broken, erased } = await withDatabase(checkAll);
  process.stdout.write(`案卷 cases ${cases}  日志 entries ${entries}  有误 broken ${broken}${erased > 0 ? `  内容已依规清除、仅核对链 chain only ${erased}` : ''}\n`);
  process.stdout.write(`${JSON.stringify({ cases, entries, broken })}\n`);
  return broken === 0 ? 0 : 1;
}

async function checkAll(database: Database): Promise<CheckCount> {
  const { rows } = await database.workerPool.query<{ city: string }>('select city from city order by city');
  const parts = { database, packOf: policyPack, machineFor: (workflow: string, version: number, pack: string) => machineFor(workflow, version, policyPack(pack)) };
  return checkCases(parts, rows.map((r) => r.city), ({ caseNumber, entry, what }) => {
    process.stdout.write(`✘ ${caseNumber}${entry === null ? '' : `  第 ${entry} 条 entry ${entry}`}  ${what.zh} ${what.en}\n`);
  });
}
