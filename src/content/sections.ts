import type { Knex } from 'knex';
import type { Actor } from '../domain/actor.js';
import { Conflict, Forbidden, InvalidInput, Refused } from '../domain/errors.js';
import { localDay, type Day } from '../domain/local-day.js';
import { storableText, words } from '../domain/text.js';
import { sectionForms } from '../../workflows/forms/section-forms.js';
import { readContent } from './case-content.js';
import { caseRecord } from './case-record.js';

/** One section as it was typed. */
export interface SectionRow {
  readonly name: string;
  readonly body: Record<string, unknown>;
  readonly revision: number;
  readonly editedBy: string;
  readonly editedAt: Date;
}

/** Somebody else saved this section in between. Carries both texts, so that nothing typed is lost. */
export class SectionConflict extends Conflict {
  constructor(
    readonly mine: Record<string, unknown>,
    readonly theirs: SectionRow & { readonly editorName: string },
    readonly openedRevision: number,
  ) {
    super('section-changed', words(
      `${theirs.editorName}刚改过这一节，保存了第 ${theirs.revision} 版，你打开的是第 ${openedRevision} 版。你填写的内容还在。`,
      `${theirs.editorName} has just changed this section: version ${theirs.revision} is saved, you opened version ${openedRevision}. What you wrote is kept.`,
    ), `section ${theirs.name}`);
  }
}

/** The sections of a case by name, as typed. */
export async function loadSections(trx: Knex.Transaction, caseId: string): Promise<Record<string, SectionRow>> {
  const rows: SectionRow[] = await trx('case_section').where({ case_id: caseId })
    .select('name', 'body', 'revision', 'edited_by as editedBy', 'edited_at as editedAt');
  return Object.fromEntries(rows.map((row) => [row.name, row]));
}

/** A section as PostgreSQL's JSON can hold it, its keys too. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [storableText(key), storable(one)]));
}

/**
 * Saves one section as typed, defects and all, and keeps every version. Optimistic: the revision that was opened must be the last.
 * @param expectedRevision 0 where the section was empty
 * @throws SectionConflict, Forbidden for anybody but who writes it, Refused while the content is frozen, NotFound
 */
export async function saveSection(
  trx: Knex.Transaction, actor: Actor, caseId: string, name: string, body: Record<string, unknown>, expectedRevision: number, now: Date,
): Promise<{ revision: number; savedAt: Date }> {
  const record = await caseRecord(trx, caseId);
  if (record.workflow === 'matter' && !(await bringsIt(trx, actor, caseId, localDay(now)))) {
    throw new Forbidden('not-the-proposer', words('事项由提出人填写。', 'A matter is written by whoever brings it.'), `${actor.role} ${caseId}`);
  }
  if (record.workflow !== 'matter' && (actor.scope !== 'unit' || actor.role !== 'unit.clerk' || actor.unit !== record.unit)) {
    throw new Forbidden('not-the-clerk', words('内容由本单位经办填写。', 'The content is written by the unit’s clerk.'), `${actor.role} ${caseId}`);
  }
  if (!record.live) {
    throw new Refused('content-frozen', words('内容已送出，现在不能改。要改请先撤回或等退回。', 'The content has been sent on and cannot be changed now; withdraw it or wait for its return.'), record.stage);
  }
  if (!sectionForms(record.workflow, record.pack).some((form) => form.name === name)) {
    throw new InvalidInput([{ field: 'name', code: 'no-such-section', sentence: words(`没有“${name}”这一节。`, `There is no section “${name}”.`) }]);
  }
  const { city, year, unit, side } = record;
  const kept = { body: JSON.stringify(storable(body)), revision: expectedRevision + 1, edited_by: actor.person, edited_at: now };
  const key = { city, case_id: caseId, name };
  const saved = expectedRevision === 0
    ? await trx('case_section').insert({ ...key, year, unit, side, ...kept }).onConflict(['city', 'case_id', 'name']).ignore().returning('revision')
    : await trx('case_section').where({ ...key, revision: expectedRevision }).update(kept).returning('revision');
  if (saved.length === 0) throw await conflict(trx, caseId, name, body, expectedRevision);
  await trx('case_section_history').insert({ ...key, year, unit, side, ...kept });
  const { completeness } = await readContent(trx, record);
  await trx('case_file').where({ city, id: caseId }).update({ completeness });
  return { revision: expectedRevision + 1, savedAt: now };
}

/** Whether this person holds, or deputises for, the post that brings the matter. */
async function bringsIt(trx: Knex.Transaction, actor: Actor, caseId: string, day: Day): Promise<boolean> {
  const { snapshot } = (await trx('case_snapshot').where({ id: caseId }).first('snapshot')) ?? { snapshot: '{}' };
  const posts = ((JSON.parse(snapshot) as { snapshot?: { context: { proposers?: { post: string }[] } } }).snapshot?.context.proposers ?? []).map(({ post }) => post);
  const held = await trx('post_holding').where({ city: actor.city, person: actor.person }).whereIn('post', posts).where('valid_from', '<=', day).andWhere((open) => open.whereNull('valid_to').orWhere('valid_to', '>=', day)).first('post');
  return held !== undefined;
}

async function conflict(trx: Knex.Transaction, caseId: string, name: string, mine: Record<string, unknown>, opened: number): Promise<SectionConflict> {
  const theirs = await trx('case_section as s').leftJoin('person as p', (on) => on.on('p.city', 's.city').andOn('p.id', 's.edited_by'))
    .where({ 's.case_id': caseId, 's.name': name })
    .first('s.name', 's.body', 's.revision', 's.edited_by as editedBy', 's.edited_at as editedAt', 'p.name as editorName');
  return new SectionConflict(mine, theirs ?? { name, body: {}, revision: 0, editedBy: '', editedAt: new Date(0), editorName: '' }, opened);
}
