import type { PlanStanding, ProjectStanding } from '../../domain/plan-standing.js';
import type { Words } from '../../domain/text.js';
import type { FieldView, RowView } from '../form-view.js';
import { leastWords, standingWords, type StandingWords } from './standing-words.js';

/** One project as a line of its table: its areas side by side, everything else behind it. */
export interface ProjectLine {
  index: number;
  name: string;
  population: number | null;
  className: string | null;
  least: Words | null;
  areas: (FieldView & { wrong: boolean })[];
  /** The gross area by which a row without a usable area is judged; empty where there is one. */
  gross: string;
  /** What stands behind the line; null in a long list, where only one line at a time is open and the rest is carried along unseen. */
  rest: FieldView[] | null;
  carried: { name: string; value: string }[];
  standing: StandingWords;
  /** Labels of what has to be filled in behind the line. */
  missing: (Words | string)[];
  open: boolean;
}

export interface PremisesView {
  hall: PlanStanding['hall'];
  townships: number;
  filled: number;
  unlisted: PlanStanding['unlisted'];
  tiers: { tier: string; lines: ProjectLine[]; columns: (Words | string)[]; classes: boolean; sample: boolean }[];
  /** Blank rows at the end, for a place typed by its code. */
  blank: RowView[];
  /** The other fields of the section. */
  others: FieldView[];
  long: boolean;
}

const tierOrder = ['hall', 'center', 'station'];
const areaFields: Readonly<Record<string, readonly string[]>> = { hall: ['grossArea'], center: ['usableArea', 'archiveArea'], station: ['usableArea'] };
/** A longer list shows one row's details at a time: a page of two hundred open forms would be slow to load and to save. */
const LONG = 40;

/** The section 场所设施 as tables by tier. `fields` are its generated fields, `standing` says how each row stands, `opened` is the row asked for. */
export function premisesView(fields: readonly FieldView[], standing: PlanStanding, opened: number | null): PremisesView {
  const projects = fields.find((one) => one.name === 'projects');
  const rows = projects?.rows ?? [];
  const long = standing.projects.length > LONG;
  const lines = standing.projects.map((one) => ({ tier: one.tier, line: lineOf(one, rows[one.index]!.fields, long, opened) }));
  return {
    hall: standing.hall, townships: standing.townships, unlisted: standing.unlisted, long, others: fields.filter((one) => one !== projects),
    filled: standing.projects.filter(({ tier, verdicts }) => tier === 'center' && verdicts.some(({ unit, actual }) => unit === 'area' && actual !== null)).length,
    blank: rows.slice(standing.projects.length),
    tiers: [...tierOrder, ...new Set(standing.projects.map(({ tier }) => tier).filter((tier) => !tierOrder.includes(tier)))].map((tier) => {
      const own = lines.filter((one) => one.tier === tier).map(({ line }) => line);
      return { tier, sample: standing.projects.some((one) => one.tier === tier && one.sample), lines: own, columns: own[0]?.areas.map(({ label }) => label) ?? [], classes: tier === 'center' };
    }).filter((one) => one.lines.length > 0),
  };
}

function lineOf(one: ProjectStanding, fields: readonly FieldView[], long: boolean, opened: number | null): ProjectLine {
  const wanted = areaFields[one.tier] ?? ['grossArea'];
  const keyOf = ({ name }: FieldView): string => name.split('.').at(-1)!;
  // Tier and code say what the row is about: they are asked for again only where they are wrong.
  const fixed = (field: FieldView): boolean => ['tier', 'placeCode'].includes(keyOf(field)) && field.errors.length === 0 && field.value !== '';
  const standing = standingWords(one);
  const areas = wanted.flatMap((key) => fields.filter((field) => keyOf(field) === key)).map((field) => ({ ...field, wrong: standing.wrong.includes(keyOf(field)) }));
  const others = fields.filter((field) => !fixed(field) && !wanted.includes(keyOf(field)));
  const open = opened === one.index || others.some((field) => ['tier', 'placeCode'].includes(keyOf(field)));
  const kept = long && !open ? [...fields.filter(fixed), ...others] : fields.filter(fixed);
  return {
    index: one.index, name: one.place ?? (one.name || one.placeCode), population: one.population, className: one.className, least: one.required === null ? null : leastWords(one.required),
    areas, gross: fields.find((field) => keyOf(field) === 'usableArea')?.value === '' ? (fields.find((field) => keyOf(field) === 'grossArea')?.value ?? '') : '', rest: long && !open ? null : others, standing, open, carried: kept.flatMap(carriedField),
    missing: others.filter((field) => field.errors.length > 0).map(({ label }) => label),
  };
}

function carriedField(field: FieldView): { name: string; value: string }[] {
  if (field.control === 'checkbox') return field.checked ? [{ name: field.name, value: 'on' }] : [];
  const chosen = field.options.find((one) => one.selected)?.value ?? field.value;
  return chosen === '' ? [] : [{ name: field.name, value: chosen }];
}

/** What the autosave answers about every row, by its number; an input that is too small is named. */
export function standingAnswers(standing: PlanStanding, language: 'zh' | 'en'): Record<number, { tone: string; text: string; wrong: string[] }> {
  return Object.fromEntries(standing.projects.map((one) => {
    const { tone, words, wrong } = standingWords(one);
    return [one.index, { tone, text: words[language], wrong: wrong.map((name) => `projects.${one.index}.${name}`) }];
  }));
}
