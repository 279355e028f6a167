import { weekdayOf } from '../../../src/domain/local-day.js';
import { chineseCalendar, chineseYear, coveredYears } from '../../../src/register/chinese-calendar.js';

describe('the published calendar', () => {
  it('covers 2004 to 2026 and says nothing about years beyond', () => {
    expect(chineseCalendar().coveredYears).toEqual(Array.from({ length: 23 }, (_, index) => 2004 + index));
    expect([chineseYear(2003), chineseYear(2027)]).toEqual([undefined, undefined]);
    expect(coveredYears.to).toBe(2026);
  });

  it('knows the arrangement of 2026 day by day, in ISO days', () => {
    const year = chineseYear(2026)!;
    expect(year.workdays).toEqual(['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']);
    expect(year.holidays.filter((day) => day > '2026-09')).toEqual([
      '2026-09-25', '2026-09-26', '2026-09-27', '2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07',
    ]);
  });

  it.each(Array.from({ length: 23 }, (_, index) => 2004 + index))('%i has its statutory holidays, and work only on weekends for make-up', (year) => {
    const { holidays, workdays } = chineseYear(year)!;
    expect(holidays.length).toBeGreaterThanOrEqual(20);
    expect(workdays.every((day) => [0, 6].includes(weekdayOf(day)) && !holidays.includes(day))).toBe(true);
    expect(holidays).toContain(`${year}-10-01`);
  });
});
