import { recordAudit } from '../auth/audit.js';
import { newId } from '../clock.js';
import { workerActor, type Actor } from '../domain/actor.js';
import { Conflict, Forbidden, InvalidInput, NotFound, type Defect } from '../domain/errors.js';
import { addDays, localDay, type Day } from '../domain/local-day.js';
import { arranges } from '../domain/staffing.js';
import { words, type Words } from '../domain/text.js';
import { readForm } from '../../workflows/forms/command-form.js';
import { handOverForm, KEPT, VACANT, type HandOverOrder } from '../../workflows/forms/staff-forms.js';
import { deputyships, postsHeldBy, type HeldPost } from './carried-by.js';
import { staffOn, type StaffLine } from '../reads/staff.js';
import { carryOut } from './carry-out.js';
import { endDeputyship, endHolding, startHolding } from './holdings.js';
import { addLines } from './hand-over-lines.js';
import { tellPerson } from './tell.js';
import type { Trx, UpkeepParts } from './parts.js';

/**
 * 离职/调岗: one act by which a person's posts go to those who follow, from a day on. Who holds what is written at once, all of it or nothing; what
 * the person carries in cases goes over on the day itself (`carryOut`). Repeated under the same key it is one hand-over.
 * @throws Forbidden, NotFound, InvalidInput pinned to posts, Conflict while another hand-over of the person is under way
 */
export async function orderHandOver(parts: UpkeepParts, actors: readonly Actor[], sent: Record<string, unknown>, key: string): Promise<{ id: string }> {
  const order = readForm(handOverForm, sent);
  const now = parts.clock.now();
  const { city, person: by } = actors[0]!;
  const id = await parts.database.asActor(workerActor(city), async (trx) => {
    // Two orders for one person at once wait for each other here: the second then sees the first.
    await trx.raw(`select pg_advisory_xact_lock(hashtext('hand-over'), hashtext(?))`, [order.person]);
    const person = await trx('person').where({ city, id: order.person }).first('id', 'name');
    if (person === undefined) throw noSuchPerson(order.person);
    const known = await trx('hand_over').where({ city, ordered_by: by, key }).first('id');
    if (known !== undefined) return known.id as string;
    const staff = await staffOn(trx, city, order.day);
    const held = await postsHeldBy(trx, city, order.person, order.day);
    mayOrder(actors, order, held);
    if ((await trx('hand_over').where({ city, person: order.person, done_at: null }).first('id')) !== undefined) throw underWay(person.name);
    judge(actors, order, held, staff, localDay(now));
    return write(trx, { city, by: by!, key, now }, order, person.name as string, held, staff);
  });
  await carryOut(parts, city, id);
  return { id };
}

const chosen = (order: HandOverOrder): HandOverOrder['posts'] => order.posts.filter(({ follower }) => follower !== KEPT);
const followerOf = (choice: string): string | null => (choice === VACANT ? null : choice);

const arranged = (actors: readonly Actor[], post: { org: string; role: string }): boolean => actors.some((actor) => arranges(actor, post));

/** Every post that goes, and of whoever leaves every post, has to be theirs to arrange; whoever holds none is the administrator's. @throws Forbidden */
function mayOrder(actors: readonly Actor[], order: HandOverOrder, held: readonly HeldPost[]): void {
  if (actors.some((actor) => actor.person === order.person)) throw ownHandOver();
  const concerned = held.filter(({ post }) => order.kind === 'leaves' || chosen(order).some((one) => one.post === post));
  if (concerned.length === 0 ? !actors.some((actor) => actor.role === 'admin') : !concerned.every((post) => arranged(actors, post))) throw notYours();
}

