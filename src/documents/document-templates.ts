import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import type { DocumentFormat } from './document-view.js';

/** Turns a framed view into HTML; throws when the view lacks a value the template asks for. */
export type DocumentTemplate = (frame: object) => string;

const strict = { strict: true, preventIndent: true } as const;

/**
 * The three layouts with their parts, compiled once. Strict: a name the view does not have is an error, never an empty
 * space on an issued paper. Everything is escaped but the style sheet and the drawings, which are made by this room.
 */
export function loadDocumentTemplates(folder: string = findTemplates()): Record<DocumentFormat, DocumentTemplate> {
  const handlebars = Handlebars.create();
  const compile = (file: string): DocumentTemplate => handlebars.compile(readFileSync(join(folder, file), 'utf8').replace(/\n$/, ''), strict);
  for (const part of ['parts', 'blocks']) {
    for (const file of readdirSync(join(folder, part))) handlebars.registerPartial(basename(file, '.hbs'), compile(join(part, file)));
  }
  handlebars.registerPartial('style', compile('print.css.hbs'));
  return { official: compile('official.hbs'), letter: compile('letter.hbs'), form: compile('form.hbs') };
}

/** The templates stand beside `src` in a checkout and beside `dist` in a built one. */
function findTemplates(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'templates', 'documents', 'official.hbs'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('templates/documents not found above the document room');
    folder = parent;
  }
  return join(folder, 'templates', 'documents');
}
