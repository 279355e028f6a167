import { words, type Words } from '../domain/text.js';
import { inventedName } from './invented-names.js';
import type { FilingUnit } from './jinan-records.js';

/** An invented person in a post of the demonstration city. Several may hold posts of the same role. */
export interface DemonstrationPerson {
  /** `lixia.clerk`; also the key of the post. */
  readonly login: string;
  readonly name: string;
  readonly role: string;
  /** Key of the organisation, as `organisationsOf` lists them. */
  readonly organisation: string;
  readonly post: Words;
  /** Department of a team member or co-signer, as the pack names departments. */
  readonly department: string | null;
  /** Code of the filing unit; null for municipal posts. */
  readonly unit: string | null;
}

type Post = readonly [login: string, role: string, organisation: string, zh: string, en: string, department?: string];

/** Posts in every filing unit. Logins and organisations get the unit's key in front. */
const unitPosts: readonly Post[] = [
  ['clerk', 'unit.clerk', 'hrss', '人社局经办', 'Clerk, HRSS Bureau'],
  ['clerk2', 'unit.clerk', 'hrss', '人社局经办（二）', 'Second clerk, HRSS Bureau'],
  ['reviewer', 'unit.reviewer', 'hrss', '人社局科长', 'Section head, HRSS Bureau'],
  ['head', 'unit.head', 'hrss', '人社局局长', 'Director, HRSS Bureau'],
  ['registrar', 'unit.registrar', 'hrss', '人社局线下登记', 'Registrar of paper acts, HRSS Bureau'],
  ['comparer', 'unit.comparer', 'hrss', '人社局线下核对', 'Comparer of paper acts, HRSS Bureau'],
  ['consent', 'consent.officer', 'consent', '办公室', 'Office'],
  ['finance', 'cosign.officer', 'finance', '财政会签', 'Co-signer, finance', 'finance'],
  ['staffing', 'cosign.officer', 'staffing', '编办会签', 'Co-signer, staffing', 'staffing'],
  ['development', 'cosign.officer', 'development', '发改会签', 'Co-signer, development', 'development'],
  ['civil', 'cosign.officer', 'civilAffairs', '民政会签', 'Co-signer, civil affairs', 'civilAffairs'],
];

const cityPosts: readonly Post[] = [
  ['leader.head', 'leader', 'leaders', '领导小组组长', 'Head of the Leading Group'],
  ['leader.deputy1', 'leader', 'leaders', '领导小组副组长', 'Deputy head of the Leading Group'],
  ['leader.deputy2', 'leader', 'leaders', '领导小组副组长（二）', 'Second deputy head of the Leading Group'],
  ['office.clerk', 'office.clerk', 'office', '领导小组办公室经办', 'Clerk, Office of the Leading Group'],
  ['office.clerk2', 'office.clerk', 'office', '领导小组办公室经办（二）', 'Second clerk, Office of the Leading Group'],
  ['office.registrar', 'office.registrar', 'office', '领导小组办公室收文', 'Registrar, Office of the Leading Group'],
  ['office.director', 'office.director', 'office', '领导小组办公室主任', 'Director, Office of the Leading Group'],
  ['inspector.1', 'inspector', 'city.hrss', '市人社局检查员', 'Inspector, HRSS', 'hrss'],
  ['inspector.2', 'inspector', 'city.finance', '市财政局检查员', 'Inspector, finance', 'finance'],
  ['inspector.3', 'inspector', 'city.planning', '市自然资源和规划局检查员', 'Inspector, planning', 'planning'],
  ['inspector.4', 'inspector', 'city.civilAffairs', '市民政局检查员', 'Inspector, civil affairs', 'civilAffairs'],
  ['team.hrss', 'team.member', 'city.hrss', '验收小组（人社）', 'Acceptance team, HRSS', 'hrss'],
  ['team.hrss2', 'team.member', 'city.hrss', '验收小组（人社二）', 'Acceptance team, HRSS, second', 'hrss'],
  ['team.finance', 'team.member', 'city.finance', '验收小组（财政）', 'Acceptance team, finance', 'finance'],
  ['team.planning', 'team.member', 'city.planning', '验收小组（规划）', 'Acceptance team, planning', 'planning'],
  ['team.civil', 'team.member', 'city.civilAffairs', '验收小组（民政）', 'Acceptance team, civil affairs', 'civilAffairs'],
  ['team.development', 'team.member', 'city.development', '验收小组（发改）', 'Acceptance team, development', 'development'],
  ['archivist', 'archivist', 'city.archive', '档案员', 'Archivist'],
  ['auditor', 'auditor', 'city.audit', '审计员', 'Auditor'],
  ['admin', 'admin', 'city.operations', '系统管理员', 'Administrator'],
];

/** Everybody of the demonstration city: municipal posts first, then eleven posts in each filing unit, names invented. */
export function demonstrationPeople(units: readonly FilingUnit[]): DemonstrationPerson[] {
  const municipal = cityPosts.map(([login, role, organisation, zh, en, department], index) => ({
    login, role, organisation, post: words(zh, en), department: department ?? null, unit: null, name: inventedName(index),
  }));
  const district = units.flatMap((unit) => {
    const first = cityPosts.length + (unit.order - 1) * unitPosts.length;
    return unitPosts.map(([login, role, organisation, zh, en, department], index) => ({
      login: `${unit.key}.${login}`,
      role,
      organisation: `${unit.key}.${organisation}`,
      post: postOf(unit, role, zh, en),
      department: department ?? null,
      unit: unit.code,
      name: inventedName(first + index),
    }));
  });
  return [...municipal, ...district];
}

/** The office behind a consent organ is named after it: 历下区政府办, 济南高新区管委会办公室. */
function postOf(unit: FilingUnit, role: string, zh: string, en: string): Words {
  if (role !== 'consent.officer') return words(`${unit.name}${zh}`, `${en}, ${unit.english}`);
  return unit.kind === 'zone'
    ? words(`${unit.name}管委会办公室`, `Committee Office, ${unit.english}`)
    : words(`${unit.name}政府办`, `Government Office, ${unit.english}`);
}
