import type { Knex } from 'knex';
import { newSecret, secretHash } from './secret.js';

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 12 * 3_600_000;

/** A session as the request sees it. `csrf` is the synchroniser token every form of it carries. */
export interface Session {
  account: string;
  person: string;
  login: string;
  csrf: string;
  expiresAt: Date;
}

const ends = (createdAt: Date, seenAt: Date): Date => new Date(Math.min(createdAt.getTime() + ABSOLUTE_MS, seenAt.getTime() + IDLE_MS));

/** Opens a session and returns the secret for the cookie; the table keeps only its hash. Sessions run on the wall clock, never on a virtual one. */
export async function openSession(trx: Knex.Transaction, city: string, account: string, now: Date): Promise<string> {
  const secret = newSecret();
  await trx('session').insert({
    city, token_hash: secretHash(secret), account, csrf: newSecret(), created_at: now, seen_at: now, expires_at: ends(now, now),
  });
  await trx('session').where({ city }).andWhere('expires_at', '<', now).delete();
  return secret;
}

/** The live session of a secret, renewed; null when it does not exist, has ended or its account is closed. */
export async function resumeSession(trx: Knex.Transaction, city: string, secret: string, now: Date): Promise<Session | null> {
  const row = await trx('session as s')
    .join('account as a', (on) => on.on('a.city', 's.city').andOn('a.id', 's.account'))
    .where({ 's.city': city, 's.token_hash': secretHash(secret), 'a.disabled': false })
    .andWhere('s.expires_at', '>', now)
    .first('s.account', 's.csrf', 's.created_at', 'a.person', 'a.login');
  if (row === undefined) return null;
  const expiresAt = ends(row.created_at, now);
  await trx('session').where({ city, token_hash: secretHash(secret) }).update({ seen_at: now, expires_at: expiresAt });
  return { account: row.account, person: row.person, login: row.login, csrf: row.csrf, expiresAt };
}

/** Ends a session; a stolen cookie is worth nothing afterwards. */
export async function closeSession(trx: Knex.Transaction, city: string, secret: string): Promise<void> {
  await trx('session').where({ city, token_hash: secretHash(secret) }).delete();
}
