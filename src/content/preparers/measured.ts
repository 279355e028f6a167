import { formatArea, meanArea, readArea, type Area } from '../../domain/area.js';
import type { Defect } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import { inputLimitsOf, standardAreaOf, type PlatformTier } from '../../../workflows/policies/pack-rules.js';
import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';

export type Tier = PlatformTier;

/** One measured item: the readings, their mean (the last 0.01 m² cut off) and what annex 2 demands; null where it demands nothing. */
export interface Measured {
  readonly item: string;
  readonly values: readonly Area[];
  readonly mean: Area;
  readonly standard: Area | null;
  readonly met: boolean;
  readonly clause: string;
}

/** Reads the measurements of one platform: as many readings as the pack says (三次), each exact, every area item of its checklist. */
export function readMeasures(
  pack: PolicyPack, tier: Tier, population: number | null, typed: readonly { item: string; values: readonly string[] }[], field: string,
): { measured: Measured[]; defects: Defect[] } {
  const wanted = pack.inspection.checklists.value[tier].filter((one) => one.kind === 'area');
  const times = pack.acceptance.measurements.value;
  const limit = inputLimitsOf(pack).area;
  const defects: Defect[] = [];
  const measured = wanted.flatMap((one): Measured[] => {
    const index = typed.findIndex(({ item }) => item === one.id);
    const values = (typed[index]?.values ?? []).filter((value) => value.trim() !== '');
    const at = index < 0 ? field : `${field}.${index}.values`;
    if (values.length !== times) {
      defects.push({ field: at, code: 'readings', sentence: words(`“${one.name.zh}”须实测 ${times} 次，现有 ${values.length} 次。`, `“${one.name.en}” is measured ${times} times, not ${values.length}.`) });
      return [];
    }
    const read = values.map((value, place) => readArea(`${at}.${place}`, value, limit));
    const refused = read.flatMap((result) => (result.ok ? [] : [result.defect]));
    defects.push(...refused);
    if (refused.length > 0) return [];
    const areas = read.flatMap((result) => (result.ok ? [result.value] : []));
    const mean = meanArea(areas as [Area, ...Area[]]);
    const standard = standardAreaOf(pack, tier, one.id, population);
    return [{ item: one.id, values: areas, mean, standard, met: standard === null || mean >= standard, clause: one.clause }];
  });
  const foreign = typed.flatMap(({ item }, index) => (wanted.some((one) => one.id === item) ? [] : [{
    field: `${field}.${index}.item`, code: 'unknown-item', sentence: words(`检查表没有“${item}”这一项。`, `The checklist has no item ${item}.`),
  }]));
  return { measured, defects: [...defects, ...foreign] };
}

/** The yes-or-no items of a checklist that have no answer, or are none of it. */
export function checklistDefects(pack: PolicyPack, tier: Tier, given: readonly { item: string }[], field: string): Defect[] {
  const wanted = pack.inspection.checklists.value[tier].filter((one) => one.kind === 'yesNo');
  return [
    ...wanted.filter((one) => !given.some(({ item }) => item === one.id)).map((one) => ({
      field, code: 'missing', sentence: words(`“${one.name.zh}”还没有检查结果。`, `“${one.name.en}” has no result yet.`),
    })),
    ...given.flatMap(({ item }, index) => (wanted.some((one) => one.id === item) ? [] : [{
      field: `${field}.${index}.item`, code: 'unknown-item', sentence: words(`检查表没有“${item}”这一项。`, `The checklist has no item ${item}.`),
    }])),
  ];
}

/** A shortage in words: `档案室少 4 m²`. */
export const shortage = (name: string, { mean, standard }: Measured): string => `${name}少 ${formatArea((standard ?? 0) - mean)} m²`;
