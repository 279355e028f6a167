import { calendars } from '../../../src/calendars.js';
import { openDatabase, type Database } from '../../../src/database.js';
import { workerActor } from '../../../src/domain/actor.js';
import { InvalidInput } from '../../../src/domain/errors.js';
import { importCalendar, readNotice } from '../../../src/register/import-calendar.js';
import { freshDatabase, type FreshDatabase } from '../../cluster/fresh-database.js';

const CITY = '370100';
const notice = { year: 2027, holidays: ['2027-10-01', '2027-10-04', '2027-10-05', '2027-10-06', '2027-10-07'], workdays: ['2027-10-09'], source: '示例通知' };

describe('the calendar of a year the package does not know', () => {
  let fresh: FreshDatabase;
  let database: Database;
  beforeAll(async () => {
    fresh = await freshDatabase('calendar');
    database = openDatabase(fresh);
  });
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });
  const bring = (json: unknown) => database.asActor(workerActor(CITY), (trx) => importCalendar(trx, CITY, readNotice(json), new Date('2026-11-20T02:00:00Z')));

  it('is provisional before the import and certain after it, and National Day is no working day any more', async () => {
    const before = await calendars(database)(CITY);
    expect([before.isWorkday('2027-10-01'), before.isProvisional('2027-10-01')]).toEqual([true, true]);
    expect(await bring(notice)).toBe(1);
    const after = await calendars(database)(CITY);
    expect([after.isWorkday('2027-10-01'), after.isWorkday('2027-10-09'), after.isProvisional('2027-10-01')]).toEqual([false, true, false]);
    expect(after.version).not.toBe(before.version);
  });

  it('keeps a corrected notice as a further version and reckons by the last', async () => {
    expect(await bring({ ...notice, workdays: [] })).toBe(2);
    expect((await calendars(database)(CITY)).isWorkday('2027-10-09')).toBe(false);
  });

  it.each([
    ['a weekend day listed as off', { ...notice, holidays: ['2027-10-02'] }],
    ['a weekday listed as worked', { ...notice, workdays: ['2027-10-11'] }],
    ['a day of another year', { ...notice, holidays: ['2026-10-01'] }],
    ['a day that does not exist', { ...notice, holidays: ['2027-02-29'] }],
    ['no source', { ...notice, source: ' ' }],
    ['no object at all', 'x'],
  ])('refuses %s with a sentence and keeps nothing', async (_what, json) => {
    expect(() => readNotice(json)).toThrow(InvalidInput);
  });
});
