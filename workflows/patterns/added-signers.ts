import type { AddedSigner, BaseContext, CommandEvent, PostRef } from '../vocabulary.js';
import type { ChartTransition } from './chart.js';

const due = (s: AddedSigner): boolean => s.answer === 'pending';
const unanswered = (s: AddedSigner): boolean => s.answer === 'pending' || s.answer === 'waiting';

/** The stage and the duty a task stands for: a task's key is `stage#entry#duty`. */
export function placeOf(event: CommandEvent): { stage: string; duty: string } {
  const [stage = '', , ...duty] = (event.task?.key ?? '').split('#');
  return { stage, duty: duty.join('#') };
}

const at = (signers: AddedSigner[], place: { stage: string; duty: string }): AddedSigner[] =>
  signers.filter((s) => s.stage === place.stage && s.duty === place.duty);

/** Who was asked to sign beside a duty and has not answered. */
export const openSigners = (c: BaseContext, place: { stage: string; duty: string }): AddedSigner[] => at(c.signers, place).filter(unanswered);

const asked = (e: CommandEvent): PostRef[] => (e.facts?.posts ?? []) as PostRef[];
const answering = (c: BaseContext, e: CommandEvent): AddedSigner | undefined => c.signers.find((s) => s.key === e.task?.subject?.key);
const without = (c: BaseContext, keys: (string | undefined)[]): AddedSigner[] => c.signers.filter((s) => !keys.includes(s.key));

/** Whether nobody but these is still to sign after the decision that waits. */
const lastAfter = (c: BaseContext, leaving: AddedSigner | undefined): boolean =>
  c.deferred !== null && leaving?.mode === 'after' && !without(c, [leaving.key]).some((s) => s.mode === 'after' && unanswered(s));

export const signerGuards = {
  signersAreNew: (c: BaseContext, e: CommandEvent): boolean =>
    asked(e).length > 0 && asked(e).every((p) => p.post !== e.by?.post && !openSigners(c, placeOf(e)).some((s) => s.post === p.post)),
  signerIsOpen: (c: BaseContext, e: CommandEvent): boolean => openSigners(c, placeOf(e)).some((s) => s.key === e.signer),
  lastRemoved: (c: BaseContext, e: CommandEvent): boolean => openSigners(c, placeOf(e)).some((s) => s.key === e.signer) && lastAfter(c, c.signers.find((s) => s.key === e.signer)),
  lastAgreed: (c: BaseContext, e: CommandEvent): boolean => lastAfter(c, answering(c, e)),
};

const answered = (c: BaseContext, e: CommandEvent, answer: 'agreed' | 'objected'): AddedSigner[] =>
  c.signers.map((s) => (s.key === e.task?.subject?.key ? { ...s, answer } : s));

export const signerSets = {
  signersAdded: (c: BaseContext, e: CommandEvent) => {
    const mode = e.mode as AddedSigner['mode'];
    const before = c.signers.length;
    return {
      signers: [...c.signers, ...asked(e).map((p, index): AddedSigner => ({
        ...p, key: `S${before + index + 1}`, ...placeOf(e), mode, answer: mode === 'after' ? 'waiting' : 'pending', reason: String(e.reason ?? ''),
      }))],
    };
  },
  signerRemoved: (c: BaseContext, e: CommandEvent) => ({ signers: without(c, [String(e.signer)]), ...(lastAfter(c, c.signers.find((s) => s.key === e.signer)) ? { deferred: null } : {}) }),
  /** The decision is kept, and those who sign after it are asked now. */
  decisionDeferred: (c: BaseContext, e: CommandEvent) => {
    const event = e.event as CommandEvent;
    const place = placeOf(event);
    return { deferred: { ...place, event }, signers: c.signers.map((s) => (at([s], place).length > 0 && s.answer === 'waiting' ? { ...s, answer: 'pending' as const } : s)) };
  },
  signerAgreed: (c: BaseContext, e: CommandEvent) => ({ signers: answered(c, e, 'agreed'), ...(lastAfter(c, answering(c, e)) ? { deferred: null } : {}) }),
  /** Who signs after a decision and objects gives it back to whoever made it; the others need not answer any more. */
  signerObjected: (c: BaseContext, e: CommandEvent) => {
    const signers = answered(c, e, 'objected');
    return answering(c, e)?.mode === 'after' ? { deferred: null, signers: signers.filter((s) => s.mode !== 'after' || !unanswered(s)) } : { signers };
  },
  /** A stage that is left takes its signers with it: what they said is in the journal. */
  signersDropped: (c: BaseContext, _e: CommandEvent, p: Record<string, unknown>) => ({
    signers: c.signers.filter((s) => s.stage !== p.stage), ...(c.deferred?.stage === p.stage ? { deferred: null } : {}),
  }),
};

const goOn = { type: 'sendDeferred', params: {} } as const;

/** 加签, 减签 and the answers, wherever a stage allows signers. The decision that waited goes on as if it were sent now. */
export const signerTransitions: Record<string, ChartTransition | ChartTransition[]> = {
  addSigners: { guard: 'signersAreNew', actions: [{ type: 'set.signersAdded' }, { type: 'notify', params: { template: 'opinionWanted', to: 'signers' } }] },
  removeSigner: [
    { guard: 'lastRemoved', actions: [goOn, { type: 'set.signerRemoved' }] },
    { guard: 'signerIsOpen', actions: [{ type: 'set.signerRemoved' }] },
  ],
  deferDecision: { actions: [{ type: 'set.decisionDeferred' }, { type: 'notify', params: { template: 'opinionWanted', to: 'signers' } }] },
  signAgree: [{ guard: 'lastAgreed', actions: [goOn, { type: 'set.signerAgreed' }] }, { actions: [{ type: 'set.signerAgreed' }] }],
  signObject: { actions: [{ type: 'set.signerObjected' }] },
};

/** What may be asked of a signer, and of whoever carries a duty that may have signers. */
export const SIGNING = ['signAgree', 'signObject'];
export const ASKING = ['addSigners', 'removeSigner'];

/** The signers of a stage whose turn it is. */
export const signersDue = (c: BaseContext, stage: string): AddedSigner[] => (c.signers ?? []).filter((s) => s.stage === stage && due(s));
