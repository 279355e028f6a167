import { parseArgs } from 'node:util';
import { calendars } from '../calendars.js';
import { workflowNamed, machineFor } from '../../workflows/registry.js';
import { policyPack } from '../../workflows/policies/pack-registry.js';
import { NotFound } from '../domain/errors.js';
import { words } from '../domain/text.js';
import type { Database } from '../database.js';
import { migrateCases, type CaseMove, type MigrationCount, type MigrationRequest } from '../engine/migrate/migrate-cases.js';
import { virtualClock } from '../virtual-clock.js';
import { detailOf, lineOf, MigrationSummary, recordOf } from './migration-report.js';
import { withDatabase } from './with-database.js';

const USAGE = `用法 Usage: yanshou migrate-cases <workflow> --to <version> [--dry-run] [--back] [--case <id or number> …] [--json] [--city <code>] --by <name> --reason <text>
`;

interface Arguments extends MigrationRequest {
  city: string | undefined;
  json: boolean;
}

/**
 * `yanshou migrate-cases`: leads open cases to another version of their chart, or takes that back; with `--dry-run` it only tells what would
 * become of each. A case that would lose something stays and is named with the reason. Exit code 1 when any was refused.
 */
export async function migrateCasesCommand(args: string[]): Promise<number> {
  const request = readArguments(args);
  if (request === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  workflowNamed(request.workflow);
  const summary = new MigrationSummary();
  const print = printing(request);
  const began = performance.now();
  const count = await withDatabase((database) => run(database, request, (move) => {
    print(move);
    summary.add(move);
  }));
  const missing = (request.cases ?? []).filter((one) => !summary.has(one));
  if (missing.length > 0) throw new NotFound('no-such-case', words(`没有可迁的案卷：${missing.join('、')}（已办结、不存在，或不在这一版）。`, `No such case to lead over: ${missing.join(', ')} (ended, unknown, or not under that version).`));
  if (!request.json) process.stdout.write(summary.text);
  process.stdout.write(`${JSON.stringify({ workflow: request.workflow, to: request.to, back: request.back, dryRun: request.dryRun, ...count, seconds: Math.round((performance.now() - began) / 100) / 10 })}\n`);
  return count.refused === 0 ? 0 : 1;
}

/** Cases that are named are told in full, all others in a line each. */
const printing = ({ json, cases }: Arguments) => (move: CaseMove): void => {
  process.stdout.write(json ? `${JSON.stringify(recordOf(move))}\n` : cases === null ? lineOf(move) : detailOf(move));
};

async function run(database: Database, request: Arguments, tell: (move: CaseMove) => void): Promise<MigrationCount> {
  const { rows } = await database.workerPool.query<{ city: string }>('select city from city order by city');
  const cities = rows.map(({ city }) => city).filter((city) => request.city === undefined || city === request.city);
  const clock = await virtualClock(database, async () => cities);
  try {
    const parts = { database, clock, calendarOf: calendars(database), packOf: policyPack, machineFor: (workflow: string, version: number, pack: string) => machineFor(workflow, version, policyPack(pack)) };
    return await migrateCases(parts, cities, request, tell);
  } finally {
    clock.stop();
  }
}

function readArguments(args: string[]): Arguments | null {
  try {
    const { values, positionals: [workflow] } = parseArgs({
      args, allowPositionals: true,
      options: {
        to: { type: 'string' }, 'dry-run': { type: 'boolean', default: false }, back: { type: 'boolean', default: false }, case: { type: 'string', multiple: true },
        json: { type: 'boolean', default: false }, city: { type: 'string' }, by: { type: 'string', default: '' }, reason: { type: 'string', default: '' },
      },
    });
    const [to, by, reason, dryRun] = [Number(values.to), values.by.trim(), values.reason.trim(), values['dry-run']];
    const ordered = dryRun || (by !== '' && reason !== '');
    return workflow && Number.isSafeInteger(to) && ordered ? { workflow, to, dryRun, back: values.back, cases: values.case ?? null, json: values.json, city: values.city, by, reason } : null;
  } catch {
    return null;
  }
}
