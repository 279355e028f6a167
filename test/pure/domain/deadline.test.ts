import { judgeTimeliness, reminderLadder, statutoryDeadline, type Delivery } from '../../../src/domain/deadline.js';
import { instantOfLocal } from '../../../src/domain/local-day.js';
import { chineseCalendar } from '../../../src/register/chinese-calendar.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';

const calendar = chineseCalendar();
const { deadlines, timing } = policyPack('jinan-2011-61').pack;
const deadline = (year: number) => statutoryDeadline(calendar, year, deadlines.planFiling.value);
const now = instantOfLocal('2026-10-20');
const system = (day: string, time: string): Delivery => ({ channel: 'system', at: instantOfLocal(day, time), proof: 'SL-1' });
const status = (deliveries: Delivery[], at = now) => judgeTimeliness(deadline(2026), deliveries, at).status;

describe('30 September', () => {
  it('ends at 24:00 in Jinan and is not moved by a holiday', () => {
    expect(deadline(2026).at.toISOString()).toBe('2026-09-30T16:00:00.000Z');
    expect([deadline(2012).day, deadline(2012).lastWorkday]).toEqual(['2012-09-30', '2012-09-29']);
    expect([deadline(2023).day, deadline(2023).lastWorkday]).toEqual(['2023-09-30', '2023-09-28']);
    expect(deadline(2027).provisional).toBe(true);
  });

  it.each([
    ['2026-09-30', '23:50', 'onTime'], ['2026-09-30', '23:59:59.999', 'onTime'], ['2026-10-01', '00:00:00', 'late'],
  ])('filed %s %s is %s', (day, time, expected) => expect(status([system(day, time)])).toBe(expected));

  it('without any delivery the duty is open until the last second and overdue after', () => {
    expect(status([], instantOfLocal('2026-09-30', '23:59:59'))).toBe('open');
    expect(status([], instantOfLocal('2026-10-01'))).toBe('overdue');
  });
});

describe('the earliest proven delivery', () => {
  const registered: Delivery = { channel: 'registration', at: instantOfLocal('2026-10-09', '09:30'), proof: '' };
  it('paper handed in on 29 September and registered on 9 October is on time, with evidence', () => {
    const judged = judgeTimeliness(deadline(2026), [registered, { channel: 'paper', at: '2026-09-29', proof: 'scan-1' }], now);
    expect(judged).toMatchObject({ status: 'onTime', decisive: { channel: 'paper' }, unproven: [], daysLate: 0 });
  });

  it('paper without evidence does not count and is named', () => {
    const judged = judgeTimeliness(deadline(2026), [registered, { channel: 'paper', at: '2026-09-29', proof: ' ' }], now);
    expect(judged).toMatchObject({ status: 'late', decisive: { channel: 'registration' }, daysLate: 9 });
    expect(judged.unproven).toHaveLength(1);
  });

  it('a postmark of the last day counts for the whole day', () => {
    expect(status([{ channel: 'exchange', at: '2026-09-30', proof: 'receipt' }])).toBe('onTime');
    expect(status([{ channel: 'exchange', at: '2026-10-01', proof: 'receipt' }])).toBe('late');
  });
});

describe('an extension', () => {
  const judge = (deliveries: Delivery[], at = now) => judgeTimeliness(deadline(2026), deliveries, at, { until: '2026-10-15' }).status;
  it('is shown as 延期, never as on time, and ends at 24:00 too', () => {
    expect(judge([system('2026-10-15', '23:59:59')])).toBe('extended');
    expect(judge([system('2026-10-16', '00:00:00')])).toBe('late');
    expect(judge([system('2026-09-30', '10:00')])).toBe('onTime');
    expect(judge([], instantOfLocal('2026-10-15', '12:00'))).toBe('openExtended');
    expect(judge([])).toBe('overdue');
  });
});

describe('the ladder of reminders', () => {
  it('falls on the pack’s days, each once, with the last working day in its place', () => {
    const ladder = reminderLadder(deadline(2023), timing.reminderDays.value, timing.remindOnLastWorkday.value);
    expect(ladder.map(({ day }) => day)).toEqual(['2023-08-31', '2023-09-16', '2023-09-23', '2023-09-27', '2023-09-28', '2023-09-29']);
    expect(ladder.filter(({ lastWorkday }) => lastWorkday)).toEqual([{ day: '2023-09-28', daysLeft: 2, lastWorkday: true }]);
    expect(reminderLadder(deadline(2012), [1], true)).toHaveLength(1);
  });
});
