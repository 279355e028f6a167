import jinan from '../../../workflows/policies/jinan-2011-61.json' with { type: 'json' };
import { pinPack } from '../../../workflows/policies/pack-registry.js';
import { loadPack } from '../../../workflows/policies/policy-pack.js';
import type { PostRef } from '../../../workflows/vocabulary.js';
import { restraintOn } from '../../../workflows/patterns/restraint.js';
import { stagesOf } from '../../../workflows/patterns/duties.js';
import { by, pinned, Walk } from './walk.js';

const post = (name: string): PostRef => ({ post: name, org: 'office', role: 'leader', side: 'city', name });
const proposer: PostRef = { ...post('clerk'), role: 'office.clerk' };
const packWith = (change: (decisions: any) => void) => {
  const copy = structuredClone(jinan) as any;
  change(copy.decisions);
  return pinPack(loadPack(copy));
};

/** A matter brought to these posts in this way. */
const brought = (mode: string, names: string[], pack = pinned, side: 'unit' | 'city' = 'city') =>
  new Walk('matter', { proposer: { ...proposer, side } }, pack).do('bring', { mode, facts: { defects: 0, content: 'text 1', posts: names.map(post) }, by: by({ person: 'proposer' }) });
const as = (name: string) => ({ by: by({ person: `person ${name}`, post: name, name }), task: { key: `x#1#participants:${name}`, subject: { post: name } } });
const cast = (walk: Walk, name: string, choice: string) => walk.do('castVote', { ...as(name), choice });
const again = (walk: Walk) => walk.do('bringAgain', { facts: { defects: 0, content: 'text 2' } });
const answers = (walk: Walk): string[] => walk.context.participants.map((p: { answer: string }) => p.answer);
const owing = (walk: Walk): string[] => walk.duties.map((duty) => duty.split(' ')[0]!.replace('participants:', ''));
const told = (walk: Walk): string[] => walk.asks('notify').map(({ template, to }) => `${template} ${to}`);

describe('依次: in turn', () => {
  it('asks one after another; an objection below goes up with the matter, and the last decides', () => {
    const walk = brought('inTurn', ['a', 'b', 'c']);
    expect([owing(walk), told(walk)]).toEqual([['a'], ['matterAsked asked']]);
    walk.do('assent', as('a'));
    expect(owing(walk)).toEqual(['b']);
    walk.do('decline', { ...as('b'), opinion: '资金未落实' });
    expect(owing(walk)).toEqual(['c']);
    expect(walk.do('assent', as('c')).stages).toContain('agreed');
    expect(answers(walk)).toEqual(['agreed', 'objected', 'agreed']);
    expect(walk.asks('issueDocument')).toEqual([{ kind: 'matterDecision', visibleTo: 'both' }]);
  });

  it('every turn has the whole term: each is an entry of its own', () => {
    const walk = brought('inTurn', ['a', 'b']).do('assent', as('a'));
    expect([walk.asks('leave'), walk.asks('enter')]).toEqual([[{ stage: 'inTurn' }], [{ stage: 'inTurn' }]]);
  });

  it('does not skip a post after a return: everybody signs again what has changed', () => {
    const walk = brought('inTurn', ['a', 'b', 'c']).do('assent', as('a')).do('sendBackMatter', { ...as('b'), opinion: '缺依据', then: 'stepByStep' });
    expect([walk.stages, walk.context.returned.text]).toEqual([expect.arrayContaining(['reworking']), '缺依据']);
    again(walk);
    expect([owing(walk), answers(walk)]).toEqual([['a'], ['pending', 'waiting', 'waiting']]);
  });

  it('goes straight back to who returned it, past nobody who comes after', () => {
    const walk = again(brought('inTurn', ['a', 'b', 'c']).do('assent', as('a')).do('sendBackMatter', { ...as('b'), opinion: '缺依据', then: 'straightBack' }));
    expect([owing(walk), answers(walk)]).toEqual([['b'], ['agreed', 'pending', 'waiting']]);
    expect(walk.do('assent', as('b')).do('decline', { ...as('c'), opinion: '不妥' }).stages).toContain('refused');
  });

  it('who stands aside is passed over by his own word; when the last does, nobody has decided', () => {
    const walk = brought('inTurn', ['a', 'b']).do('recuse', { ...as('a'), reason: '利害关系' });
    expect([owing(walk), walk.asks('exception')]).toEqual([['b'], [{ kind: 'recused' }]]);
    expect(walk.do('recuse', { ...as('b'), reason: '利害关系' }).stages).toContain('reworking');
  });
});

