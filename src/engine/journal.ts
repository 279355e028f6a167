import { createHash } from 'node:crypto';
import canonicalizeModule from 'canonicalize';

const canonicalize = canonicalizeModule as unknown as (value: unknown) => string;

/** SHA-256 of a UTF-8 text, in hex. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** One text for one value (RFC 8785): jsonb reorders keys and could not be hashed again. */
export const canonical = (value: unknown): string => canonicalize(value);

/** The visible skeleton of one step. The chain covers these fields; the payload only by its hash, so it can be hidden and the chain still holds. */
export interface JournalEntry {
  city: string;
  caseId: string;
  seq: number;
  /** ISO instant in UTC with milliseconds. */
  at: string;
  person: string | null;
  post: string | null;
  actingFor: string | null;
  origin: 'system' | 'paper' | 'backfill';
  command: string;
  state: string;
  chart: string;
  packHash: string;
  calendarVersion: string;
  payloadHash: string;
}

/** What the first entry of a case is chained to. */
export const GENESIS = '0'.repeat(64);

/** The fields the chain covers, in their fixed order; the SQL function `journal_chain` gives the same text. */
export function chainedFields(e: JournalEntry): string {
  return [
    e.city, e.caseId, String(e.seq), e.at, e.person ?? '', e.post ?? '', e.actingFor ?? '', e.origin, e.command, e.state,
    e.chart, e.packHash, e.calendarVersion, e.payloadHash,
  ].join('\n');
}

/** The hash that links an entry to the one before it. */
export const linkHash = (prevHash: string, fields: string): string => sha256(`${prevHash}\n${fields}`);

/** The first entry that breaks the chain, or null when it holds from the genesis to the head. */
export function brokenLink(chain: { seq: number; prevHash: string; hash: string; fields: string }[], headHash: string): { seq: number; why: string } | null {
  let prev = GENESIS;
  for (const [index, entry] of chain.entries()) {
    if (entry.seq !== index + 1) return { seq: index + 1, why: 'missing' };
    if (entry.prevHash !== prev) return { seq: entry.seq, why: 'not chained to the entry before' };
    if (linkHash(prev, entry.fields) !== entry.hash) return { seq: entry.seq, why: 'changed' };
    prev = entry.hash;
  }
  return prev === headHash ? null : { seq: chain.length, why: 'the end is missing' };
}
