import { Conflict } from '../../domain/errors.js';
import type { Words } from '../../domain/text.js';
import { liveSections } from '../../reads/case-content.js';
import { caseHead } from '../../reads/case-head.js';
import { sectionAt } from '../../reads/section-history.js';
import { unsentAt } from '../../reads/unsent-forms.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { fieldShape, fittedFields } from '../form-schema.js';
import { nestedFields } from '../nested-fields.js';
import { dropUnsent } from '../personal-notes.js';
import { differencesOf, mergedSection, type Side } from '../plan-view/section-merge.js';
import { readAs } from '../reading.js';
import { noSuchPage } from '../refusals.js';
import type { SectionForm } from '../services.js';
import { writerOf } from '../writer-of.js';

interface Clash {
  caseId: string;
  name: string;
  /** What was typed and could not be saved. */
  mine: Record<string, unknown>;
  /** The revision it was written on. */
  opened: number;
}

/** 两稿比对: somebody else saved this section first. Field by field both texts stand side by side, and nothing typed is lost. */
export async function renderConflict(x: Exchange, { caseId, name, mine, opened }: Clash): Promise<void> {
  const { services } = x;
  const model = await readAs(x, async (trx) => {
    const head = await caseHead(trx, services.city, caseId);
    const form = formNamed(x, head, name);
    const theirs = (await liveSections(trx, services.city, caseId)).find((one) => one.name === name);
    if (theirs === undefined) throw noSuchPage(name);
    const base = opened === 0 ? {} : await sectionAt(trx, services.city, caseId, name, opened);
    const rows = differencesOf(mine, theirs.body, base).map((one, index) => ({
      ...one, index, label: labelsOf(form, one.trail, x.context.language), mineText: shownAs(form, one.path, one.mine, x), theirText: shownAs(form, one.path, one.theirs, x), keepsMine: one.suggested === 'mine',
    }));
    return { head, section: { name, words: form.words }, rows, bothCount: rows.filter((row) => row.both).length, editor: theirs.editorName, editedAt: theirs.editedAt, revision: theirs.revision, opened, carried: flat(mine) };
  });
  await x.pages.render(x, 'plan-conflict', { nav: model.head.workflow, ...model }, 409);
}

/** Where the form of a section stands. */
export const sectionAddress = (caseId: string, name: string): string => `/cases/${caseId}/edit/${name}`;

/** What was written in a section before a session ended and could not be saved after it, because another text stands there now; null when there is nothing. */
export function unsentSection(x: Exchange, caseId: string, name: string): Promise<Clash | null> {
  const { city } = x.services;
  return readAs(x, async (trx) => {
    const head = await caseHead(trx, city, caseId);
    const found = await unsentAt(trx, city, viewerOf(x).person, sectionAddress(caseId, name));
    if (found === null || !(await liveSections(trx, city, caseId)).some((one) => one.name === name)) return null;
    return { caseId, name, mine: fittedFields(formNamed(x, head, name).schema, nestedFields(found.fields)) as Record<string, unknown>, opened: Number(found.fields._revision ?? 0) };
  });
}

/** Saves what was chosen, on top of the version it was chosen against. If that has changed again, the page comes back. */
export const conflictResolved: Handler = async (x) => {
  const { services, req, res } = x;
  const [caseId, name] = [String(req.params.id), String(req.params.section)];
  const raw = (req.body ?? {}) as Record<string, string>;
  const revision = Number(raw._revision ?? 0);
  const picks = new Map(Object.entries(raw).flatMap(([key, side]): [string, Side][] =>
    key.startsWith('_pick.') && (side === 'mine' || side === 'theirs') ? [[key.slice('_pick.'.length), side]] : []));
  const { mine, theirs } = await readAs(x, async (trx) => {
    const head = await caseHead(trx, services.city, caseId);
    const typed = fittedFields(formNamed(x, head, name).schema, nestedFields(raw)) as Record<string, unknown>;
    return { mine: typed, theirs: await sectionAt(trx, services.city, caseId, name, revision) };
  });
  const merged = mergedSection(mine, theirs ?? {}, picks) as Record<string, unknown>;
  try {
    await readAs(x, async (trx, actor) => {
      await services.content.save(trx, writerOf(x, actor), caseId, name, merged, revision);
      await dropUnsent(trx, services.city, viewerOf(x).person, sectionAddress(caseId, name));
    });
    res.redirect(303, sectionAddress(caseId, name));
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    await renderConflict(x, { caseId, name, mine: merged, opened: revision });
  }
};

function formNamed(x: Exchange, head: { workflow: string; pack: string }, name: string): SectionForm {
  const form = x.services.content.sections(head.workflow, x.services.packOf(head.pack).pack).find((one) => one.name === name);
  if (form === undefined) throw noSuchPage(name);
  return form;
}

type Schema = Parameters<typeof fieldShape>[0];

/** The schema of a field by its name, wherever in the section it stands. */
function fieldNamed(schema: Schema, name: string): Schema | null {
  const { shape, element } = fieldShape(schema);
  if (element !== null) return fieldNamed(element, name);
  if (shape === null) return null;
  return shape[name] ?? Object.values(shape).flatMap((one) => fieldNamed(one, name) ?? [])[0] ?? null;
}

/** 建设项目 › 殷巷镇… › 档案室: names of fields as the form has them, rows as they are called. */
function labelsOf(form: SectionForm, trail: readonly string[], language: 'zh' | 'en'): string {
  return trail.map((name) => {
    const field = fieldNamed(form.schema, name);
    const label: Words | string = (field === null ? undefined : fieldShape(field).meta.label) ?? name;
    return typeof label === 'string' ? label : label[language];
  }).join(' › ');
}

/** A value as it is read: the words of a choice, a tick, the name of a whole row. null where there is none. */
function shownAs(form: SectionForm, path: string, value: unknown, x: Exchange): string | null {
  if (value === undefined || value === null || value === '' || value === false) return null;
  if (value === true || value === 'on') return '✓';
  if (typeof value === 'object') return Array.isArray(value) ? value.map(String).join('、') : Object.values(value).filter((one) => typeof one === 'string' && one !== 'on').join(' · ');
  const field = fieldNamed(form.schema, path.split('.').at(-1)!);
  const option = field === null ? undefined : fieldShape(field).meta.options?.find((one) => one.value === value);
  return option === undefined ? String(value) : option.words[x.context.language];
}

/** A tree as the names and values of a plain form. */
function flat(value: unknown, name = ''): { name: string; value: string }[] {
  if (value === undefined || value === null || value === false) return [];
  if (typeof value !== 'object') return [{ name, value: value === true ? 'on' : String(value) }];
  return Object.entries(value).flatMap(([key, one]) => flat(one, name === '' ? key : `${name}.${key}`));
}
