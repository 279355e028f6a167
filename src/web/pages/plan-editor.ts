import type { Knex } from 'knex';
import { Conflict, type Defect } from '../../domain/errors.js';
import type { PlanStanding } from '../../domain/plan-standing.js';
import { words, type Words } from '../../domain/text.js';
import { valueOf } from '../../../workflows/policies/policy-pack.js';
import { attachmentsOf, liveSections } from '../../reads/case-content.js';
import { caseHead, type CaseHead } from '../../reads/case-head.js';
import { filingUnits } from '../../reads/filing-units.js';
import { townshipsOf } from '../../reads/form-choices.js';
import { stageWords } from '../case-view/stage-words.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { fittedFields } from '../form-schema.js';
import { fieldViews, type FormSources } from '../form-view.js';
import { Formats } from '../formats.js';
import { nestedFields } from '../nested-fields.js';
import { filingCalendar } from '../plan-view/filing-calendar.js';
import { premisesView, standingAnswers } from '../plan-view/premises-view.js';
import { shortWords } from '../plan-view/standing-words.js';
import { readAs } from '../reading.js';
import { noSuchPage } from '../refusals.js';
import { writerOf } from '../writer-of.js';
import { actorsFor } from '../actors-for.js';
import { dropUnsent } from '../personal-notes.js';
import { renderConflict, sectionAddress, unsentSection } from './plan-conflict.js';

/** 填报: one section at a time, with what every section still needs. Autosave and the plain button do the same. */
export const editorPage: Handler = async (x) => {
  const { services, req, context } = x;
  const id = String(req.params.id);
  const unsent = req.query.part === 'side' ? null : await unsentSection(x, id, String(req.params.section ?? ''));
  if (unsent !== null) return renderConflict(x, unsent);
  const available = await services.engine.actionsFor(await actorsFor(x, id), id);
  const calendar = await services.calendarOf(services.city);
  // What stands beside the form is fetched anew after every save; the form itself, which may be long, is not made for that.
  const beside = req.query.part === 'side';
  const opened = typeof req.query.row === 'string' && /^\d{1,5}$/.test(req.query.row) ? Number(req.query.row) : null;
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
    const premises = head.workflow === 'plan' && name === 'premises';
    // What is only missing stands in the list beside the form; whether an area is enough is said in its row.
    const inline = (one: Defect): boolean => (premises && one.field.startsWith('projects.') ? one.code !== 'below-standard' : one.code !== 'missing');
    const own: Defect[] = section === undefined ? [] : defects.filter((one) => one.section === name && inline(one));
    const unit = (await filingUnits(trx, services.city, head.year)).find((one) => one.id === head.unit);
    const { sources, places } = await editorSources(x, trx, head, unit);
    const fields = beside ? [] : fieldViews(form.schema, section?.body ?? {}, own, sources);
    const standing = head.workflow === 'plan' ? await services.content.plan.standing(trx, id) : null;
    return {
      head, unit, places, completeness, beside, stage: stageWords(services, head, head.stage), revision: section?.revision ?? 0, savedAt: section?.editedAt ?? null, editor: section?.editorName ?? null,
      defects: defects.map((one) => ({
        ...one, words: forms.find((other) => other.name === one.section)?.words, row: /^projects\.(\d+)/.exec(one.field)?.[1] ?? null, sentence: briefly(one, standing) ?? one.sentence,
      })),
      section: { name, words: form.words, number: index + 1, fields, open: defects.filter((one) => one.section === name).length },
      premises: premises && standing !== null && !beside ? premisesView(fields, standing, opened) : null,
      sections: forms.map((other) => sectionLine(other, name, live.some((one) => one.name === other.name), defects)),
      previous: forms[index - 1] ?? null, next: forms[index + 1] ?? null,
      deadline: head.workflow === 'plan' ? filingCalendar(head.year, pack, calendar, new Formats(context.language, context.now)) : null,
      bands: standing === null ? null : valueOf(pack.standards.hall).bands.map((band, place, all) => ({ ...band, from: all[place - 1]?.upTo ?? null, current: band.upTo === standing.hall.upTo })),
      classes: standing === null ? null : valueOf(pack.standards.center).classes, station: valueOf(pack.standards.station),
    };
  });
  const types = model.premises === null ? [] : projectTypeChoices(model.premises.blank);
  await x.pages.render(x, 'plan-editor', { nav: model.head.workflow, ...model, types, writable: available.length > 0, kept: req.query.unsent === 'saved' });
};

