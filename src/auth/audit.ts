import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { newId } from '../clock.js';
import { localDay } from '../domain/local-day.js';

/** What happened outside a case: sign-in, reading of personal data, a download, an edit of registers or packs. */
export interface AuditEvent {
  city: string;
  at: Date;
  person: string | null;
  /** A stable word such as `sign-in.failed`. */
  action: string;
  /** What it was done to: a login, a document id. Never a secret. */
  subject: string;
  detail?: string;
}

/** What the first event of a city's day is chained to. */
const GENESIS = '0'.repeat(64);

/**
 * Appends an event to the chain of its city and day. Two events at once wait for each other, so no number is taken twice. The hash of
 * the event before is read as the system's own fact, whoever acts; the transaction must be allowed to read audit events (`asAuth`).
 */
export async function recordAudit(trx: Knex.Transaction, event: AuditEvent): Promise<void> {
  const day = localDay(event.at);
  await trx.raw(`select pg_advisory_xact_lock(hashtext('audit'), hashtext(?))`, [`${event.city} ${day}`]);
  const last = await trx('audit_event').where({ city: event.city, day }).orderBy('seq', 'desc').first('seq', 'hash');
  const row = {
    city: event.city, id: newId(), day, seq: (last?.seq ?? 0) + 1, at: event.at.toISOString(), person: event.person,
    action: event.action, subject: event.subject, detail: event.detail ?? '', prev_hash: last?.hash ?? GENESIS,
  };
  await trx('audit_event').insert({ ...row, hash: auditHash(row) });
}

interface AuditFields {
  city: string;
  day: string;
  seq: number;
  at: string;
  person: string | null;
  action: string;
  subject: string;
  detail: string;
  prev_hash: string;
}

/** SHA-256 over the fields of one event and the hash of the one before, each on its own line. */
export function auditHash(row: AuditFields): string {
  const fields = [row.prev_hash, row.city, row.day, String(row.seq), row.at, row.person ?? '', row.action, row.subject, row.detail];
  return createHash('sha256').update(fields.join('\n'), 'utf8').digest('hex');
}
