import { accepted, rejected, type Read } from './errors.js';
import { halfWidth, words, type Words } from './text.js';

/** A unit that may follow the figure, and the power of ten it stands for: { 万元: 4 }. */
export type Units = Readonly<Record<string, number>>;

/** How one quantity is read. All limits are in the smallest unit kept (0.01 m², 分, persons). */
export interface Quantity {
  /** Decimals kept: 2 for area and money, 0 for persons, 1 for scores. */
  readonly places: number;
  readonly units: Units;
  /** The power of ten of a figure without a unit; 4 where the form says 万元 beside the field. */
  readonly bareUnit?: number;
  readonly limit: number;
  readonly name: Words;
  /** The limit as a clerk reads it. */
  readonly limitText: Words;
}

const figure = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/;

/**
 * Reads a quantity as an exact integer of its smallest unit: full-width digits and grouping commas are understood, a
 * decimal more than is kept is refused instead of rounded, because rounding could carry a hall over its standard.
 */
export function readQuantity(field: string, text: string, quantity: Quantity): Read<number> {
  const { name } = quantity;
  const typed = halfWidth(text).trim();
  if (typed === '') {
    return rejected(field, 'missing', words(`请填写${name.zh}。`, `Enter the ${name.en}.`));
  }
  const { digits, power } = withoutUnit(typed, quantity);
  const parts = figure.exec(digits);
  if (parts === null) {
    return rejected(
      field,
      'not-a-number',
      words(`“${text.trim()}”不是数字。${name.zh}只填数字。`, `“${text.trim()}” is not a number. Enter the ${name.en} in figures.`),
    );
  }
  const [, sign, whole, decimals = ''] = parts;
  if (sign === '-') {
    return rejected(field, 'negative', words(`${name.zh}不能是负数。`, `The ${name.en} cannot be negative.`));
  }
  const scale = quantity.places + power;
  const significant = decimals.replace(/0+$/, '');
  if (significant.length > scale) return rejected(field, 'too-many-decimals', decimalsSentence(quantity, power));
  const value = BigInt(whole!.replaceAll(',', '') + significant.padEnd(scale, '0'));
  if (value > BigInt(quantity.limit)) {
    return rejected(
      field,
      'too-large',
      words(`${name.zh}超过${quantity.limitText.zh}，请核对。`, `The ${name.en} is above ${quantity.limitText.en}; please check.`),
    );
  }
  return accepted(Number(value));
}

function withoutUnit(typed: string, { units, bareUnit = 0 }: Quantity): { digits: string; power: number } {
  const longestFirst = Object.entries(units).sort(([a], [b]) => b.length - a.length);
  for (const [unit, power] of longestFirst) {
    if (typed.endsWith(unit)) return { digits: typed.slice(0, -unit.length).trim(), power };
  }
  return { digits: typed, power: bareUnit };
}

function decimalsSentence({ name, places }: Quantity, power: number): Words {
  const kept = places + power;
  if (kept === 0) return words(`${name.zh}应为整数。`, `The ${name.en} is a whole number.`);
  return words(`${name.zh}最多保留 ${kept} 位小数。`, `The ${name.en} has at most ${kept} decimals.`);
}

/** A non-negative or negative integer with grouping commas: 1,234,567. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** numerator ÷ denominator rounded half up, exactly. Both integers, denominator > 0, numerator ≥ 0. */
export function dividedHalfUp(numerator: number, denominator: number): number {
  const [above, below] = [BigInt(numerator), BigInt(denominator)];
  return Number((above * 2n + below) / (below * 2n));
}