describe('会签: all of them', () => {
  it('is agreed only when all agree', () => {
    const walk = brought('signEach', ['a', 'b']).do('assent', as('a'));
    expect(owing(walk)).toEqual(['b']);
    expect(walk.do('assent', as('b')).stages).toContain('agreed');
  });

  it('an objection goes back to the proposer once everybody is heard; brought again, all sign the changed text', () => {
    const walk = brought('signEach', ['a', 'b', 'c']).do('decline', { ...as('a'), opinion: '不妥' }).do('assent', as('b'));
    expect([walk.stages.includes('signEach'), owing(walk)]).toEqual([true, ['c']]);
    walk.do('assent', as('c'));
    expect([walk.stages, told(walk)]).toEqual([expect.arrayContaining(['reworking']), ['matterObjected proposer']]);
    expect(owing(again(walk))).toEqual(['a', 'b', 'c']);
  });

  it('co-signers who differ decide nothing: both views go before somebody who does', () => {
    const walk = brought('signEach', ['a', 'b']).do('decline', { ...as('a'), opinion: '不妥' }).do('assent', as('b'));
    walk.do('bring', { mode: 'inTurn', facts: { defects: 0, content: 'text 2', posts: [post('leader')] } }).do('decline', { ...as('leader'), opinion: '暂缓' });
    expect(walk.stages).toContain('refused');
  });

  it('silence after the term is noted and is never consent', () => {
    const walk = brought('signEach', ['a', 'b']).do('assent', as('a')).do('term.matter.signEach.due');
    expect([answers(walk), walk.stages.includes('signEach'), owing(walk)]).toEqual([['agreed', 'overdue'], true, ['b']]);
  });
});

describe('或签: any one', () => {
  it('the first answer decides; what was asked of the others falls and they are told', () => {
    const walk = brought('signAny', ['a', 'b', 'c']);
    expect(owing(walk)).toEqual(['a', 'b', 'c']);
    walk.do('assent', as('b'));
    expect([walk.stages, answers(walk), walk.duties]).toEqual([expect.arrayContaining(['agreed']), ['fallen', 'agreed', 'fallen'], []]);
    expect(told(walk)).toContain('matterDecided participants');
  });

  it('a refusal decides as well; when all stand aside nobody has', () => {
    expect(brought('signAny', ['a', 'b']).do('decline', { ...as('a'), opinion: '不妥' }).stages).toContain('refused');
    expect(brought('signAny', ['a', 'b']).do('recuse', { ...as('a'), reason: 'x' }).do('recuse', { ...as('b'), reason: 'x' }).stages).toContain('reworking');
  });
});

