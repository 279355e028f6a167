import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as text that fits into a cookie or a header. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a secret: SHA-256 in hex. The secret itself is random, so no salt is needed. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}
