import { newId } from '../clock.js';
import { localDay, yearOf } from '../domain/local-day.js';
import type { Trx } from './parts.js';

/** A post as a notice is addressed. */
export interface Addressed {
  org: string;
  role: string;
  unit: string | null;
}

/** Leaves a notice for one person, about no case: it waits at the post it concerns. */
export async function tellPerson(trx: Trx, city: string, to: { person: string; post: Addressed }, notice: { template: string; params: object }, at: Date): Promise<void> {
  await trx('notice').insert({
    city, id: newId(), year: yearOf(localDay(at)), unit: to.post.unit, side: to.post.unit === null ? 'city' : 'unit', case_id: null, org: to.post.org, role: to.post.role, person: to.person,
    template: notice.template, params: JSON.stringify(notice.params), at,
  });
}
