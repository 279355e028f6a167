import type { Score } from './scoring.js';
import type { Words } from './text.js';

export type GradeId = 'excellent' | 'pass' | 'fail';

/** A grade and the score it begins at (inclusive). Packs list them from the highest down; the last begins at 0. */
export interface Grade {
  readonly id: GradeId;
  readonly name: Words;
  readonly from: Score;
}

/** A circumstance in which nothing else helps (不予通过情形). */
export interface Veto {
  readonly id: string;
  readonly name: Words;
  readonly clause: string;
}

/** The grade of a total: 75.0 is 合格, 74.9 is not; a veto found makes it the lowest, whatever the score. */
export function gradeOf(total: Score, grades: readonly Grade[], vetoesFound: readonly Veto[]): Grade {
  const reached = vetoesFound.length === 0 ? grades.find(({ from }) => total >= from) : undefined;
  const grade = reached ?? grades.at(-1);
  if (grade === undefined) throw new RangeError('no grades');
  return grade;
}

/** Whether the unit's own score and the team's are so far apart that the team has to explain it. */
export function needsExplanation(selfScore: Score, teamScore: Score, limit: Score): boolean {
  return Math.abs(selfScore - teamScore) > limit;
}

/** 验收合格, 限期整改后复验, 不合格. */
export type AcceptanceConclusion = 'passed' | 'conditional' | 'failed';

/** The conclusion a score allows: never passed while a finding that blocks acceptance is open. */
export function concludeAcceptance(grade: GradeId, openBlockingFindings: number): AcceptanceConclusion {
  if (grade === 'fail') return 'failed';
  return openBlockingFindings > 0 ? 'conditional' : 'passed';
}
