import type { Knex } from 'knex';
import { newId } from '../clock.js';
import type { Actor } from '../domain/actor.js';

/** The case of a file, as what is reported of it needs it. */
export interface HeldCase {
  readonly city: string;
  readonly id: string;
  readonly year: number;
  readonly unit: string;
  readonly caseNumber: string;
}

interface ReportedFile {
  readonly side: 'unit' | 'city';
  readonly name: string;
  readonly sha256: string;
  readonly released_at: Date | null;
}

interface Report {
  readonly actor: Actor;
  readonly kind: 'file-isolated' | 'file-removed' | 'file-restored';
  readonly template: string;
  readonly why: string;
  /** Who proposed what is reported now. */
  readonly proposer?: string;
  readonly at: Date;
}

const NAMED = 3;

/**
 * A line in the list of exceptions, and a notice to the office's director and the head of the unit's bureau. Of a file that was never sent the
 * city is told that there was one, not what it is called or why: that is the unit's own until it files.
 */
export async function reportIsolation(trx: Knex.Transaction, of: HeldCase, file: ReportedFile, report: Report): Promise<void> {
  const { city, id, year, unit, caseNumber } = of;
  const { actor, kind, template, at } = report;
  const shown = file.side === 'city' || file.released_at !== null;
  // Of a unit's own matter the city does not even know that it is there.
  const { confined } = await trx('case_file').where({ city, id }).first(trx.raw('confined and not released as confined'));
  await trx('exception_entry').insert({ city, id: newId(), year, unit, case_id: id, kind, words: await wordsOf(trx, of, file, report, shown), at, person: actor.person, confined });
  const receivers = await trx('post').where({ city }).andWhere((any) => {
    if (!confined) any.where({ role: 'office.director' });
    if (file.side === 'unit' || shown) any.orWhere({ role: 'unit.head', unit });
  }).select('org', 'role', 'unit');
  const name: string | undefined = (await trx('filing_unit').where({ city, year, id: unit }).first('name'))?.name;
  await trx('notice').insert(receivers.map((one) => ({
    city, id: newId(), year, unit, side: one.unit === null ? 'city' : 'unit', case_id: id, org: one.org, role: one.role, template,
    params: JSON.stringify({ unit: name, caseNumber, by: actor.postName }), at,
  })));
}

async function wordsOf(trx: Knex.Transaction, of: HeldCase, file: ReportedFile, { why, proposer }: Report, shown: boolean): Promise<string> {
  const others: string[] = await trx('attachment as a').join('case_file as c', (on) => on.on('c.city', 'a.city').andOn('c.id', 'a.case_id'))
    .where({ 'a.city': of.city, 'a.sha256': file.sha256 }).whereNull('a.isolated_at').whereNot('a.case_id', of.id).distinct('c.case_number').orderBy('c.case_number').pluck('c.case_number');
  return [
    shown ? `附件“${file.name}”` : '报送前的附件，名称和理由由单位掌握',
    ...(proposer === undefined ? [] : [`${proposer}提出`]),
    ...(shown ? [`理由：${why}`] : []),
    ...(others.length === 0 ? [] : [`同一内容另见 ${others.slice(0, NAMED).join('、')}${others.length > NAMED ? ` 等 ${others.length} 个案卷` : ''}`]),
  ].join('；');
}
