/** How the members of a body have voted, each counted once. Whoever stands aside (回避) counts neither way. */
export interface Tally {
  readonly for: number;
  readonly against: number;
  readonly abstained: number;
  readonly recused: number;
}

/** A share of a count as whole numbers, so that two thirds are two thirds. */
export interface Share {
  readonly parts: number;
  readonly of: number;
}

/**
 * The rules of procedure a vote is counted by. `quorum`: how many of those entitled must vote at all, at least the share. `majority`: the votes
 * in favour must be more than the share, or (`strict` false) at least it, of all entitled members, of those who voted, or of the votes for and against.
 */
export interface VotingRules {
  readonly quorum: Share;
  readonly majority: Share & { readonly strict: boolean; readonly among: 'entitled' | 'voting' | 'decided' };
}

/** 通过, 未通过, 赞成反对票数相等, 未达法定人数. */
export type VoteResult = 'passed' | 'rejected' | 'tied' | 'noQuorum';

export const emptyTally: Tally = { for: 0, against: 0, abstained: 0, recused: 0 };

/** Members entitled to vote: all but those who stand aside. */
export const entitledOf = (members: number, { recused }: Tally): number => members - recused;

/** Members who have voted, abstentions included. */
export const votingOf = (tally: Tally): number => tally.for + tally.against + tally.abstained;

/** Members who have neither voted nor stood aside: silence is no vote. */
export const silentOf = (members: number, tally: Tally): number => entitledOf(members, tally) - votingOf(tally);

/** The least number of voters that makes a quorum; at least one. */
export const quorumOf = (members: number, tally: Tally, { quorum }: VotingRules): number =>
  Math.max(1, Math.ceil((entitledOf(members, tally) * quorum.parts) / quorum.of));

/** The least number of votes in favour that carries, as things stand; at least one. */
export function neededOf(members: number, tally: Tally, { majority }: VotingRules): number {
  const base = { entitled: entitledOf(members, tally), voting: votingOf(tally), decided: tally.for + tally.against }[majority.among];
  const share = (base * majority.parts) / majority.of;
  return Math.max(1, majority.strict ? Math.floor(share) + 1 : Math.ceil(share));
}

/**
 * What a vote comes to when it is closed now. A tie is told from a defeat only where both sides are equal and not empty: what follows from it is
 * for the rules of the body to say.
 * @throws RangeError for a tally of more votes than members, or of negative or broken ones
 */
export function countVote(members: number, tally: Tally, rules: VotingRules): VoteResult {
  const counts = [members, tally.for, tally.against, tally.abstained, tally.recused];
  if (!counts.every((count) => Number.isInteger(count) && count >= 0) || silentOf(members, tally) < 0) throw new RangeError(`no tally of ${members} members: ${JSON.stringify(tally)}`);
  if (votingOf(tally) < quorumOf(members, tally, rules)) return 'noQuorum';
  if (tally.for >= neededOf(members, tally, rules)) return 'passed';
  return tally.for === tally.against && tally.for > 0 ? 'tied' : 'rejected';
}

/**
 * The result that is certain already, whatever those who are silent still do – vote for, against, abstain, stand aside or stay silent; null while
 * it is open. Nobody's silence is counted as anything before the vote is closed.
 */
export function settledVote(members: number, tally: Tally, rules: VotingRules): VoteResult | null {
  const left = silentOf(members, tally);
  const result = countVote(members, tally, rules);
  for (let yes = 0; yes <= left; yes += 1) {
    for (let no = 0; yes + no <= left; no += 1) {
      for (let abstain = 0; yes + no + abstain <= left; abstain += 1) {
        for (let recuse = 0; yes + no + abstain + recuse <= left; recuse += 1) {
          const end = { for: tally.for + yes, against: tally.against + no, abstained: tally.abstained + abstain, recused: tally.recused + recuse };
          if (countVote(members, end, rules) !== result) return null;
        }
      }
    }
  }
  return result;
}
