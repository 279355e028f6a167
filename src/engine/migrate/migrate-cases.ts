import { versionMoves, moveHash } from '../../../workflows/version-moves.js';
import type { VersionMove } from '../../../workflows/patterns/version-move.js';
import { workerActor } from '../../domain/actor.js';
import { NotFound } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import { composeWrite, mainStage } from '../compose-write.js';
import type { EngineParts } from '../engine.js';
import { sha256 } from '../journal.js';
import { throughMigrationDoor } from '../store.js';
import { untilWritten } from '../until-written.js';
import { MIGRATED, MIGRATED_BACK, type MigrationOrder } from './led-over.js';
import { movingCases, type MovingCase } from './moving-cases.js';
import { planBack, planMove, type PlannedMove } from './plan-move.js';

export type MigrationParts = Pick<EngineParts, 'database' | 'clock' | 'calendarOf' | 'packOf' | 'machineFor'>;

export interface MigrationRequest extends MigrationOrder {
  workflow: string;
  /** The version led to; with `back`, the one taken back. */
  to: number;
  /** Ids or case numbers; null for all. */
  cases: readonly string[] | null;
  /** Nothing is written. */
  dryRun: boolean;
  back: boolean;
}

/** What became of one case, or would. */
export interface CaseMove {
  caseId: string;
  caseNumber: string;
  title: string;
  status: 'moved' | 'movable' | 'refused';
  planned: PlannedMove;
}

export interface MigrationCount {
  moved: number;
  movable: number;
  refused: number;
}

/** Cases of a page that are written at once: the database has that many hands for one operator. */
const AT_ONCE = 4;

/**
 * Leads every live case of a workflow to another version, or back. Each case is a step of its own through the door: a run that was ended
 * goes on with those that are left, and people may work beside it.
 * @throws NotFound where no way leads to that version
 */
export async function migrateCases(parts: MigrationParts, cities: readonly string[], request: MigrationRequest, tell: (move: CaseMove) => void): Promise<MigrationCount> {
  const moves = versionMoves.filter((move) => move.workflow === request.workflow && move.to === request.to);
  if (moves.length === 0) throw new NotFound('no-such-move', words(`“${request.workflow}”没有迁到第 ${request.to} 版的办法。`, `There is no way to version ${request.to} of “${request.workflow}”.`));
  const count: MigrationCount = { moved: 0, movable: 0, refused: 0 };
  for (const city of cities) for (const move of moves) await ofCity(parts, city, move, request, (one) => { count[one.status] += 1; tell(one); });
  return count;
}

async function ofCity(parts: MigrationParts, city: string, move: VersionMove, request: MigrationRequest, tell: (move: CaseMove) => void): Promise<void> {
  const wanted = { workflow: move.workflow, version: request.back ? move.to : move.from, cases: request.cases, led: request.back };
  for await (const page of movingCases(parts.database, city, wanted)) {
    const results: (CaseMove | null)[] = [];
    const queue = page.map((moving, index) => ({ moving, index }));
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) results[next.index] = await ofCase(parts, next.moving, move, request);
    };
    await Promise.all(Array.from({ length: request.dryRun ? 1 : AT_ONCE }, work));
    for (const result of results) if (result) tell(result);
  }
}

/** One case; null when it ended or was led over by somebody else meanwhile. */
async function ofCase(parts: MigrationParts, first: MovingCase, move: VersionMove, request: MigrationRequest): Promise<CaseMove | null> {
  let moving: MovingCase | null = first;
  return untilWritten(`case ${first.id}`, async (): Promise<{ done: CaseMove | null } | null> => {
    if (moving === null) moving = await again(parts, first, move, request);
    if (moving === null) return { done: null };
    const { id, caseNumber, title } = moving;
    const bounds = {
      machineOf: (version: number) => parts.machineFor(first.workflow, version, first.pack), pack: parts.packOf(first.pack).pack, calendar: await parts.calendarOf(first.city),
      now: parts.clock.now().toISOString(),
    };
    const planned = request.back ? planBack(moving, move, bounds) : planMove(moving, move, bounds);
    const told = (status: CaseMove['status']) => ({ done: { caseId: id, caseNumber, title, status, planned } });
    if (planned.write === null) return told('refused');
    if (request.dryRun) return told('movable');
    const written = await write(parts, moving, move, request, planned.write, { now: bounds.now, calendarVersion: bounds.calendar.version });
    if (written) return told('moved');
    moving = null;
    return null;
  }).then(({ done }) => done);
}

async function again(parts: MigrationParts, { id, city }: MovingCase, move: VersionMove, request: MigrationRequest): Promise<MovingCase | null> {
  for await (const [found] of movingCases(parts.database, city, { workflow: move.workflow, version: request.back ? move.to : move.from, cases: [id], led: request.back })) return found ?? null;
  return null;
}

/** Whether it was written; somebody else may have been faster. */
async function write(
  parts: MigrationParts, moving: MovingCase, move: VersionMove, request: MigrationRequest, { step, writes, renaming, snapshot }: NonNullable<PlannedMove['write']>, at: { now: string; calendarVersion: string },
): Promise<boolean> {
  const actor = workerActor(moving.city);
  const [type, from, to] = request.back ? [MIGRATED_BACK, move.to, move.from] : [MIGRATED, move.from, move.to];
  const payload = {
    type, at: at.now, from, to, orderedBy: request.by, reason: request.reason, ...(request.back ? { undoes: moving.version } : { move: moveHash(move), kept: sha256(moving.snapshotText) }),
  };
  const { write: step1 } = composeWrite(moving, step, writes, {
    actor, type, origin: 'system', state: mainStage(step.stages), visibility: 'both', payload, requestHash: sha256(`${type} ${to}`), key: `${type}:${moving.id}:${moving.version}`,
    chart: `${moving.workflow}.v${to}`, calendarVersion: at.calendarVersion, now: at.now,
  }, { facts: {} });
  // Two runs at once want the same of a case: the second finds it done.
  const result = await throughMigrationDoor(parts.database, actor, { ...step1, snapshot }, renaming);
  return result.status !== 'stale';
}
