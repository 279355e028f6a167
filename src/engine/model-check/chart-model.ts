import type { BaseContext, By, CaseInput } from '../../../workflows/vocabulary.js';

/** A case's context as a model reads it: every chart has lists and facts of its own. */
export type Facts = BaseContext & Record<string, any>;

/** One way in which a command may be sent. */
export interface Variation {
  /** Tells it apart in a path; empty for the plain one. */
  readonly label?: string;
  readonly fields?: Record<string, unknown>;
  readonly facts?: Record<string, unknown>;
  readonly by?: Partial<By>;
  /** Minutes after the instant of the configuration: the one thing a withdrawal window asks. */
  readonly afterMinutes?: number;
  /** A second person is demanded here: the chart must not take it. */
  readonly samePerson?: boolean;
}

/** What a command is sent for: the configuration's facts, the entry of a list the duty stands for, and the side it is on. */
export interface Occasion {
  readonly context: Facts;
  readonly subject: Record<string, unknown> | null;
  readonly side: 'unit' | 'city';
}

/** How a chart's infinite contexts become a finite number: bounds, variations, and the facts its guards tell apart. */
export interface ChartModel {
  /** Cases to open, each standing for a class of them. */
  readonly inputs: readonly CaseInput[];
  /** The instants of the clock, ascending: one on each side of every statutory date the chart knows. A step of time goes to the next. */
  readonly instants: readonly string[];
  /** What guards and duties read, lists by tally; two contexts with the same facts and state are one configuration. */
  readonly facts: (context: Facts, stages: ReadonlySet<string>) => unknown;
  /** Where time is to stand still, because what comes of its going on is proven from elsewhere. */
  readonly still?: (context: Facts) => boolean;
  /** Where no guard asks for the time any more: configurations differ no longer by it. */
  readonly timeless?: (stages: ReadonlySet<string>) => boolean;
  /** Commands that are sent in more than one way; every other is sent once, without defects. */
  readonly variations: Readonly<Record<string, (occasion: Occasion) => Variation[]>>;
  /** How a case opened by this one may end, by workflow. */
  readonly endings: Readonly<Record<string, readonly Record<string, unknown>[]>>;
}

/** A list as how often each kind of entry is in it: signers, members and findings are symmetric (decision 10). */
export function tally<T>(list: readonly T[], kind: (entry: T) => unknown): [string, number][] {
  const counts = new Map<string, number>();
  for (const entry of list) {
    const name = JSON.stringify(kind(entry));
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A model for a chart without lists of its own: the whole context but its clock, no variations. */
export const plainModel = (input: CaseInput): ChartModel => ({
  inputs: [input], instants: [input.now], variations: {}, endings: {}, facts: ({ now: _now, ...rest }) => rest,
});
