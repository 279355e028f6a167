import { grouped, readQuantity } from './decimal-text.js';
import type { Read } from './errors.js';
import { words } from './text.js';

/** An area as an integer of 0.01 m²: 200 m² is 20000. Always a safe integer. */
export type Area = number;

/** The area of a whole number of square metres. */
export function squareMetres(count: number): Area {
  return count * 100;
}

/**
 * Reads an area typed by a person: `1,236.5`, `2 000` is refused, `２０００㎡` is understood. A third decimal is refused.
 * @param limit largest area believed, 0.01 m², from the pack
 */
export function readArea(field: string, text: string, limit: Area): Read<Area> {
  return readQuantity(field, text, {
    places: 2,
    units: { '㎡': 0, 'm²': 0, m2: 0, 平方米: 0, 平米: 0, 万平方米: 4 },
    limit,
    name: words('面积', 'area'),
    limitText: words(`${formatArea(limit)} m²`, `${formatArea(limit)} m²`),
  });
}

/** Whole square metres without decimals, otherwise two: `5,236`, `236.10`. The unit is written by the page. */
export function formatArea(area: Area): string {
  const sign = area < 0 ? '-' : '';
  const [whole, rest] = [Math.trunc(Math.abs(area) / 100), Math.abs(area) % 100];
  const decimals = rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`;
  return `${sign}${grouped(whole)}${decimals}`;
}

/**
 * The mean of several measurements (实测三次取平均), the last 0.01 m² cut off. Cutting instead of rounding keeps the
 * judgement exact: the cut mean reaches a standard exactly when the true mean does.
 */
export function meanArea(measurements: readonly [Area, ...Area[]]): Area {
  const sum = measurements.reduce((total, one) => total + one, 0);
  return Math.floor(sum / measurements.length);
}
