import { z } from 'zod';
import type { Actor } from '../../domain/actor.js';
import { Conflict, InvalidInput } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import { may } from '../../auth/permissions.js';
import { homeOf } from '../../engine/open-case.js';
import { readForm } from '../../../workflows/forms/command-form.js';
import { attachmentsOf, contentVersions, liveSections } from '../../reads/case-content.js';
import { caseContext, openDuties } from '../../reads/case-context.js';
import { caseHead, caseKnown } from '../../reads/case-head.js';
import { caseTimeline } from '../../reads/case-timeline.js';
import { filingUnits } from '../../reads/filing-units.js';
import { incomingPapers } from '../../reads/incoming-papers.js';
import { inboxOf } from '../../reads/inbox.js';
import { checkJournal } from '../../reads/journal-check.js';
import { yearFigures } from '../../reads/year-figures.js';
import { yearProgress } from '../../reads/year-progress.js';
import { formSources } from '../case-view/form-sources.js';
import { matterView } from '../case-view/matter-view.js';
import { resultsView } from '../case-view/results-view.js';
import { stageWords } from '../case-view/stage-words.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { actorsFor } from '../actors-for.js';
import { writerOf } from '../writer-of.js';
import { programmeYear } from '../programme-year.js';
import { readAll, readAs } from '../reading.js';
import { noSuchPage } from '../refusals.js';
import { commandBody, openBody, sectionBody } from './api-bodies.js';
import { formSchema } from './json-schemas.js';
import { commandFormOf } from '../command-form-of.js';

/** Key that makes a repeated request one act. @throws InvalidInput when the header is missing */
export function idempotencyKey(x: Exchange): string {
  const key = x.req.headers['idempotency-key'];
  if (typeof key === 'string' && key.length >= 8 && key.length <= 200) return key;
  throw new InvalidInput([{ field: 'Idempotency-Key', code: 'missing', sentence: words('请求头 Idempotency-Key 要有 8 到 200 个字符。', 'The header Idempotency-Key must have 8 to 200 characters.') }]);
}

export const apiInbox: Handler = async (x) => {
  const items = await readAll(x, (trx) => inboxOf(trx, viewerOf(x).actors));
  x.res.json({ items: items.map((item) => ({ ...item, stage: stageWords(x.services, item, item.state) })) });
};

export const apiCases: Handler = async (x) => {
  const text = (name: string): string | undefined => (typeof x.req.query[name] === 'string' ? (x.req.query[name] as string) : undefined);
  const cases = await readAll(x, (trx) => yearProgress(trx, { city: x.services.city, year: programmeYear(x), workflow: text('workflow'), unit: text('unit') }));
  x.res.json({ cases: cases.map((one) => ({ ...one, stageWords: stageWords(x.services, one, one.stage) })) });
};

/** The figures of a year: the same function that fills the workbench. */
export const apiFigures: Handler = async (x) => {
  const year = programmeYear(x);
  x.res.json(await readAs(x, async (trx) => {
    const units = await filingUnits(trx, x.services.city, year);
    return { year, figures: yearFigures(units.length, await yearProgress(trx, { city: x.services.city, year })) };
  }));
};

export const apiUnits: Handler = async (x) => {
  const year = programmeYear(x);
  x.res.json({ year, units: await readAs(x, (trx) => filingUnits(trx, x.services.city, year)) });
};

/** A case with everything this person may do on it now; each action carries the schema of its fields. */
export const apiCase: Handler = async (x) => {
  const { services } = x;
  const id = String(x.req.params.id);
  const actions = await services.engine.actionsFor(await actorsFor(x, id), id);
  x.res.json(await readAs(x, async (trx, actor) => {
    const head = await caseHead(trx, services.city, id);
    const context = await caseContext(trx, services.city, id);
    const { options } = await formSources(trx, services, head, context, null, x.context.now, viewerOf(x).actors);
    const { pack } = services.packOf(head.pack);
    const timeline = await caseTimeline(trx, services.city, head.year, id);
    const results = resultsView(pack, head, context, timeline, actor.scope);
    return {
      ...head, results, matter: matterView(pack, head, context, timeline, (await contentVersions(trx, services.city, id))[0]), choices: options, stageWords: stageWords(services, head, head.stage), shown: await services.content.shownHash(trx, id),
      tasks: await openDuties(trx, services.city, id), attachments: await attachmentsOf(trx, services.city, id),
      incoming: await incomingPapers(trx, services.city, head.year, id),
      actions: actions.map(({ taskId, subject, command, paper }) => ({ taskId, subject, command, paper, words: commandFormOf(services, command)?.words, fields: formSchema(services, command) })),
    };
  }));
};

