import express, { type RequestHandler } from 'express';
import multer from 'multer';
import { contextOf } from './context.js';
import { storableText } from '../domain/text.js';
import { tooLarge, unreadable } from './refusals.js';

const TEXT_LIMIT = '2mb';
const FILE_LIMIT_MB = 50;
const FIELD_LIMIT = 20_000;
const FILES = 10;
/** All files of one request; a larger one is refused by what it announces, before any of it is read. */
const REQUEST_LIMIT_BYTES = 2 * FILE_LIMIT_MB * 1024 * 1024;
const STRANGER_FIELDS = 200;
const STRANGER_FIELD_BYTES = 64 * 1024;
/** The largest form has a field for every item of a list; how much of it is kept is said where it is sealed. */
const UNSENT_FIELDS = 4_000;

/** The largest file taken, as the refusal names it. */
export const fileLimit = `${FILE_LIMIT_MB} MB`;

/**
 * Reads a body: a form, JSON for the API, or a form with files. A file stays in memory until the content room has looked inside it;
 * one that is too large is refused while it still arrives.
 */
export function readBody(): RequestHandler[] {
  const files = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: FILE_LIMIT_MB * 1024 * 1024, files: FILES, fields: FIELD_LIMIT, fieldSize: 2 * 1024 * 1024 },
    // Browsers send names in UTF-8 and multer reads them as Latin-1 unless told otherwise.
    defParamCharset: 'utf8',
  });
  const take = files.any();
  // Of a stranger only the texts are read, so that they can be given back; of somebody whose session has just ended also what the files are called.
  const texts = multer({ fileFilter: (_req, _file, done) => done(null, false), limits: { fields: STRANGER_FIELDS, fieldSize: STRANGER_FIELD_BYTES }, defParamCharset: 'utf8' }).any();
  const unsent = multer({
    fileFilter: (req, file, done) => {
      const { filesLeft } = contextOf(req.res!);
      if (filesLeft.length < FILES) filesLeft.push(file.originalname.slice(0, 200));
      done(null, false);
    },
    limits: { fields: UNSENT_FIELDS, fieldSize: STRANGER_FIELD_BYTES }, defParamCharset: 'utf8',
  }).any();
  return [
    express.json({ limit: TEXT_LIMIT, strict: true, reviver: (_key, value) => (typeof value === 'string' ? storableText(value) : value) }),
    express.urlencoded({ extended: false, limit: TEXT_LIMIT, parameterLimit: FIELD_LIMIT }),
    (req, _res, next) => next(Number(req.headers['content-length'] ?? 0) > REQUEST_LIMIT_BYTES ? tooLarge(fileLimit) : undefined),
    (req, res, next) => {
      const { viewer, ended } = contextOf(res);
      // A file that a stranger compares with a paper is hashed by its page while it arrives, and kept nowhere.
      if (viewer === null && req.path.startsWith('/verify/')) return next();
      return void (viewer !== null ? take : ended !== null ? unsent : texts)(req, res, (error?: unknown) => next(readable(error)));
    },
    holdable,
  ];
}

/** A form with files that is none: its reader complains in plain errors, which are the sender's and not ours. */
const readable = (error: unknown): unknown => (error instanceof Error && !(error instanceof multer.MulterError) ? unreadable(error.message) : error);

/** The texts of a plain form as a database can hold them. */
const holdable: RequestHandler = (req, _res, next) => {
  const body: unknown = req.body;
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
    for (const [name, value] of Object.entries(body)) if (typeof value === 'string') (body as Record<string, unknown>)[name] = storableText(value);
  }
  next();
};
