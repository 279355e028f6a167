import type { WorkCalendar } from '../domain/calendar.js';
import type { Day } from '../domain/local-day.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import type { Chance, Spread } from './chance.js';
import type { Scenario } from './scenario.js';
import type { SimulatedPerson, SimulatedUnit } from './simulated-city.js';
import type { Visit, Visits } from './visits.js';

/** Chance as one act sees it: its draws are named after the act. */
export type Draws = Pick<Chance, 'within' | 'happens' | 'of'>;

/** What somebody has before them who is about to act. */
export interface Acting {
  today: Day;
  /** ISO. */
  now: string;
  year: number;
  context: Record<string, any>;
  subject: Record<string, unknown> | null;
  caseId: string;
  unit: SimulatedUnit;
  scenario: Scenario;
  pack: PolicyPack;
  calendar: WorkCalendar;
  draws: Draws;
  people: readonly SimulatedPerson[];
  visits: Visits;
  /** The visit of a case, once it is booked. */
  booked: Map<string, Visit>;
}

/** How one command is carried out. */
export interface Act {
  /** The fields of its form. Null where it cannot be done as things stand. */
  fields(acting: Acting): Record<string, unknown> | null;
  /** Chosen only where this holds, although the chart would take it. */
  sensible?(acting: Pick<Acting, 'context'>): boolean;
}

/** The names of draws of one act, parted from those of every other. */
export const drawsOf = (chance: Chance, name: string): Draws => ({
  of: (what) => chance.of(`${name} ${what}`), within: (spread: Spread, what) => chance.within(spread, `${name} ${what}`), happens: (odds, what) => chance.happens(odds, `${name} ${what}`),
});

export const remark = (section: string) => ({ remarks: [{ section, text: '示例：请补充。' }] });
export const repliesTo = ({ context }: Pick<Acting, 'context'>) => ({ replies: Object.fromEntries(((context.remarks ?? []) as { id: string }[]).map(({ id }) => [id, '示例：已补充。'])) });
