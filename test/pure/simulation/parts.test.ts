import { Agenda } from '../../../src/simulation/agenda.js';
import { chanceOf } from '../../../src/simulation/chance.js';
import { quantile } from '../../../src/simulation/quantile.js';
import { WorkingTime } from '../../../src/simulation/working-time.js';
import { chineseCalendar } from '../../../src/register/chinese-calendar.js';
import { instantOfLocal } from '../../../src/domain/local-day.js';

const at = (day: string, time: string): number => instantOfLocal(day, time).getTime();
const HOUR = 3_600_000;

describe('the time people work', () => {
  const hours = [['09:00', '12:00'], ['13:30', '17:30']] as const;
  const span = { from: '2026-09-01', to: '2026-10-31' };
  const time = new WorkingTime(chineseCalendar(), hours, span);

  it('work is done at night, over lunch, on a holiday: it goes on where the office does', () => {
    expect(time.after(at('2026-09-01', '11:00'), 2 * HOUR)).toBe(at('2026-09-01', '14:30'));
    expect(time.after(at('2026-09-30', '17:00'), HOUR)).toBe(at('2026-10-08', '09:30'));
    expect(time.next(at('2026-10-02', '10:00'))).toBe(at('2026-10-08', '09:00'));
    expect(time.between(at('2026-09-30', '08:00'), at('2026-10-08', '10:00'))).toBe(8 * HOUR);
  });

  it('a make-up Sunday is taken for a day off', () => {
    expect([time.works('2026-09-20'), time.works('2026-09-27')]).toEqual([true, false]);
  });

  it('somebody on leave works: what was begun lies until the return', () => {
    const away = new WorkingTime(chineseCalendar(), hours, span, [{ from: '2026-09-02', to: '2026-09-10' }]);
    expect(away.after(at('2026-09-01', '16:30'), 2 * HOUR)).toBe(at('2026-09-11', '10:00'));
    expect(away.at(at('2026-09-03', '10:00'))).toBe(false);
  });
});

describe('chance', () => {
  it('one more draw changes all that follow: a draw depends on seed and name alone', () => {
    const [one, two] = [chanceOf(1), chanceOf(1)];
    two.of('something else');
    expect(two.of('a')).toBe(one.of('a'));
    expect(chanceOf(2).of('a')).not.toBe(one.of('a'));
  });

  it('odds are not kept: over many names they come out, whatever the seed', () => {
    for (const seed of [0, 1, 99]) {
      const chance = chanceOf(seed);
      const names = Array.from({ length: 1500 }, (_, index) => `unit plan.drafting ${index}`);
      expect(names.filter((name) => chance.happens(0.25, name)).length / names.length).toBeCloseTo(0.25, 1);
      expect(names.reduce((sum, name) => sum + chance.within([0, 3, 6], name), 0) / names.length).toBeCloseTo(3, 0);
      expect(names.filter((name) => chance.oneOf([['a', 3], ['b', 1]], name) === 'a').length / names.length).toBeCloseTo(0.75, 1);
    }
  });
});

describe('an agenda', () => {
  it('what is later happens first: by instant, then by rank, then as it was noted', () => {
    const agenda = new Agenda();
    const noted = [[5, 0], [1, 2], [1, 0], [3, 1], [1, 0], [5, 0]] as const;
    const names: string[] = [];
    noted.forEach(([when, rank], index) => agenda.note({ at: when, rank, happen: async () => void names.push(`${when}.${rank}.${index}`) }));
    for (let next = agenda.next(); next; next = agenda.next()) void next.happen();
    expect(names).toEqual(['1.0.2', '1.0.4', '1.2.1', '3.1.3', '5.0.0', '5.0.5']);
  });
});

describe('a quantile', () => {
  it('what never came about looks early: it counts as latest', () => {
    expect([quantile(['2026-10-02', null, '2026-09-01'], 0.5), quantile(['2026-09-01', null], 0.9), quantile([], 0.5)]).toEqual(['2026-10-02', null, null]);
  });
});
