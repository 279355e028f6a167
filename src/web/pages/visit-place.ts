import { InvalidInput, type Defect, type DomainError } from '../../domain/errors.js';
import { localDay } from '../../domain/local-day.js';
import { words } from '../../domain/text.js';
import { attachmentsOf } from '../../reads/case-content.js';
import { plannedAreas } from '../../reads/planned-areas.js';
import { formSources } from '../case-view/form-sources.js';
import { siteRecord } from '../case-view/site-record.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { fittedFields } from '../form-schema.js';
import { fieldViews } from '../form-view.js';
import { nestedFields } from '../nested-fields.js';
import type { Difference } from '../plan-view/section-merge.js';
import { readAs } from '../reading.js';
import { noSuchPage } from '../refusals.js';
import { takeFiles } from '../take-files.js';
import { clashWords } from '../visit-view/clash-words.js';
import { onSite } from '../visit-view/on-site.js';
import { keepVisit, placeKey, type VisitBody } from '../visit-view/visit-draft.js';
import { photosOf, visitStop, type VisitStop } from '../visit-view/visit-stops.js';
import { placeForm } from './visit.js';

/** One platform of a visit: the same record as an inspection's, kept for the whole team while it is typed. */
export const visitPlacePage: Handler = (x) => renderPlace(x, null, null, 200);

/** Autosave and the plain button do the same: what a member changed is laid over what the team has. */
export const visitPlaceSaved: Handler = async (x) => {
  const { services, context, req, res } = x;
  const body = (req.body ?? {}) as Record<string, string>;
  const id = String(req.params.id);
  const typed = { ...(fittedFields(placeForm(x), nestedFields(body)) as object), ...placeOf(x) } as VisitBody;
  const { clashes, asked, before } = await readAs(x, async (trx) => {
    const site = await onSite(x, trx);
    const { head } = site;
    if ((await visitStop(trx, services, site, placeOf(x))) === undefined) throw noSuchPage(String(req.params.place));
    return keepVisit(trx, { city: services.city, caseId: id, year: head.year, unit: head.unit, person: viewerOf(x).name, at: context.now }, typed, readable(body._base));
  });
  const colleague = { name: before.savedBy, at: before.savedAt };
  if (req.headers.accept === 'application/json') {
    return void res.status(clashes.length > 0 ? 409 : 200).json({ savedAt: context.now.toISOString(), base: JSON.stringify(typed) });
  }
  if (clashes.length > 0) return renderPlace(x, asked, null, 409, { clashes, colleague });
  try {
    await takeFiles(x, id);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return renderPlace(x, typed, error, 422);
  }
  res.redirect(303, `/cases/${id}/visit#${String(req.params.place)}`);
};

/** `center-370102001` */
function placeOf(x: Exchange): { tier: VisitStop['tier']; placeCode: string } {
  const [, tier, placeCode] = /^(hall|center|station)-(\d{6,12})$/.exec(String(x.req.params.place)) ?? [];
  if (tier === undefined || placeCode === undefined) throw noSuchPage(String(x.req.params.place));
  return { tier: tier as VisitStop['tier'], placeCode };
}

function readable(base: string | undefined): unknown {
  try {
    return JSON.parse(base ?? '');
  } catch {
    return undefined;
  }
}

interface Clash {
  clashes: readonly Difference[];
  colleague: { name: string; at: Date };
}

async function renderPlace(x: Exchange, typed: VisitBody | null, error: DomainError | null, status: number, clash: Clash | null = null): Promise<void> {
  const { services, context } = x;
  const model = await readAs(x, async (trx) => {
    const site = await onSite(x, trx);
    const { head, pack } = site;
    const stop = await visitStop(trx, services, site, placeOf(x));
    if (stop === undefined) throw noSuchPage(String(x.req.params.place));
    const kept = stop.draft?.body ?? { tier: stop.tier, placeCode: stop.placeCode };
    const defects: readonly Defect[] = error instanceof InvalidInput ? error.defects : [];
    const subject = { ...stop, key: placeKey(stop) };
    const fields = fieldViews(placeForm(x), { visitedOn: localDay(context.now), ...kept, ...typed }, defects, await formSources(trx, services, head, site.context, subject, context.now, viewerOf(x).actors))
      .filter(({ name }) => name !== 'tier' && name !== 'placeCode');
    const files = await attachmentsOf(trx, services.city, head.caseId);
    const address = `/cases/${head.caseId}/visit/${stop.slug}`;
    return {
      head, record: siteRecord(pack, fields, subject, await plannedAreas(trx, services.city, head.year, head.unit)), missing: stop.state === 'begun' ? stop.missing : [],
      photos: files.filter((file) => file.purpose === photosOf(stop) && file.isolatedAt === null), savedBy: stop.draft,
      post: { address, autosave: address, hidden: [{ name: '_base', value: JSON.stringify(kept) }], words: words('保存，回总表', 'Save, back to the overview') },
      back: { address: `/cases/${head.caseId}/visit`, key: 'visit.back' }, clash: clash === null ? null : { ...clash.colleague, lines: clashWords(pack, stop, clash.clashes) },
    };
  });
  await x.pages.render(x, 'record', { nav: 'acceptance', ...model, refusal: error === null ? null : { sentence: error.sentence, conflict: false, defects: model.record === null ? [] : (error as InvalidInput).defects } }, status);
}
