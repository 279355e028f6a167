import type { Knex } from 'knex';
import type { TypedVisit } from '../../domain/visited-place.js';
import { differencesOf, mergedSection, type Difference, type Side } from '../plan-view/section-merge.js';

export type VisitBody = TypedVisit & Record<string, unknown>;

/** One platform in the making: what is typed, who typed last, and when. */
export interface VisitDraft {
  body: VisitBody;
  savedBy: string;
  savedAt: Date;
}

/** The whole team's drafts of a visit, by place: `center:370102001`. */
export async function visitDrafts(trx: Knex.Transaction, city: string, caseId: string): Promise<Map<string, VisitDraft>> {
  const rows = await trx('visit_place').where({ city, case_id: caseId }).orderBy('place').select('place', 'body', 'saved_by as savedBy', 'saved_at as savedAt');
  return new Map(rows.map(({ place, ...draft }) => [place as string, draft as VisitDraft]));
}

/**
 * Lays what one member typed over what the team has: whatever that member did not touch since `base` stays as a colleague left it. Where
 * both changed the same thing the colleague's stands, and is told, until the member has seen it and says it again.
 */
export function laidOver(mine: VisitBody, theirs: VisitBody, base: unknown): Laid {
  const differences = differencesOf(mine, theirs, base);
  const merged = (inDoubt: Side): VisitBody => mergedSection(mine, theirs, new Map(differences.map(({ path, both, suggested }) => [path, both ? inDoubt : suggested]))) as VisitBody;
  return { body: merged('theirs'), asked: merged('mine'), clashes: differences.filter(({ both }) => both) };
}

interface Laid {
  /** What is kept. */
  body: VisitBody;
  /** What the member would have it be. */
  asked: VisitBody;
  clashes: Difference[];
}

interface Saving {
  city: string;
  caseId: string;
  year: number;
  unit: string;
  person: string;
  at: Date;
}

/** Keeps one platform for the whole team; two who save at once take turns. */
export async function keepVisit(trx: Knex.Transaction, { city, caseId, year, unit, person, at }: Saving, mine: VisitBody, base: unknown): Promise<Laid & { before: VisitDraft }> {
  const key = { city, case_id: caseId, place: placeKey(mine) };
  await trx('visit_place').insert({ ...key, year, unit, body: JSON.stringify({ tier: mine.tier, placeCode: mine.placeCode }), saved_by: person, saved_at: at }).onConflict(['city', 'case_id', 'place']).ignore();
  const before = (await trx('visit_place').where(key).forUpdate().first('body', 'saved_by as savedBy', 'saved_at as savedAt')) as VisitDraft;
  const laid = laidOver(mine, before.body, base);
  if (JSON.stringify(laid.body) !== JSON.stringify(before.body)) await trx('visit_place').where(key).update({ body: JSON.stringify(laid.body), saved_by: person, saved_at: at });
  return { ...laid, before };
}

export const placeKey = ({ tier, placeCode }: Pick<TypedVisit, 'tier' | 'placeCode'>): string => `${tier}:${placeCode}`;
