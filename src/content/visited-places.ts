import type { Knex } from 'knex';
import { words } from '../domain/text.js';
import type { TypedVisit, VisitedPlace } from '../domain/visited-place.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import { checklistDefects, readMeasures } from './preparers/measured.js';
import { places, type Place } from './preparers/places.js';

/** How far the record of each platform has come; a place that is none of the unit's is left out. */
export async function visitedPlaces(trx: Knex.Transaction, unit: { city: string; year: number; unit: string }, pack: PolicyPack, typed: readonly TypedVisit[]): Promise<VisitedPlace[]> {
  const found = (await places({ trx, pack, caseRow: unit }, typed, 'visits')).places;
  return found.map((place) => judged(pack, place, typed.find(({ tier, placeCode }) => tier === place.tier && placeCode === place.placeCode)!));
}

function judged(pack: PolicyPack, place: Place, { measures = [], checklist = [], visitedOn }: TypedVisit): VisitedPlace {
  const list = pack.inspection.checklists.value[place.tier];
  const { measured, defects } = readMeasures(pack, place.tier, place.population, measures, 'measures');
  return {
    ...place,
    areas: { done: measured.length, all: list.filter(({ kind }) => kind === 'area').length, short: measured.filter(({ met }) => !met).length },
    checks: { done: checklist.length, all: list.filter(({ kind }) => kind === 'yesNo').length, unmet: checklist.filter(({ result }) => result === 'unmet').length },
    missing: [
      ...defects, ...checklistDefects(pack, place.tier, checklist, 'checklist'),
      ...(visitedOn ? [] : [{ field: 'visitedOn', code: 'missing', sentence: words('没有填到现场的日期。', 'The day of the visit is not entered.') }]),
    ],
  };
}
