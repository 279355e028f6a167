import { openDatabase, type Database } from '../../../src/database.js';
import { createEngine, type Engine } from '../../../src/engine/create-engine.js';
import { virtualClock, type VirtualClock } from '../../../src/virtual-clock.js';
import { beijing, CITY, consentFields, TestCity } from './city.js';

let city: TestCity;
let clock: VirtualClock;
let engine: Engine;
let database: Database;
beforeAll(async () => {
  city = await TestCity.found('virtual-clock');
  database = openDatabase(city.fresh);
  clock = await virtualClock(database, async () => [CITY]);
  engine = createEngine({ ...city.parts, clock });
});
afterAll(async () => {
  clock.stop();
  await database.close();
  await city.close();
});

const worker = () => city.worker({}, { clock, dispatch: (actor, request) => engine.dispatch([actor], request) });
const open = async (code: string, year = 2026) => (await engine.open(city.system, 'plan', { unit: await city.unitId(code, year), year, key: `${code}-${year}` })).caseId;
const go = async (login: string, caseId: string, type: string, fields = {}) => engine.dispatch(await city.actors(login), { caseId, type, fields, key: city.key() });
const fired = (caseId: string) => city.rows<{ command: string; at: Date }>(`select command, at from journal where case_id = $1 and command like 'term.%' order by seq`, [caseId]);

describe('the virtual clock', () => {
  it('stops at every reminder and term in due order, each at exactly its own instant', async () => {
    const id = await open('370102');
    const other = await open('370103');
    await go('shizhong.clerk', other, 'submit');
    await clock.advanceTo(beijing('2026-10-20'), () => worker().drain());
    expect((await fired(id)).map((f) => [f.command, f.at.toISOString()])).toEqual([
      ...[['08-31'], ['09-16'], ['09-23'], ['09-27'], ['09-29'], ['09-30']].map(([day]) => ['term.plan.filing.remind', beijing(`2026-${day}`, '00:00:00').toISOString()]),
      ['term.plan.filing.due', beijing('2026-10-01', '00:00:00').toISOString()],
    ]);
    const all = await city.rows<{ at: Date }>(`select at from journal where command like 'term.%' order by at, case_id, seq`);
    const written = await city.rows<{ at: Date }>(`select c.at from command c where c.principal = 'clock' order by c.at`);
    expect(written.map((w) => w.at)).toEqual(all.map((a) => a.at));
  });

  it('goes on from the instant it was set to, and shows the same to a second process', async () => {
    const second = await virtualClock(database, async () => [CITY]);
    second.stop();
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(beijing('2026-10-20').getTime());
    expect(Math.abs(second.now().getTime() - clock.now().getTime())).toBeLessThan(60_000);
    expect(clock.now()).not.toBe(clock.now());
  });

  it('never goes backwards', async () => {
    await expect(clock.advanceTo(beijing('2026-08-17'), async () => 0)).rejects.toEqual(expect.objectContaining({ code: 'clock-backwards' }));
  });

  it('a term that cannot be fired ends the advance with an error instead of turning for ever', async () => {
    const id = await open('370104');
    await city.rows(`update term set term = 'plan.imagined', next_reminder_at = null, due_at = $1 where case_id = $2`, [beijing('2026-10-25'), id]);
    await expect(clock.advanceTo(beijing('2026-10-30'), () => worker().drain())).rejects.toThrow(/not-now/);
    await city.rows(`update term set status = 'cancelled' where case_id = $1`, [id]);
  });

  it('moved by two processes at once, to two days, never shows the earlier one after the later', async () => {
    const second = await virtualClock(database, async () => [CITY]);
    const slow = () => new Promise<number>((resolve) => setTimeout(resolve, 50, 0));
    const moved = await Promise.allSettled([clock.advanceTo(beijing('2026-12-20'), async () => 0), second.advanceTo(beijing('2026-12-05'), slow)]);
    second.stop();
    expect(moved[0].status).toBe('fulfilled');
    await Promise.all([clock.catchUp(), second.catchUp()]);
    for (const one of [clock, second]) expect(one.now().getTime()).toBeGreaterThanOrEqual(beijing('2026-12-20').getTime());
  });

  it('moved by one replica shows its new day on another for the very next request', async () => {
    const second = await virtualClock(database, async () => [CITY]);
    second.stop();
    await clock.advanceTo(beijing('2026-12-25'), async () => 0);
    await second.catchUp();
    expect(second.now().getTime()).toBeGreaterThanOrEqual(beijing('2026-12-25').getTime());
  });

  it('is not there in production', async () => {
    await city.rows(`update installation set mode = 'production'`);
    const production = await virtualClock(database, async () => [CITY]);
    production.stop();
    await expect(production.advanceTo(beijing('2027-01-01'), async () => 0)).rejects.toEqual(expect.objectContaining({ code: 'no-virtual-clock' }));
    await city.rows(`update installation set mode = 'demonstration'`);
  });
});

