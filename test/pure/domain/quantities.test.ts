import fc from 'fast-check';
import { formatArea, meanArea, readArea, squareMetres } from '../../../src/domain/area.js';
import { dividedHalfUp } from '../../../src/domain/decimal-text.js';
import { formatMoney, formatYuan, readMoney, yuan } from '../../../src/domain/money.js';
import { formatPopulation, formatPopulationInWan, readPopulation } from '../../../src/domain/population.js';

const area = (text: string) => readArea('area', text, squareMetres(100_000));
const money = (text: string, unit?: '元' | '万元') => readMoney('money', text, yuan(1_000_000_000), unit);
const persons = (text: string) => readPopulation('population', text, 5_000_000);
const value = (read: ReturnType<typeof area>) => (read.ok ? read.value : read.defect.code);

describe('an area typed by a person', () => {
  it.each([
    ['4000', 400_000], ['4,000', 400_000], ['4，000', 400_000], ['２０００', 200_000], ['299.99', 29_999], ['299.9', 29_990],
    ['236.10 m²', 23_610], ['50㎡', 5_000], ['50平方米', 5_000], [' 50 ', 5_000], ['50.000', 5_000], ['0', 0], ['３６．５', 3_650], ['007', 700],
  ])('%j is read exactly', (text, expected) => expect(value(area(text))).toBe(expected));

  it.each([
    ['', 'missing'], ['   ', 'missing'], ['-1', 'negative'], ['－１', 'negative'], ['−1', 'negative'], ['1.234', 'too-many-decimals'],
    ['abc', 'not-a-number'], ['1e5', 'not-a-number'], ['1,00', 'not-a-number'], ['12 34', 'not-a-number'], ['约200', 'not-a-number'],
    ['200—300', 'not-a-number'], ['.5', 'not-a-number'], ['5.', 'not-a-number'], ['NaN', 'not-a-number'], ['Infinity', 'not-a-number'],
    ['=A1+B1', 'not-a-number'], ['100000.01', 'too-large'], ['9'.repeat(400), 'too-large'],
  ])('%j is refused with a sentence', (text, code) => {
    const read = area(text);
    expect(value(read)).toBe(code);
    if (!read.ok) expect([read.defect.field, /。$/.test(read.defect.sentence.zh), read.defect.sentence.en.length > 0]).toEqual(['area', true, true]);
  });

  it('what is shown can be typed again without losing a hundredth', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 10_000_000 }), (one) => value(area(formatArea(one))) === one));
  });

  it('shows whole metres without decimals and keeps the sign of a shortage', () => {
    expect([523_600, 23_610, 29_999, 1, -40_000, 0].map(formatArea)).toEqual(['5,236', '236.10', '299.99', '0.01', '-400', '0']);
  });

  it('three measurements never reach a standard by rounding that their sum does not reach', () => {
    expect(meanArea([30_000, 30_000, 29_999])).toBe(29_999);
    expect(meanArea([30_001, 30_000, 29_999])).toBe(30_000);
    const triple = fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 0, max: 100_000 }))) as fc.Arbitrary<[number, number, number]>;
    fc.assert(fc.property(triple, fc.integer({ min: 0, max: 100_000 }), (three, least) =>
      (meanArea(three) >= least) === (three[0] + three[1] + three[2] >= 3 * least)));
  });
});

describe('money typed by a person', () => {
  it.each([
    ['56.8', undefined, 56_800_000], ['56.8万元', '元', 56_800_000], ['568000', '元', 56_800_000], ['568,000.01元', '万元', 56_800_001],
    ['0.000001', '万元', 1], ['1亿元', '元', 10_000_000_000], ['２０万', '元', 20_000_000],
  ] as const)('%j in a field of %s is %i 分', (text, unit, expected) => expect(value(money(text, unit))).toBe(expected));

  it.each([
    ['0.0000001', '万元', 'too-many-decimals'], ['0.001', '元', 'too-many-decimals'], ['-3', '元', 'negative'],
    ['100001万元', '元', 'too-large'], ['三万', '元', 'not-a-number'], ['¥3', '元', 'not-a-number'],
  ] as const)('%j in a field of %s is refused: %s', (text, unit, code) => expect(value(money(text, unit))).toBe(code));

  it('rounds only for reading, half up, and keeps the 分 in ledgers', () => {
    expect([56_800_000, 5_000, 4_999, 0, -15_000].map(formatMoney)).toEqual(['56.80', '0.01', '0.00', '0.00', '-0.02']);
    expect(formatMoney(123_456_789_000)).toBe('123,456.79');
    expect([56_800_001, 5, -100].map(formatYuan)).toEqual(['568,000.01', '0.05', '-1.00']);
  });
});

describe('a population typed by a person', () => {
  it.each([['92,282', 92_282], ['9.2282万', 92_282], ['52.7万人', 527_000], ['９２２８２人', 92_282], ['90000', 90_000]])(
    '%j is %i persons', (text, expected) => expect(value(persons(text))).toBe(expected));

  it.each([['1.5', 'too-many-decimals'], ['9.22825万', 'too-many-decimals'], ['5000001', 'too-large'], ['-1', 'negative'], ['无', 'not-a-number']])(
    '%j is refused: %s', (text, code) => expect(value(persons(text))).toBe(code));

  it('half a person is called a whole-number question', () => {
    const read = persons('1.5');
    expect(read.ok ? '' : read.defect.sentence.zh).toBe('人口数应为整数。');
  });

  it('is shown with grouping, and in 万 for overviews', () => {
    expect(formatPopulation(1_258_736)).toBe('1,258,736');
    expect(formatPopulationInWan(527_311)).toBe('52.7');
  });
});

it('division rounds exact halves up where binary fractions would not', () => {
  expect(dividedHalfUp(1005, 10)).toBe(101);
  expect(dividedHalfUp(10_049, 100)).toBe(100);
  expect(dividedHalfUp(5 * 29, 2)).toBe(73);
});
