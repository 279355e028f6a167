import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Whom a sealed text belongs to; it opens for nobody else. Both are ids and no secrets. */
export interface SealOwner {
  session: string;
  account: string;
}

/** How long a text may lie sealed, and a session that has ended is remembered for it. */
export const SEAL_LIFE_MS = 10 * 86_400_000;

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const SHAPE = /^([0-9a-f-]{36})\.(\d{1,15})\.([\w-]+)$/;

/** The random key (256 bits) of one session's seals. It stays in the session's row and is never sent out. */
export const newSealKey = (): Buffer => randomBytes(32);

/** Session, instant and owner are authenticated with the text: exchanged for others, the seal does not open. */
const bound = ({ session, account }: SealOwner, at: number): Buffer => Buffer.from(`${session}\n${account}\n${at}`, 'utf8');

/** A text that its owner's browser may carry and cannot read or alter: `session.instant.iv‖tag‖ciphertext` in base64url. */
export function sealText(key: Buffer, owner: SealOwner, at: Date, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv);
  cipher.setAAD(bound(owner, at.getTime()));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `${owner.session}.${at.getTime()}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

/** The session a seal says it was made for; null for what is none. */
export const sessionOfSeal = (seal: string): string | null => SHAPE.exec(seal)?.[1] ?? null;

/** The sealed text; null when it was altered, is somebody else's, of another session, or too old. */
export function openSeal(key: Buffer, owner: SealOwner, now: Date, seal: string): string | null {
  const [, session, at, body] = SHAPE.exec(seal) ?? [];
  if (session !== owner.session || now.getTime() - Number(at) > SEAL_LIFE_MS) return null;
  const bytes = Buffer.from(body!, 'base64url');
  if (bytes.length < IV_BYTES + TAG_BYTES) return null;
  const opener = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  opener.setAAD(bound(owner, Number(at)));
  opener.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([opener.update(bytes.subarray(IV_BYTES + TAG_BYTES)), opener.final()]).toString('utf8');
  } catch {
    return null;
  }
}
