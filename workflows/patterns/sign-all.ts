import type { BaseContext, CommandEvent } from '../vocabulary.js';

/** One organisation asked for its opinion. `overdue` is silence after the term; it is never consent. */
export interface Cosigner {
  org: string;
  role: 'cosign.officer';
  name: string;
  answer: 'pending' | 'overdue' | 'agreed' | 'objected';
  /** The letter said that silence is no objection (无意见); still never consent. */
  silence?: 'noObjection';
}

interface Cosigned extends BaseContext {
  cosigners: Cosigner[];
  cosigned: boolean;
}

const waiting = (c: Cosigner): boolean => c.answer === 'pending' || c.answer === 'overdue';
const asked = (event: CommandEvent): Cosigner[] =>
  ((event.facts?.orgs ?? []) as { org: string; name: string }[]).map((o) => ({ ...o, role: 'cosign.officer', answer: 'pending' }));

/** Guards of 会签: everyone is asked at once, each answers alone, nobody's silence counts as consent. */
export const cosignGuards = {
  everyoneAnswered: (c: Cosigned): boolean => c.cosigners.length > 0 && !c.cosigners.some(waiting),
  silenceIsOverdue: (c: Cosigned): boolean => c.cosigners.every((s) => s.answer !== 'pending'),
  cosignerIsNew: (c: Cosigned, e: CommandEvent): boolean => asked(e).every((n) => !c.cosigners.some((s) => s.org === n.org)),
  cosignerIsPending: (c: Cosigned, e: CommandEvent): boolean =>
    c.cosigners.length > 1 && c.cosigners.some((s) => s.org === e.org && waiting(s)),
};

export const cosignSets = {
  cosignersAsked: (_c: Cosigned, e: CommandEvent) => ({ cosigners: asked(e), cosigned: false }),
  cosignerAdded: (c: Cosigned, e: CommandEvent) => ({ cosigners: [...c.cosigners, ...asked(e)] }),
  cosignerRemoved: (c: Cosigned, e: CommandEvent) => ({ cosigners: c.cosigners.filter((s) => s.org !== e.org) }),
  cosignAnswered: (c: Cosigned, e: CommandEvent, p: Record<string, unknown>) => ({
    cosigners: c.cosigners.map((s) => (s.org === e.by.org ? { ...s, answer: p.answer as Cosigner['answer'] } : s)),
  }),
  cosignOverdue: (c: Cosigned) => ({ cosigners: c.cosigners.map((s) => (s.answer === 'pending' ? { ...s, answer: 'overdue' as const } : s)) }),
  cosignClosed: () => ({ cosigned: true }),
};