export const apiJournal: Handler = async (x) => {
  const id = String(x.req.params.id);
  x.res.json(await readAs(x, async (trx) => {
    const head = await caseHead(trx, x.services.city, id);
    return { entries: await caseTimeline(trx, x.services.city, head.year, id), check: await checkJournal(trx, id, head.year, head.headHash) };
  }));
};

export const apiOpen: Handler = async (x) => {
  const { workflow, unit, ...request } = readForm(openBody, x.req.body);
  const opener = openerOf(x, unit);
  const outcome = await x.services.engine.open(opener, workflow, { ...request, unit: unit ?? homeOf(opener) ?? '', key: idempotencyKey(x) });
  x.res.status(201).location(`/api/v1/cases/${outcome.caseId}`).json(outcome);
};

/** Of several posts one that opens cases, a clerk's before others, and of the unit that is named where one is; the engine refuses the rest. */
const openerOf = (x: Exchange, unit: string | undefined): Actor => {
  const { actors } = viewerOf(x);
  const isClerk = ({ role }: Actor): number => Number(role.endsWith('.clerk'));
  const opens = actors.filter((actor) => may([actor], 'case.open')).sort((a, b) => isClerk(b) - isClerk(a));
  return opens.find((actor) => actor.unit === null || unit === undefined || actor.unit === unit) ?? actors[0]!;
};

/** One command. The body names it; its fields are read by the command's own form. */
export const apiCommand: Handler = async (x) => {
  const id = String(x.req.params.id);
  const { type, ...rest } = readForm(commandBody, x.req.body);
  // The system's own events have a dot in their name; no person and no program sends them.
  if (commandFormOf(x.services, type) === undefined) throw noSuchPage(`command ${type}`);
  x.res.json(await x.services.engine.dispatch(await actorsFor(x, id), { caseId: id, type, ...rest, key: idempotencyKey(x) }));
};

const revisionOf = (x: Exchange): number => Number(/^"?(\d+)"?$/.exec(String(x.req.headers['if-match'] ?? ''))?.[1] ?? NaN);

export const apiSection: Handler = async (x) => {
  const [id, name] = [String(x.req.params.id), String(x.req.params.name)];
  const { section, schema } = await readAs(x, async (trx) => {
    const head = await caseHead(trx, x.services.city, id);
    const form = x.services.content.sections(head.workflow, x.services.packOf(head.pack).pack).find((one) => one.name === name);
    if (form === undefined) throw noSuchPage(name);
    return { section: (await liveSections(trx, x.services.city, id)).find((one) => one.name === name), schema: form.schema };
  });
  x.res.set('etag', `"${section?.revision ?? 0}"`).json({ name, revision: section?.revision ?? 0, body: section?.body ?? {}, schema: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) });
};

/** Saves a section. `If-Match` names the revision it was read at; another one now is a conflict. */
export const apiSaveSection: Handler = async (x) => {
  const [id, name] = [String(x.req.params.id), String(x.req.params.name)];
  const body = readForm(sectionBody, x.req.body);
  const revision = revisionOf(x);
  if (Number.isNaN(revision)) throw new Conflict('revision-needed', words('请求头 If-Match 要写读取时的版本号。', 'The header If-Match must name the revision that was read.'));
  const saved = await readAs(x, async (trx, actor) => {
    await caseKnown(trx, x.services.city, id);
    return x.services.content.save(trx, writerOf(x, actor), id, name, body, revision);
  });
  x.res.set('etag', `"${saved.revision}"`).json(saved);
};
