import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { Day } from '../domain/local-day.js';
import { passwordFits } from './passwords.js';

/** Failures after which a login is closed, and for how long. */
const FAILURES = 5;
const LOCK_MS = 15 * 60_000;

export type SignInOutcome =
  | { ok: true; account: string; person: string }
  | { ok: false; locked: boolean; attemptsLeft: number };

interface AccountRow {
  id: string;
  person: string;
  password_hash: string;
  failed_attempts: number;
  locked_until: Date | null;
  disabled: boolean;
  last_day: Day | null;
}

/**
 * Tries a login and a password. A login nobody has is counted and closed in the same way and takes the same time, so neither the words
 * nor the time of the answer tell whether an account exists. Five failures close a login for 15 minutes, also for the right password.
 * `today` is the day of business: whoever has left signs in no more from the day of the hand-over.
 */
export async function signIn(trx: Knex.Transaction, city: string, login: string, password: string, now: Date, today: Day): Promise<SignInOutcome> {
  const account = (await trx('account').where({ city, login }).forUpdate().first()) as AccountRow | undefined;
  const fits = await passwordFits(account?.password_hash ?? null, password);
  if (account === undefined) return failStranger(trx, `${city} ${login}`, now);
  if (account.locked_until !== null && account.locked_until > now) return { ok: false, locked: true, attemptsLeft: 0 };
  if (fits && !account.disabled && (account.last_day === null || account.last_day >= today)) {
    await trx('account').where({ city, id: account.id }).update({ failed_attempts: 0, locked_until: null });
    return { ok: true, account: account.id, person: account.person };
  }
  const failed = (account.locked_until === null ? account.failed_attempts : 0) + 1;
  const locked = failed >= FAILURES;
  await trx('account').where({ city, id: account.id }).update({
    failed_attempts: failed, locked_until: locked ? new Date(now.getTime() + LOCK_MS) : null,
  });
  return { ok: false, locked, attemptsLeft: Math.max(0, FAILURES - failed) };
}

/** The same count for a login nobody has; kept by its hash, because people type passwords into the wrong field. */
async function failStranger(trx: Knex.Transaction, name: string, now: Date): Promise<SignInOutcome> {
  const key = `stranger:${createHash('sha256').update(name, 'utf8').digest('hex')}`;
  const { rows } = await trx.raw(
    `insert into rate_limit as r (key, window_start, hits) values (?, ?, 1)
     on conflict (key) do update set
       hits = case when r.hits >= ? and r.window_start <= ? then 1 else least(r.hits + 1, ? + 1) end,
       window_start = case when r.hits >= ? and r.window_start > ? then r.window_start else excluded.window_start end
     returning hits`,
    [key, now, FAILURES, new Date(now.getTime() - LOCK_MS), FAILURES, FAILURES, new Date(now.getTime() - LOCK_MS)],
  );
  const failed = Number(rows[0].hits);
  return { ok: false, locked: failed >= FAILURES, attemptsLeft: Math.max(0, FAILURES - failed) };
}
