import type { Knex } from 'knex';
import { newId } from '../clock.js';
import type { Day } from '../domain/local-day.js';
import { newSealKey, SEAL_LIFE_MS } from './seal.js';
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

/** A session that ended before this is forgotten: until then what its forms held can be sealed and opened. */
const forgotten = (now: Date): Date => new Date(now.getTime() - SEAL_LIFE_MS);

/** Opens a session and returns the secret for the cookie; the table keeps only its hash. Sessions run on the wall clock, never on a virtual one. */
export async function openSession(trx: Knex.Transaction, city: string, account: string, now: Date): Promise<string> {
  const secret = newSecret();
  await trx('session').insert({
    city, token_hash: secretHash(secret), id: newId(), account, csrf: newSecret(), seal_key: newSealKey(), created_at: now, seen_at: now, expires_at: ends(now, now),
  });
  await trx('session').where({ city }).andWhere('expires_at', '<', forgotten(now)).delete();
  return secret;
}

/** The live session of a secret, renewed; null when it does not exist, has ended or its account is closed. */
export async function resumeSession(trx: Knex.Transaction, city: string, secret: string, now: Date, today: Day): Promise<Session | null> {
  const row = await trx('session as s')
    .join('account as a', (on) => on.on('a.city', 's.city').andOn('a.id', 's.account'))
    .where({ 's.city': city, 's.token_hash': secretHash(secret), 'a.disabled': false })
    .andWhere('s.expires_at', '>', now)
    .andWhere((still) => still.whereNull('a.last_day').orWhere('a.last_day', '>=', today))
    .first('s.account', 's.csrf', 's.created_at', 'a.person', 'a.login');
  if (row === undefined) return null;
  const expiresAt = ends(row.created_at, now);
  await trx('session').where({ city, token_hash: secretHash(secret) }).update({ seen_at: now, expires_at: expiresAt });
  return { account: row.account, person: row.person, login: row.login, csrf: row.csrf, expiresAt };
}

/** A session that is over, as far as its own forms need it. `sealKey` never leaves the process. */
export interface EndedSession {
  id: string;
  account: string;
  csrf: string;
  sealKey: Buffer;
}

const ENDED = ['id', 'account', 'csrf', 'seal_key as sealKey'];

/** The session of a secret that has ended not too long ago; null for a live one and for what never was one. */
export async function endedSession(trx: Knex.Transaction, city: string, secret: string, now: Date): Promise<EndedSession | null> {
  const row = await trx('session').where({ city, token_hash: secretHash(secret) }).andWhere('expires_at', '<=', now).andWhere('expires_at', '>', forgotten(now)).first(ENDED);
  return row ?? null;
}

/** The session a seal was made for; null when it is forgotten. */
export async function sessionWithId(trx: Knex.Transaction, city: string, id: string): Promise<EndedSession | null> {
  return (await trx('session').where({ city, id }).first(ENDED)) ?? null;
}

/** Ends a session; a stolen cookie opens nothing afterwards. */
export async function closeSession(trx: Knex.Transaction, city: string, secret: string, now: Date): Promise<void> {
  await trx('session').where({ city, token_hash: secretHash(secret) }).andWhere('expires_at', '>', now).update({ expires_at: now });
}
