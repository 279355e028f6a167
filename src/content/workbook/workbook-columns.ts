import type { z } from 'zod';
import { words, type Words } from '../../domain/text.js';
import type { FieldMeta, Option } from '../../../workflows/forms/fields.js';
import { fundCategories, planSchemas, projectKinds, projectTypes, tiers } from '../../../workflows/forms/plan-sections.js';
import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import type { WorkbookSheetId } from './workbook-identity.js';

export type ColumnKind = 'text' | 'area' | 'money' | 'date' | 'choice' | 'flag';

export interface WorkbookColumn {
  /** The field of the section; stands in the hidden head row. */
  readonly id: string;
  /** The head with its unit. */
  readonly head: Words;
  readonly kind: ColumnKind;
  readonly options: readonly Option[];
  /** Says what the row is about: a row with anything in it needs this too. */
  readonly key: boolean;
  readonly schema: z.ZodType;
}

export interface WorkbookSheet {
  readonly id: WorkbookSheetId;
  readonly name: Words;
  readonly section: 'premises' | 'funds' | 'schedule';
  /** The list of the section the rows are. */
  readonly list: 'projects' | 'lines' | 'phases';
  readonly columns: readonly WorkbookColumn[];
  /** Rows a clerk can fill; more are refused in one sentence. */
  readonly mostRows: number;
}

/** The line of the budget that carries the grand total. */
export const grandTotal = words('总计', 'Grand total');

const choices: Readonly<Record<string, readonly Option[]>> = {
  tier: tiers, kind: projectKinds, type: projectTypes, category: [...fundCategories, { value: 'grandTotal', words: grandTotal }],
};
const areas = new Set(['grossArea', 'usableArea', 'archiveArea']);
const money = new Set(['money', 'city', 'district', 'township', 'total']);
const keys = new Set(['tier', 'placeCode', 'category', 'name']);

/** Whether a field of a plan is an area (0.01 m²) or money (分) once read. */
export const quantityOf = (field: string): 'area' | 'money' | null => (areas.has(field) ? 'area' : money.has(field) ? 'money' : null);

function kindOf(id: string, { control }: FieldMeta): ColumnKind {
  if (id in choices) return 'choice';
  if (control === 'checkbox') return 'flag';
  return control === 'date' ? 'date' : (quantityOf(id) ?? 'text');
}

function columnOf(id: string, schema: z.ZodType): WorkbookColumn {
  const meta = schema.meta() as unknown as FieldMeta;
  const kind = kindOf(id, meta);
  const unit = unitOf(kind, meta.label);
  const head = words(`${meta.label.zh}${unit.zh}`, `${meta.label.en}${unit.en}`);
  return { id, head, kind, options: choices[id] ?? [], key: keys.has(id), schema };
}

function unitOf(kind: ColumnKind, label: Words): Words {
  if (kind === 'money' && !label.zh.includes('万元')) return words('（万元）', ' (×10,000 yuan)');
  if (kind === 'date') return words('（如 2026-09-08）', ' (as 2026-09-08)');
  if (kind === 'flag') return words('（是/否）', ' (是 yes/否 no)');
  return words('', '');
}

const columnsOf = (shape: Readonly<Record<string, z.ZodType>>): WorkbookColumn[] => Object.entries(shape).map(([id, schema]) => columnOf(id, schema));

/** The sheets a clerk fills in, made from the forms of the sections: labels, choices and limits stand there and nowhere else. */
export function workbookSheets(pack: PolicyPack): readonly WorkbookSheet[] {
  const { premises, funds, schedule } = planSchemas(pack);
  const mostRows = pack.limits.siteRows.value;
  return [
    { id: 'projects', name: words('建设项目', 'Projects'), section: 'premises', list: 'projects', mostRows, columns: columnsOf(premises.shape.projects.element.shape) },
    { id: 'funds', name: words('经费预算', 'Budget'), section: 'funds', list: 'lines', mostRows, columns: columnsOf(funds.shape.lines.element.shape) },
    { id: 'phases', name: words('实施步骤', 'Phases'), section: 'schedule', list: 'phases', mostRows, columns: columnsOf(schedule.shape.phases.element.shape) },
  ];
}
