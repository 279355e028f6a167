import { recordAudit } from '../auth/audit.js';
import { newId } from '../clock.js';
import { workerActor, type Actor } from '../domain/actor.js';
import { Forbidden, InvalidInput, NotFound, type Defect } from '../domain/errors.js';
import { addDays, localDay, type Day } from '../domain/local-day.js';
import { arranges } from '../domain/staffing.js';
import { words, type Words } from '../domain/text.js';
import { readForm } from '../../workflows/forms/command-form.js';
import { absenceForm, deputyForm } from '../../workflows/forms/staff-forms.js';
import { refusalForm } from '../../workflows/forms/repair-forms.js';
import { deputyships, type Deputyship } from './carried-by.js';
import { namesOf, staffOn } from '../reads/staff.js';
import { absencesSince } from '../reads/absences.js';
import { uncovered } from './coverage.js';
import { endDeputyship } from './holdings.js';
import { tellPerson } from './tell.js';
import type { Trx, UpkeepParts } from './parts.js';

/** A deputyship longer than this is a change of post, not a deputyship. */
const MOST_DAYS = 366;

interface Holding {
  id: string;
  post: string;
  person: string;
  org: string;
  role: string;
  unit: string | null;
  postName: string;
  postNameEn: string;
  valid_from: Day;
  valid_to: Day | null;
}

/** Whether one of these actors arranges who stands in for the holder of a post: the holder himself, the head, the administrator. */
export const mayName = (actors: readonly Actor[], post: { org: string; role: string }, holder: string | null): boolean =>
  actors.some((actor) => (holder !== null && actor.person === holder) || arranges(actor, post));

/**
 * AB角: somebody stands in for the holder of a post from one day to another. One deputy at a time, nobody who is away himself or stands in elsewhere
 * for the very person; both are told.
 * @throws Forbidden, NotFound, InvalidInput
 */
export async function nameDeputy(parts: UpkeepParts, actors: readonly Actor[], sent: Record<string, unknown>): Promise<{ id: string }> {
  const wanted = readForm(deputyForm, sent);
  const { city, person: by } = actors[0]!;
  const now = parts.clock.now();
  return parts.database.asActor(workerActor(city), async (trx) => {
    const holding = (await trx('post_holding as h').join('post as p', (on) => on.on('p.city', 'h.city').andOn('p.id', 'h.post')).where({ 'h.city': city, 'h.id': wanted.holding, 'h.standing': 'A' })
      .first('h.id', 'h.post', 'h.person', 'h.valid_from', 'h.valid_to', 'p.org', 'p.role', 'p.unit', 'p.name as postName', 'p.name_en as postNameEn')) as Holding | undefined;
    if (holding === undefined) throw noSuch(wanted.holding);
    if (!mayName(actors, holding, holding.person)) throw notYours();
    // Two who name a deputy of one post at once wait for each other here.
    await trx.raw(`select pg_advisory_xact_lock(hashtext('deputy'), hashtext(?))`, [holding.post]);
    const defects = await defectsOf(trx, city, wanted, holding, localDay(now));
    if (defects.length > 0) throw new InvalidInput(defects);
    const id = newId();
    await trx('post_holding').insert({
      city, id, post: holding.post, person: wanted.deputy, standing: 'B', valid_from: wanted.from, valid_to: wanted.to, stands_for: holding.person, why: wanted.reason, arranged_by: by,
    }).onConflict(['city', 'post', 'person', 'valid_from']).merge({ id, standing: 'B', valid_to: wanted.to, stands_for: holding.person, why: wanted.reason, arranged_by: by, ended_by: null, ended_why: null });
    const names = await namesOf(trx, city, [holding.person, wanted.deputy]);
    const params = { post: words(holding.postName, holding.postNameEn), holder: names.get(holding.person), deputy: names.get(wanted.deputy), from: wanted.from, day: wanted.to };
    for (const person of [holding.person, wanted.deputy]) await tellPerson(trx, city, { person, post: holding }, { template: 'deputyNamed', params }, now);
    await recordAudit(trx, { city, at: now, person: by, action: 'deputy.named', subject: id, detail: `${holding.postName}: ${params.deputy} for ${params.holder}, ${wanted.from} – ${wanted.to} (${wanted.reason})` });
    return { id };
  });
}

