import type { PlanContent } from '../../../workflows/forms/plan-sections.js';
import { quantityOf } from './workbook-columns.js';
import type { TypedSections } from './workbook-register.js';

/** Decimals of a figure as a clerk types it: m² from 0.01 m², 万元 from 分. */
const places = { area: 2, money: 6 } as const;

/** An integer of the smallest unit as its exact decimal, nothing padded: 20050 with two places is `200.5`. */
export function exactDecimal(value: number, decimals: number): string {
  const digits = String(value).padStart(decimals + 1, '0');
  const rest = digits.slice(-decimals).replace(/0+$/, '');
  return `${digits.slice(0, -decimals)}${rest === '' ? '' : `.${rest}`}`;
}

/** A plan as read (0.01 m², 分) turned back into what a clerk would have typed (m², 万元); what was left out stays out. */
export function typedPlan(content: PlanContent): TypedSections {
  return typed('', content) as TypedSections;
}

function typed(field: string, value: unknown): unknown {
  if (typeof value === 'number') {
    const quantity = quantityOf(field);
    return quantity === null ? String(value) : exactDecimal(value, places[quantity]);
  }
  if (Array.isArray(value)) return value.map((one) => typed(field, one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null && one !== undefined).map(([key, one]) => [key, typed(key, one)]));
}
