import type { Defect } from './errors.js';
import { words } from './text.js';

/** A proposed member of an acceptance or inspection team (验收小组, 检查组). */
export interface TeamMember {
  readonly person: string;
  readonly name: string;
  readonly department: string;
  /** The organisation the person belongs to, and the filing unit it lies in; null for a municipal one. */
  readonly unit: string | null;
  readonly leader: boolean;
  /** The person asked to be left out (回避) or was found to be involved. */
  readonly recused: boolean;
}

/** What the pack demands of a team (C-7.8). */
export interface TeamRules {
  readonly minimum: number;
  readonly odd: boolean;
  readonly minimumDepartments: number;
}

/** Everything that keeps this team from visiting this filing unit. Empty: the team may be formed. */
export function teamDefects(members: readonly TeamMember[], rules: TeamRules, unit: string): Defect[] {
  const defects: Defect[] = [];
  const demand = (holds: boolean, code: string, zh: string, en: string) => {
    if (!holds) defects.push({ field: 'members', code, sentence: words(zh, en) });
  };
  const count = members.length;
  const departments = new Set(members.map(({ department }) => department)).size;
  demand(count >= rules.minimum, 'too-few', `小组不少于 ${rules.minimum} 人，现为 ${count} 人。`, `A team has at least ${rules.minimum} members, not ${count}.`);
  demand(!rules.odd || count % 2 === 1, 'even', `小组人数应为单数，现为 ${count} 人。`, `A team has an odd number of members, not ${count}.`);
  demand(departments >= rules.minimumDepartments, 'too-few-departments', `成员应来自不少于 ${rules.minimumDepartments} 个部门，现为 ${departments} 个。`, `Members come from at least ${rules.minimumDepartments} departments, not ${departments}.`);
  demand(members.filter(({ leader }) => leader).length === 1, 'one-leader', '小组应有 1 名组长。', 'A team has exactly one leader.');
  demand(new Set(members.map(({ person }) => person)).size === count, 'twice', '同一人不能列两次。', 'Nobody is listed twice.');
  for (const member of members) {
    demand(member.unit !== unit, 'own-unit', `${member.name}属于被验收单位，应回避。`, `${member.name} belongs to the unit to be visited and must stand aside.`);
    demand(!member.recused, 'recused', `${member.name}已回避，请另选成员。`, `${member.name} has stood aside; choose somebody else.`);
  }
  return defects;
}