async function defectsOf(trx: Trx, city: string, wanted: { deputy: string; from: Day; to: Day }, holding: Holding, today: Day): Promise<Defect[]> {
  const { deputy, from, to } = wanted;
  const defects: Defect[] = [];
  const refuse = (field: string, code: string, sentence: Words): void => void defects.push({ field, code, sentence });
  if (to < from) refuse('to', 'backwards', words('结束日早于开始日。', 'It ends before it begins.'));
  if (from < today) refuse('from', 'past', words('代理不能从过去的日子起。', 'A deputyship does not begin in the past.'));
  if (to > addDays(from, MOST_DAYS)) refuse('to', 'too-long', words('代理最长一年，更久的请办理岗位交接。', 'A year at most; what lasts longer is a hand-over.'));
  if (holding.valid_from > from || (holding.valid_to !== null && holding.valid_to < to)) refuse('to', 'not-held', words('这些日子里岗位不全由他担任。', 'The post is not held on all of these days.'));
  if (deputy === holding.person) refuse('deputy', 'self', words('不能由本人代理本人。', 'Nobody stands in for himself.'));
  const serving = (await staffOn(trx, city, from)).filter((line) => line.person === deputy);
  if (!serving.some((line) => line.unit === holding.unit)) refuse('deputy', 'other-side', words('代理人须是同一侧单位的在岗人员。', 'A deputy serves on the same side already.'));
  if (serving.some((line) => line.post === holding.post)) refuse('deputy', 'holder', words('他本来就担任这个岗位，不用代理。', 'This person holds the post anyway.'));
  const others = (await deputyships(trx, city, from)).filter((one) => one.from <= to);
  const names = (one: Deputyship): string => `${one.deputyName}（${one.from}—${one.to ?? ''}）`;
  const same = others.find((one) => one.post === holding.post && (one.holder === null || one.holder === holding.person));
  if (same !== undefined) refuse('from', 'overlap', words(`这段日子已由${names(same)}代理，先结束再另派。`, `${same.deputyName} stands in on some of these days (${same.from} – ${same.to ?? ''}); end that first.`));
  const away = others.find((one) => one.holder === deputy);
  if (away !== undefined) refuse('deputy', 'has-deputy', words(`他这段日子自己由${names(away)}代理。`, `On some of these days ${away.deputyName} stands in for this person.`));
  const elsewhere = others.find((one) => one.deputy === holding.person);
  if (elsewhere !== undefined) refuse('from', 'stands-in', words(`本人这段日子正代理${elsewhere.holderName ?? ''}，先另作安排。`, `The holder stands in for ${elsewhere.holderName ?? ''} on some of these days.`));
  const leave = (await absencesSince(trx, city, from)).find((one) => one.person === deputy && one.from <= to);
  if (leave !== undefined) refuse('deputy', 'away', words(`他 ${leave.from} 至 ${leave.to} 请假。`, `This person is away from ${leave.from} to ${leave.to}.`));
  return defects;
}

/** A deputyship ends early, with this day: by the holder, the deputy, the head or the administrator. Both are told. @throws Forbidden, NotFound */
export async function endDeputy(parts: UpkeepParts, actors: readonly Actor[], id: string, sent: Record<string, unknown>): Promise<void> {
  const { reason } = readForm(refusalForm, sent);
  const { city, person: by } = actors[0]!;
  const now = parts.clock.now();
  await parts.database.asActor(workerActor(city), async (trx) => {
    const one = (await deputyships(trx, city, localDay(now))).find((other) => other.id === id);
    if (one === undefined) throw noSuch(id);
    if (!mayName(actors, one, one.holder) && !actors.some((actor) => actor.person === one.deputy)) throw notYours();
    await endDeputyship(trx, city, one, localDay(now), { by: by!, why: reason }, now);
    await recordAudit(trx, { city, at: now, person: by, action: 'deputy.ended', subject: id, detail: `${one.postName}: ${one.deputyName} for ${one.holderName ?? ''} (${reason})` });
  });
}

/** Somebody says when he is away. Where nobody stands in for a post on all of these days, he and the head of the organisation are told. @throws InvalidInput */
export async function recordAbsence(parts: UpkeepParts, actors: readonly Actor[], sent: Record<string, unknown>): Promise<{ id: string; uncovered: string[] }> {
  const { from, to, reason } = readForm(absenceForm, sent);
  const { city, person } = actors[0]!;
  const now = parts.clock.now();
  if (to < from || to < localDay(now)) throw new InvalidInput([{ field: 'to', code: 'backwards', sentence: words('结束日不能早于开始日，也不能在过去。', 'It cannot end before it begins, nor in the past.') }]);
  return parts.database.asActor(workerActor(city), async (trx) => {
    const id = newId();
    await trx('absence').insert({ city, id, person, first_day: from, last_day: to, why: reason, recorded_by: person, recorded_at: now });
    const open = await uncovered(trx, city, { person: person!, from, to });
    for (const post of open) {
      const heads = await trx('post_holding as h').join('post as p', (on) => on.on('p.city', 'h.city').andOn('p.id', 'h.post')).where({ 'h.city': city, 'h.standing': 'A', 'p.org': post.org })
        .whereIn('p.role', ['unit.head', 'office.director']).where('h.valid_from', '<=', localDay(now)).andWhere((q) => q.whereNull('h.valid_to').orWhere('h.valid_to', '>=', localDay(now))).pluck('h.person');
      for (const told of new Set<string>([person!, ...heads])) await tellPerson(trx, city, { person: told, post }, { template: 'awayUncovered', params: { post: words(post.postName, post.postNameEn), holder: actors[0]!.personName, from, day: to } }, now);
    }
    await recordAudit(trx, { city, at: now, person, action: 'absence.recorded', subject: id, detail: `${from} – ${to} (${reason})` });
    return { id, uncovered: open.map(({ postName }) => postName) };
  });
}

const noSuch = (id: string) => new NotFound('no-such-deputy', words('没有这项代理，或已经结束。', 'There is no such deputyship, or it has ended.'), id);
const notYours = () => new Forbidden('not-yours-to-arrange', words('代理由本人、本单位负责人或管理员安排。', 'A deputy is named by the holder, the head of the organisation or the administrator.'));
