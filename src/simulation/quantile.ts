/**
 * The value below which this part of the values lies, of values in any order: the nearest rank, so it is always one of them. Null for none.
 * What never came about is null and counts as later than everything.
 */
export function quantile<T extends number | string>(values: readonly (T | null)[], part: number): T | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => (a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1));
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)]!;
}

export const rounded = (value: number, digits = 1): number => Math.round(value * 10 ** digits) / 10 ** digits;
export const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length);
