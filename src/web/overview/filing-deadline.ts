import { dayOfYear, statutoryDeadline } from '../../domain/deadline.js';
import { endOfLocal } from '../../domain/local-day.js';
import { valueOf } from '../../../workflows/policies/policy-pack.js';
import type { Exchange } from '../context.js';
import { Formats } from '../formats.js';
import { readAs } from '../reading.js';

/** The filing deadline as the strip shows it: the day never moves, the last working day stands beside it. */
export interface DeadlineView {
  day: string;
  lastWorkday: string;
  /** `open` counts working days; after the day nothing counts on: it says that the time is over or that everything is in. */
  state: 'open' | 'passed' | 'complete';
  words: string;
  tone: '' | 'c-red' | 'c-amber';
}

/** @param missing plans still to come; 0 means that everybody has filed */
export async function filingDeadline(x: Exchange, year: number, missing: number): Promise<DeadlineView> {
  const { services, context } = x;
  const packId = await readAs(x, async (trx) => (await trx('city').where({ city: services.city }).first('pack')).pack as string);
  const date = valueOf(services.packOf(packId).pack.deadlines.planFiling);
  const calendar = await services.calendarOf(services.city);
  const formats = new Formats(context.language, context.now);
  const { lastWorkday } = statutoryDeadline(calendar, year, date);
  const day = dayOfYear(year, date);
  const due = formats.due(endOfLocal(day), calendar);
  const state = missing === 0 ? 'complete' : due.kind === 'overdue' ? 'passed' : 'open';
  return { day: formats.day(day), lastWorkday: formats.day(lastWorkday), state, words: due.words, tone: state === 'open' ? due.tone : '' };
}
