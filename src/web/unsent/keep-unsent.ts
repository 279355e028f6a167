import { openSeal, sessionOfSeal } from '../../auth/seal.js';
import { resolveActors } from '../../auth/resolve-actors.js';
import { sessionWithId } from '../../auth/sessions.js';
import { DomainError } from '../../domain/errors.js';
import { localDay } from '../../domain/local-day.js';
import { caseHead } from '../../reads/case-head.js';
import type { Exchange } from '../context.js';
import { commandFormOf } from '../command-form-of.js';
import { fittedFields } from '../form-schema.js';
import { nestedFields } from '../nested-fields.js';
import { keepDraft, keepUnsent } from '../personal-notes.js';
import { readAs } from '../reading.js';
import { noSuchPage } from '../refusals.js';
import { writerOf } from '../writer-of.js';
import type { UnsentForm } from './unsent-form.js';

/** Pages that tell what became of a sealed form that did not come back. */
const OTHERS = '/?unsent=other';
const LOST = '/?unsent=lost';

/**
 * Opens what was written before the sign-in and keeps it where such drafts are kept: an opinion with its task, a section in the plan, any
 * other form under its address. Returns the page to go on with. Somebody else's stays sealed.
 */
export async function keepSealed(x: Exchange, signedIn: { account: string; person: string }, seal: string): Promise<string> {
  const { services, context } = x;
  const { city } = services;
  const session = sessionOfSeal(seal);
  const { ended, actors } = await services.database.asAuth(city, async (trx) => ({
    ended: session === null ? null : await sessionWithId(trx, city, session), actors: await resolveActors(trx, city, signedIn.person, localDay(context.now)),
  }));
  if (ended === null || actors.length === 0) return LOST;
  if (ended.account !== signedIn.account) return OTHERS;
  const text = openSeal(ended.sealKey, { session: ended.id, account: signedIn.account }, context.wallNow, seal);
  if (text === null) return LOST;
  const form = JSON.parse(text) as UnsentForm;
  return keep({ ...x, context: { ...context, viewer: { person: signedIn.person, name: actors[0]!.personName ?? '', actors } } }, signedIn.person, form);
}

async function keep(x: Exchange, person: string, form: UnsentForm): Promise<string> {
  const { city } = x.services;
  const command = form.kind === 'command' && form.task !== null ? commandFormOf(x.services, form.name) : undefined;
  if (command !== undefined) {
    const body = { command: form.name, fields: fittedFields(command.schema, nestedFields(form.fields)), unsent: { files: form.files } };
    await readAs(x, (trx) => keepDraft(trx, city, form.task!, person, body, x.context.now));
    return form.address;
  }
  if (form.kind === 'section' && (await saved(x, form))) return `${form.address}?unsent=saved`;
  await readAs(x, (trx) => keepUnsent(trx, city, person, form, x.context.wallNow));
  return form.address;
}

/** A section is a draft itself and takes the text, unless somebody has saved another since: then both are shown side by side. */
async function saved(x: Exchange, { caseId, name, fields }: UnsentForm): Promise<boolean> {
  const { services } = x;
  try {
    await readAs(x, async (trx, actor) => {
      const head = await caseHead(trx, services.city, caseId);
      const section = services.content.sections(head.workflow, services.packOf(head.pack).pack).find((one) => one.name === name);
      if (section === undefined) throw noSuchPage(name);
      await services.content.save(trx, writerOf(x, actor), caseId, name, fittedFields(section.schema, nestedFields(fields)) as Record<string, unknown>, Number(fields._revision ?? 0));
    });
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
