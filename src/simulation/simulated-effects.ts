import { clockActor, workerActor } from '../domain/actor.js';
import type { CommandOutcome, CommandRequest, OpenRequest } from '../engine/engine.js';
import type { Actor } from '../domain/actor.js';
import type { StepWrites } from '../engine/case-writes.js';
import type { TermRow } from '../engine/terms.js';
import { idOf } from './simulated-city.js';
import type { KeptCase } from './memory-store.js';

export interface SystemHands {
  city: string;
  caseOf(id: string): KeptCase;
  now(): string;
  dispatch(actor: Actor, request: CommandRequest): Promise<CommandOutcome>;
  open(actor: Actor, workflow: string, request: OpenRequest): Promise<CommandOutcome>;
  /** Told of every paper that was made. */
  issued(kept: KeptCase, kind: string): void;
}

type Asked = StepWrites['outbox'][number];

/** What an effect does when it is done: nothing is printed or sent, and the same event comes back that the worker would send. */
export async function carryOut(hands: SystemHands, kept: KeptCase, { effect, key, params }: Asked): Promise<void> {
  const worker = workerActor(hands.city);
  const { id: caseId, unit, year, final } = kept.row;
  switch (effect) {
    case 'openCase':
      await hands.open(worker, String(params.workflow), { unit, year, key, parent: caseId });
      return;
    case 'tellParent': {
      if (kept.parent === null) return;
      const { planType } = (kept.state.snapshot as { context: { planType?: string } }).context;
      await hands.dispatch(worker, { caseId: kept.parent, type: String(params.event), key, fields: { child: caseId, outcome: kept.outcome, planType: planType ?? null } });
      return;
    }
    case 'issueDocument': {
      const kind = String(params.kind);
      await hands.dispatch(worker, { caseId, type: 'document.issued', key: `${key}:issued`, fields: { document: { kind, id: idOf(key), number: null, sha256: '', at: hands.now() } } });
      hands.issued(kept, kind);
      return;
    }
    case 'archiveCase':
      if (!final) await hands.dispatch(worker, { caseId, type: 'case.archived', key: `${key}:archived`, fields: {} });
      return;
    // Told and counted for nobody: neither moves a case.
    case 'notify': case 'recordBaseline': return;
    default: throw new Error(`no effect named '${effect}'`);
  }
}

/** The clock's command for a term that is due or asks for a reminder: as the worker sends it, with the same key. */
export async function fireTerm(hands: SystemHands, kept: KeptCase, { term, entry }: TermRow, rung: number | null): Promise<void> {
  const type = `term.${term}.${rung === null ? 'due' : 'remind'}`;
  await hands.dispatch(clockActor(hands.city), { caseId: kept.row.id, type, fields: { rung }, key: `${type}:${kept.row.id}:${entry}:${rung ?? ''}` });
}
