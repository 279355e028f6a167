import type { EngineParts, Preparation, Prepared } from './engine.js';

/**
 * The facts of a command that the chart cannot know. A transaction under the actor's walls is opened only for a command that asks the database:
 * most decisions are judged by what the case itself holds.
 */
export async function prepare(parts: EngineParts, type: string, known: Omit<Preparation, 'trx'>): Promise<Prepared> {
  const preparer = parts.preparers[`${known.caseRow.workflow}.${type}`] ?? parts.preparers[`*.${type}`];
  if (!preparer) return { facts: {} };
  if ('glance' in preparer) return preparer.glance(known);
  return parts.database.asActor(known.actor, (trx) => preparer({ ...known, trx }));
}
