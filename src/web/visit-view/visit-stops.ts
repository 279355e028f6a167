import type { Knex } from 'knex';
import type { VisitedPlace } from '../../domain/visited-place.js';
import { attachmentsOf } from '../../reads/case-content.js';
import { placesOf } from '../../reads/form-choices.js';
import type { WebServices } from '../services.js';
import type { OnSite } from './on-site.js';
import { placeKey, visitDrafts, type VisitBody, type VisitDraft } from './visit-draft.js';

/** One platform of a visit, with what the team has of it. */
export interface VisitStop extends VisitedPlace {
  /** As it stands in an address: `center-370102001`. */
  slug: string;
  draft: VisitDraft | null;
  photos: number;
  state: 'blank' | 'begun' | 'complete';
}

export const slugOf = (place: Pick<VisitedPlace, 'tier' | 'placeCode'>): string => placeKey(place).replace(':', '-');

/** The platforms of the plan on record in its order, and after them whatever else the team has written down. */
export async function visitStops(trx: Knex.Transaction, services: WebServices, site: OnSite): Promise<VisitStop[]> {
  const { head } = site;
  const planned = (await placesOf(trx, services.city, head.year, head.unit)).map(({ tier, code }) => ({ tier, placeCode: code }));
  const known = new Set(planned.map(placeKey));
  const others = [...(await visitDrafts(trx, services.city, head.caseId)).values()].map(({ body }) => body).filter((body) => !known.has(placeKey(body)));
  return stopsAt(trx, services, site, [...planned, ...others]);
}

/** One of them, also where nobody has been yet; undefined where the register knows no such platform of the unit. */
export const visitStop = async (trx: Knex.Transaction, services: WebServices, site: OnSite, wanted: Pick<VisitBody, 'tier' | 'placeCode'>): Promise<VisitStop | undefined> =>
  (await stopsAt(trx, services, site, [wanted]))[0];

async function stopsAt(trx: Knex.Transaction, services: WebServices, { head, pack }: OnSite, wanted: readonly Pick<VisitBody, 'tier' | 'placeCode'>[]): Promise<VisitStop[]> {
  const drafts = await visitDrafts(trx, services.city, head.caseId);
  const files = (await attachmentsOf(trx, services.city, head.caseId)).filter(({ isolatedAt }) => isolatedAt === null);
  const unit = { city: services.city, year: head.year, unit: head.unit };
  const found = await services.content.visited(trx, unit, pack, wanted.map((place) => drafts.get(placeKey(place))?.body ?? place));
  return found.map((place) => {
    const draft = drafts.get(placeKey(place)) ?? null;
    const photos = files.filter(({ purpose }) => purpose === photosOf(place)).length;
    const blank = photos === 0 && (draft?.body.measures ?? []).length === 0 && place.checks.done === 0;
    return { ...place, slug: slugOf(place), draft: blank ? null : draft, photos, state: blank ? 'blank' : place.missing.length > 0 ? 'begun' : 'complete' };
  });
}

/** What the photos of a platform are kept as among the files of the case. */
export const photosOf = (place: Pick<VisitedPlace, 'tier' | 'placeCode'>): string => `photos.${placeKey(place)}`;
