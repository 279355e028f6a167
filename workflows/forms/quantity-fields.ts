import { z } from 'zod';
import { readArea, type Area } from '../../src/domain/area.js';
import type { Read } from '../../src/domain/errors.js';
import { readMoney, type Money } from '../../src/domain/money.js';
import { readPopulation, type Population } from '../../src/domain/population.js';
import { words, type Words } from '../../src/domain/text.js';
import { say, type FieldMeta } from './fields.js';

/** Largest quantities believed: 0.01 m², 分, persons. */
export interface Limits {
  readonly area: Area;
  readonly money: Money;
  readonly population: Population;
}

type Reader = (typed: string) => Read<number>;
const typed = z.union([z.string(), z.number()], { error: () => say(words('只填数字。', 'Enter a figure.')) });

/** An exact integer read from what was typed, or null. Programs may send a number: its shortest decimal is read like typed text. */
const optional = (meta: FieldMeta, read: Reader) =>
  typed.nullish().transform((raw, ctx): number | null => {
    if (raw == null || String(raw).trim() === '') return null;
    return settle(read(String(raw)), ctx);
  }).meta({ ...meta });

const required = (meta: FieldMeta, read: Reader) =>
  z.union([z.string(), z.number()], { error: () => say(words(`请填写${meta.label.zh}。`, `Please fill in: ${meta.label.en}.`)) })
    .transform((raw, ctx): number => settle(read(String(raw)), ctx)).meta({ ...meta });

function settle(result: Read<number>, ctx: { addIssue(issue: { code: 'custom'; message: string; params?: object }): void }): number {
  if (result.ok) return result.value;
  ctx.addIssue({ code: 'custom', message: say(result.defect.sentence), params: { reason: result.defect.code } });
  return z.NEVER;
}

/** Fields of quantities under the limits of one pack. */
export const quantityFields = (limits: Limits) => ({
  area: (label: Words, hint?: Words) => optional({ label, control: 'text', hint }, (raw) => readArea('', raw, limits.area)),
  money: (label: Words, hint?: Words) => required({ label, control: 'text', hint }, (raw) => readMoney('', raw, limits.money)),
  optionalMoney: (label: Words, hint?: Words) => optional({ label, control: 'text', hint }, (raw) => readMoney('', raw, limits.money)),
  population: (label: Words, hint?: Words) => optional({ label, control: 'text', hint }, (raw) => readPopulation('', raw, limits.population)),
  heads: (label: Words, hint?: Words) => optional({ label, control: 'number', hint }, (raw) => readPopulation('', raw, limits.population)),
});
