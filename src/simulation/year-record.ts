import { addDays, localDay, weekdayOf, type Day } from '../domain/local-day.js';
import type { KeptCase, WrittenStep } from './memory-store.js';
import type { SimulatedPerson } from './simulated-city.js';
import type { WorkingTime } from './working-time.js';

/** The instants of a unit's year, ISO; null where it did not come to that. */
export interface Milestones {
  filed: string | null;
  onRecord: string | null;
  inspected: string | null;
  applied: string | null;
  reportIssued: string | null;
  closed: string | null;
}

export interface UnitRecord extends Milestones {
  /** Key of the unit. */
  unit: string;
  name: string;
  /** The plan's own verdict. */
  timeliness: 'onTime' | 'extended' | 'late' | null;
  /** How the plan, the inspection and the last acceptance ended. */
  outcomes: Record<string, string>;
  rounds: number;
}

/** One piece of work that somebody began. */
export interface Piece {
  role: string;
  unit: string;
  stage: string;
  /** Working milliseconds of the office between when it could have been begun and when it was. */
  waited: number;
  /** Hours of full attention. */
  hours: number;
}

const OFFICIAL = ['onTime', 'extended', 'late'] as const;

/** What is written down of a year while it passes. */
export class YearRecord {
  readonly units = new Map<string, UnitRecord>();
  readonly pieces: Piece[] = [];
  /** Hours of full attention by role and first day of the week. */
  readonly weeks = new Map<string, Map<Day, number>>();
  readonly terms = new Map<string, number>();
  readonly exceptions = new Map<string, number>();
  steps = 0;
  /** Work whose duty had gone meanwhile. */
  inVain = 0;
  refused = 0;

  enrol(id: string, unit: string, name: string): void {
    this.units.set(id, { unit, name, timeliness: null, outcomes: {}, rounds: 0, filed: null, onRecord: null, inspected: null, applied: null, reportIssued: null, closed: null });
  }

  /** A step was written. */
  step({ row }: KeptCase, { at, stagesEntered, case: now, journal }: WrittenStep): void {
    this.steps += 1;
    const unit = this.units.get(row.unit)!;
    const { workflow } = row;
    if (journal.command.startsWith('term.') && journal.command.endsWith('.due')) this.terms.set(journal.command.slice(5, -4), (this.terms.get(journal.command.slice(5, -4)) ?? 0) + 1);
    if (workflow === 'plan') {
      if (stagesEntered.includes('registered')) unit.filed ??= at;
      if (stagesEntered.includes('correcting')) unit.rounds += 1;
      unit.timeliness = OFFICIAL.find((one) => stagesEntered.includes(one)) ?? unit.timeliness;
      if (now.final) unit.onRecord ??= at;
    }
    if (workflow === 'inspection' && now.final) unit.inspected ??= at;
    if (workflow === 'acceptance' && stagesEntered.includes('eligibility')) unit.applied ??= at;
    if (workflow === 'programme' && stagesEntered.includes('preArchiving')) unit.closed ??= at;
    if (now.final && now.outcome !== null) unit.outcomes[workflow] = now.outcome;
  }

  issued({ row }: KeptCase, kind: string, at: string): void {
    if (kind === 'acceptanceReport') this.units.get(row.unit)!.reportIssued ??= at;
  }

  /** Somebody worked from one instant to another with the attention that is left for it. */
  work(person: SimulatedPerson, time: WorkingTime, from: number, to: number): void {
    const weeks = this.weeks.get(person.role) ?? new Map<Day, number>();
    this.weeks.set(person.role, weeks);
    for (const [begins, ends] of time.stretches(from, to)) {
      const week = mondayOf(localDay(new Date(begins)));
      weeks.set(week, (weeks.get(week) ?? 0) + ((ends - begins) / 3_600_000) * person.attention);
    }
  }
}

/** The first day of a day's week. */
export const mondayOf = (day: Day): Day => addDays(day, -((weekdayOf(day) + 6) % 7));
