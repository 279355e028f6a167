import type { Knex } from 'knex';

/** What a person has written for a task and not yet sent; null when nothing was kept. Nobody else ever reads it. */
export async function draftOpinion(
  trx: Knex.Transaction, city: string, task: string, person: string,
): Promise<{ body: Record<string, unknown>; savedAt: Date } | null> {
  const row = await trx('draft_opinion').where({ city, task_id: task, person }).first('body', 'saved_at as savedAt');
  return row ?? null;
}
