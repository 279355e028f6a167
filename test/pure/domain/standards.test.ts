import { squareMetres } from '../../../src/domain/area.js';
import { centerClass, hallBand, judgeCenter, judgeHall, judgeStation, type CenterFacts, type StandardRules } from '../../../src/domain/standards.js';
import { meetsStandard } from '../../../src/domain/verdict.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { standardRulesOf } from '../../../workflows/policies/pack-rules.js';

const rules = standardRulesOf(policyPack('jinan-2011-61').pack);
const lower: StandardRules = { ...rules, center: { ...rules.center, boundaryPolicy: 'lower' } };
const rooms = { receptionRoom: true, staffOffice: true, streetFront: true, groundFloor: true };
const center = (change: Partial<CenterFacts>): CenterFacts => ({
  population: 95_000, grossArea: null, usableArea: 30_000, archiveArea: 4_000, archiveIncluded: false, rooms, ...change,
});

describe('annex 2, halls', () => {
  it.each([
    [1, 2000], [199_999, 2000], [200_000, 2000], [200_001, 3000], [499_999, 3000], [500_000, 3000], [500_001, 4000],
    [999_999, 4000], [1_000_000, 4000], [1_000_001, 5000], [9_200_000, 5000],
  ])('a hall for %i people needs %i m²', (population, least) => {
    expect(hallBand(rules, population).area).toBe(squareMetres(least));
    const [exact] = judgeHall(rules, { population, grossArea: squareMetres(least) });
    const [short] = judgeHall(rules, { population, grossArea: squareMetres(least) - 1 });
    expect([exact?.ok, exact?.difference, short?.ok, short?.difference]).toEqual([true, 0, false, -1]);
  });

  it.each([0, -1, 1.5, NaN, null as unknown as number])('%p residents are an error, not the smallest class', (population) => {
    expect(() => judgeHall(rules, { population, grossArea: 1 })).toThrow('invalid-input');
  });

  it('more than required is no fault, because standards are minima', () => {
    expect(judgeHall(rules, { population: 1_064_210, grossArea: squareMetres(6000) })[0]?.ok).toBe(true);
  });

  it('tells the clerk how much is missing, and the clause', () => {
    const [line] = judgeHall(rules, { population: 527_311, grossArea: squareMetres(3600) });
    expect(line).toMatchObject({ item: 'hallArea', required: 400_000, actual: 360_000, difference: -40_000, clause: 'C-9.1' });
    expect(line?.explanation.zh).toBe('比标准少 400 m²。标准不少于 4,000 m²。');
    expect(line?.explanation.en).toBe('400 m² short. At least 4,000 m² are required.');
  });

  it('an empty field is not a hall of 0 m²', () => {
    expect(judgeHall(rules, { population: 527_311, grossArea: null })[0]).toMatchObject({ ok: false, actual: null, difference: null });
  });
});

describe('annex 2, township centres', () => {
  it.each([
    [90_001, 'Ⅰ', 'Ⅰ', false], [90_000, 'Ⅰ', 'Ⅱ', true], [89_999, 'Ⅱ', 'Ⅱ', false], [60_001, 'Ⅱ', 'Ⅱ', false],
    [60_000, 'Ⅱ', 'Ⅲ', true], [59_999, 'Ⅲ', 'Ⅲ', false], [1, 'Ⅲ', 'Ⅲ', false], [92_282, 'Ⅰ', 'Ⅰ', false],
  ] as const)('%i residents are class %s by the higher policy, %s by the lower, on a bound: %s', (population, high, low, onBound) => {
    expect(centerClass(rules, population)).toMatchObject({ class: { id: high }, onBound });
    expect(centerClass(lower, population)).toMatchObject({ class: { id: low }, onBound });
  });

  it.each([
    [95_000, 30_000, 4_000], [75_000, 20_000, 3_000], [30_000, 15_000, 2_000],
  ])('a township of %i passes with exactly %i and %i (0.01 m²) and fails with one less of either', (population, area, archive) => {
    const met = (usableArea: number, archiveArea: number) => meetsStandard(judgeCenter(rules, center({ population, usableArea, archiveArea })));
    expect([met(area, archive), met(area - 1, archive), met(area, archive - 1)]).toEqual([true, false, false]);
  });

  it('a population exactly on a bound is decided and the page says so', () => {
    const [area] = judgeCenter(rules, center({ population: 90_000 }));
    expect(area?.boundaryCase?.zh).toBe('人口正在界上，按较高类别认定为Ⅰ类，可申请复核。');
    expect(judgeCenter(rules, center({ population: 90_001 }))[0]?.boundaryCase).toBeNull();
    expect(judgeCenter(lower, center({ population: 90_000 }))[0]?.boundaryCase?.zh).toContain('Ⅱ类');
  });

  it('every room is asked for by itself: facing the street does not make it the ground floor', () => {
    const lines = judgeCenter(rules, center({ rooms: { ...rooms, groundFloor: false, staffOffice: null } }));
    expect(lines.filter(({ ok }) => !ok).map(({ item }) => item)).toEqual(['staffOffice', 'groundFloor']);
    expect(lines).toHaveLength(6);
  });

  it('the usable area decides where both are known, the gross where it stands alone', () => {
    expect(judgeCenter(rules, center({ grossArea: 40_000, usableArea: 29_999 }))[0]?.ok).toBe(false);
    expect(judgeCenter(rules, center({ grossArea: 30_000, usableArea: null }))[0]?.ok).toBe(true);
  });

  it('an archive room measured inside the service area is not counted twice', () => {
    const [area, archive] = judgeCenter(rules, center({ usableArea: 33_999, archiveArea: 4_000, archiveIncluded: true }));
    expect([area?.actual, area?.ok, archive?.ok]).toEqual([29_999, false, true]);
    expect(area?.explanation.zh).toContain('已扣除其中的档案室 40 m²');
  });
});

it('a station of exactly 50 m² passes and one of 49.99 m² does not', () => {
  const judged = (usableArea: number) => judgeStation(rules, { grossArea: null, usableArea })[0];
  expect([judged(5_000)?.ok, judged(4_999)?.ok]).toEqual([true, false]);
  expect(judged(4_500)?.explanation.zh).toBe('比标准少 5 m²。标准不少于 50 m²。');
});
