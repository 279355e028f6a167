import { recordAudit } from '../auth/audit.js';
import { workerActor } from '../domain/actor.js';
import { localDay, type Day } from '../domain/local-day.js';
import { carriedBy, postsHeldBy, unsentDrafts, type Carried, type CarriedTask, type HeldPost } from './carried-by.js';
import { arrangerOf } from './arranger.js';
import { addLines, type HandOverLine } from './hand-over-lines.js';
import type { Trx, UpkeepParts } from './parts.js';

interface Ordered {
  id: string;
  person: string;
  day: Day;
  reason: string;
  ordered_by: string;
  done_at: Date | null;
}

/**
 * What a person carried in cases goes over, once the day has come: first the whole list is written, then every claim is freed by an act in its case,
 * each under a key of its own. Interrupted, it goes on where it stood: what has been done is not done again, and nothing falls off the list.
 */
export async function carryOut({ database, clock, engine }: UpkeepParts, city: string, id: string): Promise<void> {
  const now = clock.now();
  const system = workerActor(city);
  const order = (await database.asActor(system, (trx) => trx('hand_over').where({ city, id }).first())) as Ordered | undefined;
  if (order === undefined || order.done_at !== null || order.day > localDay(now)) return;
  const drafts = await database.asActor({ ...system, person: order.person }, (trx) => unsentDrafts(trx, city, order.person));
  const by = await database.asActor(system, (trx) => arrangerOf(trx, city, order.ordered_by));
  for (let waiting = await listed(); waiting.length > 0; waiting = await listed()) {
    for (const { item, case_id: caseId } of waiting) {
      const outcome = await engine.freeClaim(by, { caseId, taskId: item.slice('task:'.length), person: order.person, note: order.reason, key: `hand-over:${id}:${item}` });
      await database.asActor(system, (trx) => trx('hand_over_line').where({ city, hand_over: id, item }).update({ outcome: outcome === 'done' ? 'freed' : 'gone' }));
    }
  }
  await database.asActor(system, async (trx) => {
    const done = await trx('hand_over').where({ city, id, done_at: null }).update({ done_at: now });
    if (done > 0) await recordAudit(trx, { city, at: now, person: order.ordered_by, action: 'hand-over.done', subject: id });
  });

  /** Writes what is not on the list yet and returns the claims that are still to be freed. Looked at again after the last: somebody may have claimed while the order was given. */
  async function listed(): Promise<{ item: string; case_id: string }[]> {
    return database.asActor(system, async (trx) => {
      await addLines(trx, city, id, await linesOf(trx, city, order!, drafts));
      return trx('hand_over_line').where({ city, hand_over: id, kind: 'claim', outcome: null }).orderBy('position').select('item', 'case_id');
    });
  }
}

/** The posts that were handed over, with who follows in each. */
async function handedPosts(trx: Trx, city: string, id: string): Promise<(HeldPost & { follower: string | null })[]> {
  const lines = (await trx('hand_over_line').where({ city, hand_over: id, kind: 'post' }).select('what', 'follower')) as { what: { post: string; name: string; nameEn: string; orgName: string }; follower: string | null }[];
  const posts = await trx('post').where({ city }).whereIn('id', lines.map(({ what }) => what.post)).select('id', 'org', 'role', 'unit');
  return lines.map(({ what, follower }) => ({
    ...posts.find((one) => one.id === what.post), holding: '', post: what.post, postName: what.name, postNameEn: what.nameEn, orgName: what.orgName, follower,
  }));
}

async function linesOf(trx: Trx, city: string, order: Ordered, drafts: number): Promise<HandOverLine[]> {
  const posts = await handedPosts(trx, city, order.id);
  const kept = await postsHeldBy(trx, city, order.person, order.day);
  const carried = await carriedBy(trx, city, order.person, [...posts, ...kept], order.day);
  const going = posts.map(({ post }) => post);
  return [
    ...carried.tasks.filter((task) => (task.post === null ? task.kind === 'claim' : going.includes(task.post) && !kept.some(({ post }) => post === task.post))).map((task) => taskLine(task, posts)),
    ...teamLines(carried, posts),
    ...(drafts === 0 ? [] : [{ item: 'drafts', kind: 'drafts' as const, what: { count: drafts }, follower: null, outcome: 'stays' as const }]),
  ];
}

function taskLine(task: CarriedTask, posts: readonly { post: string; postName: string; postNameEn: string; follower: string | null }[]): HandOverLine {
  const post = posts.find((one) => one.post === task.post);
  const { kind, taskId, caseId, caseNumber, title, workflow, chartVersion, pack, state } = task;
  const follower = post?.follower ?? null;
  return {
    item: `task:${taskId}`, kind, caseId, follower,
    what: { caseNumber, title, workflow, chartVersion, pack, state, postName: post?.postName ?? '', postNameEn: post?.postNameEn ?? '' }, outcome: kind === 'claim' ? null : follower === null ? 'vacant' : 'follows',
  };
}

const teamLines = ({ teams }: Carried, posts: readonly { post: string; postName: string; postNameEn: string; follower: string | null }[]): HandOverLine[] => teams.flatMap(({ post, caseId, caseNumber, title }) => {
  const handed = posts.find((one) => one.post === post);
  return handed === undefined ? [] : [{
    item: `team:${caseId}:${post}`, kind: 'team' as const, caseId, what: { caseNumber, title, postName: handed.postName, postNameEn: handed.postNameEn }, follower: handed.follower, outcome: handed.follower === null ? 'vacant' as const : 'follows' as const,
  }];
});

/** Hand-overs whose day has come and which are not done: the worker goes on with them. Returns how many there were. */
export async function goOnWithHandOvers(parts: UpkeepParts, city: string): Promise<number> {
  const due: string[] = await parts.database.asActor(workerActor(city), (trx) => trx('hand_over').where({ city, done_at: null }).where('day', '<=', localDay(parts.clock.now())).pluck('id'));
  const failures: unknown[] = [];
  // One that cannot go on must not keep the others waiting; it is told when they are done.
  for (const id of due) await carryOut(parts, city, id).catch((error: unknown) => void failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
  return due.length;
}
