import { datedLater } from '../../../src/domain/date-order.js';

describe('a paper dated later than its step', () => {
  it.each([
    ['a day against the evening of the same day in Beijing, which is the day before in Greenwich', '2026-09-30', '2026-09-29T17:00:00Z', false],
    ['a day against the last minute of that day', '2026-09-30', '2026-09-30T15:59:00Z', false],
    ['a day against the last minute of the day before', '2026-09-30', '2026-09-29T15:59:00Z', true],
    ['an instant against its own day', '2026-09-30T15:59:59Z', '2026-09-30', false],
    ['an instant of the first minute after against the day', '2026-09-30T16:00:00Z', '2026-09-30', true],
    ['two days', '2026-10-01', '2026-09-30', true],
    ['one day and itself', '2026-10-01', '2026-10-01', false],
    ['two instants a second apart', '2026-09-30T10:00:01Z', '2026-09-30T10:00:00Z', true],
    ['one instant written twice', '2026-09-30T10:00:00.000Z', '2026-09-30T10:00:00Z', false],
  ])('%s', (_what, dated, at, later) => expect(datedLater({ dated, at })).toBe(later));
});
