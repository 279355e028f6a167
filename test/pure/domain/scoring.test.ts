import { concludeAcceptance, gradeOf, needsExplanation } from '../../../src/domain/grading.js';
import { entryDefects, formatScore, ratioScore, readScore, rollUp, scoringDuties, type ScoreEntry, type Scorer } from '../../../src/domain/scoring.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { gradesOf, scoreSheetOf, selfScoreLimitOf, vetoesOf } from '../../../workflows/policies/pack-rules.js';

const { pack } = policyPack('jinan-2011-61');
const sheet = scoreSheetOf(pack);
const team: Scorer[] = [
  { id: 'h', department: 'hrss', leader: true },
  { id: 'f', department: 'finance', leader: false },
  { id: 'p', department: 'planning', leader: false },
];
const duties = scoringDuties(sheet, team, 'byItem');
const full = (member: string): ScoreEntry[] =>
  sheet.items.filter(({ id }) => duties[id]?.includes(member)).map((item) => ({ item: item.id, member, score: item.points, reason: '' }));

describe('the sheet of the six 到位', () => {
  it('adds up to exactly 100 points in the six dimensions of the policy', () => {
    const result = rollUp(sheet, duties, team.flatMap(({ id }) => full(id)));
    expect([result.total, result.missing]).toEqual([1000, []]);
    expect(result.dimensions.map(({ id, points }) => [id, points])).toEqual([
      ['organization', 150], ['personnel', 150], ['funding', 150], ['premises', 250], ['regulations', 150], ['work', 150],
    ]);
  });

  it('finance scores money, planning scores premises, HRSS the rest', () => {
    const owners = (dimension: string) => new Set(sheet.items.filter((one) => one.dimension === dimension).flatMap(({ id }) => duties[id]!));
    expect([...owners('funding')]).toEqual(['f']);
    expect([...owners('premises')]).toEqual(['p']);
    expect([...owners('work')]).toEqual(['h']);
  });

  it('an item whose department sent nobody falls to the leader, not to nobody', () => {
    const without = scoringDuties(sheet, team.filter(({ id }) => id !== 'f'), 'byItem');
    expect(without['funding.1']).toEqual(['h']);
  });

  it('a total with a member missing is not final', () => {
    const result = rollUp(sheet, duties, [...full('h'), ...full('p')]);
    expect(result.total).toBe(850);
    expect(result.missing.map(({ item }) => item)).toEqual(['funding.1', 'funding.2', 'funding.3']);
  });

  it('independent scores are averaged half up to one decimal, and only when all are in', () => {
    const all = scoringDuties(sheet, team, 'average');
    const given = (scores: number[]) => rollUp(sheet, all, scores.map((score, index) => ({ item: 'work.1', member: team[index]!.id, score, reason: 'x' })));
    const ofItem = (scores: number[]) => given(scores).items.find(({ item }) => item.id === 'work.1')?.score;
    expect(ofItem([50, 49, 50])).toBe(50);
    expect(ofItem([50, 49, 49])).toBe(49);
    expect(ofItem([50, 49])).toBeNull();
  });

  it('a second score of the same member replaces the first instead of weighing double', () => {
    const twice: ScoreEntry[] = [...full('h'), { item: 'work.1', member: 'h', score: 10, reason: '更正' }];
    expect(rollUp(sheet, duties, twice).items.find(({ item }) => item.id === 'work.1')?.score).toBe(10);
  });

  it('scores of somebody who is not asked do not count', () => {
    const foreign: ScoreEntry[] = [{ item: 'funding.1', member: 'p', score: 60, reason: '' }];
    expect(rollUp(sheet, duties, foreign).total).toBe(0);
    expect(entryDefects(sheet, duties, foreign).map(({ code }) => code)).toEqual(['not-your-item']);
  });

  it('names every wrong score: unknown item, above the points, negative, fractions of a tenth, points off without a reason', () => {
    const entry = (item: string, score: number, reason = ''): ScoreEntry => ({ item, member: 'h', score, reason });
    const codes = entryDefects(sheet, duties, [
      entry('luck.1', 1), entry('work.1', 51), entry('work.2', -1), entry('work.3', 1.5), entry('work.4', 29), entry('regulations.1', 70), entry('organization.1', 40, '缺调解仲裁'),
    ]).map(({ code }) => code);
    expect(codes).toEqual(['unknown-item', 'out-of-range', 'out-of-range', 'out-of-range', 'no-reason']);
  });
});

describe('scores as people write them', () => {
  it.each([['13.8', 138], ['13.8分', 138], ['１５', 150], ['0', 0]])('%s is %i tenths', (text, tenths) => {
    expect(readScore('score', text, 150)).toEqual({ ok: true, value: tenths });
  });

  it.each([['13.85', 'too-many-decimals'], ['15.1', 'too-large'], ['-1', 'negative'], ['满分', 'not-a-number']])('%s is refused: %s', (text, code) => {
    const read = readScore('score', text, 150);
    expect(read.ok ? '' : read.defect.code).toBe(code);
  });

  it('a share is rounded half up exactly and a share of nothing earns nothing', () => {
    expect([ratioScore(50, 1, 3), ratioScore(50, 2, 3), ratioScore(50, 7, 20), ratioScore(50, 3, 3), ratioScore(50, 0, 0), ratioScore(50, 5, 3)]).toEqual([17, 33, 18, 50, 0, 50]);
    expect([896, 150, -5].map(formatScore)).toEqual(['89.6', '15', '-0.5']);
  });
});

describe('grades and conclusions', () => {
  const grades = gradesOf(pack);
  it.each([[1000, 'excellent'], [900, 'excellent'], [899, 'pass'], [750, 'pass'], [749, 'fail'], [0, 'fail']])('%i tenths are %s', (total, grade) => {
    expect(gradeOf(total, grades, []).id).toBe(grade);
  });

  it('a circumstance that excludes a pass outweighs 98 points', () => {
    expect(gradeOf(980, grades, vetoesOf(pack, ['misuse'])).id).toBe('fail');
    expect(() => vetoesOf(pack, ['bad-luck'])).toThrow('not-in-pack');
  });

  it('is never passed while a blocking finding is open', () => {
    expect([concludeAcceptance('excellent', 0), concludeAcceptance('excellent', 1), concludeAcceptance('fail', 0)]).toEqual(['passed', 'conditional', 'failed']);
  });

  it('only a difference of more than five points has to be explained', () => {
    const limit = selfScoreLimitOf(pack);
    expect([needsExplanation(900, 850, limit), needsExplanation(900, 849, limit), needsExplanation(800, 851, limit)]).toEqual([false, true, true]);
  });
});
