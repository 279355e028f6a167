import type { Knex } from 'knex';
import { newId, type Clock } from '../clock.js';
import { workerActor, type Actor } from '../domain/actor.js';
import { Conflict, Forbidden, NotFound } from '../domain/errors.js';
import { mayDispose, mayIsolate, type Disposal } from '../domain/isolation.js';
import { words } from '../domain/text.js';
import { readForm } from '../../workflows/forms/command-form.js';
import { disposalForm, isolationForm } from '../../workflows/forms/isolation-forms.js';
import { reportIsolation, type HeldCase } from './isolation-report.js';

interface Parts {
  database: { asActor<T>(actor: Actor, run: (trx: Knex.Transaction) => Promise<T>): Promise<T> };
  clock: Clock;
  /** Called when rows were left in the outbox. */
  wake(): void;
}

/** A file with its case, both held until the transaction ends. */
interface HeldFile {
  id: string;
  case_id: string;
  side: 'unit' | 'city';
  name: string;
  sha256: string;
  released_at: Date | null;
  isolated_at: Date | null;
  disposal: Disposal | null;
  disposal_why: string | null;
  disposal_proposed_by: string | null;
  disposal_proposed_at: Date | null;
  removed_at: Date | null;
}

/**
 * 隔离: a file that should not be here is out of everybody's reach at once, and with it every copy of its content in the case. Its row stays, with
 * hash, name, who, when and why; it is reported. Repeated, it changes nothing.
 * @throws NotFound, Forbidden for posts that only look, InvalidInput without a reason
 */
export async function isolateFile(parts: Parts, actors: readonly Actor[], fileId: string, fields: Record<string, unknown>): Promise<{ caseId: string }> {
  const { reason } = readForm(isolationForm, fields);
  const actor = await readerOf(parts, actors, fileId, mayIsolate, mayNotIsolate);
  return held(parts, actor, fileId, async (trx, file, of, at) => {
    if (file.isolated_at !== null) return;
    await copies(trx, actor, file).update({ isolated_at: at, isolated_by: actor.person, isolated_why: reason });
    await reportIsolation(trx, of, file, { actor, kind: 'file-isolated', template: 'fileIsolated', why: reason, at });
    await repack(trx, of, `isolated:${fileId}`, at);
  });
}

/** One person says what is to become of an isolated file. A later proposal takes the place of one that nobody has confirmed. @throws Conflict, Forbidden, NotFound, InvalidInput */
export async function proposeDisposal(parts: Parts, actors: readonly Actor[], fileId: string, fields: Record<string, unknown>): Promise<{ caseId: string }> {
  const { disposal, reason } = readForm(disposalForm, fields);
  const actor = await readerOf(parts, actors, fileId, mayDispose, mayNotDispose);
  return held(parts, actor, fileId, async (trx, file, _of, at) => {
    if (file.isolated_at === null || file.removed_at !== null) throw nothingToDecide();
    await copies(trx, actor, file).update({ disposal, disposal_why: reason, disposal_proposed_by: actor.person, disposal_proposed_at: at });
  });
}

/**
 * A second person confirms: the content goes for good, or the file is given back. `proposedAt` (ISO) names the proposal that was shown.
 * @throws Forbidden for who proposed it, Conflict where another proposal stands now, NotFound
 */
export async function confirmDisposal(parts: Parts, actors: readonly Actor[], fileId: string, proposedAt: string): Promise<{ caseId: string }> {
  const actor = await readerOf(parts, actors, fileId, mayDispose, mayNotDispose);
  return held(parts, actor, fileId, async (trx, file, of, at) => {
    const { disposal, disposal_proposed_at: proposed, disposal_why: why } = file;
    if (file.removed_at !== null || disposal === null || proposed === null || proposed.getTime() !== Date.parse(proposedAt)) throw nothingToDecide();
    if (file.disposal_proposed_by === actor.person) throw samePerson();
    if (disposal === 'remove') {
      await copies(trx, actor, file).update({ removed_at: at, removed_by: actor.person });
      await leaveEffect(trx, of, `erase:${fileId}`, 'eraseContent', { sha256: file.sha256 }, at);
    } else {
      await copies(trx, actor, file).update({
        isolated_at: null, isolated_by: null, isolated_why: null, disposal: null, disposal_why: null, disposal_proposed_by: null, disposal_proposed_at: null,
      });
      await repack(trx, of, `restored:${fileId}:${proposed.getTime()}`, at);
    }
    const proposer = (await trx('person').where({ city: actor.city, id: file.disposal_proposed_by }).first('name')).name as string;
    await reportIsolation(trx, of, file, {
      actor, kind: disposal === 'remove' ? 'file-removed' : 'file-restored', template: disposal === 'remove' ? 'fileRemoved' : 'fileRestored', why: why ?? '', proposer, at,
    });
  });
}

