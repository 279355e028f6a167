import type { BaseContext, CommandEvent } from '../vocabulary.js';

/**
 * A member of an inspection or acceptance team. `role` is that of the post in the register, so a task reaches the post wherever it
 * stands; `open` is true while the member owes something in the present state.
 */
export interface Member {
  key: string;
  post: string;
  org: string;
  role: string;
  name: string;
  department: string;
  leader: boolean;
  /** Ids of the score items this member answers for. */
  items: string[];
  open: boolean;
}

/** A member who left in mid-course, and who took the place. */
export interface Replacement {
  left: string;
  joined: string;
  reason: string;
  approvedBy: string;
  at: string;
  /** The day on which who joined saw the platforms that the team had visited before; null where it had visited none. */
  seenAgainOn: string | null;
}

export interface Teamed extends BaseContext {
  members: Member[];
  /** The leader as a list of one: the duty that only the leader has. */
  lead: Member[];
  replacements: Replacement[];
}

export const noTeam = { members: [], lead: [], replacements: [] } satisfies Pick<Teamed, 'members' | 'lead' | 'replacements'>;

const leadOf = (members: Member[]): Member[] => members.filter((m) => m.leader).map((m) => ({ ...m, key: 'leader', items: [], open: true }));

/** The team as prepared from the register; nobody owes anything yet. */
export function teamFormed(event: CommandEvent): Pick<Teamed, 'members' | 'lead'> {
  const members = ((event.facts?.team ?? []) as Member[]).map((m) => ({ ...m, open: false }));
  return { members, lead: leadOf(members) };
}

/** Everybody `owes` again (or nobody). */
export const membersOwe = (members: Member[], owes: (member: Member) => boolean): { members: Member[] } => ({
  members: members.map((m) => ({ ...m, open: owes(m) })),
});

/** The post whose task was carried out; on paper the signatory acts without a post, the task still names it. */
export const actingPost = (e: CommandEvent): string | null => (e.task?.subject?.post as string | undefined) ?? e.by.post;

/** The one who acts has done his or her part. */
export const memberDone = (c: Teamed, e: CommandEvent): { members: Member[] } => membersOwe(c.members, (m) => m.open && m.post !== actingPost(e));

export const everyMemberDone = (c: Teamed): boolean => c.members.length > 0 && !c.members.some((m) => m.open);

/**
 * Whether the actor belongs to the team. A paper act has no post, so its signatory was compared with the task already; a screen that
 * only asks what may be offered sends no actor.
 */
export const byTeam = (c: Teamed, e: CommandEvent): boolean => !e.by || e.by.post === null || c.members.some((m) => m.post === e.by.post);

/** One member takes the place of another, with the items not yet scored; what the other has scored stays under the giver's name. */
export function memberReplaced(c: Teamed, e: CommandEvent): Partial<Teamed> {
  const joins = (e.facts?.joins ?? {}) as Member;
  const leaves = c.members.find((m) => m.post === e.leaves);
  if (!leaves) return {};
  const members = c.members.map((m) => (m === leaves ? { ...joins, key: joins.post, leader: m.leader, items: m.items, open: m.open } : m));
  return {
    members,
    lead: leadOf(members),
    replacements: [...c.replacements, { left: leaves.name, joined: joins.name, reason: String(e.reason), approvedBy: String(e.approvedBy), at: c.now, seenAgainOn: (e.seenAgainOn as string | null | undefined) ?? null }],
  };
}
