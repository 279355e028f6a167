import type { WorkCalendar } from '../domain/calendar.js';
import { dayOfYear } from '../domain/deadline.js';
import { addDays, daysBetween, type Day } from '../domain/local-day.js';
import { valueOf, type PolicyPack } from '../../workflows/policies/policy-pack.js';
import type { Draws } from './acting.js';
import type { Scenario } from './scenario.js';
import type { Visit } from './visits.js';

interface Beginning {
  stage: string;
  scenario: Scenario;
  pack: PolicyPack;
  year: number;
  context: Record<string, any>;
  visit: Visit | undefined;
  draws: Draws;
  today: Day;
  calendar: WorkCalendar;
}

/** From which day a duty could be begun if everybody were free (`wanted`), and from which it may be. */
export interface Beginnings {
  wanted: Day;
  ready: Day;
}

/** A visit is on its days, and what is written of the whole of it on its last; until then it waits for those who go. */
const onVisit = (end: 'from' | 'to') => ({ visit }: Beginning): Beginnings | null =>
  (visit === undefined ? null : { wanted: addDays(visit.wanted, daysBetween(visit.from, visit[end])), ready: visit[end] });

/** Duties that wait for a day rather than for a person. */
const beginnings: Readonly<Record<string, (of: Beginning) => Beginnings | null>> = {
  // Inspections follow the plan on record: they begin with the pack's window for that.
  'programme.inspectionNotStarted': ({ pack, year }) => {
    const opens = dayOfYear(year, valueOf(pack.windows.planDrivenInspection).from);
    return { wanted: opens, ready: opens };
  },
  // A unit applies when its projects are built; after an acceptance that did not pass, when what was lacking is made good.
  'programme.acceptanceNotStarted': ({ context, scenario, draws, year, today, calendar }) => {
    const [first, usual, last] = scenario.construction.done.map((day): Day => `${year}-${day}`) as [Day, Day, Day];
    const done = addDays(first, Math.round(draws.within([0, daysBetween(first, usual), daysBetween(first, last)], 'done')));
    const tries = (context.acceptances as unknown[]).length;
    const day = tries === 0 ? done : calendar.addWorkdays(today, Math.round(draws.within(scenario.construction.again, `again ${tries}`))).day;
    return { wanted: day, ready: day };
  },
  'inspection.onSite': onVisit('from'),
  'acceptance.onSite': onVisit('to'),
};

export const beginningOf = (of: Beginning): Beginnings | null => beginnings[of.stage]?.(of) ?? null;
