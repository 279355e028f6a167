import type { Knex } from 'knex';
import type { PaperEntry } from '../engine/paper-entries.js';
import { contentVersions } from '../reads/case-content.js';
import { actorsFor } from './actors-for.js';
import type { Exchange } from './context.js';

/** The entry of an address: a duty by its task, or the rights of a case by none. */
export const entriesOf = (entries: readonly PaperEntry[], taskId: string | null): PaperEntry[] => entries.filter((entry) => entry.taskId === taskId);

export const paperEntries = async (x: Exchange, caseId: string): Promise<PaperEntry[]> => x.services.engine.paperEntriesFor(await actorsFor(x, caseId), caseId);

/** Whether a sheet may be printed for an entry: a right tells nothing of the content; what a duty decides on, its printer may read. */
export async function printable(x: Exchange, trx: Knex.Transaction, caseId: string, entry: PaperEntry): Promise<boolean> {
  if (entry.taskId === null) return true;
  const shown = await x.services.content.shownHash(trx, caseId);
  return shown === null || (await contentVersions(trx, x.services.city, caseId)).some((version) => version.hash === shown);
}
