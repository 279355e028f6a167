import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../clock.js';
import { words } from '../domain/text.js';
import { DocumentRefusal } from './document-refusal.js';

/** Where files live that may never change: issued papers, attachments, packages. */
export interface BlobStore {
  /** Keeps bytes under the hash of their content; the same bytes twice are one blob. Returns only when they are on disk. */
  put(bytes: Uint8Array): Promise<{ sha256: string; size: number }>;
  /** The bytes, proved against their name. @throws DocumentRefusal blob-missing, blob-damaged */
  get(sha256: string): Promise<Buffer>;
  has(sha256: string): Promise<boolean>;
  /** Gone when it returns, and nothing happens where it was gone already. Whoever calls has made sure that nothing rests on it. */
  remove(sha256: string): Promise<void>;
}

/** Lower-case hexadecimal SHA-256. */
export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Blobs as files in a folder: `ab/cd/abcd…`, named by nothing but their hash, read-only, written aside and renamed in one
 * step, file and folder flushed before `put` returns.
 */
export function folderBlobStore(folder: string): BlobStore {
  const pathOf = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw missing(sha256);
    return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  };
  const has = (sha256: string): Promise<boolean> => stat(pathOf(sha256)).then((found) => found.isFile(), absent);
  const get = async (sha256: string): Promise<Buffer> => {
    const path = pathOf(sha256);
    const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => { throw error.code === 'ENOENT' ? missing(sha256) : error; });
    if (sha256Of(bytes) !== sha256) throw damaged(sha256);
    return bytes;
  };
  const put = async (bytes: Uint8Array): Promise<{ sha256: string; size: number }> => {
    const sha256 = sha256Of(bytes);
    const kept = { sha256, size: bytes.byteLength };
    // A damaged blob is replaced by the good bytes at hand; a sound one is left alone.
    if (await get(sha256).then(() => true, (error) => { if (error instanceof DocumentRefusal) return false; throw error; })) return kept;
    const path = pathOf(sha256);
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
    const aside = join(folder, `.${newId()}.part`);
    try {
      await writeFlushed(aside, bytes);
      await rename(aside, path);
      await flushFolder(join(path, '..'));
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
    return kept;
  };
  const remove = async (sha256: string): Promise<void> => {
    const path = pathOf(sha256);
    if (!(await has(sha256))) return;
    await rm(path, { force: true });
    await flushFolder(join(path, '..'));
  };
  return { put, get, has, remove };
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const file: FileHandle = await open(path, 'wx', 0o400);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename is durable only when the folder that names the file is. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function absent(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOENT') return false;
  throw error;
}

function missing(sha256: string): DocumentRefusal {
  return new DocumentRefusal('blob-missing', words('找不到这个文件。', 'This file is not in the store.'), `no blob ${sha256.slice(0, 80)}`);
}

function damaged(sha256: string): DocumentRefusal {
  return new DocumentRefusal(
    'blob-damaged', words('存储的文件与登记的摘要值不一致，不能使用。请从备份恢复。', 'The stored file does not match its hash and cannot be used. Restore it from a backup.'), `blob ${sha256} does not match its name`,
  );
}
