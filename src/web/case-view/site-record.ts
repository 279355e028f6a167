import { formatArea, type Area } from '../../domain/area.js';
import type { Words } from '../../domain/text.js';
import { standardAreaOf, type PlatformTier } from '../../../workflows/policies/pack-rules.js';
import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import type { PlannedArea } from '../../reads/planned-areas.js';
import type { FieldView } from '../form-view.js';

/** One area of a record: three readings, and what they are held against. */
export interface MeasureView {
  title: Words | string;
  item: FieldView;
  /** Name of the readings together. */
  name: string;
  readings: FieldView[];
  errors: Words[];
  /** 0.01 m², for the script that shows the mean; null where annex 2 demands nothing. */
  least: Area | null;
  standard: string | null;
  planned: string | null;
}

/** One point of the checklist. */
export interface CheckView {
  title: Words | string;
  item: FieldView;
  result: FieldView;
  remark: FieldView;
}

/** The record of one platform, laid out for a phone: the same fields as the plain form, in the order of the work on site. */
export interface SiteRecordView {
  site: { key: string; name: string; className: string | null; population: number | null; placeCode: string };
  measures: MeasureView[];
  checks: CheckView[];
  checkErrors: Words[];
  /** Null in an acceptance: its team draws conclusions in the report. */
  findings: FieldView | null;
  rest: FieldView[];
}

interface Site {
  key: string;
  name: string;
  tier: PlatformTier;
  placeCode: string;
  className: string | null;
  population?: number | null;
}

/** Null for fields that record no platform. */
export function siteRecord(pack: PolicyPack, fields: readonly FieldView[], subject: Record<string, unknown> | null, planned: ReadonlyMap<string, PlannedArea>): SiteRecordView | null {
  const named = (name: string): FieldView | undefined => fields.find((field) => field.name === name);
  const [measures, checklist, findings] = [named('measures'), named('checklist'), named('findings')];
  if (subject === null || measures === undefined || checklist === undefined) return null;
  const site = subject as unknown as Site;
  const plan = planned.get(`${site.tier}:${site.placeCode}`);
  return {
    site: { key: site.key, name: site.name, className: site.className, population: site.population ?? null, placeCode: site.placeCode },
    measures: measures.rows.map((row): MeasureView => {
      const [item, readings] = row.fields as [FieldView, FieldView];
      const least = standardAreaOf(pack, site.tier, item.value, site.population ?? null);
      const area = item.value === 'archiveArea' ? plan?.archiveArea : plan?.area;
      return {
        title: row.title ?? '', item, name: readings.name, readings: readings.rows[0]?.fields ?? [], errors: [...readings.errors, ...(readings.rows[0]?.fields ?? []).flatMap((one) => one.errors)], least,
        standard: least === null ? null : formatArea(least), planned: area == null ? null : formatArea(area),
      };
    }),
    checks: checklist.rows.map((row): CheckView => {
      const [item, result, remark] = row.fields as [FieldView, FieldView, FieldView];
      return { title: row.title ?? '', item, result, remark };
    }),
    checkErrors: checklist.errors, findings: findings ?? null, rest: fields.filter((field) => field !== measures && field !== checklist && field !== findings),
  };
}
