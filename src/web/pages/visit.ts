import { newId } from '../../clock.js';
import { Conflict, InvalidInput, Refused, type Defect, type DomainError } from '../../domain/errors.js';
import { words, type Words } from '../../domain/text.js';
import type { z } from 'zod';
import { draftOpinion } from '../../reads/draft-opinions.js';
import type { Draft } from '../case-view/action-panel.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { fieldShape, fittedFields } from '../form-schema.js';
import { fieldViews } from '../form-view.js';
import { Formats } from '../formats.js';
import { nestedFields } from '../nested-fields.js';
import { actorsFor } from '../actors-for.js';
import { readAs } from '../reading.js';
import { onSite } from '../visit-view/on-site.js';
import { placeKey } from '../visit-view/visit-draft.js';
import { slugOf, visitStops, type VisitStop } from '../visit-view/visit-stops.js';

/** 现场验收: every platform of the plan with what is done and what is missing, for all of the team; the leader hands the whole in. */
export const visitPage: Handler = async (x) => {
  const { tier, placeCode } = x.req.query;
  if (typeof placeCode === 'string' && /^\d{6,12}$/.test(placeCode.trim()) && typeof tier === 'string') {
    return x.res.redirect(303, `/cases/${String(x.req.params.id)}/visit/${slugOf({ tier: tier as VisitStop['tier'], placeCode: placeCode.trim() })}`);
  }
  await renderVisit(x, null, null, 200);
};

/** The record of the whole visit, put together from what the team has kept of each platform. */
export const visitSubmitted: Handler = async (x) => {
  const { services, req, res } = x;
  const body = (req.body ?? {}) as Record<string, string>;
  const typed = fittedFields(wholeOf(x), nestedFields(body)) as Record<string, unknown>;
  const { head, stops } = await readAs(x, async (trx) => {
    const site = await onSite(x, trx);
    return { head: site.head, stops: begun(await visitStops(trx, services, site)) };
  });
  try {
    await services.engine.dispatch(await actorsFor(x, head.caseId), {
      caseId: head.caseId, type: 'recordVisit', taskId: body._task || undefined, fields: { ...typed, visits: stops.map(({ draft }) => draft!.body) }, shown: body._shown || undefined, key: body._key || newId(),
    });
    res.redirect(303, `/cases/${head.caseId}?done=recordVisit`);
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof Conflict || error instanceof Refused)) throw error;
    await renderVisit(x, typed, error, error instanceof Conflict ? 409 : 422);
  }
};

/** Under the heading of its tier a platform is told by its place. */
const SUFFIX = /(?<=.)人力资源和社会保障(?:综合服务大厅|服务中心|服务站)$/;

const begun = (stops: readonly VisitStop[]): VisitStop[] => stops.filter(({ draft }) => draft !== null);

/** The fields of the command that are about the visit as a whole. */
const wholeOf = (x: Exchange): z.ZodObject => (x.services.forms.recordVisit!.schema as z.ZodObject).pick({ from: true, to: true, note: true });

async function renderVisit(x: Exchange, typed: Record<string, unknown> | null, error: DomainError | null, status: number): Promise<void> {
  const { services, context } = x;
  const calendar = await services.calendarOf(services.city);
  const model = await readAs(x, async (trx) => {
    const site = await onSite(x, trx);
    const stops = await visitStops(trx, services, site);
    const seen = begun(stops);
    const days = seen.flatMap(({ draft }) => draft!.body.visitedOn ?? []).sort();
    const kept = site.task === null ? null : ((await draftOpinion(trx, services.city, site.task.id, viewerOf(x).person))?.body as unknown as Draft | undefined)?.fields;
    const defects = pinned(error, seen);
    return {
      head: site.head, team: site.members, leader: site.members.find((one) => one.leader)?.name ?? '', task: site.task, defects,
      due: site.task?.dueAt == null ? null : new Formats(context.language, context.now).due(site.task.dueAt, calendar),
      fields: fieldViews(wholeOf(x), { from: days[0], to: days.at(-1), ...kept, ...typed }, defects),
      groups: (['hall', 'center', 'station'] as const).map((tier) => ({ tier, stops: stops.filter((one) => one.tier === tier).map((one) => ({ ...one, anchor: placeKey(one), shortName: one.name.replace(SUFFIX, '') })) })).filter((group) => group.stops.length > 0),
      figures: { all: stops.length, complete: seen.filter(({ state }) => state === 'complete').length, begun: seen.filter(({ state }) => state === 'begun').length, blank: stops.length - seen.length },
      tiers: fieldViews(placeForm(x), {}, []).find(({ name }) => name === 'tier')!.options,
      shown: await services.content.shownHash(trx, site.head.caseId),
    };
  });
  const refusal = error === null ? null : { sentence: error.sentence, conflict: error instanceof Conflict, defects: model.defects };
  await x.pages.render(x, 'visit', { nav: 'acceptance', key: (x.req.body as Record<string, string> | undefined)?._key ?? newId(), ...model, refusal }, status);
}

/** What was found wrong; of a platform (`visits.3.checklist`) the first of it and how many there are, since its own record tells them all. */
function pinned(error: DomainError | null, seen: readonly VisitStop[]): Defect[] {
  if (!(error instanceof InvalidInput)) return [];
  const stopOf = ({ field }: Defect): VisitStop | undefined => seen[Number(/^visits\.(\d+)\./.exec(field)?.[1] ?? NaN)];
  return error.defects.flatMap((one, _index, all): Defect[] => {
    const stop = stopOf(one);
    if (stop === undefined) return [one.field === 'visits' ? { ...one, field: 'stops', sentence: nothingYet } : one];
    const own = all.filter((other) => stopOf(other) === stop);
    if (own[0] !== one) return [];
    const more = own.length > 1 ? words(`共 ${own.length} 处。`, ` ${own.length} in all.`) : words('', '');
    return [{ ...one, field: placeKey(stop), sentence: words(`${stop.name}：${one.sentence.zh}${more.zh}`, `${stop.name}: ${one.sentence.en}${more.en}`) }];
  });
}

const nothingYet: Words = words('还没有一个平台的现场记录。先到平台逐项填写。', 'No platform has been recorded yet. Begin with one.');

/** The form of one platform. */
export const placeForm = (x: Exchange): z.ZodObject => fieldShape((x.services.forms.recordVisit!.schema as z.ZodObject).shape.visits as z.ZodType).element as z.ZodObject;
