import { words, type Words } from '../domain/text.js';
import type { FilingUnit } from '../reads/filing-units.js';
import type { CaseProgress } from '../reads/year-progress.js';
import type { WebServices } from './services.js';
import { stageWords } from './case-view/stage-words.js';

/** A column of the matrix 单位 × 环节. */
interface Column {
  words: Words;
  workflow: string;
  stages: readonly string[] | null;
}

const columns: readonly Column[] = [
  { words: words('起草', 'Draft'), workflow: 'plan', stages: ['drafting', 'preReview', 'headReview'] },
  { words: words('区内会签', 'Co-sign'), workflow: 'plan', stages: ['coSign'] },
  { words: words('政府同意', 'Consent'), workflow: 'plan', stages: ['governmentApproval'] },
  { words: words('报送收文', 'Filing'), workflow: 'plan', stages: ['reporting', 'registered'] },
  { words: words('形式审查', 'Check'), workflow: 'plan', stages: ['officeReview', 'correcting', 'directorDecision'] },
  { words: words('备案', 'On record'), workflow: 'plan', stages: ['filed'] },
  { words: words('检查', 'Inspection'), workflow: 'inspection', stages: null },
  { words: words('验收', 'Acceptance'), workflow: 'acceptance', stages: null },
];

export const matrixColumns: readonly Words[] = columns.map((column) => column.words);

export interface MatrixCell {
  done: Date | null;
  current: { words: Words; tone: 'blue' | 'amber' | 'hollow'; completeness: number | null } | null;
}

export interface MatrixRow {
  unit: FilingUnit;
  caseId: string | null;
  cells: MatrixCell[];
}

/** One row for each filing unit in 区划 order; a unit's row says where its plan, inspection and acceptance stand, and on which day a step was left. */
export function progressMatrix(services: WebServices, units: readonly FilingUnit[], cases: readonly CaseProgress[]): MatrixRow[] {
  return units.map((unit) => {
    const own = cases.filter((one) => one.unit === unit.id);
    const latest = (workflow: string): CaseProgress | undefined => own.filter((one) => one.workflow === workflow).at(-1);
    return { unit, caseId: latest('plan')?.caseId ?? null, cells: columns.map((column) => cellOf(services, column, latest(column.workflow))) };
  });
}

function cellOf(services: WebServices, column: Column, one: CaseProgress | undefined): MatrixCell {
  if (one === undefined) return { done: null, current: null };
  if (column.stages === null) {
    if (one.final) return { done: one.movedAt, current: null };
    return { done: null, current: { words: stageWords(services, one, one.stage), tone: 'blue', completeness: null } };
  }
  const visits = one.stages.filter((visit) => column.stages!.includes(visit.stage));
  if (column.stages.includes(one.stage) && !one.final) {
    const draft = one.stage === 'drafting';
    const tone = draft ? 'hollow' : one.stage === 'correcting' ? 'amber' : 'blue';
    return { done: null, current: { words: stageWords(services, one, one.stage), tone, completeness: draft ? one.completeness : null } };
  }
  const last = visits.at(-1);
  return { done: last === undefined ? null : (last.leftAt ?? last.enteredAt), current: null };
}
