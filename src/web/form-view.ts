import type { z } from 'zod';
import type { Defect } from '../domain/errors.js';
import { words, type Words } from '../domain/text.js';
import { fieldShape } from './form-schema.js';

export interface OptionView {
  value: string;
  words: Words | string;
  selected: boolean;
}

/** One field of a form as the partial `field` shows it. */
export interface FieldView {
  name: string;
  label: Words | string;
  hint: Words | null;
  control: string;
  required: boolean;
  value: string;
  checked: boolean;
  options: OptionView[];
  errors: Words[];
  /** Rows of a list, entries of a record. */
  rows: RowView[];
  /** Set by the row it stands in; carried along unseen. */
  hidden: boolean;
  list?: string;
  /** At most three options: they stand side by side. */
  few?: boolean;
  hasMore?: boolean;
}

/** A row of a list. One with many fields folds: a blank one behind “add”, a filled one behind its name unless something is wrong in it. */
export interface RowView {
  title: Words | string | null;
  fields: FieldView[];
  wrong?: boolean;
  blank?: boolean;
  folds?: boolean;
  /** Behind “more”. */
  more?: boolean;
}

/** What a form offers beside its schema, by path of names without row numbers: `remarks.section`, `team.post`. */
export interface FormSources {
  options: Readonly<Record<string, readonly { value: string; words: Words | string }[]>>;
  /** Lists of suggestions beside a field that may be typed freely: the id of a `datalist`. */
  lists?: Readonly<Record<string, string>>;
  /** Blank rows a list ends in. A form that is sent once needs more of them than one that is saved again and again. */
  blankRows?: number;
  /** Fixed rows of a list or record: what has to be answered, measured or scored. */
  rows: Readonly<Record<string, readonly { title: Words | string; values: Record<string, string>; key?: string }[]>>;
}

export const noSources: FormSources = { options: {}, rows: {} };
const BLANK_ROWS = 2;
const OPEN_ROWS = 3;
const READINGS = 3;
const FEW = 3;
/** A row with more fields than this folds. */
const FOLDS_FROM = 6;

/** The fields of an object schema with their values and errors; lists end in blank rows, so that plain forms need no script. */
export function fieldViews(
  schema: z.ZodObject, values: Record<string, unknown>, defects: readonly Defect[], sources: FormSources = noSources, prefix = '', plain = '',
): FieldView[] {
  return Object.entries(schema.shape).map(([name, field]) =>
    fieldView(field as z.ZodType, values[name], defects, sources, prefix + name, plain === '' ? name : `${plain}.${name}`));
}

function fieldView(schema: z.ZodType, value: unknown, defects: readonly Defect[], sources: FormSources, name: string, plain: string): FieldView {
  const { kind, optional, meta, element, shape } = fieldShape(schema);
  const list = sources.lists?.[plain];
  const options = (sources.options[plain] ?? meta.options ?? []).map((one) => ({
    ...one, selected: Array.isArray(value) ? value.includes(one.value) : value === one.value,
  }));
  const view: FieldView = {
    name, label: meta.label ?? name, hint: meta.hint ?? null, control: meta.control ?? 'text', required: !optional, options, rows: [], hidden: false, list, few: options.length <= FEW,
    value: typeof value === 'string' || typeof value === 'number' ? String(value) : '', checked: value === true || value === 'on' || value === 'true',
    errors: defects.filter((one) => one.field === name).map((one) => one.sentence),
  };
  if (kind === 'object' && shape !== null) {
    const given = (value ?? {}) as Record<string, unknown>;
    return { ...view, control: 'group', rows: [{ title: null, fields: Object.entries(shape).map(([key, field]) => fieldView(field, given[key], defects, sources, `${name}.${key}`, `${plain}.${key}`)) }] };
  }
  if (kind === 'record') return { ...view, control: 'record', rows: recordRows(value, defects, sources, name, plain) };
  if (kind === 'array' && element !== null && options.length === 0) {
    const rows = listRows(element, value, defects, sources, name, plain);
    return { ...view, control: 'rows', rows, hasMore: rows.some((row) => row.more) };
  }
  if (kind === 'array') return { ...view, control: 'boxes' };
  return options.length > 0 && view.control !== 'choice' && view.control !== 'file' ? { ...view, control: 'select' } : { ...view, control: view.control === 'choice' && options.length > 4 ? 'select' : view.control };
}

