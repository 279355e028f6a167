import { defectsOf, type BrokenCase } from '../engine/check-cases.js';
import { chainedFields } from '../engine/journal.js';
import type { MemoryStore } from './memory-store.js';
import type { YearGround } from './run-year.js';

/** Every case of a simulated year under the check of production: its chain, its payloads, its replay and what is open; and whatever has not come to an end. */
export function checkYear({ machineFor, pack }: YearGround, { cases }: MemoryStore): BrokenCase[] {
  const parts = { machineFor: (workflow: string, version: number) => machineFor(workflow, version), packOf: () => pack };
  return [...cases.values()].flatMap(({ row, state, tasks, terms, journal }): BrokenCase[] => {
    const { caseNumber } = row;
    const { defects } = defectsOf(parts, {
      case_number: caseNumber, workflow: row.workflow, chart_version: row.chartVersion, pack: row.pack, pack_hash: row.packHash, head_hash: row.headHash, version: row.version, final: row.final,
      snapshot: JSON.stringify(state), chain: journal.map((one) => ({ seq: one.seq, prevHash: one.prevHash, hash: one.hash, fields: chainedFields(one) })),
      journal: journal.map(({ seq, command, chart, payloadHash, payload }) => ({ seq, command, chart, payloadHash, body: payload })), tasks: [...tasks.values()], terms: [...terms.values()],
    });
    const open = row.final ? [] : [{ caseNumber, entry: row.version, what: { zh: '到期末仍未办结', en: 'has not ended by the end of the run' } }];
    return [...defects.map((one) => ({ caseNumber, ...one })), ...open];
  });
}
