import type { Knex } from 'knex';
import type { Actor } from '../domain/actor.js';
import type { WorkCalendar } from '../domain/calendar.js';
import { InvalidInput, type Defect } from '../domain/errors.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';

/** What a preparer is given: everything it may ask before the chart is asked. Its facts are journalled, so a replay asks nobody. */
export interface Preparation {
  /** Bound to the actor: row-level security holds. */
  readonly trx: Knex.Transaction;
  readonly caseRow: { readonly id: string; readonly city: string; readonly year: number; readonly unit: string; readonly workflow: string; readonly title: string };
  /** The chart's context as it stands. */
  readonly context: Record<string, unknown>;
  readonly actor: Actor;
  readonly task: { readonly id: string; readonly key: string; readonly subject: Record<string, unknown> | null } | null;
  /** The command's fields as its form read them. */
  readonly fields: Record<string, unknown>;
  /** The instant of this step, ISO. */
  readonly now: string;
  readonly pack: PolicyPack;
  readonly calendar: WorkCalendar;
}

export interface Prepared {
  facts: Record<string, unknown>;
  /** Content frozen by this command. */
  freeze?: { hash: string; body: string };
  /** Hash of what the actor should have seen. */
  shown?: string;
}

export type Preparer = (p: Preparation) => Promise<Prepared>;

/** A preparer that finds everything in the case itself: no transaction is opened for it. */
export interface Glance {
  glance(p: Glimpse): Prepared;
}
export type Glimpse = Omit<Preparation, 'trx'>;

export const atAGlance = (glance: Glance['glance']): Glance => ({ glance });

/** Refuses with everything that was found, pinned to fields. @throws InvalidInput unless the list is empty */
export function demandNone(defects: readonly Defect[]): void {
  if (defects.length > 0) throw new InvalidInput(defects);
}

/** Facts of a command in which nothing is wrong. */
export const sound = (facts: Record<string, unknown> = {}): Prepared => ({ facts: { defects: 0, ...facts } });

/** A decision on frozen content: the actor must have seen the version the case stands on. */
export const decides: Glance = { glance: ({ context }) => ({ facts: {}, ...(typeof context.content === 'string' ? { shown: context.content } : {}) }) };
