import type { Knex } from 'knex';

/** One act on a case. `payload` is null where this reader may not see what was written, or where it has been erased. */
export interface TimelineEntry {
  seq: number;
  at: Date;
  command: string;
  state: string;
  origin: 'system' | 'paper' | 'backfill';
  personName: string | null;
  postName: string | null;
  orgName: string | null;
  actingForName: string | null;
  payload: TimelinePayload | null;
  hash: string;
}

/** What a journal payload may hold; everything beside these is a field of the command's form. */
export interface TimelinePayload extends Record<string, unknown> {
  by?: { name?: string };
  paper?: { signatory: string; post: string; date: string; registrar: string; comparer: string };
}

/** The journal of a case as this reader may see it, latest first. Entries hidden from the reader are not there at all. */
export async function caseTimeline(trx: Knex.Transaction, city: string, year: number, caseId: string): Promise<TimelineEntry[]> {
  const { rows } = await trx.raw(
    `select j.seq, j.at, j.command, j.state, j.origin, j.hash, p.name as "personName", post.name as "postName", v.short_name as "orgName",
            a.name as "actingForName", body.body
       from journal j
       left join journal_payload body on body.city = j.city and body.year = j.year and body.case_id = j.case_id and body.seq = j.seq
       left join person p on p.city = j.city and p.id = j.person
       left join post on post.city = j.city and post.id = j.post
       left join organisation_version v on v.city = post.city and v.org = post.org
            and v.valid_from <= (j.at at time zone 'Asia/Shanghai')::date
            and (v.valid_to is null or v.valid_to >= (j.at at time zone 'Asia/Shanghai')::date)
       left join person a on a.city = j.city and a.id = j.acting_for
      where j.city = ? and j.year = ? and j.case_id = ?
      order by j.seq desc`,
    [city, year, caseId],
  );
  return rows.map(({ body, ...entry }: TimelineEntry & { body: string | null }) => ({
    ...entry, payload: body === null ? null : (JSON.parse(body) as TimelinePayload),
  }));
}
