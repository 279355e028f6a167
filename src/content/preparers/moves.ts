import { localDay } from '../../domain/local-day.js';
import { words } from '../../domain/text.js';
import { postsWithin } from '../posts-within.js';
import { demandNone, type Glance, type Preparer } from '../preparation.js';

/** The posts asked to sign, as the register knows them today. Only posts on the actor's own side of the wall can be asked. */
export const addSigners: Preparer = async ({ trx, caseRow, context, actor, fields, now }) => {
  const wanted = [...new Set(fields.posts as string[])];
  const found = await postsWithin(trx, { city: caseRow.city, unit: actor.scope === 'unit' ? caseRow.unit : null, day: localDay(new Date(now)) }, wanted);
  const asked = (context.signers ?? []) as { post: string; name: string; answer: string }[];
  demandNone(wanted.flatMap((post, index) => {
    const pin = (code: string, zh: string, en: string) => [{ field: `posts.${index}`, code, sentence: words(zh, en) }];
    const one = found.find((f) => f.post === post);
    if (!one) return pin('foreign-post', '只能请本侧单位的岗位加签。', 'Only posts on your own side can be asked.');
    if (one.person === null) return pin('vacant', `${one.name}现在空缺，请另选。`, `The post ${one.name} is vacant; choose another.`);
    if (post === actor.post) return pin('self', '不能请自己加签。', 'You cannot ask yourself.');
    return asked.some((a) => a.post === post && a.answer !== 'agreed' && a.answer !== 'objected') ? pin('already-asked', `${one.name}已在加签名单内。`, `${one.name} has been asked already.`) : [];
  }));
  return { facts: { posts: found.map(({ person: _person, ...post }) => post) } };
};

/** Whoever stops the clock owes its going on, on his own side of the wall. */
export const hold: Preparer = async ({ actor }) => ({ facts: { side: actor.scope } });

/** The list of exceptions says why a jump was proposed and by whom; the case keeps neither once it is confirmed. */
export const confirmJump: Glance = {
  glance: ({ context }) => {
    const jump = context.jump as { reason: string; name: string } | null;
    return { facts: jump === null ? {} : { exception: `提请：${jump.name}；理由：${jump.reason}` } };
  },
};
