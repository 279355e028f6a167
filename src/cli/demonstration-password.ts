import { join } from 'node:path';
import { readIfThere, writePrivately } from '../runtime/private-file.js';

const FILE = 'demonstration-password';

/** Keeps the password that was made when the demonstration city was loaded, in a file only its owner reads. */
export function keepPassword(dataDir: string, loaded: { password: string } | null): void {
  if (loaded) writePrivately(join(dataDir, FILE), loaded.password);
}

/** The demonstration's password; empty when the city was loaded elsewhere. */
export const keptPassword = (dataDir: string): string => readIfThere(join(dataDir, FILE)) ?? '';
