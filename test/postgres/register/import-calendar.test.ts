import { calendars } from '../../../src/calendars.js';
import { workerActor } from '../../../src/domain/actor.js';
import { InvalidInput } from '../../../src/domain/errors.js';
import { importCalendar, readNotice } from '../../../src/register/import-calendar.js';
import { reckonTerms } from '../../../src/effects/reckon-terms.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { cityAtWork, type CityAtWork } from '../content/city-at-work.js';

const CITY = '370100';
const notice = { year: 2027, holidays: ['2027-10-01', '2027-10-04', '2027-10-05', '2027-10-06', '2027-10-07'], workdays: ['2027-10-09'], source: '示例通知' };

let c: CityAtWork;
beforeAll(async () => {
  c = await cityAtWork('calendar');
});
afterAll(() => c.close());
const bring = (json: unknown) => c.database.asActor(workerActor(CITY), (trx) => importCalendar(trx, CITY, readNotice(json), new Date('2026-11-20T02:00:00Z')));

describe('the calendar of a year the package does not know', () => {
  it('is provisional before the import and certain after it, and National Day is no working day any more', async () => {
    const before = await calendars(c.database)(CITY);
    expect([before.isWorkday('2027-10-01'), before.isProvisional('2027-10-01')]).toEqual([true, true]);
    expect(await bring(notice)).toBe(1);
    const after = await calendars(c.database)(CITY);
    expect([after.isWorkday('2027-10-01'), after.isWorkday('2027-10-09'), after.isProvisional('2027-10-01')]).toEqual([false, true, false]);
    expect(after.version).not.toBe(before.version);
  });

  it('keeps a corrected notice as a further version and reckons by the last', async () => {
    expect(await bring({ ...notice, workdays: [] })).toBe(2);
    expect((await calendars(c.database)(CITY)).isWorkday('2027-10-09')).toBe(false);
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

describe('a term that runs into a year whose arrangement comes later', () => {
  // As a process that has just started: nothing of the calendar is remembered.
  const reckon = () => reckonTerms({ database: c.database, clock: { now: () => new Date('2026-12-29T02:00:00Z') }, calendarOf: calendars(c.database), packOf: policyPack })(CITY);
  const termIn = async (caseId: string) => c.database.asActor(c.worker, (trx) => trx('term').where({ case_id: caseId, term: 'inspection.planning' }).first('due_at as due', 'provisional', 'calendar_version as version'));

  it('is 暂定 until the notice, then ends on the right day; who owes it is told from when to when, and the case itself has not moved', async () => {
    await reckon();
    c.at('2026-12-28T02:00:00Z');
    const { id: unit } = await c.unitNamed('历下区');
    const { caseId } = await c.open('inspection', unit);
    // Ten working days after Monday 28 December; of 2027 the notice above says nothing before October.
    await bring({ ...notice, workdays: [] });
    await reckon();
    const before = await termIn(caseId);
    expect(before.due.toISOString()).toBe('2027-01-11T16:00:00.000Z');
    await bring({ ...notice, holidays: ['2027-01-01', ...notice.holidays], workdays: ['2027-01-09'] });
    const head = await c.database.asActor(c.worker, (trx) => trx('case_file').where({ id: caseId }).first('version', 'head_hash'));
    expect(await reckon()).toBeGreaterThan(0);
    const after = await termIn(caseId);
    expect([after.due.toISOString(), after.provisional]).toEqual(['2027-01-11T16:00:00.000Z', false]);
    await bring({ ...notice, holidays: ['2027-01-01', '2027-01-04', ...notice.holidays], workdays: [] });
    expect(await reckon()).toBeGreaterThan(0);
    expect((await termIn(caseId)).due.toISOString()).toBe('2027-01-13T16:00:00.000Z');
    expect(await c.database.asActor(c.worker, (trx) => trx('task').where({ case_id: caseId, status: 'open' }).pluck('due_at'))).toEqual([new Date('2027-01-13T16:00:00.000Z')]);
    expect(await c.database.asActor(c.worker, (trx) => trx('notice').where({ case_id: caseId, template: 'termMoved' }).select('role', 'params')))
      .toEqual([{ role: 'office.clerk', params: expect.objectContaining({ from: '2027-01-11', due: '2027-01-13' }) }]);
    expect(await c.database.asActor(c.worker, (trx) => trx('case_file').where({ id: caseId }).first('version', 'head_hash'))).toEqual(head);
    expect(await reckon()).toBe(0);
  });
});
