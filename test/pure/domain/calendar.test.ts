import { remainingWords, WorkCalendar } from '../../../src/domain/calendar.js';
import { instantOfLocal } from '../../../src/domain/local-day.js';
import { chineseCalendar } from '../../../src/register/chinese-calendar.js';

const calendar = chineseCalendar();

describe('working days of the published calendar', () => {
  it.each([
    ['2011-09-30', 1, '2011-10-08'],
    ['2011-09-30', 3, '2011-10-10'],
    ['2011-09-30', 5, '2011-10-12'],
    ['2011-12-30', 3, '2012-01-05'],
    ['2012-09-28', 3, '2012-10-09'],
    ['2026-09-30', 5, '2026-10-13'],
    ['2011-09-16', 10, '2011-09-30'],
  ])('a term from %s of %i working days ends on %s, across holidays and make-up days', (start, count, end) => {
    expect(calendar.addWorkdays(start, count)).toEqual({ day: end, provisional: false });
  });

  it.each(['2011-10-08', '2011-10-09', '2011-12-31', '2012-09-29', '2026-09-20', '2026-10-10', '2017-09-30', '2018-09-30'])(
    'people work on the make-up or ordinary day %s',
    (day) => expect(calendar.isWorkday(day)).toBe(true),
  );

  it.each(['2011-10-01', '2011-10-07', '2012-09-30', '2023-09-30', '2026-09-25', '2026-10-01', '2026-10-07', '2003-10-05'])(
    'nobody works on %s',
    (day) => expect(calendar.isWorkday(day)).toBe(false),
  );

  it.each([
    [2011, '2011-09-30'], [2012, '2012-09-29'], [2013, '2013-09-30'], [2017, '2017-09-30'], [2018, '2018-09-30'],
    [2023, '2023-09-28'], [2024, '2024-09-30'], [2025, '2025-09-30'], [2026, '2026-09-30'],
  ])('the last working day of the filing term of %i is %s', (year, last) => {
    expect(calendar.lastWorkdayOnOrBefore(`${year}-09-30`).day).toBe(last);
  });

  it('the day of receipt is not counted and 14 calendar days of 2011 hold ten working days', () => {
    expect(calendar.workdaysBetween('2011-09-16', '2011-09-30')).toEqual({ days: 10, provisional: false });
    expect(calendar.workdaysBetween('2011-09-30', '2011-09-16').days).toBe(-10);
  });

  it('a term given late in the evening still counts from the next day and ends at 24:00', () => {
    const due = calendar.dueInstant(instantOfLocal('2026-09-30', '23:59:59'), 5);
    expect(due.day).toBe('2026-10-13');
    expect(due.at.toISOString()).toBe('2026-10-13T16:00:00.000Z');
  });

  it('refuses a negative or broken term instead of looping', () => {
    expect(() => calendar.addWorkdays('2026-09-30', -1)).toThrow('no-such-term');
    expect(() => calendar.addWorkdays('2026-09-30', 1.5)).toThrow('no-such-term');
  });
});

describe('years without a published arrangement', () => {
  it('are reckoned by weekends and flagged, never passed off as official', () => {
    expect(calendar.covers(2026)).toBe(true);
    expect(calendar.covers(2027)).toBe(false);
    expect(calendar.covers(2003)).toBe(false);
    expect(calendar.addWorkdays('2026-12-30', 3)).toEqual({ day: '2027-01-04', provisional: true });
    expect(calendar.isWorkday('2027-10-01')).toBe(true);
    expect(calendar.isWorkday('2027-10-02')).toBe(false);
  });

  it('become certain when the notice is imported, and the version changes with it', () => {
    const imported = chineseCalendar([{ year: 2027, holidays: ['2027-01-01'], workdays: ['2027-01-02'] }], 'notice-2027');
    expect(imported.addWorkdays('2026-12-30', 3)).toEqual({ day: '2027-01-04', provisional: false });
    expect(imported.addWorkdays('2026-12-30', 2)).toEqual({ day: '2027-01-02', provisional: false });
    expect(imported.version).toBe('notice-2027');
  });

  it('an empty calendar guesses everything and says so', () => {
    const blank = new WorkCalendar([], 'none');
    expect(blank.coveredYears).toEqual([]);
    expect(blank.lastWorkdayOnOrBefore('2026-10-04')).toEqual({ day: '2026-10-02', provisional: true });
  });
});

describe('what the screen says about a term', () => {
  const dueAt = instantOfLocal('2026-09-30', '24:00');
  const said = (day: string, time = '10:42', due = dueAt) => {
    const remaining = calendar.remaining(instantOfLocal(day, time), due);
    return [remaining.kind, remaining.days, remainingWords(remaining).zh];
  };

  it('leaves five working days on 22 September 2026, because 25 to 27 are off', () => {
    expect(said('2026-09-22')).toEqual(['left', 5, '余 5 个工作日']);
  });

  it('is due today until the last second and overdue from 00:00 of the next day', () => {
    expect(said('2026-09-30', '23:59:59')).toEqual(['today', 0, '今天 24:00 到期']);
    expect(said('2026-10-01', '00:00:00')).toEqual(['overdue', 0, '已逾期']);
    expect(said('2026-10-09')).toEqual(['overdue', 2, '逾期 2 个工作日']);
  });

  it('does not promise a working day when only a holiday is left', () => {
    expect(said('2012-09-29', '09:00', instantOfLocal('2012-09-30', '24:00'))).toEqual(['left', 0, '期限内已无工作日']);
  });

  it('marks a guess across an unpublished year', () => {
    const remaining = calendar.remaining(instantOfLocal('2026-12-31', '09:00'), instantOfLocal('2027-01-04', '24:00'));
    expect(remainingWords(remaining).zh).toBe('余 2 个工作日（日历未发布，暂定）');
    expect(remainingWords(remaining).en).toContain('provisional');
  });
});
