import type { Actor } from './actor.js';

/** A post as far as it matters for who arranges who holds it. */
export interface StaffedPost {
  org: string;
  role: string;
}

/** Heads see to the posts of their own organisation; those of the city's office also to the administrator's, who arranges nothing of his own. */
const heads = ['unit.head', 'office.director'];
const ADMINISTRATOR = 'admin';

/** Whether this actor, in his own name, arranges who follows and who deputises in a post: the administrator in any, a head in those of the organisation. */
export function arranges(actor: Actor, post: StaffedPost): boolean {
  if (actor.actingFor !== null) return false;
  if (actor.role === ADMINISTRATOR) return true;
  return heads.includes(actor.role) && (post.org === actor.org || (actor.role === 'office.director' && post.role === ADMINISTRATOR));
}
