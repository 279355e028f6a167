import type { Trx } from './parts.js';

export type LineKind = 'post' | 'new-post' | 'deputy' | 'claim' | 'task' | 'opinion' | 'signer' | 'compare' | 'team' | 'drafts';
export type LineOutcome = 'moved' | 'vacant' | 'ended' | 'freed' | 'gone' | 'follows' | 'stays';

/** One line of what went where. `outcome` is null while it is still to be done. */
export interface HandOverLine {
  /** Names the thing: it stands on a list once. */
  item: string;
  kind: LineKind;
  caseId?: string | null;
  what: Record<string, unknown>;
  follower: string | null;
  outcome: LineOutcome | null;
}

/** Adds what is not on the list yet, behind what is. A duty of the post that its former holder has claimed since is to be freed as well. */
export async function addLines(trx: Trx, city: string, handOver: string, lines: readonly HandOverLine[]): Promise<void> {
  if (lines.length === 0) return;
  const { last } = (await trx('hand_over_line').where({ city, hand_over: handOver }).max('position as last').first()) as { last: number | null };
  await trx('hand_over_line').insert(lines.map(({ item, kind, caseId, what, follower, outcome }, index) => ({
    city, hand_over: handOver, item, position: (last ?? 0) + index + 1, kind, case_id: caseId ?? null, what: JSON.stringify(what), follower, outcome,
  }))).onConflict(['city', 'hand_over', 'item']).ignore();
  await trx('hand_over_line').where({ city, hand_over: handOver }).whereNot('kind', 'claim').whereIn('item', lines.filter(({ kind }) => kind === 'claim').map(({ item }) => item))
    .update({ kind: 'claim', outcome: null });
}
