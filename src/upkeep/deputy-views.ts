import { workerActor, type Actor } from '../domain/actor.js';
import { localDay, type Day } from '../domain/local-day.js';
import { words, type Words } from '../domain/text.js';
import type { Barred } from '../engine/barred.js';
import { absencesSince, type Absence } from '../reads/absences.js';
import { deputyships, type Deputyship } from './carried-by.js';
import { servingOf, staffOn, type Serving } from '../reads/staff.js';
import { uncovered } from './coverage.js';
import { mayName } from './deputies.js';
import type { UpkeepParts } from './parts.js';

/** A deputyship as its people see it: whether it runs, whether this reader may end it, and what the deputy may not decide all the same. */
export interface ShownDeputyship extends Deputyship {
  runs: boolean;
  mayEnd: boolean;
  barred: Barred[];
}

export interface DeputyView {
  list: ShownDeputyship[];
  /** Holdings for which this reader may name a deputy. */
  holdings: { holding: string; postName: string; postNameEn: string; orgName: string; person: string; personName: string; unit: string | null }[];
  /** Who may stand in, by side. */
  candidates: Serving[];
  /** Who is away, and in which posts nobody stands in. */
  away: (Absence & { posts: Words[] })[];
}

const MANY = 40;

/** What concerns these actors: as holder, as deputy, or as who arranges the post. */
export async function deputyView({ database, clock, engine }: UpkeepParts, actors: readonly Actor[]): Promise<DeputyView> {
  const { city, person } = actors[0]!;
  const today: Day = localDay(clock.now());
  const view = await database.asActor(workerActor(city), async (trx) => {
    const staff = await staffOn(trx, city, today);
    const all = (await deputyships(trx, city, today)).filter((one) => one.deputy === person || mayName(actors, one, one.holder));
    const holdingIds = new Map((await trx('post_holding').where({ city, standing: 'A' }).where('valid_from', '<=', today).andWhere((q) => q.whereNull('valid_to').orWhere('valid_to', '>=', today))
      .select('id', 'post', 'person')).map((row) => [`${row.post} ${row.person}`, row.id as string]));
    const named = staff.filter((line) => line.person !== null && mayName(actors, line, line.person));
    const sides = new Set(named.map(({ unit }) => unit));
    const away: DeputyView['away'] = [];
    for (const one of await absencesSince(trx, city, today)) {
      if (one.person !== person && !named.some((line) => line.person === one.person)) continue;
      away.push({ ...one, posts: (await uncovered(trx, city, one)).map(({ postName, postNameEn }) => words(postName, postNameEn)) });
    }
    return {
      all, away, holdings: named.map((line) => ({
        holding: holdingIds.get(`${line.post} ${line.person}`)!, postName: line.postName, postNameEn: line.postNameEn, orgName: line.orgName, person: line.person!, personName: line.personName!, unit: line.unit,
      })),
      candidates: servingOf(staff.filter((line) => sides.has(line.unit))),
    };
  });
  const { all, ...rest } = view;
  const list: ShownDeputyship[] = [];
  for (const [index, one] of all.entries()) {
    list.push({
      ...one, runs: one.from <= today, mayEnd: one.deputy === person || mayName(actors, one, one.holder),
      barred: index < MANY ? await engine.barredFrom(city, [{ post: one.post, org: one.org, role: one.role }], one.deputy) : [],
    });
  }
  return { list, ...rest };
}
