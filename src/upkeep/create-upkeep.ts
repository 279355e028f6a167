import type { Actor } from '../domain/actor.js';
import type { Day } from '../domain/local-day.js';
import type { Barred } from '../engine/barred.js';
import type { StaffLine } from '../reads/staff.js';
import { goOnWithHandOvers } from './carry-out.js';
import { orderHandOver } from './hand-over.js';
import { arrangedStaff, barredFollowers, handOvers, handOverShown, handOverView, type HandOverHead, type HandOverView, type ShownLine } from './hand-over-views.js';
import type { UpkeepParts } from './parts.js';

/** What keeps every duty with a living owner: who follows, who stands in, and what is done where something stands still. */
export interface Upkeep {
  /** @throws Forbidden to whoever arranges no post */
  staff(actors: readonly Actor[]): Promise<StaffLine[]>;
  handOverView(actors: readonly Actor[], person: string, day: Day): Promise<HandOverView>;
  /** What the chosen followers may not do of the posts that would come to them. */
  barred(actors: readonly Actor[], posts: readonly { post: string; org: string; role: string; follower: string }[]): Promise<(Barred & { person: string })[]>;
  orderHandOver(actors: readonly Actor[], fields: Record<string, unknown>, key: string): Promise<{ id: string }>;
  handOvers(actors: readonly Actor[]): Promise<HandOverHead[]>;
  handOver(actors: readonly Actor[], id: string): Promise<{ head: HandOverHead; lines: ShownLine[]; barred: (Barred & { person: string })[] }>;
  /** What the worker goes on with once a minute. Returns how much there was to do. */
  goOn(city: string): Promise<number>;
}

export function createUpkeep(parts: UpkeepParts): Upkeep {
  return {
    staff: (actors) => arrangedStaff(parts, actors),
    handOverView: (actors, person, day) => handOverView(parts, actors, person, day),
    barred: (actors, posts) => barredFollowers(parts, actors[0]!.city, posts),
    orderHandOver: (actors, fields, key) => orderHandOver(parts, actors, fields, key),
    handOvers: (actors) => handOvers(parts, actors),
    handOver: (actors, id) => handOverShown(parts, actors, id),
    goOn: (city) => goOnWithHandOvers(parts, city),
  };
}
