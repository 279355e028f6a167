import { newId } from '../../clock.js';
import { Conflict, InvalidInput, type Defect, type DomainError } from '../../domain/errors.js';
import { isDay, localDay } from '../../domain/local-day.js';
import { words, type Words } from '../../domain/text.js';
import { handOverForm, KEPT, VACANT } from '../../../workflows/forms/staff-forms.js';
import { servingOf } from '../../reads/staff.js';
import type { ShownLine } from '../../upkeep/hand-over-views.js';
import { stageWords } from '../case-view/stage-words.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { fieldViews } from '../form-view.js';
import { nestedFields } from '../nested-fields.js';
import { noSuchPage } from '../refusals.js';

const commonFields = handOverForm.pick({ kind: true, day: true, reason: true });
const withNewPost = handOverForm.pick({ kind: true, day: true, newPost: true, reason: true });

/** 岗位交接: whose hand-over may be arranged, and what has been handed over. */
export const handOversPage: Handler = async (x) => {
  const { actors } = viewerOf(x);
  const staff = await x.services.upkeep.staff(actors);
  await x.pages.render(x, 'hand-overs', {
    nav: 'handOvers', people: servingOf(staff).filter((one) => one.person !== viewerOf(x).person), today: localDay(x.context.now), vacant: staff.filter((line) => line.person === null).map((line) => ({ ...line, words: words(line.postName, line.postNameEn) })),
    list: await x.services.upkeep.handOvers(actors),
  });
};

/** What a person carries, and who follows in each post. */
export const handOverForming: Handler = async (x) => {
  const { person, day } = x.req.query as Record<string, string | undefined>;
  await renderForm(x, { person: person ?? '', day: day !== undefined && isDay(day) ? day : localDay(x.context.now) }, null, 200);
};

/** Ordered, or with `_check` only told what the chosen followers may not do. */
export const handOverSubmitted: Handler = async (x) => {
  const body = (x.req.body ?? {}) as Record<string, string>;
  const fields = typed(body);
  const check = body._check !== undefined;
  if (check) return renderForm(x, fields, null, 200, true);
  try {
    const { id } = await x.services.upkeep.orderHandOver(viewerOf(x).actors, fields, body._key || newId());
    x.res.redirect(303, `/hand-overs/${id}`);
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof Conflict)) throw error;
    await renderForm(x, fields, error, error instanceof Conflict ? 409 : 422);
  }
};

interface Typed extends Record<string, unknown> {
  person: string;
  day: string;
  posts?: { post: string; follower: string }[];
}

/** Where a post names nobody, the one chosen for all follows. */
function typed(body: Record<string, string>): Typed {
  const { posts, ...fields } = nestedFields(body) as Typed & { all?: string };
  const rows = Array.isArray(posts) ? posts : [];
  return { ...fields, person: String(fields.person ?? ''), day: String(fields.day ?? ''), posts: rows.map((row) => ({ post: String(row.post ?? ''), follower: row.follower || String(body.all ?? '') })) };
}