describe('the filing deadline', () => {
  const reporting = async (unit: string, code: string) => {
    city.clock.set(beijing('2026-09-28'));
    return city.planIn('reporting', unit, code);
  };
  const timeliness = async (id: string) => JSON.parse((await city.rows('select snapshot from case_snapshot where id = $1', [id]))[0]!.snapshot).snapshot.value.main.open.timeliness as string;
  const report = (unit: string, id: string) => city.go(`${unit}.clerk`, id, 'report', { documentNumber: '人社报〔2026〕8号' });

  it('a plan filed at 23:59:59.999 on 30 September is on time', async () => {
    const id = await reporting('licheng', '370112');
    city.clock.set(new Date(beijing('2026-10-01', '00:00:00').getTime() - 1));
    await report('licheng', id);
    expect(await timeliness(id)).toBe('onTime');
  });

  it('a plan filed at 00:00:00 on 1 October is late, whether the clock has been there before or not', async () => {
    const [before, after] = [await reporting('changqing', '370113'), await reporting('zhangqiu', '370114')];
    city.clock.set(beijing('2026-10-01', '00:00:00'));
    await report('changqing', before);
    await city.worker().drain();
    expect(await timeliness(after)).toBe('overdue');
    await report('zhangqiu', after);
    expect([await timeliness(before), await timeliness(after)]).toEqual(['late', 'late']);
  });

  it('paper delivered on 29 September with evidence and registered on 9 October is on time, and stands in the list of exceptions', async () => {
    const id = await reporting('jiyang', '370115');
    city.clock.set(beijing('2026-10-09'));
    await city.worker().drain();
    await report('jiyang', id);
    await city.go('office.registrar', id, 'register', { theirNumber: '济人社报〔2026〕8号', channel: 'paper', dated: '2026-09-29', deliveredAt: '2026-09-29T16:00', evidence: '邮戳 9月29日' });
    expect(await timeliness(id)).toBe('onTime');
    expect(await city.rows('select kind from exception_entry where case_id = $1', [id])).toEqual([{ kind: 'earlier-delivery' }]);
  });

  it('without evidence the date on the form changes nothing', async () => {
    const id = await reporting('laiwu', '370116');
    city.clock.set(beijing('2026-10-09'));
    await city.worker().drain();
    await report('laiwu', id);
    await city.go('office.registrar', id, 'register', { theirNumber: '莱人社报〔2026〕8号', channel: 'paper', dated: '2026-09-29', deliveredAt: '2026-09-29T16:00' });
    expect(await timeliness(id)).toBe('late');
  });

  it('consent dated after the day it is registered is refused', async () => {
    city.clock.set(beijing('2026-08-17'));
    const id = await city.planIn('governmentApproval', 'pingyin', '370124');
    await expect(city.go('pingyin.consent', id, 'consent', { ...consentFields, date: '2026-08-18' })).rejects.toEqual(expect.objectContaining({ code: 'not-now' }));
    await expect(city.go('pingyin.consent', id, 'consent', consentFields)).resolves.toMatchObject({ stage: 'reporting' });
  });
});
