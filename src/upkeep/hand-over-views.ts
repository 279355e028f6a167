import { workerActor, type Actor } from '../domain/actor.js';
import { Forbidden, NotFound } from '../domain/errors.js';
import { localDay, type Day } from '../domain/local-day.js';
import { arranges } from '../domain/staffing.js';
import { words } from '../domain/text.js';
import type { Barred } from '../engine/barred.js';
import { carriedBy, postsHeldBy, unsentDrafts, type Carried } from './carried-by.js';
import { namesOf, servingOf, staffOn, type Serving, type StaffLine } from '../reads/staff.js';
import { noSuchPerson } from './hand-over.js';
import type { LineKind, LineOutcome } from './hand-over-lines.js';
import type { Named, Trx, UpkeepParts } from './parts.js';

/** A hand-over as a list of them shows it. */
export interface HandOverHead {
  id: string;
  person: string;
  personName: string;
  day: Day;
  kind: 'leaves' | 'moves';
  reason: string;
  orderedByName: string;
  orderedAt: Date;
  doneAt: Date | null;
}

/** One line of what went where, with the follower by name. */
export interface ShownLine {
  kind: LineKind;
  caseId: string | null;
  what: Record<string, unknown>;
  follower: string | null;
  followerName: string | null;
  outcome: LineOutcome | null;
}

/** What is seen before a hand-over is ordered. */
export interface HandOverView extends Carried {
  person: Named;
  drafts: number;
  /** Who may follow, by the unit of the post (null for the city's), each person once with the posts held. */
  candidates: Serving[];
  vacantPosts: StaffLine[];
}

/** Posts with their holders that one of these actors arranges, and nobody's who arranges nothing. @throws Forbidden */
export async function arrangedStaff({ database, clock }: UpkeepParts, actors: readonly Actor[]): Promise<StaffLine[]> {
  const { city } = actors[0]!;
  const staff = await database.asActor(workerActor(city), (trx) => staffOn(trx, city, localDay(clock.now())));
  const arranged = staff.filter((line) => actors.some((actor) => arranges(actor, line)));
  if (arranged.length === 0) throw arrangesNothing();
  return arranged;
}

/** Everything a person will carry on a day, and who might follow. @throws Forbidden, NotFound */
export async function handOverView(parts: UpkeepParts, actors: readonly Actor[], person: string, day: Day): Promise<HandOverView> {
  const { city } = actors[0]!;
  const drafts = await parts.database.asActor({ ...workerActor(city), person }, (trx) => unsentDrafts(trx, city, person));
  return parts.database.asActor(workerActor(city), async (trx) => {
    const name = (await namesOf(trx, city, [person])).get(person);
    if (name === undefined) throw noSuchPerson(person);
    const posts = await postsHeldBy(trx, city, person, day);
    const seen = posts.length === 0 ? actors.some((actor) => actor.role === 'admin') : posts.some((post) => actors.some((actor) => arranges(actor, post)));
    if (!seen) throw arrangesNothing();
    const staff = await staffOn(trx, city, day);
    return {
      ...(await carriedBy(trx, city, person, posts, day)), person: { person, name }, drafts, candidates: candidatesOf(staff, person, posts.map(({ org }) => org)),
      vacantPosts: staff.filter((line) => line.person === null && actors.some((actor) => arranges(actor, line))),
    };
  });
}

/** Whoever serves already, colleagues of the same organisation first. */
function candidatesOf(staff: readonly StaffLine[], leaver: string, orgs: readonly string[]): Serving[] {
  const near = (line: StaffLine): number => Number(!orgs.includes(line.org));
  return servingOf([...staff].sort((a, b) => near(a) - near(b))).filter(({ person }) => person !== leaver);
}

const HEAD = ['h.id', 'h.person', 'p.name as personName', 'h.day', 'h.kind', 'h.reason', 'o.name as orderedByName', 'h.ordered_at as orderedAt', 'h.done_at as doneAt'];
const heads = (trx: Trx, city: string) => trx('hand_over as h').join('person as p', (on) => on.on('p.city', 'h.city').andOn('p.id', 'h.person'))
  .join('person as o', (on) => on.on('o.city', 'h.city').andOn('o.id', 'h.ordered_by')).where({ 'h.city': city });

