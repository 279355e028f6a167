import { newId } from '../../clock.js';
import { Conflict, InvalidInput, Refused, type DomainError } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import { caseContext, openDuties } from '../../reads/case-context.js';
import { caseHead } from '../../reads/case-head.js';
import { paperActById, type PaperAct } from '../../reads/paper-acts.js';
import { unsentAt } from '../../reads/unsent-forms.js';
import { actorsFor } from '../actors-for.js';
import { comparedFields, type ComparedField } from '../case-view/compared-fields.js';
import { formSources } from '../case-view/form-sources.js';
import { registerAddress } from '../case-view/paper-view.js';
import { commandWords } from '../case-view/stage-words.js';
import { commandFormOf } from '../command-form-of.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { paperEntries } from '../paper-entry.js';
import { dropUnsent } from '../personal-notes.js';
import { readAs } from '../reading.js';
import { noSuchPage } from '../refusals.js';

/** An act with what it says, field by field. @throws HttpRefusal 404 */
async function comparison(x: Exchange): Promise<{ act: PaperAct; fields: ComparedField[] }> {
  const { services, context, req } = x;
  const id = String(req.params.id);
  return readAs(x, async (trx) => {
    const act = await paperActById(trx, services.city, id);
    if (act === undefined) throw noSuchPage(id);
    const head = await caseHead(trx, services.city, act.caseId);
    const subject = (await openDuties(trx, services.city, act.caseId)).find((duty) => duty.id === act.taskId)?.subject ?? null;
    const sources = await formSources(trx, services, head, await caseContext(trx, services.city, act.caseId), subject, context.now, viewerOf(x).actors);
    return { act, fields: comparedFields(act, commandFormOf(services, act.command), sources, context.language) };
  });
}

/** 逐项核对: the scan on the left, what was registered on the right. The registrar does not compare his own entry. */
export const comparePage: Handler = async (x) => {
  const unsent = await readAs(x, (trx) => unsentAt(trx, x.services.city, viewerOf(x).person, x.req.path));
  await renderCompare(x, (unsent?.fields ?? {}) as Record<string, string>, null, 200, unsent !== null);
};

async function renderCompare(x: Exchange, body: Record<string, string>, error: DomainError | null, status: number, unsent = false): Promise<void> {
  const { act, fields: told } = await comparison(x);
  const mine = act.registrar === viewerOf(x).person;
  const fields = told.map((one, index) => ({ ...one, number: index + 1, differs: body[`differs.${one.field}`] === 'on', seen: body[`seen.${one.field}`] ?? '',
    mismatch: act.mismatches?.find((other) => other.field === one.field)?.seen ?? null }));
  await x.pages.render(x, 'paper-compare', {
    nav: 'papers', act, mine, fields, words: commandWords(x.services, act.command), key: body._key ?? newId(), refusal: error === null ? null : { sentence: error.sentence },
    mayCompare: act.status === 'registered' && !mine && act.compareTask !== null, image: act.scanType?.startsWith('image/') ?? false, scanShown: act.scan !== null && !act.scanIsolated,
    again: await registeredAgain(x, act), unsent: unsent ? { files: [] } : null,
  }, status);
}

/** Where an act that was sent back is registered again, from what was written the first time; null where it may not be any more. */
async function registeredAgain(x: Exchange, act: PaperAct): Promise<string | null> {
  if (act.status !== 'sent-back') return null;
  const entry = (await paperEntries(x, act.caseId)).find((one) => one.registered === null && one.commands.includes(act.command) && (one.taskId === null || one.taskId === act.taskId));
  if (entry === undefined) return null;
  const address = registerAddress(act.caseId, entry);
  return `${address}${address.includes('?') ? '&' : '?'}from=${act.id}`;
}

/** Every field was compared: agreement moves the case, any difference sends it back and keeps both values. */
export const compared: Handler = async (x) => {
  const { services, req, res } = x;
  const { act, fields } = await comparison(x);
  if (act.compareTask === null) throw noSuchPage(act.id);
  const body = (req.body ?? {}) as Record<string, string>;
  const mismatches = fields.filter((one) => body[`differs.${one.field}`] === 'on').map((one) => ({ field: one.field, seen: (body[`seen.${one.field}`] ?? '').trim() }));
  try {
    if (mismatches.some((one) => one.seen === '')) {
      throw new InvalidInput([{ field: 'seen', code: 'missing', sentence: words('不一致的项目要写明扫描件上是什么。', 'Write what the scan says wherever it differs.') }]);
    }
    await services.engine.comparePaper(await actorsFor(x, act.caseId), { caseId: act.caseId, taskId: act.compareTask, mismatches, key: body._key || newId() });
    await readAs(x, (trx) => dropUnsent(trx, services.city, viewerOf(x).person, req.path));
    res.redirect(303, `/papers/${act.id}`);
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof Conflict || error instanceof Refused)) throw error;
    await renderCompare(x, body, error, error instanceof Conflict ? 409 : 422);
  }
};
