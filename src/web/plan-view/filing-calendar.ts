import { dayOfYear } from '../../domain/deadline.js';
import { addDays, endOfLocal, localDay, weekdayOf, yearOf } from '../../domain/local-day.js';
import { words, type Words } from '../../domain/text.js';
import type { WorkCalendar } from '../../domain/calendar.js';
import { termOf } from '../../../workflows/policies/pack-rules.js';
import { valueOf, type PolicyPack } from '../../../workflows/policies/policy-pack.js';
import type { Formats } from '../formats.js';

/** One day of the two weeks shown. */
interface CalendarDay {
  number: number;
  /** Class of the cell: past, today, the deadline, a day off, a weekend day worked. */
  kind: 'p' | 't' | 'l' | 'h' | 'w' | '';
}

export interface FilingCalendar {
  day: string;
  at: Date;
  lastWorkday: string;
  due: ReturnType<Formats['due']>;
  /** Working days left; null once it is today or over. */
  left: number | null;
  weekdays: Words[];
  days: CalendarDay[];
  madeUp: boolean;
  /** The same in a sentence, for who cannot see the table. */
  summary: Words;
  /** Said where the steps before the filing need longer than what is left. */
  tight: { needed: number; left: number } | null;
}

const weekdays = ['一', '二', '三', '四', '五', '六', '日'].map((zh, index) => words(zh, ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][index]!));
const stepsBefore = ['plan.headReview', 'plan.coSign', 'plan.governmentApproval'];

/** The filing deadline of a year by the server's time: two weeks from this Monday, or those that end with the deadline once it has passed. */
export function filingCalendar(year: number, pack: PolicyPack, calendar: WorkCalendar, formats: Formats): FilingCalendar {
  const deadline = dayOfYear(year, valueOf(pack.deadlines.planFiling));
  const today = localDay(formats.now);
  const monday = addDays(today, -((weekdayOf(today) + 6) % 7));
  const days = Array.from({ length: 14 }, (_, index) => addDays(monday, index));
  const at = endOfLocal(deadline);
  const remaining = calendar.remaining(formats.now, at);
  const left = remaining.kind === 'left' ? remaining.days : null;
  const needed = stepsBefore.reduce((sum, id) => sum + termOf(pack, id).count, 0);
  const off = days.filter((day) => day >= today && !calendar.isWorkday(day));
  return {
    day: formats.day(deadline), at, lastWorkday: formats.day(calendar.lastWorkdayOnOrBefore(deadline).day), due: formats.due(at, calendar), left, weekdays,
    days: days.map((day) => ({ number: Number(day.slice(8)), kind: kindOf(day, today, deadline, calendar) })),
    madeUp: days.some((day) => kindOf(day, today, deadline, calendar) === 'w'),
    summary: summaryOf(today, deadline, off, formats),
    tight: yearOf(today) === year && remaining.kind !== 'overdue' && remaining.days < needed ? { needed, left: remaining.days } : null,
  };
}

function kindOf(day: string, today: string, deadline: string, calendar: WorkCalendar): CalendarDay['kind'] {
  if (day === today) return 't';
  if (day === deadline) return 'l';
  if (day < today) return 'p';
  if (!calendar.isWorkday(day)) return 'h';
  return [0, 6].includes(weekdayOf(day)) ? 'w' : '';
}

function summaryOf(today: string, deadline: string, off: readonly string[], formats: Formats): Words {
  const named = off.map((day) => formats.day(day));
  return words(`今天${formats.day(today)}，截止${formats.day(deadline)}，其间休息：${named.join('、') || '无'}`, `Today ${formats.day(today)}, deadline ${formats.day(deadline)}, days off: ${named.join(', ') || 'none'}`);
}
