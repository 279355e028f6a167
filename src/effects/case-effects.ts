import { workerActor, type Actor } from '../domain/actor.js';
import type { Database } from '../database.js';
import type { CommandOutcome, CommandRequest, OpenRequest } from '../engine/engine.js';
import type { Effect } from '../engine/worker.js';

interface Parts {
  database: Database;
  dispatch(actor: Actor, request: CommandRequest): Promise<CommandOutcome>;
  open(actor: Actor, workflow: string, request: OpenRequest): Promise<CommandOutcome>;
}

/** Opens a child case; a second arrival finds the first by its key. */
export const openChild = (parts: Parts): Effect => async (row) => {
  const { workflow } = row.params as { workflow: string };
  await parts.open(workerActor(row.city), workflow, { unit: row.unit, year: row.year, key: row.key, parent: row.caseId });
};

/** Tells the parent how a child ended. A case that was opened by hand has none; the plan an amendment changes is no parent. */
export const tellParent = (parts: Parts): Effect => async (row) => {
  const { event } = row.params as { event: string };
  const child = await parts.database.asActor(workerActor(row.city), (trx) =>
    trx('case_file as c').leftJoin('case_link as l', (on) => on.on('l.city', 'c.city').andOn('l.child', 'c.id').andOnVal('l.kind', '<>', 'amends')).where({ 'c.city': row.city, 'c.id': row.caseId }).first('l.parent', 'c.outcome'));
  // A case that was woken (唤醒) has ended before: its parent has gone on since and is not told twice.
  const woken = await parts.database.asActor(workerActor(row.city), (trx) => trx('journal').where({ city: row.city, year: row.year, case_id: row.caseId, command: 'wake' }).first('seq'));
  if (!child?.parent || woken) return;
  const { snapshot } = await parts.database.asActor(workerActor(row.city), (trx) => trx('case_snapshot').where({ city: row.city, id: row.caseId }).first('snapshot'));
  const { planType } = JSON.parse(snapshot).snapshot.context as { planType?: string };
  await parts.dispatch(workerActor(row.city), { caseId: child.parent, type: event, key: row.key, fields: { child: row.caseId, outcome: child.outcome, planType: planType ?? null } });
};
