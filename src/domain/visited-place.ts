import type { Defect } from './errors.js';

/** What a team has typed of one platform on site, as the form of the visit takes it; areas are texts as typed. */
export interface TypedVisit {
  tier: 'hall' | 'center' | 'station';
  placeCode: string;
  measures?: readonly { item: string; values: readonly string[] }[];
  checklist?: readonly { item: string; result: string }[];
  visitedOn?: string;
}

/** A platform as the register names it, with how far its record has come: what annex 2 and the checklist ask of it, and what is missing. */
export interface VisitedPlace {
  readonly tier: TypedVisit['tier'];
  readonly placeCode: string;
  readonly name: string;
  readonly className: string | null;
  readonly population: number | null;
  readonly areas: { done: number; all: number; short: number };
  readonly checks: { done: number; all: number; unmet: number };
  /** Pinned to the fields of the record. */
  readonly missing: readonly Defect[];
}