describe('票决: a vote', () => {
  const five = ['a', 'b', 'c', 'd', 'e'];

  it('one rejection does not kill a vote that half would carry', () => {
    const walk = cast(cast(brought('vote', five), 'a', 'against'), 'b', 'for');
    expect(walk.stages).toContain('vote');
    expect(cast(cast(walk, 'c', 'for'), 'd', 'for').stages).toContain('agreed');
  });

  it('decided early, the tasks of the others fall and they are told; the last vote is not asked for', () => {
    const walk = brought('vote', five);
    for (const name of ['a', 'b', 'c']) cast(walk, name, 'for');
    expect([walk.stages.includes('vote'), owing(walk)]).toEqual([true, ['d', 'e']]);
    cast(walk, 'd', 'against');
    expect([walk.stages, answers(walk), walk.duties, walk.context.voteResult]).toEqual([expect.arrayContaining(['agreed']), ['for', 'for', 'for', 'against', 'silent'], [], 'passed']);
    expect(told(walk)).toContain('matterDecided participants');
    expect(walk.takes('castVote', { ...as('e'), choice: 'against' })).toBe(false);
  });

  it('a recused member counts neither way: four are left, three of them a majority', () => {
    const walk = brought('vote', five).do('recuse', { ...as('e'), reason: '利害关系' });
    for (const name of ['a', 'b', 'c']) cast(walk, name, 'for');
    expect([walk.stages, answers(walk)]).toEqual([expect.arrayContaining(['agreed']), ['for', 'for', 'for', 'silent', 'recused']]);
  });

  it('a tie decides nothing and goes back, or is a refusal, as the rules of procedure say', () => {
    const tied = (pack = pinned) => {
      const walk = brought('vote', ['a', 'b', 'c', 'd'], pack);
      [['a', 'for'], ['b', 'for'], ['c', 'against'], ['d', 'against']].forEach(([name, choice]) => cast(walk, name!, choice!));
      return walk;
    };
    expect([tied().stages, tied().context.voteResult, told(tied())]).toEqual([expect.arrayContaining(['reworking']), 'tied', ['matterUndecided proposer']]);
    expect(tied(packWith((d) => { d.tie.value = 'refused'; })).stages).toContain('refused');
  });

  it('closed at its term: a missed quorum decides nothing, a quorum decides by what was cast', () => {
    const missed = cast(cast(brought('vote', five), 'a', 'for'), 'b', 'for').do('term.matter.vote.due');
    expect([missed.stages, missed.context.voteResult, answers(missed)]).toEqual([expect.arrayContaining(['reworking']), 'noQuorum', ['for', 'for', 'silent', 'silent', 'silent']]);
    const reached = brought('vote', five);
    [['a', 'for'], ['b', 'for'], ['c', 'against'], ['d', 'abstained']].forEach(([name, choice]) => cast(reached, name!, choice!));
    expect(reached.stages).toContain('vote');
    expect(reached.do('term.matter.vote.due').stages).toContain('refused');
  });

  it('nobody stops a vote he is losing: it is taken back only before the first vote', () => {
    const walk = brought('vote', five);
    expect(walk.takes('recallMatter', { reason: 'x' })).toBe(true);
    cast(walk, 'a', 'against');
    expect([walk.takes('recallMatter', { reason: 'x' }), walk.takes('withdraw', {}, '2026-11-02T01:00:00.000Z')]).toEqual([false, false]);
  });

  it('a secret ballot keeps how many, not who, and seals what was sent', () => {
    const walk = cast(brought('vote', five, packWith((d) => { d.ballot.value = 'secret'; })), 'a', 'against');
    expect([answers(walk)[0], walk.context.ballots, JSON.stringify(walk.context.participants)]).toEqual(['voted', { for: 0, against: 1, abstained: 0 }, expect.not.stringContaining('against')]);
    expect(walk.asks('sealPayload')).toEqual([{}]);
    expect(cast(brought('vote', five), 'a', 'against').asks('sealPayload')).toEqual([]);
  });
});

describe('whoever brings a matter', () => {
  it('takes it back within the minutes, not once it was signed for or answered', () => {
    const at = '2026-10-12T01:00:00.000Z';
    const bring = () => new Walk('matter', { proposer }).do('bring', { mode: 'signAny', facts: { defects: 0, content: 'h', posts: [post('a'), post('b')] } }, at);
    expect(bring().takes('withdraw', {}, '2026-10-12T01:09:00.000Z')).toBe(true);
    expect(bring().takes('withdraw', {}, '2026-10-12T01:11:00.000Z')).toBe(false);
    expect(bring().do('open', as('a'), at).takes('withdraw', {}, at)).toBe(false);
    const walk = bring().do('withdraw', {}, at);
    expect([walk.stages, walk.asks('cancelEffects')]).toEqual([expect.arrayContaining(['reworking']), [{}]]);
  });

  it('does not decide on it himself, whatever post he holds or deputises for', () => {
    const walk = brought('signAny', ['a', 'b']);
    const refusal = (person: string) => restraintOn(walk.context, stagesOf(walk.live().getMeta() as never), { type: 'assent', by: by({ person, post: 'a' }), task: { key: 'signAny#1#participants:a', subject: { post: 'a' } } });
    expect([refusal('proposer')?.zh, refusal('another')]).toEqual([expect.stringContaining('不能审自己'), null]);
  });

  it('replaces who has not answered, also who is yet to come, and never who has', () => {
    const walk = brought('inTurn', ['a', 'b', 'c']).do('assent', as('a'));
    const swap = (leaves: string, joins: string) => ({ leaves, reason: '出差', facts: { joins: post(joins) } });
    expect([walk.takes('replaceParticipant', swap('a', 'd')), walk.takes('replaceParticipant', swap('b', 'c'))]).toEqual([false, false]);
    walk.do('replaceParticipant', swap('b', 'd')).do('replaceParticipant', swap('c', 'e'));
    expect([owing(walk), answers(walk)]).toEqual([['d'], ['agreed', 'pending', 'waiting']]);
  });

  it('of the office nothing is passed on; of a unit once', () => {
    const decided = (side: 'unit' | 'city') => brought('signAny', ['a'], pinned, side).do('assent', as('a'));
    expect(decided('city').takes('passOn')).toBe(false);
    const walk = decided('unit').do('passOn');
    expect([walk.asks('releaseContent'), walk.asks('archiveCase'), walk.takes('passOn')]).toEqual([[{}], [{}], false]);
  });
});
