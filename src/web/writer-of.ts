import type { Actor } from '../domain/actor.js';
import { viewerOf, type Exchange } from './context.js';

/** Of several posts behind one wall the clerk's is the one that writes. */
export const writerOf = (x: Exchange, seen: Actor): Actor =>
  viewerOf(x).actors.find((actor) => actor.role === 'unit.clerk' && actor.unit === seen.unit) ?? seen;
