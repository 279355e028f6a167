import { z } from 'zod';
import { Refused } from '../domain/errors.js';
import { words } from '../domain/text.js';
import { checkCases, type BrokenCase, type CheckCount } from '../engine/check-cases.js';
import { compareHeads, type JournalHeads } from '../engine/journal-heads.js';
import type { Database } from '../database.js';
import { machineFor } from '../../workflows/registry.js';
import { policyPack } from '../../workflows/policies/pack-registry.js';
import { namedFile } from './named-file.js';
import { withDatabase } from './with-database.js';

/**
 * `yanshou check [heads.json …]`: replays every case from its journal and compares it with what is stored, and the journals with heads that were
 * kept outside the database. Exit code 1 when anything is broken.
 */
export async function checkCommand(files: string[]): Promise<number> {
  const kept = (await Promise.all(files.map(keptHeads))).flat();
  const { cases, entries, broken: unsound, erased, torn } = await withDatabase(async (database) => ({ ...(await checkAll(database)), torn: await compareAll(database, kept) }));
  const broken = unsound + torn;
  for (const { city, until, cases: covered } of kept) process.stdout.write(`链尾 heads ${city} ${until}  ${covered.length}\n`);
  process.stdout.write(`案卷 cases ${cases}  日志 entries ${entries}  有误 broken ${broken}${erased > 0 ? `  内容已依规清除、仅核对链 chain only ${erased}` : ''}\n`);
  process.stdout.write(`${JSON.stringify({ cases, entries, broken })}\n`);
  return broken === 0 ? 0 : 1;
}

async function checkAll(database: Database): Promise<CheckCount> {
  const { rows } = await database.workerPool.query<{ city: string }>('select city from city order by city');
  const parts = { database, packOf: policyPack, machineFor: (workflow: string, version: number, pack: string) => machineFor(workflow, version, policyPack(pack)) };
  return checkCases(parts, rows.map((r) => r.city), tell);
}

const tell = ({ caseNumber, entry, what }: BrokenCase): void =>
  void process.stdout.write(`✘ ${caseNumber}${entry === null ? '' : `  第 ${entry} 条 entry ${entry}`}  ${what.zh} ${what.en}\n`);

/** How many cases are no longer what was kept of them. */
async function compareAll(database: Database, kept: readonly JournalHeads[]): Promise<number> {
  const found = (await Promise.all(kept.map((heads) => compareHeads(database, heads)))).flat();
  found.forEach(tell);
  return new Set(found.map((one) => one.caseNumber)).size;
}

/** @throws Refused where a file is not what `yanshou heads` wrote */
async function keptHeads(file: string): Promise<JournalHeads[]> {
  const lines = (await namedFile(file)).toString('utf8').split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    try {
      return heads.parse(JSON.parse(line));
    } catch (error) {
      throw new Refused('no-heads', words(`${file} 不是 yanshou heads 写出的文件。`, `${file} was not written by yanshou heads.`), String(error));
    }
  });
}

const heads = z.object({
  city: z.string(), until: z.string(), root: z.string(), cases: z.array(z.object({ id: z.uuid(), caseNumber: z.string(), seq: z.int(), hash: z.string() })),
});
