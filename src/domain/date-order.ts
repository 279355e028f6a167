import { localDay } from './local-day.js';
import type { Words } from './text.js';

/** A date that a paper carries, and the step it should have come before or on. Days 'YYYY-MM-DD' or instants (ISO). */
export interface DatedBefore {
  readonly paper: Words;
  readonly dated: string;
  readonly step: Words;
  readonly at: string;
}

/** A date and the step it should precede, with the case they stand in. */
export interface CaseDate extends DatedBefore {
  readonly caseId: string;
  /** Number of the paper, or who signed it; empty where it has neither. */
  readonly named: string;
}

const isDay = (date: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(date);
const dayOf = (date: string): string => (isDay(date) ? date : localDay(new Date(date)));

/**
 * Whether a paper is dated later than its step. Two instants are compared as such; a day against an instant by Beijing's day, because a paper
 * dated on the day of its step is in order whatever the hour.
 */
export const datedLater = ({ dated, at }: Pick<DatedBefore, 'dated' | 'at'>): boolean =>
  isDay(dated) || isDay(at) ? dayOf(dated) > dayOf(at) : Date.parse(dated) > Date.parse(at);
