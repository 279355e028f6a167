import { newId } from '../clock.js';
import { workerActor, type Actor } from '../domain/actor.js';
import type { Words } from '../domain/text.js';
import { watcherOf, type Alarm, type AlarmKind } from '../engine/alarms.js';
import { openTitle } from '../engine/open-title.js';
import { tellWatchers } from './tell.js';
import type { Trx, UpkeepParts } from './parts.js';

/**
 * Raises an alarm for whatever stands still, once, and tells administrator and director; one that no longer holds is cleared. Cases whose rows do not
 * agree are looked for first. Several workers may look at once: whoever writes an alarm down first tells of it. Returns how many were raised.
 */
export async function watch({ database, clock, engine }: UpkeepParts, city: string): Promise<number> {
  const system = workerActor(city);
  const known: string[] = await database.asActor(system, (trx) => trx('alarm').where({ city, kind: 'broken', cleared_at: null }).pluck('item'));
  const swept = await engine.sweep(city, known);
  const standing = await engine.standstill(city);
  const now = clock.now();
  return database.asActor(system, async (trx) => {
    let raised = 0;
    const broken = swept.filter(({ defects }) => defects.length > 0);
    const found: Found[] = [...standing, ...broken.map(({ caseId, stage, defects }) => ({ kind: 'broken' as const, item: caseId, caseId, about: stage, detail: joined(defects), since: now }))];
    for (const one of found) if (await raise(trx, city, one, now)) raised += 1;
    await clear(trx, city, found, swept.map(({ caseId }) => caseId), now);
    return raised;
  });
}

type Found = Pick<Alarm, 'kind' | 'item' | 'caseId' | 'about' | 'detail' | 'since'>;

const joined = (defects: readonly Words[]): Words => ({ zh: defects.map(({ zh }) => zh).join('；'), en: defects.map(({ en }) => en).join('; ') });

async function raise(trx: Trx, city: string, one: Found, now: Date): Promise<boolean> {
  const { rows } = await trx.raw(
    `insert into alarm (city, id, kind, item, case_id, about, detail, since, raised_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (city, kind, item) where cleared_at is null do nothing returning id`,
    [city, newId(), one.kind, one.item, one.caseId, one.about, JSON.stringify(one.detail), one.since, now],
  );
  if (rows.length === 0) return false;
  await tellWatchers(trx, city, one.caseId, { template: 'alarmRaised', params: { kind: one.kind } }, now);
  return true;
}

/** What stands still no longer; of the cases only those that were looked at just now. */
async function clear(trx: Trx, city: string, found: readonly Found[], swept: readonly string[], now: Date): Promise<void> {
  const open = (await trx('alarm').where({ city, cleared_at: null }).select('id', 'kind', 'item')) as { id: string; kind: AlarmKind; item: string }[];
  const over = open.filter(({ kind, item }) => !found.some((one) => one.kind === kind && one.item === item) && (kind !== 'broken' || swept.includes(item)));
  if (over.length > 0) await trx('alarm').where({ city }).whereIn('id', over.map(({ id }) => id)).update({ cleared_at: now });
}

/** Every alarm of a city, oldest first: what stands still at this moment, and the cases the last sweeps found broken. @throws Forbidden to others than watchers */
export async function alarmsNow({ database, engine }: UpkeepParts, actors: readonly Actor[]): Promise<Alarm[]> {
  const { city } = watcherOf(actors);
  const broken = await database.asActor(workerActor(city), (trx) => trx('alarm as a').join('case_file as c', (on) => on.on('c.city', 'a.city').andOn('c.id', 'a.case_id'))
    .where({ 'a.city': city, 'a.kind': 'broken', 'a.cleared_at': null })
    .select('a.kind', 'a.item', 'a.case_id as caseId', 'c.case_number as caseNumber', openTitle(trx), 'a.about', 'a.detail', 'a.since', 'c.workflow', 'c.chart_version as version', 'c.pack'));
  const all: Alarm[] = [...(await engine.standstill(city)), ...broken.map(({ workflow, version, pack, ...one }) => ({ ...one, chart: { workflow, chartVersion: version, pack } }))];
  return all.sort((a, b) => a.since.getTime() - b.since.getTime());
}
