import { documentKinds } from '../documents/document-kinds.js';
import { checkChart } from '../engine/model-check.js';
import { modelOf } from '../engine/model-check/models.js';
import type { Violation } from '../engine/model-check/violation.js';
import { commandForms } from '../../workflows/forms/commands.js';
import { packIds, policyPack } from '../../workflows/policies/pack-registry.js';
import { machineFor, workflows } from '../../workflows/registry.js';

const columns = [34, 18, 18, 18, 10];
const wide = /[\u2e80-\u9fff\uff00-\uff60]/g;
const row = (...cells: string[]): string => cells.map((cell, i) => cell + ' '.repeat(Math.max(1, columns[i]! - cell.length - (cell.match(wide)?.length ?? 0)))).join('').trimEnd();

function print({ sentence, path }: Violation): void {
  process.stdout.write(`✘ ${sentence.zh}\n  ${sentence.en}\n${path === null ? '' : `  最短路径 shortest path: ${path.join(' → ')}\n`}`);
}

/** `yanshou check:workflows`: proves every version of every chart under every pack. Exit code 1 on any violation. */
export async function checkWorkflowsCommand(): Promise<number> {
  const began = performance.now();
  const commands = new Set(Object.keys(commandForms));
  const kinds = new Set<string>(Object.keys(documentKinds));
  const violations: Violation[] = [];
  let [charts, configurations] = [0, 0];
  process.stdout.write(`${row('流程 chart', '情形 configurations', '流转 transitions', '问题 violations', '毫秒 ms')}\n`);
  for (const { id: workflow, versions } of workflows) {
    for (const [version, packId] of Object.keys(versions).flatMap((v) => packIds().map((p) => [Number(v), p] as const))) {
      const pinned = policyPack(packId);
      const from = performance.now();
      const report = checkChart({ machine: machineFor(workflow, version, pinned), pack: pinned.pack, commands, documentKinds: kinds, model: modelOf(workflow, version, pinned.pack) });
      process.stdout.write(`${row(`${workflow}.v${version} ${packId}`, ...[report.configurations, report.transitions, report.violations.length, Math.round(performance.now() - from)].map(String))}\n`);
      charts += 1;
      configurations += report.configurations;
      violations.push(...report.violations);
    }
  }
  violations.forEach(print);
  process.stdout.write(`${JSON.stringify({ charts, configurations, seconds: Math.round((performance.now() - began) / 100) / 10 })}\n`);
  return violations.length === 0 ? 0 : 1;
}
