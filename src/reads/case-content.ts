import type { Knex } from 'knex';
import type { Disposal } from '../domain/isolation.js';

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

/** An attachment as a list shows it. Isolated, its name and hash are still shown and its content is in nobody's reach; removed, it is gone. */
export interface AttachmentLine {
  id: string;
  side: 'unit' | 'city';
  purpose: string;
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
  uploadedAt: Date;
  uploaderName: string;
  isolatedAt: Date | null;
  isolatorName: string | null;
  isolatedWhy: string | null;
  /** What one person has proposed and nobody has confirmed yet, or what was confirmed. */
  disposal: Disposal | null;
  disposalWhy: string | null;
  proposer: string | null;
  proposerName: string | null;
  proposedAt: Date | null;
  removedAt: Date | null;
  removerName: string | null;
}

/** The attachments of a case this reader may see. */
export async function attachmentsOf(trx: Knex.Transaction, city: string, caseId: string): Promise<AttachmentLine[]> {
  const named = (alias: string, column: string) => (on: Knex.JoinClause) => on.on(`${alias}.city`, 'a.city').andOn(`${alias}.id`, column);
  return trx('attachment as a').leftJoin('person as p', named('p', 'a.uploaded_by')).leftJoin('person as i', named('i', 'a.isolated_by'))
    .leftJoin('person as d', named('d', 'a.disposal_proposed_by')).leftJoin('person as r', named('r', 'a.removed_by'))
    .where({ 'a.city': city, 'a.case_id': caseId }).orderBy('a.uploaded_at')
    .select('a.id', 'a.side', 'a.purpose', 'a.name', 'a.media_type as mediaType', 'a.size', 'a.sha256', 'a.uploaded_at as uploadedAt', 'p.name as uploaderName',
      'a.isolated_at as isolatedAt', 'i.name as isolatorName', 'a.isolated_why as isolatedWhy', 'a.disposal', 'a.disposal_why as disposalWhy',
      'a.disposal_proposed_by as proposer', 'd.name as proposerName', 'a.disposal_proposed_at as proposedAt', 'a.removed_at as removedAt', 'r.name as removerName');
}

/** One attachment with the case it belongs to; undefined when it is not there for this reader. */
export async function attachmentById(
  trx: Knex.Transaction, city: string, id: string,
): Promise<(Pick<AttachmentLine, 'id' | 'name' | 'mediaType' | 'sha256' | 'isolatedAt'> & { caseId: string }) | undefined> {
  return trx('attachment').where({ city, id }).first('id', 'case_id as caseId', 'name', 'media_type as mediaType', 'sha256', 'isolated_at as isolatedAt');
}
