import type { BaseContext, CommandEvent, PostRef } from '../vocabulary.js';
import { actingPost } from './team.js';

/**
 * Where somebody who was asked stands. `waiting`: not yet his turn. `overdue`: silent after the term, which is never consent. `voted`: in a secret
 * ballot. `fallen`: others decided first. `silent`: the vote was closed without him.
 */
export type Answer = 'waiting' | 'pending' | 'overdue' | 'agreed' | 'objected' | 'for' | 'against' | 'abstained' | 'voted' | 'recused' | 'fallen' | 'silent';

/** A post a matter is brought to, and what came of it. */
export interface Participant extends PostRef {
  key: string;
  answer: Answer;
  /** Who answered, and for whom a deputy did. */
  by: string | null;
  actingFor: string | null;
  at: string | null;
}

export interface Asked extends BaseContext {
  participants: Participant[];
}

const owes = ({ answer }: Participant): boolean => answer === 'pending' || answer === 'overdue';
const unanswered = (p: Participant): boolean => owes(p) || p.answer === 'waiting';
const fresh = (post: PostRef, answer: Answer): Participant => ({ ...post, key: post.post, answer, by: null, actingFor: null, at: null });

/** All at once (会签, 或签, 票决). */
export const askedAtOnce = (posts: readonly PostRef[]): Participant[] => posts.map((post) => fresh(post, 'pending'));

/** One after another, in this order (依次). What posts before `from` said stands. */
export function askedInTurn(posts: readonly (PostRef | Participant)[], from = 0): Participant[] {
  return posts.map((post, index) => (index < from && 'answer' in post ? post : fresh(post, index === from ? 'pending' : 'waiting')));
}

/** Whoever acts has said this; on paper the task names the post. */
export function answeredBy(c: Asked, e: CommandEvent, answer: Answer): Participant[] {
  const post = actingPost(e);
  const said = { answer, by: e.by.name, actingFor: (e.actingFor as string | undefined) ?? null, at: c.now };
  return c.participants.map((p) => (p.post === post && owes(p) ? { ...p, ...said } : p));
}

/** The next in turn is asked, once nobody before him owes an answer. */
export function nextAsked(participants: readonly Participant[]): Participant[] {
  const next = participants.some(owes) ? -1 : participants.findIndex(({ answer }) => answer === 'waiting');
  return participants.map((p, index) => (index === next ? { ...p, answer: 'pending' as const } : p));
}

/** Position of whoever's turn it is; -1 where it is nobody's. */
export const turnOf = (participants: readonly Participant[]): number => participants.findIndex(owes);

export const participantGuards = {
  notLastInTurn: (c: Asked): boolean => c.participants.some(({ answer }) => answer === 'waiting'),
  /** Nobody is left who could still answer. */
  nobodyLeft: (c: Asked): boolean => c.participants.length > 0 && !c.participants.some(unanswered),
  allAgreed: (c: Asked): boolean => !c.participants.some(({ answer }) => answer !== 'agreed' && answer !== 'recused') && c.participants.some(({ answer }) => answer === 'agreed'),
  someObjected: (c: Asked): boolean => !c.participants.some(unanswered) && c.participants.some(({ answer }) => answer === 'objected'),
  /** Only who has not answered is replaced, and by nobody who is asked already. */
  participantIsOpen: (c: Asked, e: CommandEvent): boolean =>
    c.participants.some((p) => p.post === e.leaves && unanswered(p)) && !c.participants.some((p) => p.post === (e.facts?.joins as PostRef | undefined)?.post),
};

export const participantSets = {
  participantAnswered: (c: Asked, e: CommandEvent, p: Record<string, unknown>) => ({ participants: answeredBy(c, e, p.answer as Answer) }),
  turnPassed: (c: Asked) => ({ participants: nextAsked(c.participants) }),
  participantReplaced: (c: Asked, e: CommandEvent) => ({
    participants: c.participants.map((p) => (p.post === e.leaves ? fresh(e.facts?.joins as PostRef, p.answer === 'waiting' ? 'waiting' : 'pending') : p)),
  }),
  silenceNoted: (c: Asked) => ({ participants: c.participants.map((p) => (p.answer === 'pending' ? { ...p, answer: 'overdue' as const } : p)) }),
  /** Others have decided: what was still asked is asked no more. */
  othersFall: (c: Asked) => ({ participants: c.participants.map((p) => (unanswered(p) ? { ...p, answer: 'fallen' as const } : p)) }),
};
