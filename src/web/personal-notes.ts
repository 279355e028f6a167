import type { Knex } from 'knex';

/** Keeps a draft. */
export async function keepDraft(
  trx: Knex.Transaction, city: string, task: string, person: string, body: Record<string, unknown>, at: Date,
): Promise<void> {
  await trx('draft_opinion').insert({ city, task_id: task, person, body: JSON.stringify(body), saved_at: at })
    .onConflict(['city', 'task_id', 'person']).merge(['body', 'saved_at']);
}

/** Marks notices as read by this person; a second time changes nothing. */
export async function markRead(trx: Knex.Transaction, city: string, person: string, notices: readonly string[], at: Date): Promise<void> {
  if (notices.length === 0) return;
  await trx('notice_read').insert(notices.map((notice) => ({ city, notice, person, at }))).onConflict().ignore();
}
