import { hash, verify } from '@node-rs/argon2';

/** Argon2id with the parameters OWASP names as its minimum: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The stored form of a password; salt and parameters are part of it. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

let nobody: Promise<string> | null = null;

/**
 * Whether the password fits. `stored` is null for a login nobody has: the same work is done all the same, so that the time of the
 * answer does not tell whether an account exists.
 */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword('no account has this');
  const fits = await verify(stored ?? (await nobody), password);
  return stored !== null && fits;
}
