import { z } from 'zod';
import { readDate } from '../../src/domain/chinese-date.js';
import { readDocumentNumber } from '../../src/domain/document-number.js';
import type { Read } from '../../src/domain/errors.js';
import { endOfLocal, instantOfLocal, isDay } from '../../src/domain/local-day.js';
import { halfWidth, words, type Words } from '../../src/domain/text.js';

/** How a page shows a field. */
export type Control =
  | 'text' | 'textarea' | 'date' | 'datetime' | 'choice' | 'file' | 'files' | 'checkbox' | 'number' | 'remarks' | 'replies' | 'organisations'
  | 'organisation' | 'posts' | 'post' | 'team' | 'member' | 'sites' | 'scores' | 'vetoes' | 'measures' | 'checklist' | 'findings' | 'objections' | 'decisions' | 'results' | 'visits' | 'paragraphs';

export interface Option {
  readonly value: string;
  readonly words: Words;
}

/** What a page and the API description know of a field beside its type. */
export interface FieldMeta {
  readonly label: Words;
  readonly control: Control;
  readonly hint?: Words;
  readonly options?: readonly Option[];
}

interface TextRules {
  readonly max?: number;
  readonly control?: Control;
  readonly hint?: Words;
}

/** One message for both languages: the engine splits it again. */
export const say = ({ zh, en }: Words): string => `${zh}｜${en}`;

const wide = /[０-９Ａ-Ｚａ-ｚ]/g;

/** Prose as typed, with full-width digits and letters made half-width (punctuation stays Chinese), line ends unified, ends trimmed. */
export const prose = (raw: string): string => raw.replace(wide, (sign) => halfWidth(sign)).replace(/\r\n?/g, '\n').trim();

const missing = (label: Words): string => say(words(`请填写${label.zh}。`, `Please fill in: ${label.en}.`));
const tooLong = (label: Words, max: number): string => say(words(`${label.zh}不超过 ${max} 字。`, `${label.en}: at most ${max} characters.`));
const unasked = { error: () => say(words('这一项填写的内容读不出来。', 'This entry cannot be read.')) };

/** A required string read by `read`, which either returns a value or refuses with its own sentence. */
export function readField<T>(meta: FieldMeta, read: (typed: string) => Read<T>) {
  return z.string({ error: () => missing(meta.label) }).transform((raw, ctx): T => {
    const result = prose(raw) === '' ? null : read(raw);
    if (result?.ok) return result.value;
    ctx.addIssue({ code: 'custom', message: result === null ? missing(meta.label) : say(result.defect.sentence) });
    return z.NEVER;
  }).meta({ ...meta });
}

/** The same, where nothing may be said: null. */
export function readOptional<T>(meta: FieldMeta, read: (typed: string) => Read<T>) {
  return z.string(unasked).nullish().transform((raw, ctx): T | null => {
    if (raw == null || prose(raw) === '') return null;
    const result = read(raw);
    if (result.ok) return result.value;
    ctx.addIssue({ code: 'custom', message: say(result.defect.sentence) });
    return z.NEVER;
  }).meta({ ...meta });
}

const readText = (label: Words, max: number) => (raw: string): Read<string> => {
  const text = prose(raw);
  if ([...text].length <= max) return { ok: true, value: text };
  return { ok: false, defect: { field: '', code: 'too-long', sentence: words(`${label.zh}不超过 ${max} 字。`, `${label.en}: at most ${max} characters.`) } };
};

/** A text that must be there. Rare characters stay as they are. */
export const text = (label: Words, { max = 2000, control = 'textarea', hint }: TextRules = {}) => readField({ label, control, hint }, readText(label, max));

/** A text that may be left out: null. */
export const optionalText = (label: Words, { max = 2000, control = 'textarea', hint }: TextRules = {}) =>
  readOptional({ label, control, hint }, readText(label, max));

/** A calendar day; 2026年9月8日 and 2026-09-08 are both understood, the result is 'YYYY-MM-DD'. */
export const day = (label: Words, hint?: Words) => readField({ label, control: 'date', hint }, (raw) => readDate('', raw));
export const optionalDay = (label: Words, hint?: Words) => readOptional({ label, control: 'date', hint }, (raw) => readDate('', raw));

/** The last day of something, kept as the instant at its 24:00 in Beijing. */
export const lastDay = (label: Words, hint?: Words) =>
  readField({ label, control: 'date', hint }, (raw) => {
    const read = readDate('', raw);
    return read.ok ? { ok: true, value: endOfLocal(read.value).toISOString() } : read;
  });

const moment = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?(?:\.\d{3})?)(Z|[+-]\d{2}:\d{2})?)?$/;

