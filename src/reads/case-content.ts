import type { Knex } from 'knex';

/** A frozen version of what a unit wrote. `body` is canonical JSON (RFC 8785) and hashes to `hash`. */
export interface ContentVersion {
  hash: string;
  ordinal: number;
  frozenAt: Date;
  releasedAt: Date | null;
  body: Record<string, unknown>;
}

/** The frozen versions this reader may see, latest first: the unit all of its own, the city those that were released to it. */
export async function contentVersions(trx: Knex.Transaction, city: string, caseId: string): Promise<ContentVersion[]> {
  const rows = await trx('content_version').where({ city, case_id: caseId }).orderBy('ordinal', 'desc')
    .select('hash', 'ordinal', 'frozen_at as frozenAt', 'released_at as releasedAt', 'body');
  return rows.map((row) => ({ ...row, body: JSON.parse(row.body) as Record<string, unknown> }));
}

/** A live section with its revision; only the side that writes it ever reads it. */
export interface LiveSection {
  name: string;
  body: Record<string, unknown>;
  revision: number;
  editedAt: Date;
  editorName: string;
}

/** The live sections of a case, by name. */
export async function liveSections(trx: Knex.Transaction, city: string, caseId: string): Promise<LiveSection[]> {
  return trx('case_section as s').leftJoin('person as p', (on) => on.on('p.city', 's.city').andOn('p.id', 's.edited_by'))
    .where({ 's.city': city, 's.case_id': caseId }).orderBy('s.name')
    .select('s.name', 's.body', 's.revision', 's.edited_at as editedAt', 'p.name as editorName');
}

/** An attachment as a list shows it. */
export interface AttachmentLine {
  id: string;
  purpose: string;
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
  uploadedAt: Date;
  uploaderName: string;
}

/** The attachments of a case this reader may see. */
export async function attachmentsOf(trx: Knex.Transaction, city: string, caseId: string): Promise<AttachmentLine[]> {
  return trx('attachment as a').leftJoin('person as p', (on) => on.on('p.city', 'a.city').andOn('p.id', 'a.uploaded_by'))
    .where({ 'a.city': city, 'a.case_id': caseId }).orderBy('a.uploaded_at')
    .select('a.id', 'a.purpose', 'a.name', 'a.media_type as mediaType', 'a.size', 'a.sha256', 'a.uploaded_at as uploadedAt', 'p.name as uploaderName');
}

/** One attachment with the case it belongs to; undefined when it is not there for this reader. */
export async function attachmentById(trx: Knex.Transaction, city: string, id: string): Promise<(AttachmentLine & { caseId: string }) | undefined> {
  return trx('attachment').where({ city, id })
    .first('id', 'case_id as caseId', 'purpose', 'name', 'media_type as mediaType', 'size', 'sha256', 'uploaded_at as uploadedAt');
}
