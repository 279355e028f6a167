import type { Database } from '../database.js';
import { workerActor } from '../domain/actor.js';
import { words } from '../domain/text.js';
import type { BrokenCase } from './check-cases.js';
import { sha256 } from './journal.js';

/** Where the chain of one case ended at an instant. */
export interface JournalHead {
  id: string;
  caseNumber: string;
  seq: number;
  hash: string;
}

/**
 * The heads of every case of a city at an instant, to be kept outside the database (printed, signed, on another machine). A chain proves itself
 * up to its own head; whoever can cut off its end and set the head back leaves nothing to see but this.
 */
export interface JournalHeads {
  city: string;
  /** ISO instant; entries before it are covered. */
  until: string;
  cases: JournalHead[];
  /** SHA-256 over the heads: the one line that has to be kept. */
  root: string;
}

/** The heads as the journal has them now for everything before an instant. */
export async function journalHeads(database: Pick<Database, 'asActor'>, city: string, until: Date): Promise<JournalHeads> {
  const { rows } = await database.asActor(workerActor(city), (trx) => trx.raw(
    `select distinct on (j.case_id) j.case_id as id, f.case_number as "caseNumber", j.seq, j.hash
       from journal j left join case_file f on f.city = j.city and f.id = j.case_id
      where j.city = ? and j.at < ? order by j.case_id, j.seq desc`, [city, until]));
  const cases = rows as JournalHead[];
  return { city, until: until.toISOString(), cases, root: rootOf(city, until.toISOString(), cases) };
}

export const rootOf = (city: string, until: string, cases: readonly JournalHead[]): string =>
  sha256([city, until, ...cases.map((one) => `${one.id} ${one.seq} ${one.hash}`)].join('\n'));

/** What of the kept heads the journal no longer bears out: an end cut off, an entry rewritten with all that follows, a case gone. */
export async function compareHeads(database: Pick<Database, 'asActor'>, kept: JournalHeads): Promise<BrokenCase[]> {
  if (rootOf(kept.city, kept.until, kept.cases) !== kept.root) {
    return [{ caseNumber: kept.city, entry: null, what: words('留存的链尾自身已被改动', 'the kept heads were changed themselves') }];
  }
  const now: Map<string, string> = await database.asActor(workerActor(kept.city), async (trx) => {
    const { rows } = await trx.raw(
      `select j.case_id as id, j.hash from journal j join jsonb_to_recordset(?::jsonb) as k(id uuid, seq int) on j.case_id = k.id and j.seq = k.seq where j.city = ?`,
      [JSON.stringify(kept.cases.map(({ id, seq }) => ({ id, seq }))), kept.city]);
    return new Map(rows.map((row: { id: string; hash: string }) => [row.id, row.hash]));
  });
  return kept.cases.filter((one) => now.get(one.id) !== one.hash).map((one) => ({
    caseNumber: one.caseNumber, entry: one.seq,
    what: now.has(one.id) ? words('与留存的链尾不符，此前的日志被改写', 'is not what was kept: the journal up to here was rewritten') : words('留存时有这一条，现已不在', 'was there when the heads were kept and is gone'),
  }));
}
