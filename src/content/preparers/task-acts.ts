import { words } from '../../domain/text.js';
import { chosenPosts } from '../chosen-posts.js';
import type { Preparer } from '../preparation.js';

/** 转办 stays within one organisation: another one's duty is not its to carry. */
export const transfer: Preparer = async (p) => ({ facts: { posts: await chosenPosts(p, 'colleague', (one) => (one.org === p.actor.org ? null : {
  code: 'other-organisation', sentence: words(`${one.name}不在本单位，不能转办；可以委派他提意见。`, `${one.name} belongs to another organisation; ask for an opinion instead.`),
})) } });

export const delegate: Preparer = async (p) => ({ facts: { posts: await chosenPosts(p, 'adviser') } });
export const circulate: Preparer = async (p) => ({ facts: { posts: await chosenPosts(p, 'posts') } });
