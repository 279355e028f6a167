import type { Knex } from 'knex';

/** Keys of the platforms of an inspection whose record this reader may read, in order of handing in. */
export async function recordedPlaces(trx: Knex.Transaction, city: string, caseId: string): Promise<string[]> {
  const rows: { body: string }[] = await trx('journal as j')
    .join('journal_payload as p', (on) => on.on('p.city', 'j.city').andOn('p.year', 'j.year').andOn('p.case_id', 'j.case_id').andOn('p.seq', 'j.seq'))
    .where({ 'j.city': city, 'j.case_id': caseId, 'j.command': 'recordSite' }).orderBy('j.seq').select('p.body');
  return rows.flatMap(({ body }) => (JSON.parse(body) as { task?: { subject?: { key?: string } } }).task?.subject?.key ?? []);
}
