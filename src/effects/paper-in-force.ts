import type { Knex } from 'knex';
import type { DocumentKind } from '../documents/document-kinds.js';

/** Kinds of which one paper of a case is in force; papers of other kinds stand beside each other. */
const replaced: readonly DocumentKind[] = ['planDocument', 'acceptanceReport'];

/** Id of the paper of this case and kind whose place the paper `id` takes; null where there is none or nothing is replaced. */
export async function paperInForce(trx: Knex.Transaction, at: { city: string; caseId: string; kind: DocumentKind; id: string }): Promise<string | null> {
  if (!replaced.includes(at.kind)) return null;
  const found = await trx('document as d').where({ 'd.city': at.city, 'd.case_id': at.caseId, 'd.kind': at.kind }).whereNot('d.id', at.id)
    .whereNotExists(trx('document as n').whereRaw('n.city = d.city and n.supersedes = d.id').whereNot('n.id', at.id))
    .orderBy('d.entered_at', 'desc').first('d.id');
  return found?.id ?? null;
}
