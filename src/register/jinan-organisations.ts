import { words, type Words } from '../domain/text.js';
import type { FilingUnit } from './jinan-records.js';

/** An organisation of the demonstration city. Bodies are real by kind, their posts and people are invented. */
export interface OrganisationRecord {
  /** `lixia.hrss`, `lixia.consent`, `lixia.finance` …; `office`, `leaders`, `city.finance` … for municipal ones. */
  readonly key: string;
  readonly name: Words;
  readonly kind: 'hrss' | 'consent' | 'cosign' | 'office' | 'leaders' | 'department' | 'archive' | 'audit' | 'operations';
  /** The department it is, as the pack's team and score sheet name departments; null for governments and the group. */
  readonly department: string | null;
  /** Code of the filing unit it lies in; null for a municipal organisation. */
  readonly unit: string | null;
}

interface DepartmentName {
  readonly id: string;
  readonly district: Words;
  readonly zone: Words;
}

/** The departments that co-sign a plan (会签) in a district, and their counterparts in a functional zone. */
const coSigning: readonly DepartmentName[] = [
  { id: 'finance', district: words('财政局', 'Finance Bureau'), zone: words('财政金融部', 'Finance Department') },
  { id: 'staffing', district: words('委编办', 'Staffing Office'), zone: words('组织人事部', 'Personnel Department') },
  { id: 'development', district: words('发展和改革局', 'Development and Reform Bureau'), zone: words('发展改革部', 'Development Department') },
  { id: 'civilAffairs', district: words('民政局', 'Civil Affairs Bureau'), zone: words('社会事务部', 'Social Affairs Department') },
];

/** Municipal organisations: the leading group with its office, the departments of its members, archive and audit. */
const municipal: readonly OrganisationRecord[] = [
  city('leaders', '市基层公共服务平台建设领导小组', 'Municipal Leading Group', 'leaders', null),
  city('office', '市基层公共服务平台建设领导小组办公室', 'Office of the Leading Group', 'office', null),
  city('city.hrss', '市人社局', 'Municipal HRSS Bureau', 'department', 'hrss'),
  city('city.finance', '市财政局', 'Municipal Finance Bureau', 'department', 'finance'),
  city('city.planning', '市自然资源和规划局', 'Municipal Natural Resources and Planning Bureau', 'department', 'planning'),
  city('city.civilAffairs', '市民政局', 'Municipal Civil Affairs Bureau', 'department', 'civilAffairs'),
  city('city.development', '市发展改革委', 'Municipal Development and Reform Commission', 'department', 'development'),
  city('city.archive', '市人社局档案室', 'Archive of the Municipal HRSS Bureau', 'archive', null),
  city('city.audit', '市审计局', 'Municipal Audit Bureau', 'audit', null),
  city('city.operations', '市人社信息中心', 'Municipal HRSS Information Centre', 'operations', null),
];

/** All organisations of a year: municipal ones first, then unit by unit in the order of divisions. */
export function organisationsOf(units: readonly FilingUnit[]): OrganisationRecord[] {
  return [...municipal, ...units.flatMap(unitOrganisations)];
}

function unitOrganisations(unit: FilingUnit): OrganisationRecord[] {
  const { key, name, english, kind, code } = unit;
  const consent = kind === 'zone' ? words('管委会', 'Management Committee') : words('人民政府', "People's Government");
  const within = (part: string, title: Words, orgKind: OrganisationRecord['kind'], department: string | null): OrganisationRecord => ({
    key: `${key}.${part}`, name: words(`${name}${title.zh}`, `${english} ${title.en}`), kind: orgKind, department, unit: code,
  });
  return [
    within('hrss', words('人力资源和社会保障局', 'HRSS Bureau'), 'hrss', 'hrss'),
    within('consent', consent, 'consent', null),
    ...coSigning.map(({ id, district, zone }) => within(id, kind === 'zone' ? zone : district, 'cosign', id)),
  ];
}

function city(key: string, zh: string, en: string, kind: OrganisationRecord['kind'], department: string | null): OrganisationRecord {
  return { key, name: words(zh, en), kind, department, unit: null };
}
