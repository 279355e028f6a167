import pg from 'pg';
import { TestCity } from '../../postgres/engine/city.js';

/** The unit whose plan is copied: its chain of approval has one post. */
const UNIT = { key: 'shizhong', code: '370103' };

/** A city with very many cases in one stage. `caseAt(n)` is the n-th of them, for this program and for SQL alike. */
export interface Grounds {
  city: TestCity;
  cases: number;
  postmaster: number;
  stop(): Promise<void>;
}

export const caseAt = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
/** The same in SQL, for a column or parameter `n`. */
export const caseIn = (n: string): string => `('00000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/**
 * One plan is brought to the head's review by the engine; its rows are copied under other ids. The copies keep a chain of their own from
 * there on; the entries before are another case's, which no figure here looks at. One live plan per unit and year is no rule on these grounds.
 */
export async function grounds(cases: number): Promise<Grounds> {
  const city = await TestCity.found('bench');
  const first = await city.planIn('headReview', UNIT.key, UNIT.code);
  await city.rows('drop index one_live_case');
  await copyCases(city.admin, first, 0, cases);
  const [{ pid }] = await city.rows<{ pid: number }>('select pid from pg_stat_activity where backend_type = $1', ['checkpointer']) as [{ pid: number }];
  const { readFileSync } = await import('node:fs');
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return { city, cases, postmaster: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), stop: () => city.close() };
}

/** Adds cases `from` to `to - 1`. */
export async function copyCases(admin: pg.Pool, model: string, from: number, to: number): Promise<void> {
  const n = `generate_series(${from}, ${to - 1}) n`;
  const copy = async (table: string, replaced: Record<string, string>): Promise<void> => {
    const { rows } = await admin.query<{ name: string }>(`select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`, [table]);
    const columns = rows.map((row) => row.name);
    const owner = columns.includes('case_id') ? 'case_id' : 'id';
    const value = (column: string): string => replaced[column] ?? (column === owner ? caseIn('n') : `m.${column}`);
    await admin.query(`insert into ${table} (${columns.join(', ')}) select ${columns.map(value).join(', ')} from ${n}, ${table} m where m.${owner} = '${model}'${replaced.where ?? ''}`);
  };
  await copy('case_file', { case_number: `'B' || n` });
  await copy('case_snapshot', {});
  await copy('case_stage', {});
  await copy('journal', {});
  await copy('journal_payload', {});
  await copy('term', {});
  await copy('task', { id: 'gen_random_uuid()', where: ` and m.status = 'open'` });
  await admin.query('vacuum analyze');
}

/** The case the copies were made of. */
export async function modelOf(city: TestCity): Promise<string> {
  return (await city.rows<{ id: string }>(`select id from case_file where case_number not like 'B%' order by opened_at limit 1`))[0]!.id;
}
