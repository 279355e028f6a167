import type { Area } from './area.js';
import type { Verdict } from './verdict.js';

/** One project of a plan held against annex 2. */
export interface JudgedProject {
  readonly index: number;
  readonly tier: 'hall' | 'center' | 'station';
  readonly placeCode: string;
  readonly name: string;
  readonly population: number | null;
  /** Ⅰ, Ⅱ, Ⅲ for a centre. */
  readonly className: string | null;
  readonly verdicts: readonly Verdict[];
}

/** A row of the plan as typed, held against annex 2 with whatever of it can be read already. */
export interface ProjectStanding extends JudgedProject {
  /** The smallest areas that meet the standard, 0.01 m²; null for a place the unit does not have. */
  readonly required: { readonly area: Area; readonly archiveArea: Area | null } | null;
  readonly justified: boolean;
  /** The place's own name in the register; null for a place the unit does not have. */
  readonly place: string | null;
  /** The population is a generated sample (示例). */
  readonly sample: boolean;
}

/** How the premises of a plan stand while they are being written. */
export interface PlanStanding {
  /** What the hall is judged by. `deducted` residents are entrusted to a zone; `population` is what remains. */
  readonly hall: { readonly population: number; readonly deducted: number; readonly source: string; readonly sample: boolean; readonly required: Area; readonly upTo: number | null };
  readonly projects: readonly ProjectStanding[];
  /** Halls and township centres of the unit that no row speaks of yet. */
  readonly unlisted: readonly Pick<JudgedProject, 'tier' | 'placeCode' | 'name'>[];
  readonly townships: number;
}
