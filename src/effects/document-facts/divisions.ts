import type { Tier } from '../../documents/fact-types.js';
import type { Dossier } from '../dossier.js';

/** How many divisions of the unit each tier of platforms is to serve (C-1.5): itself, its streets and towns, communities, villages. */
export async function divisionsByTier({ trx, city, year, unit }: Dossier): Promise<Map<Tier, number>> {
  const where = { city, year, unit: unit.id };
  const count = async (table: string, more: Record<string, string> = {}): Promise<number> => Number((await trx(table).where({ ...where, ...more }).count({ n: '*' }))[0]!.n);
  return new Map<Tier, number>([
    ['countyHall', 1], ['townshipCenter', await count('township')], ['communityStation', await count('village', { kind: 'community' })], ['villagePoint', await count('village', { kind: 'village' })],
  ]);
}