async function renderForm(x: Exchange, fields: Typed, error: DomainError | null, status: number, check = false): Promise<void> {
  const { services, context } = x;
  const { actors } = viewerOf(x);
  const day = isDay(fields.day) ? fields.day : localDay(context.now);
  const view = await services.upkeep.handOverView(actors, fields.person, day);
  const defects: readonly Defect[] = error instanceof InvalidInput ? error.defects : [];
  const body = (x.req.body ?? {}) as Record<string, string>;
  const chosen = (post: string): string => fields.posts?.find((row) => row.post === post)?.follower ?? '';
  const following = view.posts.flatMap((post) => (/^[0-9a-f-]{36}$/.test(chosen(post.post)) ? [{ ...post, follower: chosen(post.post) }] : []));
  const barred = check ? await services.upkeep.barred(actors, following) : [];
  await x.pages.render(x, 'hand-over-form', {
    nav: 'handOvers', ...view, day, key: body._key ?? newId(), checked: check, kept: KEPT, vacant: VACANT, all: body.all ?? '',
    barred: barred.map((one) => ({ ...one, personName: view.candidates.find(({ person }) => person === one.person)?.name ?? '' })),
    posts: view.posts.map((post, index) => ({
      ...post, index, words: words(post.postName, post.postNameEn), chosen: chosen(post.post), candidates: view.candidates.filter(({ unit }) => unit === post.unit),
      tasks: view.tasks.filter((task) => task.post === post.post).map((task) => ({ ...task, words: stageWords(services, task, task.state), kindKey: `handOver.kinds.${task.kind}` })),
      teams: view.teams.filter((one) => one.post === post.post), errors: defects.filter((one) => one.field.startsWith(`posts.${index}.`)).map((one) => one.sentence),
    })),
    deputyships: view.deputyships.map((one) => ({ ...one, words: words(one.postName, one.postNameEn) })),
    claims: view.tasks.filter((task) => task.post === null).map((task) => ({ ...task, words: stageWords(services, task, task.state) })),
    everybody: [...new Map(view.candidates.map((one) => [one.person, one])).values()],
    fields: fieldViews(view.vacantPosts.length === 0 ? commonFields : withNewPost, { kind: 'leaves', ...fields, day }, defects, { rows: {}, options: { newPost: view.vacantPosts.map((line) => ({ value: line.post, words: words(line.postName, line.postNameEn) })) } }),
    refusal: error === null ? null : { sentence: error.sentence, defects: defects.map((one) => ({ ...one })) },
  }, status);
}

/** The list of what went where; it prints. */
export const handOverPage: Handler = async (x) => {
  const { services } = x;
  const { head, lines, barred } = await services.upkeep.handOver(viewerOf(x).actors, String(x.req.params.id));
  await x.pages.render(x, 'hand-over', {
    nav: 'handOvers', head, barred: barred.map((one) => ({ ...one, personName: one.person })),
    lines: lines.map((line, index) => ({ ...line, ...line.what, index: index + 1, kindKey: `handOver.kinds.${line.kind}`, outcomeKey: `handOver.outcomes.${line.outcome ?? 'waiting'}`, ...named(x, line) })),
  });
};

function named(x: Exchange, { kind, what }: ShownLine): { words: Words; stage: Words | null; postWords?: Words } {
  const text = (name: string): string => String(what[name] ?? '');
  if (kind === 'post' || kind === 'new-post') return { words: words(`${text('orgName')} ${text('name')}`, text('nameEn')), stage: null };
  if (kind === 'deputy') return { words: words(`${text('postName')}：${text('deputyName')}代${text('holderName')}`, `${text('postNameEn')}: ${text('deputyName')} for ${text('holderName')}`), stage: null };
  if (kind === 'drafts') return { words: words(`${text('count')} 份未提交的意见，只有本人可见`, `${text('count')} unsent, seen by their writer alone`), stage: null };
  return { words: words(text('title'), text('title')), postWords: words(text('postName'), text('postNameEn')), stage: kind === 'team' ? null : stageWords(x.services, what as never, text('state')) };
}

const personIn = (x: Exchange): string => String(x.req.params.id);

export const apiCarried: Handler = async (x) => {
  const day = String(x.req.query.day ?? localDay(x.context.now));
  if (!isDay(day)) throw noSuchPage(day);
  const { vacantPosts: _vacant, ...view } = await x.services.upkeep.handOverView(viewerOf(x).actors, personIn(x), day);
  x.res.json({ day, ...view });
};
export const apiHandOvers: Handler = async (x) => void x.res.json({ handOvers: await x.services.upkeep.handOvers(viewerOf(x).actors) });
export const apiHandOver: Handler = async (x) => {
  const { head, lines, barred } = await x.services.upkeep.handOver(viewerOf(x).actors, String(x.req.params.id));
  x.res.json({ ...head, lines, barred });
};
