import { dividedHalfUp, grouped, readQuantity } from './decimal-text.js';
import type { Read } from './errors.js';
import { words } from './text.js';

/** Money as an integer of 分 (0.01 yuan), always a safe integer: 90 billion yuan is 9 × 10¹². */
export type Money = number;

/** The amount of a whole number of yuan. */
export function yuan(count: number): Money {
  return count * 100;
}

/**
 * Reads an amount typed by a person, exact to the 分. A unit in the text (元, 万元, 亿元) wins over the field's own.
 * @param limit largest amount believed, 分, from the pack
 * @param unit unit of a bare figure, as the form shows it beside the field
 */
export function readMoney(field: string, text: string, limit: Money, unit: '元' | '万元' = '万元'): Read<Money> {
  return readQuantity(field, text, {
    places: 2,
    units: { 元: 0, 万元: 4, 万: 4, 亿元: 8 },
    bareUnit: unit === '万元' ? 4 : 0,
    limit,
    name: words('金额', 'amount'),
    limitText: words(`${formatMoney(limit)} 万元`, `${formatMoney(limit)} ×10,000 yuan`),
  });
}

/** 万元 with two decimals, rounded half up for reading only: `56.80`. The unit is written by the page. */
export function formatMoney(money: Money): string {
  const sign = money < 0 ? '-' : '';
  const hundredths = dividedHalfUp(Math.abs(money), 10_000);
  return `${sign}${grouped(Math.trunc(hundredths / 100))}.${String(hundredths % 100).padStart(2, '0')}`;
}

/** Yuan exact to the 分: `568,000.00`. For ledgers and papers that decide about money. */
export function formatYuan(money: Money): string {
  const sign = money < 0 ? '-' : '';
  const amount = Math.abs(money);
  return `${sign}${grouped(Math.trunc(amount / 100))}.${String(amount % 100).padStart(2, '0')}`;
}
