import type { WorkCalendar } from '../domain/calendar.js';
import { addDays, instantOfLocal, type Day } from '../domain/local-day.js';

/** Morning and afternoon, each from and to a clock time. */
export type Hours = readonly (readonly [from: string, to: string])[];

/** Days on which somebody is away, both included. */
export interface Absence {
  readonly from: Day;
  readonly to: Day;
}

/**
 * The time somebody works: the hours of every working day of the calendar that is no day of absence. Instants are milliseconds. What lies beyond the
 * last day known is never reached.
 */
export class WorkingTime {
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  /** Working milliseconds before each stretch. */
  readonly #before: number[] = [];
  readonly #days: readonly Day[];

  constructor(calendar: WorkCalendar, hours: Hours, span: { from: Day; to: Day }, absences: readonly Absence[] = []) {
    const days: Day[] = [];
    let total = 0;
    for (let day = span.from; day <= span.to; day = addDays(day, 1)) {
      if (!calendar.isWorkday(day) || absences.some(({ from, to }) => day >= from && day <= to)) continue;
      days.push(day);
      for (const [begins, ends] of hours) {
        const [from, to] = [instantOfLocal(day, begins).getTime(), instantOfLocal(day, ends).getTime()];
        this.#from.push(from);
        this.#to.push(to);
        this.#before.push(total);
        total += to - from;
      }
    }
    this.#days = days;
  }

  /** Whether somebody is at work at this instant. */
  at(instant: number): boolean {
    const index = this.#stretchAt(instant);
    return index < this.#from.length && this.#from[index]! <= instant;
  }

  /** The first instant of work from here on; Infinity beyond the last day. */
  next(instant: number): number {
    const index = this.#stretchAt(instant);
    return index < this.#from.length ? Math.max(instant, this.#from[index]!) : Infinity;
  }

  /** When so much work is done that begins at this instant. */
  after(instant: number, work: number): number {
    const done = this.#worked(instant) + work;
    let [low, high] = [0, this.#before.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#before[middle]! < done) low = middle;
      else high = middle - 1;
    }
    const end = this.#from[low]! + done - this.#before[low]!;
    return end <= this.#to[low]! ? end : Infinity;
  }

  /** Working milliseconds between two instants. */
  between(from: number, to: number): number {
    return Math.max(0, this.#worked(to) - this.#worked(from));
  }

  /** Whether this is a day of work. */
  works(day: Day): boolean {
    return this.#days.includes(day);
  }

  /** The stretches of work between two instants, for laying work over weeks. */
  stretches(from: number, to: number): [from: number, to: number][] {
    const found: [number, number][] = [];
    for (let index = this.#stretchAt(from); index < this.#from.length && this.#from[index]! < to; index++) {
      found.push([Math.max(from, this.#from[index]!), Math.min(to, this.#to[index]!)]);
    }
    return found;
  }

  /** The first stretch that has not ended at an instant. */
  #stretchAt(instant: number): number {
    let [low, high] = [0, this.#to.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#to[middle]! > instant) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #worked(instant: number): number {
    const index = this.#stretchAt(instant);
    if (index === this.#from.length) return (this.#before.at(-1) ?? 0) + (this.#to.at(-1) ?? 0) - (this.#from.at(-1) ?? 0);
    return this.#before[index]! + Math.max(0, instant - this.#from[index]!);
  }
}