/** @throws InvalidInput */
function judge(actors: readonly Actor[], order: HandOverOrder, held: readonly HeldPost[], staff: readonly StaffLine[], today: Day): void {
  const going = chosen(order);
  const defects: Defect[] = [];
  const refuse = (field: string, code: string, sentence: Words): void => void defects.push({ field, code, sentence });
  if (order.day < today) refuse('day', 'past', words('交接日不能早于今天。', 'The day cannot lie in the past.'));
  order.posts.forEach(({ post, follower }, index) => {
    const field = `posts.${index}.follower`;
    const line = held.find((one) => one.post === post);
    if (line === undefined) return refuse(field, 'not-held', words('这个岗位届时不由他担任。', 'The person does not hold this post then.'));
    if (follower === KEPT || follower === VACANT) return;
    if (follower === order.person) return refuse(field, 'self', words('接任人不能是本人。', 'Nobody follows himself.'));
    if (!staff.some((one) => one.person === follower && one.unit === line.unit)) refuse(field, 'other-side', words('接任人须是同一侧单位的在岗人员。', 'A follower serves on the same side already.'));
  });
  if (order.kind === 'leaves') {
    for (const one of held) {
      if (!going.some(({ post }) => post === one.post)) refuse('posts', 'left-behind', words(`离职要交出全部岗位：${one.postName}还没有选接任。`, `Whoever leaves gives up every post: choose who follows in ${one.postNameEn}.`));
    }
  } else if (going.length === 0) refuse('posts', 'nothing', words('没有选要交出的岗位。', 'No post is handed over.'));
  if (order.newPost !== null) {
    const taken = staff.find((one) => one.post === order.newPost);
    if (order.kind === 'leaves' || taken === undefined || taken.person !== null || !arranged(actors, taken)) refuse('newPost', 'not-free', words('调任的岗位届时须空缺，并归您安排。', 'The new post has to be vacant then, and yours to arrange.'));
  }
  if (defects.length > 0) throw new InvalidInput(defects);
}

async function write(
  trx: Trx, { city, by, key, now }: { city: string; by: string; key: string; now: Date }, order: HandOverOrder, name: string, held: readonly HeldPost[], staff: readonly StaffLine[],
): Promise<string> {
  const id = newId();
  const arranged = { by, why: order.reason };
  const going = chosen(order).map(({ post, follower }) => ({ ...held.find((one) => one.post === post)!, follower: followerOf(follower) }));
  await trx('hand_over').insert({ city, id, person: order.person, day: order.day, kind: order.kind, reason: order.reason, ordered_by: by, ordered_at: now, key });
  const ending = await deputyships(trx, city, order.day, { person: order.person, posts: going.map(({ post }) => post) });
  for (const one of ending) await endDeputyship(trx, city, one, order.day, arranged, now);
  for (const one of going) {
    await endHolding(trx, city, { post: one.post, person: order.person }, order.day, arranged);
    if (one.follower === null) continue;
    const already = staff.some((other) => other.post === one.post && other.person === one.follower);
    if (!already) await startHolding(trx, city, { post: one.post, person: one.follower }, order.day, arranged);
    await tellPerson(trx, city, { person: one.follower, post: one }, { template: 'handOverToYou', params: { post: words(one.postName, one.postNameEn), from: name, day: order.day } }, now);
  }
  const taken = staff.find((one) => one.post === order.newPost);
  if (taken !== undefined) {
    await startHolding(trx, city, { post: taken.post, person: order.person }, order.day, arranged);
    await tellPerson(trx, city, { person: order.person, post: taken }, { template: 'handOverToYou', params: { post: words(taken.postName, taken.postNameEn), from: '', day: order.day } }, now);
  }
  if (order.kind === 'leaves') await trx('account').where({ city, person: order.person }).update({ last_day: addDays(order.day, -1) });
  await addLines(trx, city, id, [
    ...going.map(({ post, postName, postNameEn, orgName, follower }) => ({ item: `post:${post}`, kind: 'post' as const, what: { post, name: postName, nameEn: postNameEn, orgName }, follower, outcome: follower === null ? 'vacant' as const : 'moved' as const })),
    ...ending.map((one) => ({ item: `deputy:${one.id}`, kind: 'deputy' as const, what: { ...one }, follower: null, outcome: 'ended' as const })),
    ...(taken === undefined ? [] : [{ item: `new-post:${taken.post}`, kind: 'new-post' as const, what: { post: taken.post, name: taken.postName, nameEn: taken.postNameEn, orgName: taken.orgName }, follower: order.person, outcome: 'moved' as const }]),
  ]);
  const named = new Map(staff.map((one) => [one.person, one.personName]));
  await recordAudit(trx, {
    city, at: now, person: by, action: 'hand-over.ordered', subject: id,
    detail: `${name} ${order.kind} ${order.day}: ${going.map((one) => `${one.postName} → ${named.get(one.follower) ?? VACANT}`).join('; ')} (${order.reason})`,
  });
  return id;
}

export const noSuchPerson = (id: string): NotFound => new NotFound('no-such-person', words('没有这个人。', 'There is no such person.'), id);
const notYours = () => new Forbidden('not-yours-to-arrange', words('人员交接由管理员或本单位负责人安排。', 'A hand-over is arranged by the administrator or the head of the organisation.'));
const ownHandOver = () => new Forbidden('second-person', words('本人的交接须由另一人安排。', 'Nobody arranges a hand-over of his own.'));
const underWay = (name: string) => new Conflict('under-way', words(`${name}已有一次交接在办，办完再安排。`, `A hand-over of ${name} is under way already.`));
