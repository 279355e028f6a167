import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';

const areas: Record<string, string> = { grossArea: '5200', serviceArea: '320', archiveArea: '42' };

/** Three readings of every measured item of a tier, above the standard; `short` readings are what they are. */
export const measuresOf = (pack: PolicyPack, tier: string, short: Record<string, string> = {}) =>
  pack.inspection.checklists.value[tier as 'center'].filter((one) => one.kind === 'area').map(({ id }) => ({ item: id, values: [1, 2, 3].map(() => short[id] ?? areas[id]!) }));

/** Every yes-or-no item of a tier, met. */
export const checklistOf = (pack: PolicyPack, tier: string) =>
  pack.inspection.checklists.value[tier as 'center'].filter((one) => one.kind === 'yesNo').map(({ id }) => ({ item: id, result: 'met' }));
