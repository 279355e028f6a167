/** Digits and letters that are not mistaken for each other on paper (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SIGNS = 8;

/**
 * The code under the QR mark of a 呈批件: the last forty bits of the id of the task it was printed for, `7K4P-92XD`. Those bits are random, so
 * the code says nothing; the signed sheet finds its task by it, and only for somebody who may see that task.
 */
export function slipCodeOf(taskId: string): string {
  const bits = BigInt(`0x${taskId.replaceAll('-', '').slice(-10)}`);
  const signs = Array.from({ length: SIGNS }, (_, index) => ALPHABET[Number((bits >> BigInt(5 * (SIGNS - 1 - index))) & 31n)]).join('');
  return `${signs.slice(0, 4)}-${signs.slice(4)}`;
}

/** The last ten hexadecimal figures of the task's id a code names; null for what is no such code. `P-` in front and lower case are understood. */
export function taskTailOf(code: string): string | null {
  const signs = code.toUpperCase().replace(/^P-/, '').replaceAll('-', '');
  if (signs.length !== SIGNS || [...signs].some((sign) => !ALPHABET.includes(sign))) return null;
  const bits = [...signs].reduce((sum, sign) => (sum << 5n) | BigInt(ALPHABET.indexOf(sign)), 0n);
  return bits.toString(16).padStart(10, '0');
}
