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

const TOLD = ['admin', 'office.director'];

/** Leaves a notice about a case for the administrator and the director. */
export async function tellWatchers(trx: Trx, city: string, caseId: string, notice: { template: string; params: object }, at: Date): Promise<void> {
  const { year, unit } = await trx('case_file').where({ city, id: caseId }).first('year', 'unit');
  const posts = await trx('post').where({ city, unit: null }).whereIn('role', TOLD).distinct('org', 'role');
  if (posts.length > 0) await trx('notice').insert(posts.map(({ org, role }) => ({ city, id: newId(), year, unit, side: 'city', case_id: caseId, org, role, template: notice.template, params: JSON.stringify(notice.params), at })));
}
