import { words } from '../../domain/text.js';
import { chosenPosts } from '../chosen-posts.js';
import type { Glance, Preparer } from '../preparation.js';

/** The posts asked to sign. Nobody who has yet to answer is asked twice. */
export const addSigners: Preparer = async (p) => {
  const asked = (p.context.signers ?? []) as { post: string; answer: string }[];
  const waits = (post: string): boolean => asked.some((a) => a.post === post && a.answer !== 'agreed' && a.answer !== 'objected');
  return { facts: { posts: await chosenPosts(p, 'posts', (one) => (waits(one.post) ? {
    code: 'already-asked', sentence: words(`${one.name}已在加签名单内。`, `${one.name} has been asked already.`),
  } : null)) } };
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
