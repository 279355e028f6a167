import type { AnyStateMachine } from 'xstate';
import { keyIn, snapshotIn, stageIn, type VersionMove } from '../../../workflows/patterns/version-move.js';
import { landingStep, type CaseState, type Step } from '../case-step.js';

/** The journal's word for the step that leads a case to another version of its chart, and for the one that takes that back. */
export const MIGRATED = 'case.migrated';
export const MIGRATED_BACK = 'case.migratedBack';

/** Who ordered a migration, and why. */
export interface MigrationOrder {
  by: string;
  reason: string;
}

/** A migration as the journal keeps it. `move` is the hash of the way it went, `kept` of the snapshot before it. */
export interface Migrated {
  type: typeof MIGRATED;
  at: string;
  from: number;
  to: number;
  move: string;
  kept: string;
  orderedBy: string;
  reason: string;
}

const renamed = <T>(record: Record<string, T>, name: (key: string) => string): Record<string, T> => Object.fromEntries(Object.entries(record).map(([key, value]) => [name(key), value]));

/**
 * A case led from one version of its chart to the other. Pure, so that replay goes the same way. Entries keep their numbers: tasks and terms stay
 * those they are.
 * @throws Error for a stage without a landing, or a state the other version cannot restore
 */
export function ledOver(move: VersionMove, from: AnyStateMachine, to: AnyStateMachine, state: CaseState, at: string, seq: number): Step {
  const moved: CaseState = {
    snapshot: snapshotIn(move, from, to, state.snapshot), entries: renamed(state.entries, (stage) => stageIn(move, stage)), carriers: renamed(state.carriers, (key) => keyIn(move, key)),
  };
  return landingStep(to, moved, at, seq);
}
