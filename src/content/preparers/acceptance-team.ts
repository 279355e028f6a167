import type { Defect } from '../../domain/errors.js';
import { scoringDuties, type Scorer } from '../../domain/scoring.js';
import { teamDefects, type TeamMember } from '../../domain/team.js';
import { localDay } from '../../domain/local-day.js';
import { words } from '../../domain/text.js';
import { scoreSheetOf, teamRulesOf } from '../../../workflows/policies/pack-rules.js';
import type { PolicyPack } from '../../../workflows/policies/policy-pack.js';
import { demandNone, sound, type Preparation, type Preparer } from '../preparation.js';
import { asTeam, postedMembers, type PostedMember } from './team-posts.js';

/** Members with the items each answers for: by department, the leader for what no department answers. */
export function withItems(members: readonly PostedMember[], pack: PolicyPack): PostedMember[] {
  const duties = scoringDuties(scoreSheetOf(pack), members.map((one): Scorer => ({ id: one.post, department: one.department, leader: one.leader })), 'byItem');
  return members.map((one) => ({ ...one, items: Object.entries(duties).filter(([, who]) => who.includes(one.post)).map(([item]) => item) }));
}

const onTeam = (defects: readonly Defect[]): Defect[] => defects.map((one) => ({ ...one, field: 'team' }));

/** 组成验收小组: at least three, odd, from different departments, one leader, nobody of the unit (C-7.8). */
export const formTeam: Preparer = async (p) => {
  const wanted = p.fields.team as { post: string; leader: boolean }[];
  const members = await postedMembers(p.trx, { city: p.caseRow.city, now: p.now, field: 'team', role: 'team.member' }, wanted);
  demandNone(onTeam(teamDefects(asTeam(members), teamRulesOf(p.pack), p.caseRow.unit)));
  return sound({ team: withItems(members, p.pack) });
};

/** 更换成员: the team with the new member is judged like a new one, and after the visit who joins must have seen its platforms. */
export const replaceMember: Preparer = async (p) => {
  const members = p.context.members as PostedMember[];
  const leaves = members.find((one) => one.post === p.fields.leaves);
  if (leaves === undefined) {
    demandNone([{ field: 'leaves', code: 'not-a-member', sentence: words('换出的人不在小组里。', 'Who is to leave is not on the team.') }]);
  }
  const [joins] = await postedMembers(p.trx, { city: p.caseRow.city, now: p.now, field: 'joins', role: 'team.member' }, [{ post: String(p.fields.joins), leader: leaves!.leader }]);
  const stays = members.filter((one) => one !== leaves);
  const team: TeamMember[] = asTeam([...stays, joins!]);
  demandNone([...teamDefects(team, teamRulesOf(p.pack), p.caseRow.unit).map((one) => ({ ...one, field: 'joins' })), ...unseen(p)]);
  return sound({ joins, exception: `${joins!.name}接替${leaves!.name}；批准：${String(p.fields.approvedBy)}；理由：${String(p.fields.reason)}` });
};

/** Platforms the new member has not seen, by the day on which he or she is said to have. */
function unseen({ context, fields, now }: Preparation): Defect[] {
  const visit = context.visit as { from: string } | null;
  const seen = fields.seenAgainOn as string | null;
  if (visit === null) return [];
  const refuse = (code: string, zh: string, en: string): Defect[] => [{ field: 'seenAgainOn', code, sentence: words(zh, en) }];
  if (seen === null) return refuse('missing', '现场验收已经做过，请先由新成员补看平台，填写补看日期。', 'The visit is over: the new member sees the platforms first; enter the day.');
  return seen >= visit.from && seen <= localDay(new Date(now)) ? [] : refuse('outside', '补看日期应在现场验收以后、今天以前。', 'That day lies after the visit began and not after today.');
}