/** A record asks one question for each known key. */
function recordRows(value: unknown, defects: readonly Defect[], sources: FormSources, name: string, plain: string): FieldView['rows'] {
  const given = (value ?? {}) as Record<string, unknown>;
  return (sources.rows[plain] ?? []).map(({ title, key = '' }) => ({
    title,
    fields: [{
      name: `${name}.${key}`, label: title, hint: null, control: plain === 'scores' ? 'number' : 'textarea', required: false, value: typeof given[key] === 'string' ? given[key] : '', checked: false,
      options: [], rows: [], hidden: false, errors: defects.filter((one) => one.field === `${name}.${key}`).map((one) => one.sentence),
    }],
  }));
}

function listRows(
  element: z.ZodType, value: unknown, defects: readonly Defect[], sources: FormSources, name: string, plain: string,
): RowView[] {
  const typed = Array.isArray(value) ? value : [];
  const fixed = sources.rows[plain];
  const order = fixed === undefined ? typed.map((_, index) => index) : inFixedOrder(fixed, typed);
  const given = order.map((index) => typed[index]);
  const count = fixed !== undefined ? order.length : given.length + (plain.includes('.') ? BLANK_ROWS : (sources.blankRows ?? BLANK_ROWS));
  const { shape } = fieldShape(element);
  return Array.from({ length: count }, (_, index) => {
    const preset = fixed?.[index];
    const row = (given[index] ?? preset?.values ?? {}) as Record<string, unknown>;
    const found = order[index] === undefined || order[index] === index ? defects : movedDefects(defects, name, order[index], index);
    if (shape === null) return { title: null, fields: [fieldView(element, given[index], defects, sources, `${name}.${index}`, plain)] };
    const fields = Object.entries(shape).map(([key, field]) => {
      const view = fieldView(field, row[key], found, sources, `${name}.${index}.${key}`, `${plain}.${key}`);
      return preset !== undefined && key in preset.values ? { ...view, hidden: true } : bareTexts(field) ? readings(view, row[key]) : view;
    });
    const named = typeof row.name === 'string' && row.name !== '' ? row.name : null;
    // A row that holds lists of its own (a visited platform with its checklist) is a page in itself.
    const long = preset === undefined && (fields.length > FOLDS_FROM || fields.some((one) => one.control === 'rows'));
    return {
      title: preset?.title ?? named ?? (long ? String(index + 1) : null), fields, wrong: found.some((one) => one.field.startsWith(`${name}.${index}.`)), folds: long && given[index] !== undefined,
      // The first row of an empty list stands open: there is something to fill in.
      blank: long && given[index] === undefined,
      more: preset === undefined && index >= given.length + OPEN_ROWS,
    };
  });
}

type FixedRow = FormSources['rows'][string][number];

/** Which typed row belongs to each fixed one, by what it is about: rows left blank were not kept, so their numbers say nothing. Foreign rows come last. */
function inFixedOrder(fixed: readonly FixedRow[], typed: readonly unknown[]): number[] {
  const places = fixed.map(({ values }) => typed.findIndex((row) => Object.entries(values).every(([key, value]) => (row as Record<string, unknown> | null)?.[key] === value)));
  return [...places, ...typed.flatMap((_, index) => (places.includes(index) ? [] : [index]))];
}

/** What was found at the place a row was sent in, said at the place where it now stands; nothing for a row that was not sent. */
const movedDefects = (defects: readonly Defect[], name: string, from: number, to: number): Defect[] => {
  const sent = `${name}.${from}.`;
  return defects.flatMap((one) => (one.field.startsWith(sent) ? [{ ...one, field: `${name}.${to}.${one.field.slice(sent.length)}` }] : []));
};

const bareTexts = (field: z.ZodType): boolean => {
  const { element } = fieldShape(field);
  return element !== null && fieldShape(element).shape === null;
};

/** A list of bare texts inside a row is a set of readings: three inputs side by side. */
function readings(view: FieldView, value: unknown): FieldView {
  if (view.control !== 'rows') return view;
  const given = Array.isArray(value) ? value : [];
  const blank = { hint: null, required: false, checked: false, options: [], rows: [], hidden: false, control: 'number', errors: [] };
  return { ...view, label: words('实测值', 'Readings'), control: 'readings', rows: [{ title: null, fields: Array.from({ length: READINGS }, (_, i) => ({ ...blank, label: String(i + 1), name: `${view.name}.${i}`, value: String(given[i] ?? '') })) }] };
}
