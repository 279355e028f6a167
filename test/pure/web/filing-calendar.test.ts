import { WorkCalendar } from '../../../src/domain/calendar.js';
import { Formats } from '../../../src/web/formats.js';
import { filingCalendar } from '../../../src/web/plan-view/filing-calendar.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';

const calendar = new WorkCalendar([{ year: 2026, holidays: ['2026-09-25', '2026-09-26', '2026-09-27', '2026-10-01', '2026-10-02'], workdays: ['2026-09-20', '2026-10-10'] }], 'test');
const { pack } = policyPack('jinan-2011-61');
const at = (now: string) => filingCalendar(2026, pack, calendar, new Formats('zh', new Date(now)));

describe('the two weeks before the filing deadline', () => {
  it('begin on the Monday of this week and mark today, the deadline, days off and weekends that are worked', () => {
    const { days, left, madeUp } = at('2026-09-22T02:00:00Z');
    expect(days.map(({ number, kind }) => `${number}${kind}`)).toEqual(['21p', '22t', '23', '24', '25h', '26h', '27h', '28', '29', '30l', '1h', '2h', '3h', '4h']);
    expect([left, madeUp]).toEqual([5, false]);
    expect(at('2026-09-15T02:00:00Z').madeUp).toBe(true);
  });

  it('warn once the steps before the filing need longer than what is left', () => {
    expect(at('2026-09-22T02:00:00Z').tight).toEqual({ needed: 13, left: 5 });
    expect(at('2026-09-01T02:00:00Z').tight).toBeNull();
  });

  it('the deadline is the instant after 24:00 of its day, also late in the evening', () => {
    expect(at('2026-09-30T15:59:00Z')).toMatchObject({ left: null, due: { kind: 'today' } });
    expect(at('2026-09-30T16:00:00Z')).toMatchObject({ left: null, tight: null, due: { kind: 'overdue' } });
  });
});
