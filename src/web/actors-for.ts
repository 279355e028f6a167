import { caseKnown } from '../reads/case-head.js';
import type { Actor } from '../domain/actor.js';
import { viewerOf, type Exchange } from './context.js';
import { readAs, walls } from './reading.js';

/** The actors whose wall knows the case come first: the engine reads as the first. Behind one wall there is nothing to put in order, and the engine itself says what it does not know. */
export async function actorsFor(x: Exchange, caseId: string): Promise<Actor[]> {
  const actors = viewerOf(x).actors;
  if (walls(actors).length === 1) return actors;
  const known = await readAs(x, async (trx, actor) => {
    await caseKnown(trx, x.services.city, caseId);
    return actor;
  });
  return [...actors].sort((a, b) => Number(b.scope === known.scope && b.unit === known.unit) - Number(a.scope === known.scope && a.unit === known.unit));
}
