import { tierWords, type Tier } from '../../documents/fact-types.js';
import type { FactsOf } from '../../documents/document-kinds.js';
import { centerClass, hallBand } from '../../domain/standards.js';
import type { Measured } from '../../content/preparers/measured.js';
import type { Place } from '../../content/preparers/places.js';
import { standardRulesOf } from '../../../workflows/policies/pack-rules.js';
import type { Dossier } from '../dossier.js';
import { clauseWords } from './organs.js';

/** A platform that was measured and checked on site, as the command that recorded it left it in the journal. */
export interface Visited extends Place {
  visitedOn: string;
  measured: Measured[];
  checklist: { item: string; result: 'met' | 'unmet' | 'notApplicable'; remark?: string | null }[];
}

type MeasuredLine = FactsOf<'acceptanceReport'>['standards']['measured'][number];
type FunctionLine = FactsOf<'acceptanceReport'>['standards']['functions'][number];

/** Tiers as papers tell them apart: a station is a community's or a village's by the kind of its place. */
export async function paperTiers({ trx, city, year }: Dossier, places: readonly { tier: Place['tier']; placeCode: string }[]): Promise<Map<string, Tier>> {
  const codes = places.filter(({ tier }) => tier === 'station').map(({ placeCode }) => placeCode);
  const kinds = new Map((await trx('village').where({ city, year }).whereIn('code', codes).select('code', 'kind')).map((row) => [row.code, row.kind]));
  const tierOf = (tier: Place['tier'], code: string): Tier => (tier === 'hall' ? 'countyHall' : tier === 'center' ? 'townshipCenter' : kinds.get(code) === 'village' ? 'villagePoint' : 'communityStation');
  return new Map(places.map(({ tier, placeCode }) => [`${tier}:${placeCode}`, tierOf(tier, placeCode)]));
}

/** What of a platform's checklist is meant, by the name the pack gives it. */
export const checkItem = ({ pack }: Dossier, tier: Place['tier'], id: string) => pack.inspection.checklists.value[tier].find((one) => one.id === id);

/** Every measurement against its standard of annex 2, as judged when it was recorded. `unmetNote` goes to what fell short. */
export function measuredLines(dossier: Dossier, visits: readonly Visited[], tiers: ReadonlyMap<string, Tier>, unmetNote: string | null): MeasuredLine[] {
  const rules = standardRulesOf(dossier.pack);
  return visits.flatMap((visit) => visit.measured.flatMap(({ item, standard, mean, met, clause }): MeasuredLine[] => {
    if (standard === null) return [];
    const onBound = visit.tier === 'center' && visit.population !== null && centerClass(rules, visit.population).onBound;
    return [{
      facility: visit.name, tier: tiers.get(`${visit.tier}:${visit.placeCode}`)!, className: classWords(dossier, visit), population: visit.population,
      item: checkItem(dossier, visit.tier, item)?.name.zh ?? item, standard, measured: mean, met, clause: clauseWords(dossier, clause),
      note: [onBound ? `人口正在界上，按${rules.center.boundaryPolicy === 'higher' ? '较高' : '较低'}类别认定` : null, met ? null : unmetNote].filter((one) => one !== null).join('，') || null,
    }];
  }));
}

/** Rooms and functions that are there or not. */
export function functionLines(dossier: Dossier, visits: readonly Visited[]): FunctionLine[] {
  return visits.flatMap((visit) => visit.checklist.flatMap(({ item, result }): FunctionLine[] => {
    const known = checkItem(dossier, visit.tier, item);
    if (known === undefined || result === 'notApplicable' || !['premises', 'organization'].includes(known.dimension)) return [];
    return [{ facility: visit.name, item: known.name.zh, present: result === 'met', clause: clauseWords(dossier, known.clause) }];
  }));
}

/** Whether a platform meets everything it was measured and checked for. */
export const meetsAll = ({ measured, checklist }: Pick<Visited, 'measured' | 'checklist'>): boolean =>
  measured.every(({ met }) => met) && !checklist.some(({ result }) => result === 'unmet');

/** How many of a list of places are of each tier, in the order of the tiers. */
export function countByTier(places: readonly { tier: Place['tier']; placeCode: string }[], tiers: ReadonlyMap<string, Tier>): Map<Tier, number> {
  const counts = new Map<Tier, number>();
  for (const tier of Object.keys(tierWords) as Tier[]) {
    const count = places.filter((one) => tiers.get(`${one.tier}:${one.placeCode}`) === tier).length;
    if (count > 0) counts.set(tier, count);
  }
  return counts;
}

/** Ⅱ类, 100万人以上; null for stations, which annex 2 does not divide. */
function classWords({ pack }: Dossier, { tier, className, population }: Place): string | null {
  if (tier === 'center') return className === null ? null : `${className}类`;
  if (tier === 'station' || population === null) return null;
  const rules = standardRulesOf(pack);
  const band = hallBand(rules, population);
  const below = rules.hall.bands[rules.hall.bands.indexOf(band) - 1]?.upTo ?? null;
  if (band.upTo === null) return `${inTenThousands(below)}万人以上`;
  return below === null ? `${inTenThousands(band.upTo)}万人（含）以下` : `${inTenThousands(below)}—${inTenThousands(band.upTo)}万人（含）`;
}

const inTenThousands = (bound: number | null): number => (bound ?? 0) / 10_000;
