import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const block = 512;

/**
 * Writes the plain files of a tar archive (POSIX ustar) into a directory. Enough for the archives of libraries that come
 * in our dependencies; links, devices and names that lead out of the directory are refused.
 */
export function extractTar(archive: Buffer, directory: string): void {
  let at = 0;
  while (at + block <= archive.length && archive[at] !== 0) {
    const name = text(archive, at, 100);
    const size = Number.parseInt(text(archive, at + 124, 12), 8);
    const kind = text(archive, at + 156, 1);
    at += block;
    if (kind === '' || kind === '0') writeEntry(join(directory, safe(name)), archive.subarray(at, at + size));
    else if (kind !== '5') throw new Error(`tar entry ${name} is of kind ${kind}, which is not expected`);
    at += Math.ceil(size / block) * block;
  }
}

function writeEntry(file: string, content: Buffer): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
  writeFileSync(file, content, { mode: 0o755 });
}

function safe(name: string): string {
  const path = normalize(name);
  if (path.startsWith('..') || path.startsWith('/')) throw new Error(`tar entry ${name} leads out of its directory`);
  return path;
}

function text(archive: Buffer, at: number, length: number): string {
  return archive.toString('latin1', at, at + length).split('\0')[0]?.trim() ?? '';
}
