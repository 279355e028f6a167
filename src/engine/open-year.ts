import type { Database } from '../database.js';
import type { Actor } from '../domain/actor.js';
import { Conflict } from '../domain/errors.js';
import type { CommandOutcome, OpenRequest } from './engine.js';

/**
 * Opens a programme year for every filing unit of that year (lifecycle: the office opens year Y). A unit whose year is open already is
 * left as it is, so the act may be repeated.
 */
export async function openYear(
  parts: { database: Pick<Database, 'asActor'>; engine: { open(actor: Actor, workflow: string, request: OpenRequest): Promise<CommandOutcome> } }, actor: Actor, year: number,
): Promise<{ opened: number; already: number }> {
  const units: string[] = await parts.database.asActor(actor, (trx) => trx('filing_unit').where({ city: actor.city, year }).orderBy('position').pluck('id'));
  let opened = 0;
  for (const unit of units) {
    try {
      await parts.engine.open(actor, 'programme', { unit, year, key: `year:${year}:${unit}` });
      opened += 1;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
  return { opened, already: units.length - opened };
}
