import { readJinan } from '../../../../src/register/jinan-files.js';
import { placesOf } from '../../../../src/content/workbook/prefilled-places.js';
import type { PlanWorkbookRegister, TypedSections } from '../../../../src/content/workbook/workbook-register.js';
import { policyPack } from '../../../../workflows/policies/pack-registry.js';

const jinan = readJinan(process.cwd(), 2026);
export const pack = policyPack('jinan-2011-61').pack;
export const unitCodes = jinan.units.map(({ code }) => code);
export const writtenAt = new Date('2026-08-17T01:00:00Z');

/** What the database would say of a unit, from the same files it is filled with. */
export function registerOf(code: string): PlanWorkbookRegister {
  const unit = jinan.units.find((one) => one.code === code)!;
  const ownerOf = new Map(jinan.townships.map((one) => [one.code, one.unit]));
  const nameOf = new Map(jinan.units.map((one) => [one.code, one.name]));
  const foreign = [
    ...jinan.units.map((one) => [one.code, one.code] as const), ...jinan.townships.map((one) => [one.code, one.unit] as const),
    ...jinan.villages.map((one) => [one.code, ownerOf.get(one.township)!] as const),
  ].filter(([, owner]) => owner !== code);
  return {
    caseId: '01990000-0000-7000-8000-000000000001', caseNumber: `JCPT-2026-${code}-01`, year: 2026, unit: { code, name: unit.name }, pack,
    townships: new Map(jinan.townships.filter((one) => one.unit === code).map(({ code: id, name, population }) => [id, { name, population }])),
    villages: new Map(jinan.villages.filter(({ township }) => ownerOf.get(township) === code).map(({ code: id, name, township }) => [id, { name, township }])),
    elsewhere: new Map(foreign.map(([place, owner]) => [place, nameOf.get(owner)!])), revisions: { premises: 3, funds: 1 },
  };
}

/** A plan for every place of a unit: hall, centres, stations, in sizes that differ from row to row. */
export function fullPlan(register: PlanWorkbookRegister): TypedSections {
  const projects = placesOf(register).map(({ tier, placeCode, name }, index) => ({
    tier, placeCode, name, kind: (['new', 'continued', 'carried'] as const)[index % 3], type: (['new', 'renovateExpand', 'relocateRebuild', 'existingCompliant'] as const)[index % 4],
    grossArea: `${50 + index}.${index % 10}5`, archiveIncluded: index % 2 === 0, receptionRoom: true, staffOffice: index % 3 === 0, streetFront: false, groundFloor: true,
    plannedFinish: `2026-1${index % 3}-0${1 + (index % 9)}`, money: `${index}.000001`, ...(index % 5 === 0 ? { justification: `分两期建设，第一期${index}平方米。\n第二期见批复。` } : {}),
    ...(tier === 'center' ? { usableArea: '200', archiveArea: '30' } : {}),
  }));
  const line = (category: string, total: string) => ({ category, city: '0', district: total, township: '0', total });
  return {
    basics: { planType: 'construction' },
    premises: { projects, spatialPlan: '城乡统筹发展规划' },
    funds: { lines: [line('personnelFund', '120.5'), line('operatingFund', '36'), line('constructionFund', '99000.999999')], total: '99157.499999', specialAccount: '专账' },
    schedule: { phases: [{ name: '动员部署', from: '2026-09-01', to: '2026-09-30', task: '成立机构' }, { name: '组织实施', from: '2026-10-01', to: '2027-06-30' }] },
  };
}

/** The part of a plan a workbook carries. */
export function carriedBy(plan: TypedSections): Record<string, unknown> {
  const { premises, funds, schedule } = plan as Record<string, Record<string, unknown> | undefined>;
  return {
    ...(premises ? { premises: { projects: premises.projects } } : {}), ...(funds ? { funds: { lines: funds.lines, total: funds.total } } : {}),
    ...(schedule ? { schedule: { phases: schedule.phases } } : {}),
  };
}
