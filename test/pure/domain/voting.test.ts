import { countVote, emptyTally, neededOf, quorumOf, settledVote, silentOf, votingOf, type Tally, type VoteResult, type VotingRules } from '../../../src/domain/voting.js';

const half = (among: VotingRules['majority']['among'], strict = true): VotingRules => ({ quorum: { parts: 2, of: 3 }, majority: { parts: 1, of: 2, strict, among } });
const rules: Record<string, VotingRules> = {
  'more than half of all entitled, two thirds present': half('entitled'),
  'more than half of the votes cast': half('voting'),
  'more votes for than against': half('decided'),
  'at least half of the votes for and against': half('decided', false),
  'at least two thirds of all entitled, half present': { quorum: { parts: 1, of: 2 }, majority: { parts: 2, of: 3, strict: false, among: 'entitled' } },
  'unanimous, everybody present': { quorum: { parts: 1, of: 1 }, majority: { parts: 1, of: 1, strict: false, among: 'entitled' } },
};

const range = (count: number): number[] => Array.from({ length: count + 1 }, (_, index) => index);
/** Every tally of so many members, those who are silent included. */
const talliesOf = (members: number): Tally[] => range(members).flatMap((yes) => range(members - yes).flatMap((no) => range(members - yes - no).flatMap((abstained) =>
  range(members - yes - no - abstained).map((recused) => ({ for: yes, against: no, abstained, recused })))));
const all = range(7).slice(1).flatMap((members) => talliesOf(members).map((tally) => ({ members, tally })));
const tally = (yes: number, no: number, abstained = 0, recused = 0): Tally => ({ for: yes, against: no, abstained, recused });

/** The same rules said the other way round: by people standing in a room, in multiples instead of shares. */
function inTheRoom(members: number, t: Tally, { quorum, majority }: VotingRules): VoteResult {
  const people = [...Array(t.for).fill('+'), ...Array(t.against).fill('-'), ...Array(t.abstained).fill('0'), ...Array(t.recused).fill('out'), ...Array(members - t.for - t.against - t.abstained - t.recused).fill('?')];
  const room = people.filter((one) => one !== 'out');
  const voters = room.filter((one) => one !== '?');
  if (voters.length === 0 || voters.length * quorum.of < room.length * quorum.parts) return 'noQuorum';
  const base = { entitled: room, voting: voters, decided: voters.filter((one) => one !== '0') }[majority.among];
  const [inFavour, against] = ['+', '-'].map((sign) => voters.filter((one) => one === sign).length) as [number, number];
  const excess = inFavour * majority.of - base.length * majority.parts;
  if (inFavour > 0 && (majority.strict ? excess > 0 : excess >= 0)) return 'passed';
  return inFavour === against && inFavour > 0 ? 'tied' : 'rejected';
}

describe.each(Object.entries(rules))('every tally of one to seven members: %s', (_name, one) => {
  it('comes to what the people in the room come to', () => {
    expect(all.length).toBe(791);
    for (const { members, tally: t } of all) expect([members, t, countVote(members, t, one)]).toEqual([members, t, inTheRoom(members, t, one)]);
  });

  it('is settled exactly when nothing anybody may still do changes it', () => {
    const moves: (keyof Tally)[] = ['for', 'against', 'abstained', 'recused'];
    const ends = (members: number, t: Tally): Set<VoteResult> => {
      const found = new Set<VoteResult>([inTheRoom(members, t, one)]);
      if (silentOf(members, t) > 0) for (const move of moves) for (const end of ends(members, { ...t, [move]: t[move] + 1 })) found.add(end);
      return found;
    };
    for (const { members, tally: t } of all.filter((each) => each.members <= 5)) {
      const possible = [...ends(members, t)];
      expect([members, t, settledVote(members, t, one)]).toEqual([members, t, possible.length === 1 ? possible[0] : null]);
    }
  });

  it('a result that is settled stays what it is, whoever votes afterwards', () => {
    for (const { members, tally: t } of all.filter((each) => each.members === 6 && silentOf(6, each.tally) > 0)) {
      const settled = settledVote(members, t, one);
      if (settled !== null) for (const move of ['for', 'against', 'abstained', 'recused'] as const) expect(settledVote(members, { ...t, [move]: t[move] + 1 }, one)).toBe(settled);
    }
  });

  it('one more vote in favour never turns a pass into a defeat', () => {
    for (const { members, tally: t } of all.filter((each) => silentOf(each.members, each.tally) > 0)) {
      if (countVote(members, t, one) === 'passed') expect([members, t, countVote(members, { ...t, for: t.for + 1 }, one)]).toEqual([members, t, 'passed']);
    }
  });
});

describe('by name', () => {
  const entitled = half('entitled');

  it.each([
    ['one rejection does not kill a vote of which half would do', 5, tally(3, 1, 1), 'passed'],
    ['four for of seven carry against three', 7, tally(4, 3), 'passed'],
    ['three of six are not more than half', 6, tally(3, 2, 1), 'rejected'],
    ['three against three are a tie, not a defeat', 6, tally(3, 3), 'tied'],
    ['abstentions are present and carry nothing', 5, tally(2, 0, 3), 'rejected'],
    ['who is silent is not present', 6, tally(3, 0), 'noQuorum'],
    ['who stands aside lowers quorum and majority alike', 6, tally(3, 1, 0, 2), 'passed'],
    ['when all stand aside nobody has decided', 3, tally(0, 0, 0, 3), 'noQuorum'],
    ['nobody voting is no decision', 4, emptyTally, 'noQuorum'],
  ] as const)('%s', (_name, members, t, result) => expect(countVote(members, t, entitled)).toBe(result));

  it('a recused member counts neither way: the rest come to the same as without him', () => {
    for (const { members, tally: t } of all.filter((each) => each.tally.recused > 0)) {
      expect(countVote(members, t, entitled)).toBe(countVote(members - 1, { ...t, recused: t.recused - 1 }, entitled));
    }
  });

  it('a vote of five is settled by the fourth when three are for, not before there is a quorum', () => {
    expect([settledVote(5, tally(3, 0), entitled), settledVote(5, tally(3, 1), entitled)]).toEqual([null, 'passed']);
    expect([settledVote(5, tally(0, 3), entitled), settledVote(5, tally(0, 4), entitled)]).toEqual([null, 'rejected']);
  });

  it('what is needed is said in whole members', () => {
    expect([quorumOf(5, emptyTally, entitled), neededOf(5, emptyTally, entitled), quorumOf(6, tally(0, 0, 0, 1), entitled), neededOf(6, tally(0, 0, 0, 1), entitled), votingOf(tally(1, 2, 3, 4))]).toEqual([4, 3, 4, 3, 6]);
  });

  it('more votes than members are no tally', () => {
    for (const broken of [tally(3, 1), tally(-1, 0), tally(0.5, 0)]) expect(() => countVote(3, broken, entitled)).toThrow(RangeError);
  });
});
