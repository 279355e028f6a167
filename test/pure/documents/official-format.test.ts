import { chineseNumeral, citeDocument, formatDateSpan, formatInstant } from '../../../src/documents/official-format.js';

describe('figures and dates of official papers', () => {
  it('a span inside one month, over a month and over new year is never ambiguous', () => {
    expect(formatDateSpan('2026-11-09', '2026-11-13')).toBe('2026年11月9日至13日');
    expect(formatDateSpan('2026-10-30', '2026-11-02')).toBe('2026年10月30日至11月2日');
    expect(formatDateSpan('2026-12-30', '2027-01-04')).toBe('2026年12月30日至2027年1月4日');
    expect(formatDateSpan('2026-11-09', '2026-11-09')).toBe('2026年11月9日');
  });

  it('a filing of 23:59:59 on 30 September is printed as that day, not as the UTC one', () => {
    expect(formatInstant('2026-09-30T15:59:59Z')).toBe('2026年9月30日 23:59:59');
    expect(formatInstant('2026-09-30T16:00:00Z')).toBe('2026年10月1日 00:00:00');
  });

  it('headings beyond ten are 十一 and 二十, not 一一 and 二〇', () => {
    expect([1, 10, 11, 20, 21].map(chineseNumeral)).toEqual(['一', '十', '十一', '二十', '二十一']);
  });

  it('a title inside a title gets single marks', () => {
    expect(citeDocument('关于同意《实施方案》的批复', '历城政复〔2026〕18号')).toBe('《关于同意〈实施方案〉的批复》（历城政复〔2026〕18号）');
  });
});
