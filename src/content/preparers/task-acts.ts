import { localDay } from '../../domain/local-day.js';
import { words, type Words } from '../../domain/text.js';
import { postsWithin, type PostOnDay } from '../posts-within.js';
import { demandNone, type Preparation, type Preparer } from '../preparation.js';

/** The posts an act names, as the register knows them today; only those on the actor's own side of the wall, held by somebody else than himself. */
async function chosen({ trx, caseRow, actor, fields, now }: Preparation, field: string): Promise<PostOnDay[]> {
  const named = fields[field];
  const wanted = [...new Set(Array.isArray(named) ? (named as string[]) : [String(named)])];
  const found = await postsWithin(trx, { city: caseRow.city, unit: actor.scope === 'unit' ? caseRow.unit : null, day: localDay(new Date(now)) }, wanted);
  demandNone(wanted.flatMap((post, index) => {
    const one = found.find((f) => f.post === post);
    const sentence = refusal(one, actor.post);
    return sentence === null ? [] : [{ field: Array.isArray(named) ? `${field}.${index}` : field, ...sentence }];
  }));
  return found;
}

function refusal(one: PostOnDay | undefined, own: string | null): { code: string; sentence: Words } | null {
  if (one === undefined) return { code: 'foreign-post', sentence: words('只能选本侧单位的岗位。', 'Only posts on your own side can be chosen.') };
  if (one.post === own) return { code: 'self', sentence: words('这就是您自己的岗位，请另选。', 'This is your own post; choose another.') };
  return one.person === null ? { code: 'vacant', sentence: words(`${one.name}现在空缺，请另选。`, `The post ${one.name} is vacant; choose another.`) } : null;
}

const facts = (posts: PostOnDay[]) => ({ facts: { posts: posts.map(({ person: _person, ...post }) => post) } });

/** 转办 stays within one organisation: another one's duty is not its to carry. */
export const transfer: Preparer = async (p) => {
  const posts = await chosen(p, 'colleague');
  demandNone(posts.filter((one) => one.org !== p.actor.org).map((one) => ({
    field: 'colleague', code: 'other-organisation', sentence: words(`${one.name}不在本单位，不能转办；可以委派他提意见。`, `${one.name} belongs to another organisation; ask for an opinion instead.`),
  })));
  return facts(posts);
};

export const delegate: Preparer = async (p) => facts(await chosen(p, 'adviser'));
export const circulate: Preparer = async (p) => facts(await chosen(p, 'posts'));
