import { formatArea, type Area } from './area.js';
import { words, type Words } from './text.js';

/** What of a platform is held against annex 2. */
export type VerdictItem =
  | 'hallArea' | 'serviceArea' | 'archiveArea' | 'stationArea'
  | 'receptionRoom' | 'staffOffice' | 'streetFront' | 'groundFloor';

/**
 * One line of the table of standards: what is required, what is there, and what to do. For areas the figures are 0.01 m²;
 * for rooms 1 = there, 0 = not there. `actual` and `difference` are null when nothing was entered.
 */
export interface Verdict {
  readonly item: VerdictItem;
  readonly name: Words;
  readonly unit: 'area' | 'presence';
  readonly required: number;
  readonly actual: number | null;
  /** Actual minus required; negative is a shortage. */
  readonly difference: number | null;
  readonly ok: boolean;
  readonly clause: string;
  readonly explanation: Words;
  /** The population stands exactly on a bound of the policy: how it was decided. */
  readonly boundaryCase: Words | null;
}

/** The names of everything that is judged. */
export const verdictNames: Readonly<Record<VerdictItem, Words>> = {
  hallArea: words('综合服务大厅建筑面积', 'Gross floor area of the hall'),
  serviceArea: words('工作服务场所', 'Service area'),
  archiveArea: words('档案室', 'Archive room'),
  stationArea: words('固定工作服务场所', 'Fixed premises'),
  receptionRoom: words('多功能接待室', 'Reception room'),
  staffOffice: words('工作人员办公室', 'Staff office'),
  streetFront: words('服务大厅临街', 'Hall faces the street'),
  groundFloor: words('服务大厅在一楼', 'Hall on the ground floor'),
};

/** Holds an area against a minimum; reaching it exactly is enough. */
export function areaVerdict(
  item: VerdictItem,
  required: Area,
  actual: Area | null,
  clause: string,
  boundaryCase: Words | null = null,
): Verdict {
  const difference = actual === null ? null : actual - required;
  const ok = difference !== null && difference >= 0;
  const explanation = areaExplanation(required, difference);
  return { item, name: verdictNames[item], unit: 'area', required, actual, difference, ok, clause, explanation, boundaryCase };
}

/** Holds a room that must be there against what was found. */
export function presenceVerdict(item: VerdictItem, present: boolean | null, clause: string): Verdict {
  const actual = present === null ? null : Number(present);
  return {
    item, name: verdictNames[item], unit: 'presence', required: 1, actual,
    difference: actual === null ? null : actual - 1,
    ok: present === true, clause, explanation: presenceExplanation(present), boundaryCase: null,
  };
}

/** Whether every line is met. */
export function meetsStandard(verdicts: readonly Verdict[]): boolean {
  return verdicts.every(({ ok }) => ok);
}

function areaExplanation(required: Area, difference: Area | null): Words {
  const least = formatArea(required);
  if (difference === null) return words(`未填。标准不少于 ${least} m²。`, `Not entered. At least ${least} m² are required.`);
  if (difference < 0) {
    const short = formatArea(-difference);
    return words(`比标准少 ${short} m²。标准不少于 ${least} m²。`, `${short} m² short. At least ${least} m² are required.`);
  }
  return words(`达标，不少于 ${least} m²。`, `Meets the standard of at least ${least} m².`);
}

function presenceExplanation(present: boolean | null): Words {
  if (present === null) return words('未填。', 'Not entered.');
  return present ? words('有。', 'Present.') : words('没有，须设置。', 'Missing; it is required.');
}
