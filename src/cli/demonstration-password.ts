import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readIfThere, writePrivately } from '../runtime/private-file.js';

/**
 * The one password of a demonstration's accounts. Made at the first start and kept in a file only its owner reads – before the accounts
 * are, so that a crash in between loses nothing.
 */
export function demonstrationPassword(dataDir: string): string {
  const file = join(dataDir, 'demonstration-password');
  const kept = readIfThere(file);
  if (kept) return kept;
  const password = randomBytes(6).toString('base64url');
  writePrivately(file, password);
  return password;
}
