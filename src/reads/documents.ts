import type { Knex } from 'knex';
import { NotFound } from '../domain/errors.js';
import { words } from '../domain/text.js';

/** An issued paper as lists and its own page show it. */
export interface DocumentLine {
  id: string;
  caseId: string;
  caseNumber: string;
  unit: string;
  unitName: string | null;
  year: number;
  kind: string;
  title: string;
  number: string | null;
  dated: string;
  deliveredAt: Date | null;
  registeredAt: Date | null;
  enteredAt: Date;
  filingOrg: string;
  retention: string;
  sha256: string;
  size: number;
  pages: number;
  verifyCode: string;
  supersedes: string | null;
  supersededBy: string | null;
  visibleTo: 'unit' | 'city' | 'both';
  archivalStatus: string | null;
}

const lines = (trx: Knex.Transaction) =>
  trx('document as d')
    .join('case_file as c', (on) => on.on('c.city', 'd.city').andOn('c.id', 'd.case_id'))
    .leftJoin('filing_unit as u', (on) => on.on('u.city', 'd.city').andOn('u.year', 'd.year').andOn('u.id', 'd.unit'))
    .leftJoin('document as next', (on) => on.on('next.city', 'd.city').andOn('next.supersedes', 'd.id'))
    .leftJoin('archive_package as k', (on) => on.on('k.city', 'd.city').andOn('k.case_id', 'd.case_id'))
    .select('d.id', 'd.case_id as caseId', 'c.case_number as caseNumber', 'd.unit', 'u.name as unitName', 'd.year', 'd.kind', 'd.title', 'd.number', 'd.dated',
      'd.delivered_at as deliveredAt', 'd.registered_at as registeredAt', 'd.entered_at as enteredAt', 'd.filing_org as filingOrg', 'd.retention', 'd.sha256',
      'd.size', 'd.pages', 'd.verify_code as verifyCode', 'd.supersedes', 'next.id as supersededBy', 'd.visible_to as visibleTo',
      'k.archival_status as archivalStatus');

export interface DocumentFilter {
  city: string;
  year?: number;
  kind?: string;
  unit?: string;
  caseId?: string;
}

/** The papers this reader may see, latest first. */
export async function documentsOf(trx: Knex.Transaction, filter: DocumentFilter): Promise<DocumentLine[]> {
  const wanted = { 'd.city': filter.city, 'd.year': filter.year, 'd.kind': filter.kind, 'd.unit': filter.unit, 'd.case_id': filter.caseId };
  return lines(trx)
    .where(Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)))
    .orderBy([{ column: 'd.entered_at', order: 'desc' }, { column: 'd.id', order: 'desc' }]);
}

/**
 * One paper.
 * @throws NotFound when it is not there for this reader
 */
export async function documentById(trx: Knex.Transaction, city: string, id: string): Promise<DocumentLine> {
  const found = await lines(trx).where({ 'd.city': city, 'd.id': id }).first();
  if (found === undefined) throw new NotFound('no-such-document', words('没有这份文书。', 'There is no such document.'), `document ${id}`);
  return found;
}

/** What anybody who holds a paper may check: that it was issued, and whether another has taken its place. No content. */
export interface VerifiedDocument {
  status: 'valid' | 'superseded';
  kind: string;
  number: string | null;
  dated: string;
  issuer: string;
  sha256: string;
  supersededByCode: string | null;
}

/** Looks a verification code up; null when no paper has it. Read as the system's own hand, since the asker is nobody. */
export async function verifyDocument(trx: Knex.Transaction, city: string, code: string): Promise<VerifiedDocument | null> {
  const row = await trx('document as d')
    .leftJoin('document as next', (on) => on.on('next.city', 'd.city').andOn('next.supersedes', 'd.id'))
    .where({ 'd.city': city, 'd.verify_code': code })
    .first('d.kind', 'd.number', 'd.dated', 'd.filing_org as issuer', 'd.sha256', 'next.verify_code as next');
  if (row === undefined) return null;
  const { next, ...document } = row;
  return { ...document, status: next === null ? 'valid' : 'superseded', supersededByCode: next };
}

/** The code of the paper whose file has this hash; null when no paper of ours has it. */
export async function verifyHash(trx: Knex.Transaction, city: string, sha256: string): Promise<{ code: string } | null> {
  return (await trx('document').where({ city, sha256 }).orderBy('entered_at', 'desc').first('verify_code as code')) ?? null;
}

/** The package of a case that has been pre-archived, as the reader's own side files it; undefined before that. */
export async function packageOf(
  trx: Knex.Transaction, city: string, caseId: string,
): Promise<{ sha256: string; size: number; builtAt: Date; retention: string; filingOrg: string; archivalStatus: string; headHash: string; stale: boolean } | undefined> {
  return trx('archive_package').where({ city, case_id: caseId }).first('sha256', 'size', 'built_at as builtAt', 'retention', 'filing_org as filingOrg',
    'archival_status as archivalStatus', 'head_hash as headHash', 'stale');
}
