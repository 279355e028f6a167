import type { BlobStore } from '../documents/blob-store.js';
import type { Database } from '../database.js';
import { workerActor } from '../domain/actor.js';
import { holdContent } from '../content/held-content.js';
import type { Effect } from '../engine/worker.js';

/**
 * Removes bytes for good, unless something in reach still rests on them: another file, an issued paper, a package, in any city of the
 * installation. Whoever stores the same bytes meanwhile waits, and stores them anew.
 */
export const eraseContent = (parts: { database: Database; blobs: BlobStore; cities(): Promise<string[]> }): Effect => async (row) => {
  const sha256 = String(row.params.sha256);
  const cities = await parts.cities();
  await parts.database.asActor(workerActor(row.city), async (trx) => {
    await holdContent(trx, sha256);
    for (const city of cities) {
      // One statement never spans two cities; the same transaction looks behind the walls of each.
      await trx.raw(`select set_config('app.city', ?, true)`, [city]);
      const rests = (await trx('attachment').where({ city, sha256 }).whereNull('removed_at').first('id'))
        ?? (await trx('document').where({ city, sha256 }).first('id')) ?? (await trx('archive_package').where({ city, sha256 }).first('case_id'));
      if (rests !== undefined) return;
    }
    await parts.blobs.remove(sha256);
  });
};
