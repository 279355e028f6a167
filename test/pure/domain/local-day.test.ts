import { addDays, daysBetween, endOfLocal, instantOfLocal, isDay, localDay, localTime } from '../../../src/domain/local-day.js';

describe('days of the business zone', () => {
  it('an instant late in the UTC evening belongs to the next day in Jinan', () => {
    expect(localDay(new Date('2026-09-30T15:59:59.999Z'))).toBe('2026-09-30');
    expect(localDay(new Date('2026-09-30T16:00:00.000Z'))).toBe('2026-10-01');
    expect(localTime(new Date('2026-09-30T15:59:59.999Z'))).toBe('23:59:59');
  });

  it('24:00 of a day is the first instant of the next', () => {
    expect(endOfLocal('2026-09-30')).toEqual(instantOfLocal('2026-10-01', '00:00'));
    expect(instantOfLocal('2026-09-30', '23:59:59').toISOString()).toBe('2026-09-30T15:59:59.000Z');
  });

  it.each(['2026-02-29', '2026-13-01', '2026-9-30', '20260930', '', '2026-09-31'])('%j is no day', (text) => {
    expect(isDay(text)).toBe(false);
    expect(() => instantOfLocal(text)).toThrow('invalid-input');
  });

  it.each(['24:01', '23:60', '25:00', '7:00', 'noon'])('%s is no time', (text) => {
    expect(() => instantOfLocal('2026-09-30', text)).toThrow('invalid-input');
  });

  it('crosses leap days and years', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2026-12-31', '2027-01-29')).toBe(29);
  });
});
