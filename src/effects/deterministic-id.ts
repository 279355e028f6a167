import { createHash } from 'node:crypto';

/** A UUID that follows from a name, so that an effect done twice makes the same thing once (RFC 9562 version 8). */
export function idFrom(name: string): string {
  const bytes = createHash('sha256').update(name, 'utf8').digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Digits and letters that are not mistaken for each other on paper (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The code under a paper's QR mark, eight signs: `7K4P-92XD`. It finds the paper; it opens nothing. */
export function verifyCodeOf(documentId: string): string {
  const bytes = createHash('sha256').update(`verify:${documentId}`, 'utf8').digest();
  const signs = [...bytes.subarray(0, 8)].map((b) => ALPHABET[b % 32]).join('');
  return `${signs.slice(0, 4)}-${signs.slice(4)}`;
}
