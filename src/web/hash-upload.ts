import { createHash } from 'node:crypto';
import multer, { type StorageEngine } from 'multer';
import { sha256Of } from '../documents/blob-store.js';
import type { Exchange } from './context.js';

const LIMIT_BYTES = 50 * 1024 * 1024;

/** Hashes a file while it arrives and keeps nothing of it, neither on disk nor in memory. */
const hashing: StorageEngine = {
  _handleFile: (_req, file, done) => {
    const hash = createHash('sha256');
    let size = 0;
    file.stream.on('data', (part: Buffer) => {
      size += part.length;
      hash.update(part);
    });
    file.stream.on('error', done);
    file.stream.on('end', () => done(null, { filename: hash.digest('hex'), size }));
  },
  _removeFile: (_req, _file, done) => done(null),
};
const one = multer({ storage: hashing, limits: { fileSize: LIMIT_BYTES, files: 1, fields: 5, fieldSize: 1000 }, defParamCharset: 'utf8' }).single('file');

/** The SHA-256 of the one file of a form, sent by anybody; null when no file was sent. A signed-in person's file has been read already. */
export async function hashUpload(x: Exchange): Promise<string | null> {
  const taken = (x.req.files as Express.Multer.File[] | undefined)?.find((file) => file.fieldname === 'file' && file.size > 0);
  if (taken !== undefined) return sha256Of(taken.buffer);
  if (x.context.viewer !== null) return null;
  await new Promise<void>((resolve, reject) => one(x.req, x.res, (error: unknown) => (error ? reject(error as Error) : resolve())));
  return x.req.file === undefined || x.req.file.size === 0 ? null : x.req.file.filename;
}
