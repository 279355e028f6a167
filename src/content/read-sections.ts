import { words, type Words } from '../domain/text.js';
import type { Defect } from '../domain/errors.js';
import { defectOf } from '../../workflows/forms/command-form.js';
import { requiredSections, sectionForms } from '../../workflows/forms/section-forms.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';

/** One thing that keeps a section from being complete, pinned to a field of it. */
export interface SectionDefect extends Defect {
  readonly section: string;
}

/** How a section stands: 未填, 缺 n 项, 有 n 处不符, 完成. */
export interface SectionState {
  readonly name: string;
  readonly status: 'empty' | 'incomplete' | 'wrong' | 'complete';
  readonly words: Words;
  readonly defects: readonly SectionDefect[];
}

export interface ReadContent {
  /** Sections that could be read, with figures as integers and days as days. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly states: readonly SectionState[];
  readonly defects: readonly SectionDefect[];
  /** 0–100 over the sections this case needs. */
  readonly completeness: number;
}

type Bodies = Readonly<Record<string, Record<string, unknown>>>;

/** Reads what was typed into the sections. `more` adds what only the register can tell: a foreign township, a hall below standard. */
export function readSections(
  workflow: string, pack: PolicyPack, bodies: Bodies, more: (values: Readonly<Record<string, unknown>>) => readonly SectionDefect[] = () => [],
): ReadContent {
  const required = requiredSections(workflow, bodies);
  const forms = sectionForms(workflow, pack).filter((form) => required.includes(form.name));
  const values: Record<string, unknown> = {};
  const shapes = forms.map((form) => {
    const body = bodies[form.name] ?? {};
    const parsed = form.schema.safeParse(body);
    if (parsed.success) values[form.name] = parsed.data;
    const defects = parsed.success ? [] : parsed.error.issues.map((issue): SectionDefect => ({
      ...defectOf(issue), code: isBlank(valueAt(body, issue.path)) ? 'missing' : 'wrong', section: form.name,
    }));
    return { form, body, defects };
  });
  // One sentence for a field: what cannot be read is not also held against the standard.
  const found = more(values).filter((one) => !shapes.some(({ form, defects }) => form.name === one.section && defects.some(({ field }) => field === one.field)));
  const states = shapes.map(({ form, body, defects }) => stateOf(form.name, body, [...defects, ...found.filter((one) => one.section === form.name)]));
  const shares = shapes.map(({ form }, index) => shareOf(Object.keys(form.schema.shape).length, states[index]!));
  return { values, states, defects: states.flatMap((one) => one.defects), completeness: Math.floor((shares.reduce((sum, one) => sum + one, 0) * 100) / Math.max(1, shares.length)) };
}

function stateOf(name: string, body: Record<string, unknown>, defects: readonly SectionDefect[]): SectionState {
  if (defects.length === 0) return { name, status: 'complete', words: words('完成', 'Complete'), defects };
  if (Object.values(body).every(isBlank)) return { name, status: 'empty', words: words('未填', 'Not begun'), defects };
  const wrong = defects.filter((one) => one.code !== 'missing').length;
  if (wrong > 0) return { name, status: 'wrong', words: words(`有 ${wrong} 处不符`, `${wrong} to correct`), defects };
  return { name, status: 'incomplete', words: words(`缺 ${defects.length} 项`, `${defects.length} missing`), defects };
}

/** The share of a section's own entries that need nothing more; one not begun has none. */
function shareOf(entries: number, { status, defects }: SectionState): number {
  if (status === 'empty') return 0;
  return Math.max(0, entries - new Set(defects.map((one) => one.field.split('.')[0])).size) / Math.max(1, entries);
}

const valueAt = (body: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined), body);

function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.length === 0;
}
