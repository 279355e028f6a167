import { words, type Words } from '../domain/text.js';
import type { FilingUnit } from '../reads/filing-units.js';
import { nearestDues } from '../reads/nearest-dues.js';
import { planOnRecord } from '../reads/plan-on-record.js';
import type { CaseProgress } from '../reads/year-progress.js';
import type { Exchange } from './context.js';
import { Formats } from './formats.js';
import { readAs } from './reading.js';
import type { WebServices } from './services.js';
import { stageWords } from './case-view/stage-words.js';

/** A column of the matrix 单位 × 环节. */
interface Column {
  words: Words;
  workflow: string;
  stages: readonly string[] | null;
  /** A step aside from the one before, which goes on when it is over. */
  aside?: true;
}

const columns: readonly Column[] = [
  { words: words('起草', 'Draft'), workflow: 'plan', stages: ['drafting', 'preReview', 'headReview'] },
  { words: words('区内会签', 'Co-sign'), workflow: 'plan', stages: ['coSign'], aside: true },
  { words: words('政府同意', 'Consent'), workflow: 'plan', stages: ['governmentApproval'] },
  { words: words('报送收文', 'Filing'), workflow: 'plan', stages: ['reporting', 'registered'] },
  { words: words('形式审查', 'Check'), workflow: 'plan', stages: ['officeReview', 'firstCheck', 'secondCheck', 'correcting', 'directorDecision'] },
  { words: words('备案', 'On record'), workflow: 'plan', stages: ['filed'] },
  { words: words('检查', 'Inspection'), workflow: 'inspection', stages: null },
  { words: words('验收', 'Acceptance'), workflow: 'acceptance', stages: null },
];

const onRecord = columns.findIndex((column) => column.stages?.includes('filed'));

export const matrixColumns: readonly Words[] = columns.map((column) => column.words);

export interface MatrixCell {
  done: Date | null;
  current: { words: Words; tone: 'blue' | 'amber' | 'red' | 'hollow'; completeness: number | null; due: string | null } | null;
  /** The amendment under way beside a plan on record. */
  amendment: string | null;
}

export interface MatrixRow {
  unit: FilingUnit;
  caseId: string | null;
  cells: MatrixCell[];
}

const empty: MatrixCell = { done: null, current: null, amendment: null };

type Due = ReturnType<Formats['dueBriefly']>;
type DueOf = (one: CaseProgress) => Due | null;
const tones = { left: 'blue', today: 'amber', overdue: 'red' } as const;

/** The matrix of a year as a page shows it, with how long the city's side still has for each case. */
export async function yearMatrix(x: Exchange, year: number, units: readonly FilingUnit[], cases: readonly CaseProgress[]): Promise<{ columns: readonly Words[]; rows: MatrixRow[] }> {
  const { services, context } = x;
  const dues = await readAs(x, (trx) => nearestDues(trx, services.city, year));
  const calendar = await services.calendarOf(services.city);
  const formats = new Formats(context.language, context.now);
  return { columns: matrixColumns, rows: progressMatrix(services, units, cases, ({ caseId }) => (dues.has(caseId) ? formats.dueBriefly(dues.get(caseId)!, calendar) : null)) };
}

/** One row for each filing unit in 区划 order; a unit's row says where its plan, inspection and acceptance stand, and on which day a step was left. */
export function progressMatrix(services: WebServices, units: readonly FilingUnit[], cases: readonly CaseProgress[], dueOf: DueOf = () => null): MatrixRow[] {
  return units.map((unit) => {
    const own = cases.filter((one) => one.unit === unit.id);
    const { plan, amendment } = planOnRecord(own);
    const standing: Readonly<Record<string, CaseProgress | undefined>> = {
      plan, inspection: own.filter((one) => one.workflow === 'inspection').at(-1), acceptance: acceptanceThatCounts(own),
    };
    return {
      unit, caseId: plan?.caseId ?? null,
      cells: columns.map((column, index) => {
        const one = standing[column.workflow];
        if (one === undefined) return empty;
        if (column.stages === null) return caseCell(services, one, dueOf(one));
        return { ...stepCell(services, one, index, dueOf(one)), amendment: column.stages.includes('filed') ? (amendment?.caseId ?? null) : null };
      }),
    };
  });
}

/** The one that was passed; before that the last one applied for, unless it was given up or not taken. */
function acceptanceThatCounts(own: readonly CaseProgress[]): CaseProgress | undefined {
  const standing = own.filter((one) => one.workflow === 'acceptance' && one.outcome !== 'abandoned' && one.outcome !== 'refused');
  return standing.find((one) => one.outcome === 'passed') ?? standing.at(-1);
}

/** A case in one cell: the day it ended, or where it stands; one that has failed is not ticked off. */
function caseCell(services: WebServices, one: CaseProgress, due: Due | null): MatrixCell {
  if (one.final && one.outcome !== 'failed') return { ...empty, done: one.movedAt };
  return { ...empty, current: { words: stageWords(services, one, one.stage), tone: one.final ? 'red' : tones[due?.kind ?? 'left'], completeness: null, due: due?.words ?? null } };
}

/** A step of the plan: left on a day, under way, or still to come – also again, where a return led back before it. */
function stepCell(services: WebServices, plan: CaseProgress, index: number, due: Due | null): MatrixCell {
  const { stages, aside } = columns[index]!;
  const at = columns.findIndex((column) => column.workflow === 'plan' && column.stages!.includes(plan.stage));
  // A plan that ended otherwise than on record has left the line: the last cell says how.
  if (plan.final && at < 0) return index === onRecord ? { ...empty, current: { words: stageWords(services, plan, plan.stage), tone: 'hollow', completeness: null, due: null } } : empty;
  if (index === at && !plan.final) {
    const draft = plan.stage === 'drafting';
    const tone = draft ? 'hollow' : plan.stage === 'correcting' ? 'amber' : tones[due?.kind ?? 'left'];
    return { ...empty, current: { words: stageWords(services, plan, plan.stage), tone, completeness: draft ? plan.completeness : null, due: due?.words ?? null } };
  }
  const last = plan.stages.filter((visit) => stages!.includes(visit.stage)).at(-1);
  const drafted = plan.stages.filter((visit) => visit.stage === 'drafting').at(-1)?.seq ?? 0;
  const reached = index <= at || (aside === true && last !== undefined && last.seq > drafted);
  return last === undefined || !reached ? empty : { ...empty, done: last.leftAt ?? last.enteredAt };
}
