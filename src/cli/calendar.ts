import { readFile } from 'node:fs/promises';
import { systemClock } from '../clock.js';
import { workerActor } from '../domain/actor.js';
import { importCalendar, readNotice } from '../register/import-calendar.js';
import { withDatabase } from './with-database.js';

/** `yanshou calendar <notice.json>`: imports the State Council's arrangement of a year for every city of the installation. */
export async function calendarCommand([file]: string[]): Promise<number> {
  if (!file) {
    process.stderr.write('用法 Usage: yanshou calendar <notice.json>   {"year":2027,"holidays":["2027-01-01"],"workdays":[],"source":"…"}\n');
    return 2;
  }
  const notice = readNotice(JSON.parse(await readFile(file, 'utf8')));
  await withDatabase(async (database) => {
    const { rows } = await database.workerPool.query<{ city: string }>('select city from city order by city');
    for (const { city } of rows) {
      const version = await database.asActor(workerActor(city), (trx) => importCalendar(trx, city, notice, systemClock.now()));
      process.stdout.write(`✔ ${city} ${notice.year} 年日历第 ${version} 版已导入 Calendar ${notice.year}, version ${version} imported\n`);
    }
  });
  return 0;
}
