import express, { type RequestHandler } from 'express';
import multer from 'multer';
import { contextOf } from './context.js';

const TEXT_LIMIT = '2mb';
const FILE_LIMIT_MB = 50;
const FIELD_LIMIT = 20_000;

/** The largest file taken, as the refusal names it. */
export const fileLimit = `${FILE_LIMIT_MB} MB`;

/**
 * Reads a body: a form, JSON for the API, or a form with files. A file stays in memory until the content room has looked inside it;
 * one that is too large is refused while it still arrives.
 */
export function readBody(): RequestHandler[] {
  const files = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: FILE_LIMIT_MB * 1024 * 1024, files: 10, fields: FIELD_LIMIT, fieldSize: 2 * 1024 * 1024 },
    // Browsers send names in UTF-8 and multer reads them as Latin-1 unless told otherwise.
    defParamCharset: 'utf8',
  });
  const take = files.any();
  return [
    express.json({ limit: TEXT_LIMIT, strict: true }),
    express.urlencoded({ extended: false, limit: TEXT_LIMIT, parameterLimit: FIELD_LIMIT }),
    // A stranger's files are never even read.
    (req, res, next) => (contextOf(res).viewer === null ? next() : void take(req, res, next)),
  ];
}
