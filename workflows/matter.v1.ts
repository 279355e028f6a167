import type { AnyStateMachine } from 'xstate';
import type { VoteResult } from '../src/domain/voting.js';
import { matterStates } from './matter-states.v1.js';
import { baseContext, chart } from './patterns/chart.js';
import { withMoves } from './patterns/moves.js';
import { askedAtOnce, askedInTurn, participantGuards, participantSets, turnOf, type Participant } from './patterns/participants.js';
import { noBallots, voteGuards, voteSets, type Balloted } from './patterns/vote.js';
import { ballotRulesOf } from './policies/pack-rules.js';
import type { PolicyPack } from './policies/policy-pack.js';
import type { CommandEvent, PostRef } from './vocabulary.js';

/** 依次呈批, 会签, 或签, 票决. */
export type MatterMode = 'inTurn' | 'signEach' | 'signAny' | 'vote';

/** What a round came to: decided either way, by nobody, or not agreed on by those who co-sign. */
export type Ruling = 'agreed' | 'refused' | 'undecided' | 'objected';

export interface MatterContext extends Balloted {
  /** The matter is a filing unit's own; else the office's. */
  ofUnit: boolean;
  /** Who brings it, as a list of one: the duty only that post has. */
  proposers: (PostRef & { key: string; open: true })[];
  mode: MatterMode | null;
  /** How often it has been brought. */
  round: number;
  submittedAt: string | null;
  signedFor: boolean;
  withdrawMinutes: number;
  /** What was written when it was last sent back. */
  returned: { by: string; text: string } | null;
  /** Returned with 直接返回: the place in the sequence at which it goes on. */
  resumesAt: number | null;
  voteResult: VoteResult | null;
  ruling: Ruling | null;
  decidedAt: string | null;
  /** A unit has passed its decision on to the city. */
  passedOn: boolean;
}

const fact = (e: CommandEvent, name: string): unknown => e.facts?.[name];
const asked = (mode: MatterMode, posts: readonly (PostRef | Participant)[], from = 0): Participant[] => (mode === 'inTurn' ? askedInTurn(posts, from) : askedAtOnce(posts));

const brought = (c: MatterContext, e: CommandEvent): Partial<MatterContext> => ({
  content: fact(e, 'content') as string, contentOrdinal: c.contentOrdinal + 1, round: c.round + 1, submittedAt: c.now, signedFor: false, returned: null, resumesAt: null, voteResult: null, ruling: null,
  ballots: noBallots,
});

/** `matter.v1`: a matter of the office or of a unit that several decide. How a vote is counted is the pack's. */
export function matterV1(pack: PolicyPack): AnyStateMachine {
  const rules = ballotRulesOf(pack);
  return chart<MatterContext>(withMoves<MatterContext>({
    id: 'matter',
    context: (input) => ({
      ...baseContext(input), ofUnit: (input.detail.proposer as PostRef).side === 'unit', proposers: [{ ...(input.detail.proposer as PostRef), key: 'proposer', open: true }], participants: [],
      ballots: noBallots, mode: null, round: 0, submittedAt: null, signedFor: false, withdrawMinutes: pack.timing.withdrawMinutes.value, returned: null, resumesAt: null, voteResult: null, ruling: null,
      decidedAt: null, passedOn: false,
    }),
    guards: {
      ...participantGuards,
      ...voteGuards(rules),
      complete: (_c, e) => fact(e, 'defects') === 0,
      decidedBy: (c, _e, p) => c.mode === p.mode,
      ruledAs: (c, _e, p) => c.ruling === p.ruling,
      withdrawable: (c) => !c.signedFor && c.submittedAt !== null && Date.parse(c.now) - Date.parse(c.submittedAt) < c.withdrawMinutes * 60_000,
      mayPassOn: (c) => c.ofUnit && !c.passedOn,
    },
    sets: {
      ...participantSets,
      ...voteSets,
      // Once anybody has answered, nothing is withdrawn from under him.
      participantAnswered: (c, e, p) => ({ ...participantSets.participantAnswered(c, e, p), signedFor: true }),
      voteCast: (c, e, p) => ({ ...voteSets.voteCast(c, e, p), signedFor: true }),
      brought: (c, e) => ({ ...brought(c, e), mode: e.mode as MatterMode, participants: asked(e.mode as MatterMode, (fact(e, 'posts') ?? []) as PostRef[]) }),
      broughtAgain: (c, e) => ({ ...brought(c, e), participants: asked(c.mode!, c.participants, c.resumesAt ?? 0) }),
      signedFor: () => ({ signedFor: true }),
      sentBack: (c, e) => ({ returned: { by: e.by.name, text: String(e.opinion) }, resumesAt: c.mode === 'inTurn' && e.then === 'straightBack' ? turnOf(c.participants) : null }),
      ruled: (_c, _e, p) => ({ ruling: p.ruling as Ruling }),
      decided: (c) => ({ decidedAt: c.now }),
      passedOn: () => ({ passedOn: true }),
    },
    root: { initial: 'drafting', states: matterStates(rules, !pack.decisions.ownProposal.value) },
  }, { hold: [{ side: 'unit', org: 'hrss', role: 'unit.head' }, { side: 'city', org: 'office', role: 'office.director' }] }));
}
