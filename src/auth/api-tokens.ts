import type { Knex } from 'knex';
import { newId } from '../clock.js';
import { NotFound } from '../domain/errors.js';
import type { Day } from '../domain/local-day.js';
import { words } from '../domain/text.js';
import { newSecret, secretHash } from './secret.js';

const DAY_MS = 86_400_000;

/** A token for a program that acts as one person, in all posts that person holds. Printed once; the table keeps its hash. */
export async function createToken(
  trx: Knex.Transaction, city: string, request: { login: string; label: string; days: number }, now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const account = await trx('account').where({ city, login: request.login }).first('person');
  if (account === undefined) {
    throw new NotFound('no-such-account', words(`没有“${request.login}”这个账号。`, `There is no account “${request.login}”.`));
  }
  const token = `yst_${newSecret()}`;
  const expiresAt = new Date(now.getTime() + request.days * DAY_MS);
  await trx('api_token').insert({
    city, id: newId(), token_hash: secretHash(token), person: account.person, label: request.label, created_at: now, expires_at: expiresAt,
  });
  return { token, expiresAt };
}

/** The person a token speaks for; null when it is unknown, expired or revoked, or the person has left. */
export async function personOfToken(trx: Knex.Transaction, city: string, token: string, now: Date, today: Day): Promise<string | null> {
  const row = await trx('api_token')
    .where({ city, token_hash: secretHash(token), revoked_at: null })
    .andWhere('expires_at', '>', now)
    .whereNotExists(trx('account as a').whereRaw('a.city = api_token.city and a.person = api_token.person').andWhere((gone) => gone.where('a.disabled', true).orWhere('a.last_day', '<', today)).select(trx.raw('1')))
    .first('person');
  return row?.person ?? null;
}
