import type { z } from 'zod';
import { formatArea } from '../../domain/area.js';
import { grouped } from '../../domain/decimal-text.js';
import { formatMoney } from '../../domain/money.js';
import type { Language, Words } from '../../domain/text.js';
import { fieldShape, type FieldShape } from '../form-schema.js';
import type { SectionForm } from '../services.js';

/** A section as it is read: answers one by one, and tables. */
export interface SectionView {
  name: string;
  words: Words;
  entries: { label: Words | string; text: string }[];
  tables: { label: Words | string; columns: (Words | string)[]; rows: string[][] }[];
}

/** Frozen content, or live sections as typed. */
export interface ContentBody {
  /** What could be read: areas in 0.01 m², money in 分, scores in tenths. */
  sections: Readonly<Record<string, unknown>>;
  /** What is shown as it was typed. */
  drafts: Readonly<Record<string, unknown>>;
}

/** The sections of a body in the order of the forms; what the forms do not know is not shown. */
export function contentView(forms: readonly SectionForm[], body: ContentBody, language: Language): SectionView[] {
  return forms.flatMap((form) => {
    const value = body.sections[form.name] ?? body.drafts[form.name];
    if (value === undefined) return [];
    const view: SectionView = { name: form.name, words: form.words, entries: [], tables: [] };
    collect(form.schema, value, view, language);
    return [view];
  });
}

function collect(schema: z.ZodType, value: unknown, view: SectionView, language: Language): void {
  const { shape } = fieldShape(schema);
  if (shape === null || typeof value !== 'object' || value === null) return;
  for (const [name, field] of Object.entries(shape)) {
    const given = (value as Record<string, unknown>)[name];
    const { meta, kind, element, shape: inner } = fieldShape(field);
    const label = meta.label ?? name;
    const columns = element === null ? null : fieldShape(element).shape;
    if (given === undefined || given === null || given === '') continue;
    if (columns !== null && Array.isArray(given)) {
      view.tables.push({
        label, columns: Object.entries(columns).map(([key, column]) => fieldShape(column).meta.label ?? key),
        rows: given.map((row: Record<string, unknown>) => Object.entries(columns).map(([key, column]) => answer(fieldShape(column), row[key], language))),
      });
    } else if (kind === 'object' && inner !== null) {
      const nested: SectionView = { name, words: view.words, entries: [], tables: [] };
      collect(field, given, nested, language);
      const prefix = typeof label === 'string' ? label : label[language];
      const named = (own: Words | string): string => (typeof own === 'string' ? own : own[language]);
      view.entries.push(...nested.entries.map((one) => ({ ...one, label: named(one.label) === prefix ? prefix : `${prefix} · ${named(one.label)}` })));
    } else view.entries.push({ label, text: answer(fieldShape(field), given, language) });
  }
}

/** An answer as text: the words of an option, a tick, a quantity in the unit its label names, or what was typed. */
function answer({ meta }: FieldShape, value: unknown, language: Language): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? '✓' : '—';
  if (typeof value === 'number') return quantity(`${meta.label?.zh ?? ''} ${meta.hint?.zh ?? ''}`, value);
  const named = (one: unknown): string => meta.options?.find((option) => option.value === one)?.words[language] ?? (typeof one === 'object' ? JSON.stringify(one) : String(one));
  return Array.isArray(value) ? value.map(named).join(language === 'en' ? ', ' : '、') : named(value);
}

function quantity(named: string, value: number): string {
  if (named.includes('m²')) return formatArea(value);
  if (named.includes('万元')) return formatMoney(value);
  return named.includes('分') ? (value / 10).toFixed(1) : grouped(value);
}
