import type { Signature } from '../../documents/fact-types.js';
import { localDay } from '../../domain/local-day.js';
import { namesOn, type Dossier, type JournalledAct } from '../dossier.js';

/** A post as papers name it. */
export interface PostNames {
  post: string;
  organisation: string;
}

/** Names of posts and of the organisations they belong to, on the day of the paper. */
export async function postNames({ trx, city, at }: Dossier, ids: readonly (string | null)[]): Promise<Map<string, PostNames>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const rows: { id: string; name: string; org: string }[] = await trx('post').where({ city }).whereIn('id', wanted).select('id', 'name', 'org');
  const organisations = await namesOn(trx, city, localDay(new Date(at)), rows.map(({ org }) => org));
  return new Map(rows.map(({ id, name, org }) => [id, { post: name, organisation: organisations.get(org) ?? name }]));
}

/** The post an act was for: on paper the signatory acts without one, the task still names it. */
export const postOf = ({ event }: JournalledAct): string | null => (event.task?.subject?.post as string | undefined) ?? event.by.post;

/** An act as a signature: given in the system, or on paper with registrar and comparer. */
export function signatureOf(act: JournalledAct, role: string, names: PostNames | undefined, note: string | null = null): Signature {
  const { by, paper, actingFor } = act.event;
  const name = typeof actingFor === 'string' ? `${by.name}（代${actingFor}）` : by.name;
  return {
    name, role, unit: names?.organisation ?? paper?.post ?? role, outcome: 'signed', at: act.at, note,
    paper: paper === undefined ? null : { date: paper.date, registrar: paper.registrar, comparer: paper.comparer },
  };
}