/** The hand-overs that concern posts these actors arrange, the latest first. */
export async function handOvers({ database }: UpkeepParts, actors: readonly Actor[]): Promise<HandOverHead[]> {
  const { city } = actors[0]!;
  return database.asActor(workerActor(city), async (trx) => {
    const all = (await heads(trx, city).orderBy('h.ordered_at', 'desc').limit(200).select(HEAD)) as HandOverHead[];
    const mine = await ofArranged(trx, city, actors, all.map(({ id }) => id));
    return all.filter(({ id }) => mine.has(id));
  });
}

async function ofArranged(trx: Trx, city: string, actors: readonly Actor[], ids: readonly string[]): Promise<Set<string>> {
  const rows = await trx('hand_over_line as l').join('post as p', (on) => on.on('p.city', 'l.city').andOn(trx.raw(`p.id::text = l.what->>'post'`))).where({ 'l.city': city, 'l.kind': 'post' })
    .whereIn('l.hand_over', [...ids]).select('l.hand_over as id', 'p.org', 'p.role');
  const all = actors.some((actor) => actor.role === 'admin' && actor.actingFor === null);
  return new Set(all ? ids : rows.filter((row) => actors.some((actor) => arranges(actor, row))).map(({ id }) => id));
}

/** One hand-over: what went where, line by line, and what the followers may not do. @throws NotFound for others than those who arrange its posts */
export async function handOverShown(parts: UpkeepParts, actors: readonly Actor[], id: string): Promise<{ head: HandOverHead; lines: ShownLine[]; barred: (Barred & { person: string })[] }> {
  const { city } = actors[0]!;
  const { head, lines, posts } = await parts.database.asActor(workerActor(city), async (trx) => {
    const found = (await heads(trx, city).andWhere('h.id', id).first(HEAD)) as HandOverHead | undefined;
    if (found === undefined || !(await ofArranged(trx, city, actors, [id])).has(id)) throw noSuchHandOver(id);
    const rows = await trx('hand_over_line').where({ city, hand_over: id }).orderBy('position').select('kind', 'case_id as caseId', 'what', 'follower', 'outcome');
    const names = await namesOf(trx, city, rows.map((row) => row.follower));
    const handed = rows.filter((row) => row.kind === 'post' && row.follower !== null);
    return {
      head: found, lines: rows.map((row) => ({ ...row, followerName: names.get(row.follower) ?? null })) as ShownLine[],
      posts: (await trx('post').where({ city }).whereIn('id', handed.map((row) => row.what.post)).select('id as post', 'org', 'role')).map((post) => ({ ...post, follower: handed.find((row) => row.what.post === post.post)!.follower as string })),
    };
  });
  return { head, lines, barred: await barredFollowers(parts, city, posts, lines) };
}

/** What each of the followers may not do of the posts that come to him. */
export async function barredFollowers(
  { engine }: UpkeepParts, city: string, posts: readonly { post: string; org: string; role: string; follower: string }[], named: readonly { follower: string | null; followerName: string | null }[] = [],
): Promise<(Barred & { person: string })[]> {
  const barred: (Barred & { person: string })[] = [];
  for (const follower of new Set(posts.map((post) => post.follower))) {
    const found = await engine.barredFrom(city, posts.filter((post) => post.follower === follower), follower);
    barred.push(...found.map((one) => ({ ...one, person: named.find((line) => line.follower === follower)?.followerName ?? follower })));
  }
  return barred;
}

const noSuchHandOver = (id: string) => new NotFound('no-such-hand-over', words('没有这次交接。', 'There is no such hand-over.'), id);
export const arrangesNothing = () => new Forbidden('arranges-nothing', words('人员岗位由管理员或本单位负责人安排。', 'Posts are arranged by the administrator or the head of the organisation.'));