/** A row below the standard in few words: the place and what it lacks. How that is put right stands beside the row. */
function briefly({ code, field }: Defect, standing: PlanStanding | null): Words | null {
  const [, index, name] = /^projects\.(\d+)\.(\w+)$/.exec(field) ?? [];
  const row = code === 'below-standard' ? standing?.projects.find((one) => one.index === Number(index)) : undefined;
  const lack = row === undefined ? null : shortWords(row, name!);
  return lack === null ? null : words(`${row!.place ?? row!.name}${lack.zh}`, `${row!.place ?? row!.name}: ${lack.en}`);
}

function sectionLine(form: { name: string; words: object }, current: string, written: boolean, defects: readonly { section: string; code: string }[]) {
  const own = defects.filter((one) => one.section === form.name);
  return { name: form.name, words: form.words, current: form.name === current, written, open: own.length, wrong: written && own.some((one) => one.code !== 'missing') };
}

/** The ways of building, as the blank row offers them. */
const projectTypeChoices = (blank: readonly { fields: readonly { name: string; options: unknown }[] }[]): unknown =>
  blank[0]?.fields.find((one) => one.name.endsWith('.type'))?.options ?? [];

/** What a section's form offers: files that were uploaded, kinds of attachments of the pack, and the unit's places as suggestions. */
async function editorSources(
  x: Exchange, trx: Knex.Transaction, head: CaseHead, unit: { code: string; name: string } | undefined,
): Promise<{ sources: FormSources; places: { code: string; name: string }[] }> {
  const files = (await attachmentsOf(trx, x.services.city, head.caseId)).map((file) => ({ value: file.id, words: file.name }));
  const { pack } = x.services.packOf(head.pack);
  const purposes = valueOf(pack.forms.attachments).map((one) => ({ value: one.id, words: one.name }));
  const places = [...(unit === undefined ? [] : [{ code: unit.code, name: unit.name }]), ...(await townshipsOf(trx, x.services.city, head.year, head.unit))];
  return { sources: { options: { 'files.file': files, 'files.purpose': purposes }, rows: {}, lists: { 'projects.placeCode': 'places' } }, places };
}

/** Saves one section. A program that asks for JSON gets the revision and how each row stands; a plain form comes back to the page. */
export const sectionSaved: Handler = async (x) => {
  const { services, req, res, context } = x;
  const [id, name] = [String(req.params.id), String(req.params.section)];
  const raw = (req.body ?? {}) as Record<string, string>;
  const body = await readAs(x, async (trx) => {
    const head = await caseHead(trx, services.city, id);
    const form = services.content.sections(head.workflow, services.packOf(head.pack).pack).find((one) => one.name === name);
    if (form === undefined) throw noSuchPage(name);
    return without(raw._drop, fittedFields(form.schema, nestedFields(raw)) as Record<string, unknown>);
  });
  const quiet = req.headers.accept?.includes('application/json') ?? false;
  const revision = Number(raw._revision ?? 0);
  try {
    const answer = await readAs(x, async (trx, actor) => {
      const saved = await services.content.save(trx, writerOf(x, actor), id, name, body, revision);
      await dropUnsent(trx, services.city, viewerOf(x).person, sectionAddress(id, name));
      return { ...saved, rows: quiet && name === 'premises' ? standingAnswers(await services.content.plan.standing(trx, id), context.language) : {} };
    });
    if (quiet) return void res.json({ revision: answer.revision, savedAt: answer.savedAt.toISOString(), rows: answer.rows });
    res.redirect(303, afterwards(id, name, raw));
  } catch (error) {
    if (!(error instanceof Conflict) || quiet) throw error;
    await renderConflict(x, { caseId: id, name, mine: body, opened: revision });
  }
};

/** Where a plain form leads: another section, the details of one row, the case, or back. */
function afterwards(id: string, name: string, raw: Record<string, string>): string {
  if (raw._then === '@case') return `/cases/${id}`;
  if (/^\d{1,5}$/.test(raw._row ?? '')) return `/cases/${id}/edit/${name}?row=${raw._row}#row-${raw._row}`;
  return `/cases/${id}/edit/${/^\w{1,40}$/.test(raw._then ?? '') ? raw._then : name}`;
}

/** The row a clerk takes out is named by its number in the form. */
function without(dropped: string | undefined, body: Record<string, unknown>): Record<string, unknown> {
  if (dropped === undefined || !/^\d{1,5}$/.test(dropped) || !Array.isArray(body.projects)) return body;
  return { ...body, projects: body.projects.filter((_, index) => index !== Number(dropped)) };
}
