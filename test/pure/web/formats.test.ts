import { WorkCalendar } from '../../../src/domain/calendar.js';
import { endOfLocal } from '../../../src/domain/local-day.js';
import { Formats } from '../../../src/web/formats.js';
import { errorNumber } from '../../../src/web/bind-request.js';
import { yearFigures } from '../../../src/reads/year-figures.js';
import type { CaseProgress } from '../../../src/reads/year-progress.js';

const now = new Date('2026-09-07T18:30:00Z');

describe('dates on pages', () => {
  it('an instant late in the evening of UTC is the next day in Beijing', () => {
    expect(new Formats('zh', now).longDay(now)).toBe('2026年9月8日 星期二');
  });

  it('a day of another year is written in full, so that nobody takes it for this year’s', () => {
    const formats = new Formats('zh', now);
    expect([formats.day('2026-09-30'), formats.day('2027-01-29')]).toEqual(['9月30日', '2027年1月29日']);
  });

  it('a span names its month once, in the order of each language, and both years where they differ', () => {
    const [zh, en] = [new Formats('zh', now), new Formats('en', now)];
    const spans = [['2026-09-18', '2026-09-28'], ['2026-08-26', '2026-09-14'], ['2026-12-28', '2027-01-04'], ['2027-01-04', '2027-01-08'], ['2026-09-18', '2026-09-18']] as const;
    expect(spans.map(([from, to]) => zh.days(from, to))).toEqual(['9月18—28日', '8月26日—9月14日', '12月28日—2027年1月4日', '2027年1月4—8日', '9月18日']);
    expect(spans.map(([from, to]) => en.days(from, to))).toEqual(['18–28 Sep', '26 Aug – 14 Sep', '28 Dec – 4 Jan 2027', '4–8 Jan 2027', '18 Sep']);
  });

  it('a term that ends at 24:00 shows its last day, not the day after', () => {
    const calendar = new WorkCalendar([{ year: 2026, holidays: [], workdays: [] }], 'test');
    expect(new Formats('zh', now).due(endOfLocal('2026-09-30'), calendar)).toMatchObject({ day: '9月30日', words: '余 16 个工作日', kind: 'left' });
    expect(new Formats('en', now).due(endOfLocal('2026-09-04'), calendar)).toMatchObject({ kind: 'overdue', tone: 'c-red' });
  });
});

describe('the number on an error page', () => {
  it('is short, can be read out, and follows from the request', () => {
    expect(errorNumber('01a2080c-541e-74a1-920a-0f1d849f673e')).toMatch(/^E-[0-9A-HJKMNP-TV-Z]{4}$/);
  });
});

describe('the figures of a year', () => {
  const plan = (unit: string, stage: string, over: Partial<CaseProgress> = {}): CaseProgress => ({
    caseId: unit, unit, workflow: 'plan', caseNumber: '', title: '', chartVersion: 1, pack: '', stage, completeness: 0, released: false, final: false, outcome: null,
    openedAt: now, movedAt: now, stages: [{ stage, seq: 1, enteredAt: now, leftAt: null }], ...over,
  });

  it('a draft sent for preliminary remarks is released but not filed', () => {
    expect(yearFigures(13, [plan('a', 'preReview', { released: true })])).toMatchObject({ reported: 0, notReported: 13 });
  });

  it('a plan in correction stays filed; an exemption is neither filed nor missing', () => {
    const corrected = plan('a', 'correcting', { stages: [{ stage: 'registered', seq: 5, enteredAt: now, leftAt: now }, { stage: 'correcting', seq: 7, enteredAt: now, leftAt: null }] });
    const exempt = plan('b', 'exempted', { final: true, outcome: 'exempted' });
    expect(yearFigures(13, [corrected, exempt])).toMatchObject({ reported: 1, correcting: 1, exempted: 1, notReported: 11 });
  });
});
