import { InvalidInput } from '../domain/errors.js';
import { endOfLocal, isDay } from '../domain/local-day.js';
import { words } from '../domain/text.js';
import { systemClock } from '../clock.js';
import { journalHeads } from '../engine/journal-heads.js';
import { withDatabase } from './with-database.js';

/** `yanshou heads [YYYY-MM-DD] > file`: where every case's journal ended that day (else now), one JSON line a city, for keeping outside the database. */
export async function headsCommand([day]: string[]): Promise<number> {
  if (day !== undefined && !isDay(day)) throw new InvalidInput([{ field: 'day', code: 'no-day', sentence: words(`“${day}”不是日期，写成 2026-09-30。`, `“${day}” is no date: write 2026-09-30.`) }]);
  await withDatabase(async (database) => {
    const { rows } = await database.workerPool.query<{ city: string; offset: string }>('select c.city, i.clock_offset_ms as offset from city c, installation i order by c.city');
    for (const { city, offset } of rows) {
      const until = day === undefined ? new Date(systemClock.now().getTime() + Number(offset)) : endOfLocal(day);
      const heads = await journalHeads(database, city, until);
      process.stdout.write(`${JSON.stringify(heads)}\n`);
      process.stderr.write(`✔ ${city}  ${heads.cases.length} 卷 cases  ${heads.root}\n`);
    }
  });
  return 0;
}
