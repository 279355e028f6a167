import { DomainError } from './errors.js';
import { addDays, endOfLocal, localDay, weekdayOf, yearOf, type Day } from './local-day.js';
import { words, type Words } from './text.js';

/** The State Council's arrangement for one year: days off (with lieu days) and weekend days worked instead (调休补班). */
export interface CalendarYear {
  readonly year: number;
  readonly holidays: readonly Day[];
  readonly workdays: readonly Day[];
}

/** A day that was computed, and whether a year without a published arrangement had to be guessed from weekends (暂定). */
export interface ReckonedDay {
  readonly day: Day;
  readonly provisional: boolean;
}

/** A number of working days, and whether it was partly guessed. */
export interface ReckonedCount {
  readonly days: number;
  readonly provisional: boolean;
}

/** The last day of a term and its end as the first instant after it (24:00 of the day, Asia/Shanghai). */
export interface DueTime extends ReckonedDay {
  readonly at: Date;
}

/** What a screen says about a term. `days` are working days; for 'today' it is 0. */
export interface Remaining extends ReckonedCount {
  readonly kind: 'left' | 'today' | 'overdue';
}

/**
 * The statutory working-day calendar (法定工作日历). Years without a published arrangement are reckoned by weekends and
 * every result that touches one is marked provisional, so that nobody takes a guess for the notice of the State Council.
 * `version` names the data set; term rows keep it so that a new notice can recompute the terms it changes.
 */
export class WorkCalendar {
  readonly #years: ReadonlyMap<number, { off: ReadonlySet<Day>; on: ReadonlySet<Day> }>;

  constructor(
    years: readonly CalendarYear[],
    readonly version: string,
  ) {
    this.#years = new Map(
      years.map((one) => [one.year, { off: new Set(one.holidays), on: new Set(one.workdays) }] as const),
    );
  }

  /** The years whose arrangement is known, ascending. */
  get coveredYears(): readonly number[] {
    return [...this.#years.keys()].sort((a, b) => a - b);
  }

  /** Whether the arrangement of a year is known. */
  covers(year: number): boolean {
    return this.#years.has(year);
  }

  /** Whether people work on this day; in a year that is not covered, Monday to Friday. */
  isWorkday(day: Day): boolean {
    const weekend = [0, 6].includes(weekdayOf(day));
    const year = this.#years.get(yearOf(day));
    if (year === undefined) return !weekend;
    return weekend ? year.on.has(day) : !year.off.has(day);
  }

  /** Whether a span of days touches a year whose arrangement is not yet published (暂定). */
  isProvisional(from: Day, to: Day = from): boolean {
    const [first, last] = from <= to ? [yearOf(from), yearOf(to)] : [yearOf(to), yearOf(from)];
    for (let year = first; year <= last; year += 1) if (!this.covers(year)) return true;
    return false;
  }

  /** The n-th working day after a day; the day of receipt is not counted. n = 0 gives the day itself. */
  addWorkdays(start: Day, count: number): ReckonedDay {
    if (!Number.isSafeInteger(count) || count < 0) throw noSuchTerm(count);
    let day = start;
    for (let left = count; left > 0; ) {
      day = addDays(day, 1);
      if (this.isWorkday(day)) left -= 1;
    }
    return { day, provisional: this.isProvisional(start, day) };
  }

  /** Working days after `from` up to and including `to`; negative when `to` is earlier. */
  workdaysBetween(from: Day, to: Day): ReckonedCount {
    const [first, last, sign] = from <= to ? [from, to, 1] : [to, from, -1];
    let days = 0;
    for (let day = addDays(first, 1); day <= last; day = addDays(day, 1)) if (this.isWorkday(day)) days += sign;
    return { days, provisional: this.isProvisional(first, last) };
  }

  /** The day itself if people work on it, else the last working day before. */
  lastWorkdayOnOrBefore(day: Day): ReckonedDay {
    let last = day;
    while (!this.isWorkday(last)) last = addDays(last, -1);
    return { day: last, provisional: this.isProvisional(last, day) };
  }

  /** The end of a term of working days that began at an instant: 24:00 of its last day. */
  dueInstant(start: Date, workdays: number): DueTime {
    const due = this.addWorkdays(localDay(start), workdays);
    return { ...due, at: endOfLocal(due.day) };
  }

  /**
   * How a term stands at an instant. `dueAt` is exclusive: the first instant after the last day. A term that ends on a
   * day off can have 0 working days left and still be open.
   */
  remaining(now: Date, dueAt: Date): Remaining {
    const today = localDay(now);
    const lastDay = localDay(new Date(dueAt.getTime() - 1));
    const { days, provisional } = this.workdaysBetween(today, lastDay);
    if (now.getTime() >= dueAt.getTime()) return { kind: 'overdue', days: Math.abs(days), provisional };
    if (today === lastDay) return { kind: 'today', days: 0, provisional };
    return { kind: 'left', days, provisional };
  }
}

/** What the screen writes: 余 5 个工作日, 今天 24:00 到期, 逾期 2 个工作日; 暂定 where a year is guessed. */
export function remainingWords(remaining: Remaining): Words {
  const text = plainWords(remaining);
  if (!remaining.provisional) return text;
  return words(`${text.zh}（日历未发布，暂定）`, `${text.en} (calendar not published, provisional)`);
}

function plainWords({ kind, days }: Remaining): Words {
  const unit = days === 1 ? 'working day' : 'working days';
  if (kind === 'today') return words('今天 24:00 到期', 'Due today at 24:00');
  if (kind === 'left') {
    return days > 0 ? words(`余 ${days} 个工作日`, `${days} ${unit} left`) : words('期限内已无工作日', 'No working day left');
  }
  return days > 0 ? words(`逾期 ${days} 个工作日`, `${days} ${unit} overdue`) : words('已逾期', 'Overdue');
}

function noSuchTerm(count: number): DomainError {
  return new DomainError(
    'no-such-term',
    words('办理期限应为 0 以上的整数个工作日。', 'A term is a whole number of working days, 0 or more.'),
    `count ${count}`,
  );
}
