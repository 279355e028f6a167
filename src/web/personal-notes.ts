import type { Knex } from 'knex';
import type { Actor } from '../domain/actor.js';

/** Keeps a draft. */
export async function keepDraft(
  trx: Knex.Transaction, city: string, task: string, person: string, body: Record<string, unknown>, at: Date,
): Promise<void> {
  await trx('draft_opinion').insert({ city, task_id: task, person, body: JSON.stringify(body), saved_at: at })
    .onConflict(['city', 'task_id', 'person']).merge(['body', 'saved_at']);
}

/** Days a form waits for its writer before it is forgotten. */
const UNSENT_DAYS = 10;

/** Keeps a form that has no task of its own under its address; older ones of the same person are forgotten. */
export async function keepUnsent(
  trx: Knex.Transaction, city: string, person: string, form: { address: string; fields: object; files: readonly string[] }, at: Date,
): Promise<void> {
  await trx('unsent_form').where({ city, person }).andWhere('kept_at', '<', new Date(at.getTime() - UNSENT_DAYS * 86_400_000)).delete();
  await trx('unsent_form').insert({ city, person, address: form.address, body: JSON.stringify({ fields: form.fields, files: form.files }), kept_at: at })
    .onConflict(['city', 'person', 'address']).merge(['body', 'kept_at']);
}

/** The form has been sent, or its text was dropped on purpose. */
export async function dropUnsent(trx: Knex.Transaction, city: string, person: string, address: string): Promise<void> {
  await trx('unsent_form').where({ city, person, address }).delete();
}

/** Marks notices as read by this person; a second time changes nothing. */
export async function markRead(trx: Knex.Transaction, city: string, person: string, notices: readonly string[], at: Date): Promise<void> {
  if (notices.length === 0) return;
  await trx('notice_read').insert(notices.map((notice) => ({ city, notice, person, at }))).onConflict().ignore();
}

/** 已阅: everything of a case that waits to be read by these posts is, from this instant. Returns how many there were. */
export async function leaveReceipt(trx: Knex.Transaction, actors: readonly Actor[], caseId: string, at: Date): Promise<number> {
  const [first] = actors;
  if (first === undefined) return 0;
  return trx('circulation').where({ city: first.city, case_id: caseId, read_at: null }).whereIn('post', actors.flatMap((a) => (a.post === null ? [] : [a.post])))
    .update({ read_by: first.person, read_at: at });
}
