import type { FactsOf } from '../../documents/document-kinds.js';
import type { DocumentNumber } from '../../domain/document-number.js';
import type { FrozenContent } from '../../content/freeze.js';
import type { PlanContent, PlanProject } from '../../../workflows/forms/plan-sections.js';
import type { PlanContext } from '../../../workflows/plan-rules.v1.js';
import { documentKindOf, filerOf } from '../../../workflows/policies/pack-rules.js';
import type { Dossier } from '../dossier.js';
import { bureauName } from './organs.js';
import { recorded } from './recorded.js';

export const planOf = (dossier: Dossier): PlanContext => dossier.context as unknown as PlanContext;

/** The frozen text a paper speaks of. @throws DocumentRefusal facts-incomplete when nothing was frozen */
export const frozenOf = (dossier: Dossier): FrozenContent => recorded(dossier.content, '方案内容') as unknown as FrozenContent;

export const planSections = (dossier: Dossier): PlanContent => frozenOf(dossier).sections as PlanContent;

/** Projects the plan builds; what was moved out of it is none of its own any more. */
export const projectsOf = (content: PlanContent): PlanProject[] => (content.premises?.projects ?? []).filter((one) => one.kind !== 'moved-out');

/** The organ whose paper carries the plan, by the pack: 区政府 or 管委会, its office, or the HRSS bureau; and 文种 with it. */
export function filingOrgan(dossier: Dossier): { name: string; direction: 'report' | 'letter' } {
  const { filer, direction } = filerOf(dossier.pack, planOf(dossier).unitKind);
  const consent = recorded(dossier.organisations.consent, '报送机关');
  return { direction, name: filer === 'bureau' ? bureauName(dossier) : filer === 'government' ? consent : `${consent}办公室` };
}

/** 方案名称, the same on every paper that names it. */
export const planTitle = ({ unit, year }: Pick<Dossier, 'unit' | 'year'>): string => `${unit.name}${year}年度人力资源和社会保障基层公共服务平台建设实施方案`;

/** 收文号 in parts; its series runs by programme year. */
export function incomingNumber(dossier: Dossier): DocumentNumber {
  const { number } = recorded(planOf(dossier).incoming, '收文登记');
  return { issuerCode: recorded(documentKindOf(dossier.pack, 'incomingReceipt').issuerCode, '收文代字'), year: dossier.year, sequence: number };
}

/** 本级政府同意 as given for the version at hand (C-7.6). */
export function consentOf(dossier: Dossier): FactsOf<'filingReceipt'>['consent'] {
  const consent = recorded(planOf(dossier).consent, '本级政府同意');
  const kind = dossier.pack.consent.kinds.value.find((one) => one.id === consent.kind)?.name.zh ?? consent.kind;
  return { organ: recorded(dossier.organisations.consent, '同意机关'), kind, number: consent.number === '' ? null : consent.number, date: consent.date };
}
