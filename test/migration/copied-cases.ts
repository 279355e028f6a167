import type { TestCity } from '../postgres/engine/city.js';
import { newId } from '../../src/clock.js';
import { chainedFields, GENESIS, linkHash, sha256, type JournalEntry } from '../../src/engine/journal.js';

type Row = Record<string, any>;

/** Tables of a case that are copied with it, each with the column that names the case. */
const tables = { case_file: 'id', case_snapshot: 'id', case_stage: 'case_id', task: 'case_id', term: 'case_id', journal: 'case_id', journal_payload: 'case_id' } as const;
type Rows = Record<keyof typeof tables, Row[]>;

const AT_ONCE = 100;

async function rowsOf(city: TestCity, id: string): Promise<Rows> {
  const found = await Promise.all(Object.entries(tables).map(async ([table, column]) =>
    [table, (await city.rows(`select to_jsonb(t) as row from ${table} t where ${column} = $1 order by ${table.startsWith('journal') ? 'seq' : '1'}`, [id])).map(({ row }) => row)] as const));
  return Object.fromEntries(found) as Rows;
}

/** The same case of a unit of its own: other ids and another number wherever they stand, payloads hashed and chained anew. */
function copyOf(rows: Rows, number: number): Rows {
  const [file] = rows.case_file as [Row];
  const names: [string, string][] = [[file.id, newId()], [file.unit, newId()], [file.case_number, `${file.case_number}-${number}`], ...rows.task.map(({ id }): [string, string] => [id, newId()])];
  const copy = JSON.parse(names.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(rows))) as Rows;
  let head = GENESIS;
  copy.journal.forEach((row, index) => {
    const entry: JournalEntry = {
      city: row.city, caseId: row.case_id, seq: row.seq, at: new Date(row.at).toISOString(), person: row.person, post: row.post, actingFor: row.acting_for, origin: row.origin,
      command: row.command, state: row.state, chart: row.chart, packHash: row.pack_hash, calendarVersion: row.calendar_version, payloadHash: sha256(copy.journal_payload[index]!.body),
    };
    const hash = linkHash(head, chainedFields(entry));
    Object.assign(row, { payload_hash: entry.payloadHash, prev_hash: head, hash });
    head = hash;
  });
  copy.case_file[0]!.head_hash = head;
  return copy;
}

/** Copies played cases until there are so many, in turn. Written past the door as superuser: what is measured begins afterwards. */
export async function copyCases(city: TestCity, ids: readonly string[], count: number): Promise<void> {
  const played = await Promise.all(ids.map((id) => rowsOf(city, id)));
  for (let made = ids.length; made < count; made += AT_ONCE) {
    const copies = Array.from({ length: Math.min(AT_ONCE, count - made) }, (_, index) => copyOf(played[(made + index) % played.length]!, made + index));
    for (const table of Object.keys(tables) as (keyof typeof tables)[]) {
      await city.rows(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`, [JSON.stringify(copies.flatMap((one) => one[table]))]);
    }
  }
  await city.rows('analyze');
}
