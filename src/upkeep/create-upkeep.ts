import type { Actor } from '../domain/actor.js';
import type { Day } from '../domain/local-day.js';
import type { Barred } from '../engine/barred.js';
import type { StaffLine } from '../reads/staff.js';
import { goOnWithHandOvers } from './carry-out.js';
import { endDeputy, nameDeputy, recordAbsence } from './deputies.js';
import { deputyView, type DeputyView } from './deputy-views.js';
import { orderHandOver } from './hand-over.js';
import { arrangedStaff, barredFollowers, handOvers, handOverShown, handOverView, type HandOverHead, type HandOverView, type ShownLine } from './hand-over-views.js';
import type { UpkeepParts } from './parts.js';
import { goOnWithRepairs } from './carry-out-repair.js';
import { confirmRepair, proposeRepair, refuseRepair, repairableAlarms, type RepairableAlarm } from './repairs.js';
import { watch } from './watch.js';

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
  /** Deputyships and absences that concern these actors. */
  deputies(actors: readonly Actor[]): Promise<DeputyView>;
  nameDeputy(actors: readonly Actor[], fields: Record<string, unknown>): Promise<{ id: string }>;
  endDeputy(actors: readonly Actor[], id: string, fields: Record<string, unknown>): Promise<void>;
  recordAbsence(actors: readonly Actor[], fields: Record<string, unknown>): Promise<{ id: string; uncovered: string[] }>;
  /** What stands still, what may be done about it and what somebody has proposed. @throws Forbidden to others than watchers */
  alarms(actors: readonly Actor[]): Promise<RepairableAlarm[]>;
  proposeRepair(actors: readonly Actor[], fields: Record<string, unknown>): Promise<{ id: string }>;
  confirmRepair(actors: readonly Actor[], id: string): Promise<void>;
  refuseRepair(actors: readonly Actor[], id: string, fields: Record<string, unknown>): Promise<void>;
  /** Raises alarms and tells of them, once each. Returns how many were raised. */
  watch(city: string): Promise<number>;
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
    deputies: (actors) => deputyView(parts, actors),
    nameDeputy: (actors, fields) => nameDeputy(parts, actors, fields),
    endDeputy: (actors, id, fields) => endDeputy(parts, actors, id, fields),
    recordAbsence: (actors, fields) => recordAbsence(parts, actors, fields),
    alarms: (actors) => repairableAlarms(parts, actors),
    proposeRepair: (actors, fields) => proposeRepair(parts, actors, fields),
    confirmRepair: (actors, id) => confirmRepair(parts, actors, id),
    refuseRepair: (actors, id, fields) => refuseRepair(parts, actors, id, fields),
    watch: (city) => watch(parts, city),
    goOn: async (city) => (await goOnWithHandOvers(parts, city)) + (await goOnWithRepairs(parts, city)),
  };
}
