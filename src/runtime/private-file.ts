import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

/** The content of a file, or undefined when there is none. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a file that only its owner can read (0600), whole or not at all, and on the disk before this returns. */
export function writePrivately(file: string, content: string): void {
  const unfinished = `${file}.${process.pid}.unfinished`;
  const descriptor = openSync(unfinished, 'w', 0o600);
  try {
    writeSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  chmodSync(unfinished, 0o600); // an older unfinished file keeps its mode
  renameSync(unfinished, file);
}

/** A password nobody has to type: 192 random bits in characters that need no escaping in an address or in SQL. */
export function generatedPassword(): string {
  return randomBytes(24).toString('base64url');
}
