import type { PlanWorkbookRegister } from './workbook-register.js';

/** The version of the layout: raised when columns change their meaning, so that an old workbook is refused instead of misread. */
export const workbookVersion = 1;

export const workbookSheetIds = ['projects', 'funds', 'phases'] as const;
export type WorkbookSheetId = (typeof workbookSheetIds)[number];

/** What the first cell of a sheet's hidden head row says: survives renamed sheets, renamed heads and moved columns. */
export interface WorkbookIdentity {
  readonly version: number;
  readonly sheet: string;
  readonly caseId: string;
  readonly unit: string;
  readonly year: number;
  /** Revisions of the live sections the workbook was written from. */
  readonly revisions: Readonly<Record<string, number>>;
}

const prefix = 'yanshou-plan';
const shape = /^yanshou-plan\/(\d{1,4});sheet=(\w{1,20});case=([0-9a-f-]{36});unit=(\d{6});year=(\d{4});revisions=([\w:,]{0,400})$/;

/** The identity as it stands in the cell. */
export function identityText(sheet: WorkbookSheetId, { caseId, unit, year, revisions }: PlanWorkbookRegister): string {
  const pairs = Object.entries(revisions).map(([name, revision]) => `${name}:${revision}`);
  return `${prefix}/${workbookVersion};sheet=${sheet};case=${caseId};unit=${unit.code};year=${year};revisions=${pairs.join(',')}`;
}

/** Reads it back; null for any other text. */
export function parseIdentity(text: string): WorkbookIdentity | null {
  const parts = shape.exec(text.trim());
  if (parts === null) return null;
  const [, version, sheet, caseId, unit, year, pairs] = parts as unknown as [string, string, string, string, string, string, string];
  const revisions = pairs.split(',').flatMap((pair): [string, number][] => {
    const [name, revision] = pair.split(':');
    return name && /^\d{1,9}$/.test(revision ?? '') ? [[name, Number(revision)]] : [];
  });
  return { version: Number(version), sheet, caseId, unit, year: Number(year), revisions: Object.fromEntries(revisions) };
}

/** What the hidden first column says about a row. */
export const rowMarks = { heads: 'heads', plan: 'plan', prefilled: 'prefilled' } as const;
