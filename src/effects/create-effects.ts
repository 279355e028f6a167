import { recordBaseline } from '../content/projects.js';
import type { EffectType } from '../../workflows/vocabulary.js';
import { workerActor } from '../domain/actor.js';
import type { Effect } from '../engine/worker.js';
import type { OpenRequest, CommandOutcome } from '../engine/engine.js';
import type { Actor } from '../domain/actor.js';
import { archiveCase } from './archive-case.js';
import { openChild, tellParent } from './case-effects.js';
import { issueDocument, type IssueParts } from './issue-document.js';
import { notify } from './notify.js';

/** The way out: one effect for every name a chart may use. */
export function createEffects(parts: IssueParts & { open(actor: Actor, workflow: string, request: OpenRequest): Promise<CommandOutcome> }): Record<EffectType, Effect> {
  return {
    issueDocument: issueDocument(parts),
    notify: notify(parts),
    openCase: openChild(parts),
    tellParent: tellParent(parts),
    recordBaseline: async (row) => parts.database.asActor(workerActor(row.city), (trx) => recordBaseline(trx, { city: row.city, caseId: row.caseId })),
    archiveCase: archiveCase(parts),
  };
}