/** The first of a person's posts that may read the file and may do this to it. @throws NotFound, Forbidden */
async function readerOf(
  { database }: Parts, actors: readonly Actor[], id: string, may: (actor: Actor, file: { side: 'unit' | 'city' }) => boolean, refusal: () => Forbidden,
): Promise<Actor> {
  let seen = false;
  for (const actor of actors) {
    const file = await database.asActor(actor, (trx) => trx('attachment').where({ city: actor.city, id }).first('side'));
    if (file !== undefined && may(actor, file)) return actor;
    seen ||= file !== undefined;
  }
  throw seen ? refusal() : noSuchFile(id);
}

/**
 * Changes a file under the system's hand: a reader of the other side may isolate it, and who is told stands behind another wall. The case is
 * held, so a package that is being made meanwhile is made without the file.
 */
async function held(
  { database, clock, wake }: Parts, actor: Actor, id: string, change: (trx: Knex.Transaction, file: HeldFile, of: HeldCase, at: Date) => Promise<void>,
): Promise<{ caseId: string }> {
  const { city } = actor;
  const caseId = await database.asActor(workerActor(city), async (trx) => {
    const { case_id: caseOf } = await trx('attachment').where({ city, id }).first('case_id');
    const of: HeldCase = await trx('case_file').where({ city, id: caseOf }).forUpdate().first('city', 'id', 'year', 'unit', 'case_number as caseNumber');
    await change(trx, await trx('attachment').where({ city, id }).forUpdate().first(), of, clock.now());
    return of.id;
  });
  wake();
  return { caseId };
}

/** Every file of the case with the same content: what was sent twice must not stay in reach by its other row. */
const copies = (trx: Knex.Transaction, { city }: Actor, { case_id, sha256 }: HeldFile) => trx('attachment').where({ city, case_id, sha256 });

/** A package holds copies of the case's files: from now on nobody is given it, and it is made anew. */
async function repack(trx: Knex.Transaction, of: HeldCase, key: string, at: Date): Promise<void> {
  const stale = await trx('archive_package').where({ city: of.city, case_id: of.id }).update({ stale: true });
  if (stale > 0) await leaveEffect(trx, of, key, 'archiveCase', { again: true }, at);
}

async function leaveEffect(trx: Knex.Transaction, of: HeldCase, key: string, effect: string, params: object, at: Date): Promise<void> {
  await trx('outbox').insert({ city: of.city, id: newId(), year: of.year, case_id: of.id, unit: of.unit, key: `${of.id}:${key}`, seq: 0, effect, params: JSON.stringify(params), run_after: at })
    .onConflict(['city', 'key']).ignore();
}

const noSuchFile = (id: string) => new NotFound('no-such-file', words('没有这个文件。', 'There is no such file.'), id);
const mayNotIsolate = () => new Forbidden('may-not-isolate', words('这个岗位只能查看，不能隔离文件。请告诉经办岗位。', 'This post only reads. Tell somebody who works on the case.'));
const mayNotDispose = () => new Forbidden('may-not-dispose', words('隔离文件的处置由单位或办公室的登记、经办岗位办理。', 'What becomes of an isolated file is decided by the registrar or clerk of the unit or the office.'));
const samePerson = () => new Forbidden('second-person', words('须由提出人以外的另一人确认。', 'A second person confirms, never who proposed it.'));
const nothingToDecide = () => new Conflict('not-as-shown', words('这个文件的处置已有变化，请看清现在的状态再办。', 'This file has been dealt with otherwise in the meantime; look at it as it stands now.'));
