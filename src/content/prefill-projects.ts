import type { Knex } from 'knex';
import type { Actor } from '../domain/actor.js';
import { planStanding } from './plan-standing.js';
import { loadSections, saveSection } from './sections.js';

/** What the clerk says of all rows at once. */
export interface PrefillChoice {
  /** 建设方式 of every row; empty leaves it to be chosen row by row. */
  readonly type: string;
  /** The four rooms annex 2 asks of a township centre are part of every one of them. */
  readonly rooms: boolean;
}

const rooms = { receptionRoom: 'on', staffOffice: 'on', streetFront: 'on', groundFloor: 'on' };

/**
 * Lists the unit's hall and township centres that no row speaks of yet, under their unified names, as rows to be filled in. Done again, it
 * adds nothing. Stations are not listed: they are too many, and come in by the workbook.
 * @returns the names that were added
 * @throws SectionConflict, Forbidden, Refused, NotFound as `saveSection`
 */
export async function prefillProjects(trx: Knex.Transaction, actor: Actor, caseId: string, { type, rooms: furnished }: PrefillChoice, now: Date): Promise<{ added: readonly string[] }> {
  const { unlisted } = await planStanding(trx, caseId);
  if (unlisted.length === 0) return { added: [] };
  const live = (await loadSections(trx, caseId)).premises;
  const body = live?.body ?? {};
  const rows = unlisted.map((place) => ({ ...place, kind: 'new', ...(type === '' ? {} : { type }), ...(furnished && place.tier === 'center' ? rooms : {}) }));
  await saveSection(trx, actor, caseId, 'premises', { ...body, projects: [...((body.projects as object[] | undefined) ?? []), ...rows] }, live?.revision ?? 0, now);
  return { added: unlisted.map(({ name }) => name) };
}
