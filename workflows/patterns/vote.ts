import { countVote, emptyTally, settledVote, type Tally, type VoteResult, type VotingRules } from '../../src/domain/voting.js';
import type { CommandEvent } from '../vocabulary.js';
import { stage, type ChartState, type ChartTransition } from './chart.js';
import { answeredBy, type Asked } from './participants.js';
import { everyParticipant, leaving, signedFor, standsAside, type Done, type RoundExits, type RoundMeta, type RoundMoves } from './round.js';

export type Ballot = 'for' | 'against' | 'abstained';

/** Votes are counted apart from who cast them: in a secret ballot nothing else is kept of them. */
export interface Balloted extends Asked {
  ballots: Pick<Tally, Ballot>;
}

const { recused: _nobody, ...noBallots } = emptyTally;
export { noBallots };

/** The tally as it stands; whoever stands aside is read from the members. */
export const tallyOf = ({ ballots, participants }: Pick<Balloted, 'ballots' | 'participants'>): Tally =>
  ({ ...ballots, recused: participants.filter(({ answer }) => answer === 'recused').length });

/** What a body's rules of procedure say of a vote, as a pack has it. `tie` and `noQuorum`: whether it is then refused, or goes back to be brought again. */
export interface BallotRules extends VotingRules {
  secret: boolean;
  tie: 'refused' | 'back';
  noQuorum: 'refused' | 'back';
}

export const voteGuards = (rules: VotingRules) => ({
  /** Nothing that may still happen changes the result. */
  voteSettled: (c: Balloted, _e: unknown, p: Record<string, unknown>): boolean => c.participants.length > 0 && settledVote(c.participants.length, tallyOf(c), rules) === p.result,
  /** The result when the vote is closed at its term; who was silent has not voted. */
  voteClosed: (c: Balloted, _e: unknown, p: Record<string, unknown>): boolean => countVote(c.participants.length, tallyOf(c), rules) === p.result,
  noVoteCast: (c: Balloted): boolean => c.ballots.for + c.ballots.against + c.ballots.abstained === 0,
});

export const voteSets = {
  voteCast: (c: Balloted, e: CommandEvent, p: Record<string, unknown>) => {
    const choice = e.choice as Ballot;
    return { ballots: { ...c.ballots, [choice]: c.ballots[choice] + 1 }, participants: answeredBy(c, e, p.secret === true ? 'voted' : choice) };
  },
  voteEnded: (c: Balloted, _e: unknown, p: Record<string, unknown>) => ({
    voteResult: p.result as VoteResult, participants: c.participants.map((one) => (one.answer === 'pending' || one.answer === 'overdue' ? { ...one, answer: 'silent' as const } : one)),
  }),
};

/** 票决: for, against, abstention and standing aside counted apart; decided as soon as the result is settled, or by what was cast when the term ends. */
export function vote(meta: RoundMeta, rules: BallotRules, exits: RoundExits, moves: RoundMoves = {}): ChartState {
  const to: Record<VoteResult, ChartTransition> = { passed: exits.agreed, rejected: exits.refused, tied: exits[rules.tie], noQuorum: exits[rules.noQuorum] };
  const ends = (guard: 'voteSettled' | 'voteClosed'): ChartTransition[] => (Object.keys(to) as VoteResult[]).map((result) =>
    leaving(to[result], [{ type: 'set.voteEnded', params: { result } }], { type: guard, params: { result } }));
  const sealed: Done = rules.secret ? [{ type: 'sealPayload', params: {} }] : [];
  return stage({ ...meta, duties: [everyParticipant('castVote', 'recuse')] }, {
    on: {
      open: signedFor, castVote: { actions: [{ type: 'set.voteCast', params: { secret: rules.secret } }, ...sealed] }, recuse: { actions: [...standsAside] },
      [`term.${meta.term}.due`]: ends('voteClosed'),
      ...moves,
    },
    always: ends('voteSettled'),
  });
}
