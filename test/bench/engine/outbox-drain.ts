import { Worker } from '../../../src/engine/worker.js';
import { caseIn, type Grounds } from './grounds.js';

/** Rows a second that a worker takes by lease, does nothing for, and settles: `batch` at a time. */
export async function drained(at: Grounds, rows: number, batch: number): Promise<number> {
  await at.city.rows('delete from outbox');
  await at.city.rows(`insert into outbox (city, id, year, case_id, unit, key, seq, effect, params, run_after)
    select m.city, gen_random_uuid(), m.year, ${caseIn(`n % ${at.cases}`)}, m.unit, 'drain' || n, 1, 'nothing', '{}', $1::timestamptz from generate_series(1, ${rows}) n, (select * from case_file where case_number not like 'B%' limit 1) m`, [new Date(0)]);
  const worker = new Worker({
    database: at.city.database, clock: at.city.clock, cities: async () => ['370100'], effects: { nothing: async () => undefined },
    dispatch: async () => { throw new Error('nothing is due'); }, log: () => undefined, batch,
  });
  const began = performance.now();
  const done = await worker.drain();
  const seconds = (performance.now() - began) / 1000;
  if (done < rows) throw new Error(`only ${done} of ${rows} rows were taken`);
  return rows / seconds;
}
