import { recordAudit } from '../auth/audit.js';
import { systemClock } from '../clock.js';
import { workerActor } from '../domain/actor.js';
import { Refused } from '../domain/errors.js';
import { words } from '../domain/text.js';
import { importCalendar, readNotice } from '../register/import-calendar.js';
import { namedFile } from './named-file.js';
import { withDatabase } from './with-database.js';

/** `yanshou calendar <notice.json>`: imports the State Council's arrangement of a year for every city of the installation. Terms that run into the year are reckoned anew by the worker. */
export async function calendarCommand([file]: string[]): Promise<number> {
  if (!file) {
    process.stderr.write('用法 Usage: yanshou calendar <notice.json>   {"year":2027,"holidays":["2027-01-01"],"workdays":[],"source":"…"}\n');
    return 2;
  }
  const notice = readNotice(json(file, (await namedFile(file)).toString('utf8')));
  await withDatabase(async (database) => {
    const { rows } = await database.workerPool.query<{ city: string }>('select city from city order by city');
    for (const { city } of rows) {
      const now = systemClock.now();
      const version = await database.asActor(workerActor(city), async (trx) => {
        const imported = await importCalendar(trx, city, notice, now);
        await recordAudit(trx, { city, at: now, person: null, action: 'calendar.imported', subject: `${notice.year} v${imported}`, detail: notice.source });
        return imported;
      });
      process.stdout.write(`✔ ${city} ${notice.year} 年日历第 ${version} 版已导入 Calendar ${notice.year}, version ${version} imported\n`);
    }
  });
  return 0;
}

function json(file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Refused('no-json', words(`${file} 不是 JSON 文件，请按用法的样子写。`, `${file} is no JSON; write it as the usage shows.`), (error as Error).message);
  }
}
