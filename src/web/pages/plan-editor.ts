import type { Actor } from '../../domain/actor.js';
import { Conflict, type Defect } from '../../domain/errors.js';
import { dayOfYear } from '../../domain/deadline.js';
import { endOfLocal } from '../../domain/local-day.js';
import { valueOf } from '../../../workflows/policies/policy-pack.js';
import { liveSections, attachmentsOf } from '../../reads/case-content.js';
import type { Knex } from 'knex';
import { caseHead, type CaseHead } from '../../reads/case-head.js';
import { filingUnits } from '../../reads/filing-units.js';
import { townshipsOf } from '../../reads/form-choices.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { fittedFields } from '../form-schema.js';
import { fieldViews, type FormSources } from '../form-view.js';
import { Formats } from '../formats.js';
import { nestedFields } from '../nested-fields.js';
import { readAs } from '../reading.js';
import { noSuchPage } from '../refusals.js';
import { actorsFor } from './case-page.js';

/** 填报: one section at a time, with what every section still needs. Autosave and the plain button do the same. */
export const editorPage: Handler = (x) => render(x, null, 200);

interface Clash {
  mine: Record<string, unknown>;
}

async function render(x: Exchange, clash: Clash | null, status: number): Promise<void> {
  const { services, req } = x;
  const id = String(req.params.id);
  const available = await services.engine.actionsFor(await actorsFor(x, id), id);
  const model = await readAs(x, async (trx, actor) => {
    const head = await caseHead(trx, services.city, id);
    const { pack } = services.packOf(head.pack);
    const forms = services.content.sections(head.workflow, pack);
    const name = String(req.params.section ?? forms[0]?.name ?? '');
    const index = forms.findIndex((form) => form.name === name);
    if (index < 0 || actor.scope !== head.side) throw noSuchPage(name);
    const live = await liveSections(trx, services.city, id);
    const { defects, completeness } = await services.content.check(trx, id);
    const form = forms[index]!;
    const section = live.find((one) => one.name === name);
    const body = clash?.mine ?? section?.body ?? {};
    const own: Defect[] = section === undefined && clash === null ? [] : defects.filter((one) => one.section === name);
    const unit = (await filingUnits(trx, services.city, head.year)).find((one) => one.id === head.unit);
    const { sources, places } = await editorSources(x, trx, head);
    return {
      head, unit, places, completeness, defects: defects.map((one) => ({ ...one, words: forms.find((other) => other.name === one.section)?.words })), revision: section?.revision ?? 0,
      savedAt: section?.editedAt ?? null, editor: section?.editorName ?? null, section: { name, words: form.words, fields: fieldViews(form.schema, body, own, sources) },
      sections: forms.map((other) => ({ name: other.name, words: other.words, current: other.name === name, written: live.some((one) => one.name === other.name),
        open: defects.filter((one) => one.section === other.name).length })),
      previous: forms[index - 1] ?? null, next: forms[index + 1] ?? null, deadline: deadlineOf(x, head.year, head.pack, await services.calendarOf(services.city)),
      standards: valueOf(pack.standards.hall).bands, shown: await services.content.shownHash(trx, id), clash: clash === null ? null : { body: section?.body ?? {}, editor: section?.editorName ?? '' },
    };
  });
  const writable = available.length > 0;
  await x.pages.render(x, 'plan-editor', { nav: model.head.workflow, ...model, writable, submit: available.find((one) => ['submit', 'resubmit', 'apply', 'reapply'].includes(one.command)) ?? null }, status);
}

/** What a section's form offers: files that were uploaded, kinds of attachments of the pack, and the unit's places as suggestions. */
async function editorSources(x: Exchange, trx: Knex.Transaction, head: CaseHead): Promise<{ sources: FormSources; places: { code: string; name: string }[] }> {
  const files = (await attachmentsOf(trx, x.services.city, head.caseId)).map((file) => ({ value: file.id, words: file.name }));
  const { pack } = x.services.packOf(head.pack);
  const purposes = valueOf(pack.forms.attachments).map((one) => ({ value: one.id, words: one.name }));
  const unit = (await filingUnits(trx, x.services.city, head.year)).find((one) => one.id === head.unit);
  const places = [...(unit === undefined ? [] : [{ code: unit.code, name: unit.name }]), ...(await townshipsOf(trx, x.services.city, head.year, head.unit))];
  return { sources: { options: { 'files.file': files, 'files.purpose': purposes }, rows: {}, lists: { 'projects.placeCode': 'places' } }, places };
}

function deadlineOf(x: Exchange, year: number, packId: string, calendar: Parameters<Formats['due']>[1]) {
  const day = dayOfYear(year, valueOf(x.services.packOf(packId).pack.deadlines.planFiling));
  const formats = new Formats(x.context.language, x.context.now);
  return { day: formats.day(day), at: endOfLocal(day), due: formats.due(endOfLocal(day), calendar), lastWorkday: formats.day(calendar.lastWorkdayOnOrBefore(day).day) };
}

/** Of several posts behind one wall the clerk's is the one that writes. */
export const writerOf = (x: Exchange, seen: Actor): Actor =>
  viewerOf(x).actors.find((actor) => actor.role === 'unit.clerk' && actor.unit === seen.unit) ?? seen;

/** Saves one section. A program that asks for JSON gets the revision; a plain form comes back to the page. */
export const sectionSaved: Handler = async (x) => {
  const { services, req, res } = x;
  const [id, name] = [String(req.params.id), String(req.params.section)];
  const raw = (req.body ?? {}) as Record<string, string>;
  const body = await readAs(x, async (trx) => {
    const head = await caseHead(trx, services.city, id);
    const form = services.content.sections(head.workflow, services.packOf(head.pack).pack).find((one) => one.name === name);
    if (form === undefined) throw noSuchPage(name);
    return fittedFields(form.schema, nestedFields(raw)) as Record<string, unknown>;
  });
  const quiet = req.headers.accept?.includes('application/json') ?? false;
  try {
    const saved = await readAs(x, (trx, actor) => services.content.save(trx, writerOf(x, actor), id, name, body, Number(raw._revision ?? 0)));
    if (quiet) return void res.json({ revision: saved.revision, savedAt: saved.savedAt.toISOString() });
    res.redirect(303, `/cases/${id}/edit/${raw._then || name}`);
  } catch (error) {
    if (!(error instanceof Conflict) || quiet) throw error;
    await render(x, { mine: body }, 409);
  }
};
