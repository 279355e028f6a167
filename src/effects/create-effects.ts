import { recordBaseline } from '../content/projects.js';
import type { EffectType } from '../../workflows/vocabulary.js';
import { workerActor } from '../domain/actor.js';
import type { Effect } from '../engine/worker.js';
import type { OpenRequest, CommandOutcome } from '../engine/engine.js';
import type { Actor } from '../domain/actor.js';
import { archiveCase } from './archive-case.js';
import { openChild, tellParent } from './case-effects.js';
import { eraseContent } from './erase-content.js';
import { issueDocument, type IssueParts } from './issue-document.js';
import { notify } from './notify.js';

type Parts = IssueParts & { open(actor: Actor, workflow: string, request: OpenRequest): Promise<CommandOutcome>; cities(): Promise<string[]> };

/** The way out: one effect for every name a chart may use, and one that no chart asks for: an isolated file is removed beside its case. */
export function createEffects(parts: Parts): Record<EffectType | 'eraseContent', Effect> {
  return {
    issueDocument: issueDocument(parts),
    notify: notify(parts),
    openCase: openChild(parts),
    tellParent: tellParent(parts),
    recordBaseline: async (row) => parts.database.asActor(workerActor(row.city), (trx) => recordBaseline(trx, { city: row.city, caseId: row.caseId })),
    archiveCase: archiveCase(parts),
    eraseContent: eraseContent(parts),
  };
}
