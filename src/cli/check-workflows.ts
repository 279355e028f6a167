import { mkdirSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentKinds } from '../documents/document-kinds.js';
import { checkChart } from '../engine/model-check.js';
import { checkMove } from '../engine/model-check/check-move.js';
import { modelOf } from '../engine/model-check/models.js';
import type { Violation } from '../engine/model-check/violation.js';
import type { Graph } from '../engine/model-check/walk-chart.js';
import { chineseCalendar } from '../register/chinese-calendar.js';
import { checkoutRoot } from '../runtime/checkout.js';
import { commandForms } from '../../workflows/forms/commands.js';
import type { VersionMove } from '../../workflows/patterns/version-move.js';
import { packIds, policyPack } from '../../workflows/policies/pack-registry.js';
import { machineFor, workflows } from '../../workflows/registry.js';
import { versionMoves } from '../../workflows/version-moves.js';

const columns = [34, 18, 18, 18, 10];
const wide = /[\u2e80-\u9fff\uff00-\uff60]/g;
const row = (...cells: string[]): string => cells.map((cell, i) => cell + ' '.repeat(Math.max(1, columns[i]! - cell.length - (cell.match(wide)?.length ?? 0)))).join('').trimEnd();

function print({ sentence, path }: Violation): void {
  process.stdout.write(`✘ ${sentence.zh}\n  ${sentence.en}\n${path === null ? '' : `  最短路径 shortest path: ${path.join(' → ')}\n`}`);
}

/** Where the charters lie: one file per version of a chart and pack. */
const folder = (): string => join(checkoutRoot(), 'workflows', 'charters');
const fileOf = (workflow: string, version: number, pack: string): string => `${workflow}.v${version}.${pack}.md`;

function* shipped(): Generator<{ workflow: string; version: number; pack: string }> {
  for (const { id: workflow, versions } of workflows) for (const version of Object.keys(versions).map(Number)) for (const pack of packIds()) yield { workflow, version, pack };
}

/** Proves one chart; `charter` as `ChartSubject` means it. */
function prove({ workflow, version, pack: id }: { workflow: string; version: number; pack: string }, charter?: string | null): ReturnType<typeof checkChart> {
  const pinned = policyPack(id);
  return checkChart({
    machine: machineFor(workflow, version, pinned), pack: pinned.pack, commands: new Set(Object.keys(commandForms)), documentKinds: new Set(Object.keys(documentKinds)),
    model: modelOf(workflow, version, pinned.pack), charter,
  });
}

/** Proves a way from this chart to another version of it, from everywhere a case can be. */
function proveMove(move: VersionMove, packId: string, { graph }: { graph: Graph | null }): Violation[] {
  const from = performance.now();
  const pinned = policyPack(packId);
  const places = graph?.places ?? [];
  const found = checkMove({ move, machineOf: (version) => machineFor(move.workflow, version, pinned), pack: pinned.pack, calendar: chineseCalendar(), places });
  process.stdout.write(`${row(`  迁到 led to v${move.to}`, ...[places.length, '', found.length, Math.round(performance.now() - from)].map(String))}\n`);
  return found;
}

/** The charter people have agreed on, or null. */
export function charterKept(workflow: string, version: number, pack: string): string | null {
  const file = join(folder(), fileOf(workflow, version, pack));
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** `yanshou check:workflows`: proves every version of every chart under every pack, and holds it to its charter. Exit code 1 on any violation. */
export async function checkWorkflowsCommand(): Promise<number> {
  const began = performance.now();
  const violations: Violation[] = [];
  let [charts, configurations] = [0, 0];
  process.stdout.write(`${row('流程 chart', '情形 configurations', '流转 transitions', '问题 violations', '毫秒 ms')}\n`);
  for (const one of shipped()) {
    const from = performance.now();
    const report = prove(one, charterKept(one.workflow, one.version, one.pack));
    process.stdout.write(`${row(`${one.workflow}.v${one.version} ${one.pack}`, ...[report.configurations, report.transitions, report.violations.length, Math.round(performance.now() - from)].map(String))}\n`);
    for (const move of versionMoves.filter(({ workflow, from: v }) => workflow === one.workflow && v === one.version)) violations.push(...proveMove(move, one.pack, report));
    charts += 1;
    configurations += report.configurations;
    violations.push(...report.violations);
  }
  violations.forEach(print);
  process.stdout.write(`${JSON.stringify({ charts, configurations, seconds: Math.round((performance.now() - began) / 100) / 10 })}\n`);
  return violations.length === 0 ? 0 : 1;
}

/** `npm run charter:workflows`: writes what every chart declares and does as its charter, for people to read before they commit it; removes those of charts that are gone. */
export async function charterWorkflowsCommand(): Promise<number> {
  const files = new Map([...shipped()].map((one) => [fileOf(one.workflow, one.version, one.pack), prove(one).charter]));
  mkdirSync(folder(), { recursive: true });
  for (const name of readdirSync(folder())) if (!files.has(name)) rmSync(join(folder(), name));
  for (const [name, text] of files) {
    if (text === null) continue;
    writeFileSync(join(folder(), name), text);
    process.stdout.write(`  workflows/charters/${name} ${text.split('\n').length}\n`);
  }
  return 0;
}
