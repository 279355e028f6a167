import { addDays, type Day } from '../domain/local-day.js';
import { deputyships, postsHeldBy, type HeldPost } from './carried-by.js';
import type { Trx } from './parts.js';

/** Whether every day from one to another lies within one of the spans. */
export function covers(spans: readonly { from: Day; to: Day | null }[], from: Day, to: Day): boolean {
  let next = from;
  for (const span of [...spans].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (span.from > next) return false;
    if (span.to === null || span.to >= to) return true;
    if (span.to >= next) next = addDays(span.to, 1);
  }
  return false;
}

/** The posts of somebody who is away in which nobody stands in on every one of the days, and which nobody else holds. */
export async function uncovered(trx: Trx, city: string, away: { person: string; from: Day; to: Day }): Promise<HeldPost[]> {
  const posts = await postsHeldBy(trx, city, away.person, away.from);
  const deputies = await deputyships(trx, city, away.from);
  const shared: string[] = await trx('post_holding').where({ city, standing: 'A' }).whereIn('post', posts.map(({ post }) => post)).whereNot('person', away.person)
    .where('valid_from', '<=', away.from).andWhere((q) => q.whereNull('valid_to').orWhere('valid_to', '>=', away.to)).pluck('post');
  return posts.filter(({ post }) => !shared.includes(post) && !covers(deputies.filter((one) => one.post === post && (one.holder === null || one.holder === away.person)), away.from, away.to));
}
