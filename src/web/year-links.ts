import { programmeYears } from '../reads/filing-units.js';
import type { Exchange } from './context.js';
import { walls } from './reading.js';

/** Pages that are about one year; from anywhere else another year leads to the workbench. */
const ofYear = ['/', '/progress', '/documents', '/incoming', '/papers', '/exceptions'];

/** The years to choose from in the top bar, latest first; the page's own filters are dropped, for they name things of the other year. */
export async function yearLinks(x: Exchange, shown: number): Promise<{ year: number; href: string; current: boolean }[]> {
  const [wall] = walls(x.context.viewer!.actors);
  if (wall === undefined) return [];
  const years = await x.services.database.asActor(wall, (trx) => programmeYears(trx, x.services.city));
  const path = x.req.method === 'GET' && ofYear.includes(x.req.path) ? x.req.path : '/';
  return [...new Set([shown, ...years])].sort((a, b) => b - a).map((year) => ({ year, href: `${path}?year=${year}`, current: year === shown }));
}
