import type { Knex } from 'knex';
import { InvalidInput } from '../../domain/errors.js';
import { localDay } from '../../domain/local-day.js';
import { words } from '../../domain/text.js';
import type { TeamMember } from '../../domain/team.js';

/** A member as the register knows the post today. */
export interface PostedMember {
  readonly key: string;
  readonly post: string;
  readonly postName: string;
  readonly org: string;
  readonly orgName: string;
  readonly role: string;
  readonly person: string;
  readonly name: string;
  readonly department: string;
  readonly unit: string | null;
  readonly leader: boolean;
  readonly items: string[];
}

/** Who holds these posts today, in the order given. @throws InvalidInput for a post that does not exist, may not serve, or is vacant */
export async function postedMembers(
  trx: Knex.Transaction, at: { city: string; now: string; field: string; role: string }, wanted: readonly { post: string; leader: boolean }[],
): Promise<PostedMember[]> {
  const day = localDay(new Date(at.now));
  const { rows } = await trx.raw(
    `select p.id as post, p.name as "postName", p.org, p.role, o.unit, v.name as "orgName", coalesce(o.department, p.org::text) as department, h.person, who.name
       from post p
       join organisation o on o.city = p.city and o.id = p.org
       join organisation_version v on v.city = p.city and v.org = p.org and v.valid_from <= ? and (v.valid_to is null or v.valid_to > ?)
       left join post_holding h on h.city = p.city and h.post = p.id and h.standing = 'A' and h.valid_from <= ? and (h.valid_to is null or h.valid_to > ?)
       left join person who on who.city = h.city and who.id = h.person
      where p.city = ? and p.id = any(?)`,
    [day, day, day, day, at.city, wanted.map(({ post }) => post)]);
  return wanted.map(({ post, leader }, index): PostedMember => {
    const found = (rows as (Omit<PostedMember, 'key' | 'leader' | 'items'>)[]).find((row) => row.post === post);
    const refuse = (code: string, zh: string, en: string): never => {
      throw new InvalidInput([{ field: `${at.field}.${index}.post`, code, sentence: words(zh, en) }]);
    };
    if (found === undefined || found.role !== at.role) return refuse('not-eligible', '这个岗位不能参加小组，请另选。', 'This post cannot serve on the team; choose another.');
    if (found.person === null) return refuse('vacant', `${found.postName}现在空缺，请另选。`, `The post ${found.postName} is vacant; choose another.`);
    return { ...found, key: post, leader, items: [] };
  });
}

/** The members as the rules of the domain judge them. */
export const asTeam = (members: readonly PostedMember[]): TeamMember[] =>
  members.map(({ person, name, department, unit, leader }) => ({ person, name, department, unit, leader, recused: false }));
