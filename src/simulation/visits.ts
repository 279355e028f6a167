import { addDays, localDay, type Day } from '../domain/local-day.js';
import type { SimulatedPerson } from './simulated-city.js';
import type { WorkingTime } from './working-time.js';

/** A visit as the diaries have it: who goes, from which day to which, and the first day on which notice alone would have let it begin. */
export interface Visit {
  team: SimulatedPerson[];
  from: Day;
  to: Day;
  wanted: Day;
}

interface Wanted {
  /** Everybody who could go. */
  among: readonly SimulatedPerson[];
  /** Chooses the team of those who are free on every day; null while they are too few. */
  choose: (free: readonly SimulatedPerson[]) => SimulatedPerson[] | null;
  /** First day on which the visit may begin. */
  from: Day;
  /** Working days it takes. */
  days: number;
}

/** The diaries of those who visit: nobody is in two places on one day, nobody goes while on leave. */
export class Visits {
  readonly #taken = new Map<SimulatedPerson, Set<Day>>();

  constructor(private readonly timeOf: (person: SimulatedPerson) => WorkingTime, private readonly office: WorkingTime, private readonly horizon: Day) {}

  /** Books the earliest visit a whole team is free for; null where there is none within the year. */
  book({ among, choose, from, days }: Wanted): Visit | null {
    for (let first = from; first <= this.horizon; first = addDays(first, 1)) {
      if (!this.office.works(first)) continue;
      const stay = this.#workdaysFrom(first, days);
      const team = choose(among.filter((person) => stay.every((day) => this.#free(person, day))));
      if (team === null) continue;
      for (const person of team) for (const day of stay) this.#diaryOf(person).add(day);
      return { team, from: first, to: stay.at(-1)!, wanted: from };
    }
    return null;
  }

  #workdaysFrom(first: Day, days: number): Day[] {
    const stay: Day[] = [];
    for (let day = first; stay.length < days && day <= this.horizon; day = addDays(day, 1)) if (this.office.works(day)) stay.push(day);
    return stay;
  }

  #free(person: SimulatedPerson, day: Day): boolean {
    return this.timeOf(person).works(day) && !this.#diaryOf(person).has(day);
  }

  #diaryOf(person: SimulatedPerson): Set<Day> {
    const known = this.#taken.get(person) ?? new Set();
    this.#taken.set(person, known);
    return known;
  }
}

/** The day of an instant in milliseconds. */
export const dayOf = (instant: number): Day => localDay(new Date(instant));