/** An instant; without a zone it is Beijing time, without a time the start of the day. The result is ISO in UTC. */
export const instant = (label: Words, hint?: Words) =>
  readField({ label, control: 'datetime', hint }, (raw) => {
    const [, date = '', time, zone] = moment.exec(halfWidth(raw).trim()) ?? [];
    const wrong = words('时间写成 2026-09-29 16:20 的样子。', 'Write the time as 2026-09-29 16:20.');
    const refused: Read<string> = { ok: false, defect: { field: '', code: 'not-a-time', sentence: wrong } };
    if (!isDay(date) || (time !== undefined && time >= '24:00')) return refused;
    const at = zone ? new Date(`${date}T${time}${zone}`) : instantOfLocal(date, time ?? '00:00');
    return Number.isNaN(at.getTime()) ? refused : { ok: true, value: at.toISOString() };
  });

const brackets: readonly [RegExp, string][] = [[/[[(（【［{﹝]\s*(\d{4})\s*[\])）】］}﹞]/g, '〔$1〕']];

/** 发文字号 with 〔〕 set right whatever brackets were typed: [2026], (2026), （2026）, 【2026】. */
export const setBrackets = (raw: string): string =>
  brackets.reduce((typed, [from, to]) => typed.replace(from, to), prose(raw).replace(/\s+/g, ''));

/** A paper's number as its issuer writes it. One with a year in brackets must be whole; a minute's or slip's own number is taken as it is. */
export const paperNumber = (label: Words, hint?: Words) =>
  readField({ label, control: 'text', hint }, (raw) => {
    const number = setBrackets(raw);
    if (!number.includes('〔')) return readText(label, 60)(number);
    const read = readDocumentNumber('', number);
    return read.ok ? { ok: true, value: number } : read;
  });

/** One of a list of values. */
export const choice = <const T extends readonly Option[]>(label: Words, options: T, hint?: Words) =>
  z.enum(options.map((o) => o.value) as [T[number]['value'], ...T[number]['value'][]], {
    error: () => say(words(`请选择${label.zh}。`, `Choose: ${label.en}.`)),
  }).meta({ label, control: 'choice' as const, options, hint });

/** A box that must be ticked, or may be. Plain forms send 'on'. */
export const flag = (label: Words, hint?: Words) =>
  z.union([z.boolean(), z.enum(['on', 'off', 'true', 'false', ''])], unasked).nullish()
    .transform((raw) => raw === true || raw === 'on' || raw === 'true').meta({ label, control: 'checkbox' as const, hint });

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const unknownId = (label: Words): string => say(words(`请选择${label.zh}。`, `Choose: ${label.en}.`));

/** The id of something chosen from a list: an organisation, a post, an uploaded file. */
export const reference = (label: Words, control: Control, hint?: Words) =>
  z.string({ error: () => unknownId(label) }).regex(uuid, { error: () => unknownId(label) }).meta({ label, control, hint });

export const optionalReference = (label: Words, control: Control, hint?: Words) =>
  z.union([z.string().regex(uuid), z.literal(''), z.null()], { error: () => unknownId(label) }).optional()
    .transform((raw) => (raw ? raw : null)).meta({ label, control, hint });

/** A list with at least `least` entries. */
export const list = <T extends z.ZodType>(label: Words, control: Control, item: T, { least = 1, most = 500, hint }: { least?: number; most?: number; hint?: Words } = {}) =>
  z.array(item, { error: () => missing(label) })
    .min(least, { error: () => (least === 1 ? missing(label) : say(words(`${label.zh}不少于 ${least} 项。`, `${label.en}: at least ${least}.`))) })
    .max(most, { error: () => tooLong(label, most) })
    .meta({ label, control, hint });

/** A list that may be empty or left out. */
export const optionalList = <T extends z.ZodType>(label: Words, control: Control, item: T, hint?: Words) =>
  z.array(item, unasked).max(500, { error: () => tooLong(label, 500) }).default([]).meta({ label, control, hint });

/** Texts by key: replies by remark, scores by item. */
export const texts = (label: Words, control: Control, hint?: Words) =>
  z.record(z.string(), z.string(unasked).transform(prose), { error: () => missing(label) }).meta({ label, control, hint });

/** A small whole number. */
export const whole = (label: Words, min: number, max: number, hint?: Words) => {
  const message = say(words(`${label.zh}填 ${min} 到 ${max} 的整数。`, `${label.en}: a whole number from ${min} to ${max}.`));
  return z.union([z.number(), z.string()], { error: () => message }).transform((raw, ctx): number => {
    const value = typeof raw === 'number' ? raw : Number(/^\d+$/.test(halfWidth(raw).trim()) ? halfWidth(raw).trim() : NaN);
    if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
    ctx.addIssue({ code: 'custom', message });
    return z.NEVER;
  }).meta({ label, control: 'number' as const, hint });
};
