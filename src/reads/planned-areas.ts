import type { Knex } from 'knex';

/** What the plan on record has for a platform, 0.01 m². */
export interface PlannedArea {
  area: number;
  archiveArea: number | null;
}

/** The planned areas of a unit's platforms of a year, by tier and place; empty where no plan is on record. */
export async function plannedAreas(trx: Knex.Transaction, city: string, year: number, unit: string): Promise<Map<string, PlannedArea>> {
  const rows = await trx('project_in_plan as i').join('project as p', (on) => on.on('p.city', 'i.city').andOn('p.id', 'i.project'))
    .where({ 'i.city': city, 'i.year': year, 'i.unit': unit }).select('p.tier', 'p.place_code', 'i.area', 'i.archive_area as archiveArea');
  return new Map(rows.map(({ tier, place_code: place, area, archiveArea }) => [`${tier}:${place}`, { area, archiveArea }]));
}
