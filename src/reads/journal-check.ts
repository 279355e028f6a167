import type { Knex } from 'knex';

/** The outcome of re-computing a case's chain: complete, or the first entry that does not hold. */
export interface JournalCheck {
  entries: number;
  intact: boolean;
  brokenAt: number | null;
  headHash: string;
}

const GENESIS = '0'.repeat(64);

/**
 * Checks every link of a case's journal: sha256(previous hash, newline, fields), re-computed where the entries lie, so that it can be
 * checked by readers to whom entries are hidden; and it must end in the hash the case itself holds.
 */
export async function checkJournal(trx: Knex.Transaction, caseId: string, year: number, headHash: string): Promise<JournalCheck> {
  const { rows } = await trx.raw('select seq, prev_hash, hash, holds from journal_chain(?, ?)', [caseId, year]);
  let previous = GENESIS;
  let expected = 1;
  for (const row of rows as { seq: number; prev_hash: string; hash: string; holds: boolean }[]) {
    if (row.seq !== expected || row.prev_hash !== previous || !row.holds) {
      return { entries: rows.length, intact: false, brokenAt: expected, headHash };
    }
    previous = row.hash;
    expected += 1;
  }
  const intact = previous === headHash;
  return { entries: rows.length, intact, brokenAt: intact ? null : rows.length, headHash };
}
