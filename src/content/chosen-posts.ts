import type { Defect } from '../domain/errors.js';
import { localDay } from '../domain/local-day.js';
import { words, type Words } from '../domain/text.js';
import { postsWithin, type PostOnDay } from './posts-within.js';
import { demandNone, type Preparation } from './preparation.js';

/** Why one of the chosen posts will not do, beside what holds for all; null when it will. */
export type Objection = (post: PostOnDay) => Omit<Defect, 'field'> | null;

/**
 * The posts a field names, one or a list, as the register knows them today and cases keep them: on the actor's own side of the wall, held by
 * somebody, not his own.
 * @throws InvalidInput pinned to the post
 */
export async function chosenPosts({ trx, caseRow, actor, fields, now }: Preparation, field: string, objection: Objection = () => null): Promise<Omit<PostOnDay, 'person'>[]> {
  const named = fields[field];
  const wanted = [...new Set(Array.isArray(named) ? (named as string[]) : [String(named)])];
  const found = await postsWithin(trx, { city: caseRow.city, unit: actor.scope === 'unit' ? caseRow.unit : null, day: localDay(new Date(now)) }, wanted);
  demandNone(wanted.flatMap((post, index) => {
    const one = found.find((f) => f.post === post);
    const wrong = refusal(one, actor.post) ?? objection(one!);
    return wrong === null ? [] : [{ field: Array.isArray(named) ? `${field}.${index}` : field, ...wrong }];
  }));
  return found.map(({ person: _person, ...post }) => post);
}

function refusal(one: PostOnDay | undefined, own: string | null): { code: string; sentence: Words } | null {
  if (one === undefined) return { code: 'foreign-post', sentence: words('只能选本侧单位的岗位。', 'Only posts on your own side can be chosen.') };
  if (one.post === own) return { code: 'self', sentence: words('这就是您自己的岗位，请另选。', 'This is your own post; choose another.') };
  return one.person === null ? { code: 'vacant', sentence: words(`${one.name}现在空缺，请另选。`, `The post ${one.name} is vacant; choose another.`) } : null;
}
