import { Refused } from '../../../src/domain/errors.js';
import { words } from '../../../src/domain/text.js';
import type { Effect, OutboxRow } from '../../../src/engine/worker.js';
import { beijing, CITY, TestCity } from './city.js';

let city: TestCity;
beforeAll(async () => {
  city = await TestCity.found('worker');
});
afterAll(() => city.close());

const outbox = (caseId: string) => city.rows('select effect, attempts, parked_at, last_error from outbox where case_id = $1 order by id', [caseId]);
/** Leases run on the database's own clock: here they have all run out, and it does not matter when. */
const leasesExpire = () => city.rows(`update outbox set leased_until = now() - interval '1 second' where leased_until is not null`);

/** Counts its rows by key. */
function counting(): { done: Map<string, number>; effect: Effect } {
  const done = new Map<string, number>();
  return { done, effect: async (row) => void done.set(row.key, (done.get(row.key) ?? 0) + 1) };
}

describe('effects', () => {
  it('a worker that dies after its claim loses nothing: another does the effect once the lease has run out, and once only', async () => {
    const id = await city.planIn('governmentApproval', 'lixia', '370102');
    let claimed!: () => void;
    const claim = new Promise<void>((resolve) => (claimed = resolve));
    const never = new Promise<void>(() => undefined);
    const dying = city.worker({ notify: async () => { claimed(); await never; } });
    void dying.drain();
    await claim;
    const { done, effect } = counting();
    const second = city.worker({ notify: effect });
    await second.drain();
    expect([...done.values()]).toEqual([]);
    await leasesExpire();
    await second.drain();
    expect([...done.values()]).toEqual([1]);
    expect(await outbox(id)).toEqual([]);
  });

  it('a short lease is taken over without waiting a minute', async () => {
    const id = await city.planIn('governmentApproval', 'shizhong', '370103');
    let claimed!: () => void;
    const claim = new Promise<void>((resolve) => (claimed = resolve));
    void city.worker({ notify: async () => { claimed(); await new Promise(() => undefined); } }, { leaseSeconds: 0 }).drain();
    await claim;
    const { done, effect } = counting();
    await city.worker({ notify: effect }).drain();
    expect([...done.values()]).toEqual([1]);
    expect(await outbox(id)).toEqual([]);
  });

  it('a notice whose worker died between doing and settling is left once', async () => {
    const id = await city.planIn('governmentApproval', 'huaiyin', '370104');
    const [row] = (await city.rows(`select city, id, year, case_id as "caseId", unit, key, effect, params, attempts from outbox where case_id = $1`, [id])) as [OutboxRow];
    const again = city.worker();
    await again.drain();
    await city.rows(`insert into outbox (city, id, year, case_id, unit, key, seq, effect, params, run_after) values ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9)`,
      [CITY, row.id, row.year, row.caseId, row.unit, row.key, row.effect, row.params, city.clock.now()]);
    await again.drain();
    expect(await city.rows('select template, role from notice where case_id = $1', [id])).toEqual([{ template: 'consentWanted', role: 'consent.officer' }]);
  });

  it('an effect that refuses by rule is parked at once with its reason, and the others are done', async () => {
    const bad = await city.planIn('governmentApproval', 'tianqiao', '370105');
    const good = await city.planIn('governmentApproval', 'changqing', '370113');
    const { done, effect } = counting();
    const worker = city.worker({
      notify: async (row) => {
        if (row.caseId === bad) throw new Refused('glyphs-missing', words('字库里没有“䶮”。', 'No font has it.'));
        await effect(row);
      },
    });
    await worker.drain();
    expect(await outbox(bad)).toEqual([expect.objectContaining({ attempts: 1, parked_at: expect.any(Date), last_error: expect.stringContaining('glyphs-missing') })]);
    expect(done.size).toBe(1);
    expect(await outbox(good)).toEqual([]);
    await leasesExpire();
    await worker.drain();
    expect((await outbox(bad))[0]!.attempts).toBe(1);
  });

  it('an effect that fails for other reasons is tried again, a while later each time, and parked after the eighth', async () => {
    const id = await city.planIn('governmentApproval', 'zhangqiu', '370114');
    let tries = 0;
    const worker = city.worker({ notify: async () => { tries += 1; throw new Error('disk full'); } });
    for (let round = 0; round < 12; round++) {
      await worker.drain();
      await leasesExpire();
    }
    expect(tries).toBe(8);
    expect(await outbox(id)).toEqual([expect.objectContaining({ attempts: 8, parked_at: expect.any(Date), last_error: 'Error: disk full' })]);
  });

  it('an effect nobody knows is kept and named, not lost', async () => {
    const id = await city.planIn('governmentApproval', 'jiyang', '370115');
    await city.rows(`update outbox set effect = 'sendPigeon' where case_id = $1`, [id]);
    await city.worker().drain();
    expect((await outbox(id))[0]!.last_error).toContain(`no effect named 'sendPigeon'`);
  });

  it('what a withdrawable step asked for waits for the window and is gone when the step is withdrawn', async () => {
    const id = await city.planIn('governmentApproval', 'pingyin', '370124');
    await city.worker({ notify: async () => undefined }).drain();
    await city.go('pingyin.consent', id, 'returnTo', { target: 'headReview', remarks: [{ section: 'projects', text: '缺一处' }] });
    const { done, effect } = counting();
    const worker = city.worker({ notify: effect });
    await worker.drain();
    expect(done.size).toBe(0);
    expect(await outbox(id)).toHaveLength(1);
    await city.go('pingyin.clerk', id, 'withdraw');
    expect(await outbox(id)).toEqual([]);
    city.clock.set(beijing('2026-08-17', '12:00:00'));
    await worker.drain();
    expect(done.size).toBe(0);
    city.clock.set(beijing('2026-08-17'));
  });

  it('when the window passes without a withdrawal the effect is done', async () => {
    const id = await city.planIn('governmentApproval', 'shanghe', '370126');
    await city.worker({ notify: async () => undefined }).drain();
    await city.go('shanghe.consent', id, 'returnTo', { target: 'headReview', remarks: [{ section: 'projects', text: '缺一处' }] });
    const { done, effect } = counting();
    city.clock.set(new Date(beijing('2026-08-17').getTime() + 10 * 60_000 - 1));
    await city.worker({ notify: effect }).drain();
    expect(done.size).toBe(0);
    city.clock.set(new Date(beijing('2026-08-17').getTime() + 10 * 60_000));
    await city.worker({ notify: effect }).drain();
    expect(done.size).toBe(1);
    city.clock.set(beijing('2026-08-17'));
  });

  it('a programme opens its plan once, however often the effect arrives, and hears of its end', async () => {
    const unit = await city.unitId('370176');
    const { caseId: programme } = await city.engine.open(city.system, 'programme', { unit, year: 2026, key: 'p' });
    const [row] = (await city.rows(`select * from outbox where case_id = $1 and effect = 'openCase'`, [programme])) as [Record<string, any>];
    const worker = city.worker();
    await worker.drain();
    await city.rows(`insert into outbox select ($1::outbox).*`, [`(${CITY},${row.id},2026,${programme},${unit},${row.key},1,openCase,"{""workflow"":""plan""}","2026-08-17",,0,,)`]);
    await worker.drain();
    const plans = await city.rows(`select f.id, l.parent from case_file f join case_link l on l.child = f.id where f.unit = $1 and f.workflow = 'plan'`, [unit]);
    expect(plans).toEqual([{ id: expect.any(String), parent: programme }]);
    await city.go('leader.head', plans[0]!.id, 'exempt', { basis: '批示〔2026〕1号', reason: '本年无任务' });
    await worker.drain();
    expect(await city.rows(`select command from journal where case_id = $1 order by seq`, [programme])).toEqual([{ command: 'case.opened' }, { command: 'plan.ended' }]);
  });
});

describe('terms', () => {
  it('two hundred terms due in one instant fire exactly once with two workers at once', async () => {
    // Years without a register of their own borrow that of 2026: a case per unit and year.
    await city.rows(`insert into filing_unit select city, id, y, position, name, code, kind, host, hrss_org, consent_org, consent_kind, population, population_source, population_sample, population_deducted
                       from filing_unit, generate_series(2030, 2045) y where year = 2026`);
    const units = await city.rows<{ id: string; year: number }>('select id, year from filing_unit where year >= 2030 limit 200');
    for (const { id, year } of units) await city.engine.open(city.system, 'plan', { unit: id, year, key: `${id}-${year}` });
    const at = beijing('2026-09-01', '00:00:00');
    await city.rows(`update term set due_at = $1, next_reminder_at = null, next_rung = null where year >= 2030`, [at]);
    city.clock.set(new Date(at.getTime() - 1));
    await city.worker().drain();
    expect(await city.rows(`select count(*)::int from journal where year >= 2030 and command like 'term.%'`)).toEqual([{ count: 0 }]);
    city.clock.set(at);
    await Promise.all([city.worker().drain(), city.worker().drain()]);
    expect(await city.rows(`select count(*)::int, count(distinct case_id)::int as cases, min(at) as first, max(at) as last from journal where year >= 2030 and command = 'term.plan.filing.due'`))
      .toEqual([{ count: 200, cases: 200, first: at, last: at }]);
    expect(await city.rows(`select count(*)::int from term where year >= 2030 and term = 'plan.filing' and status = 'armed'`)).toEqual([{ count: 0 }]);
    city.clock.set(beijing('2026-08-17'));
  });

  it('one term that cannot be fired keeps neither the others nor the effects waiting', async () => {
    const [poisoned, fine] = [await city.openPlan('370103', 2011), await city.openPlan('370104', 2011)];
    await city.rows(`update term set due_at = $1, next_reminder_at = null where case_id = any($2)`, [beijing('2026-08-10'), [poisoned, fine]]);
    await city.rows(`update term set term = 'plan.imagined', due_at = $1 where case_id = $2`, [beijing('2026-08-09'), poisoned]);
    const worker = city.worker();
    await expect(worker.drain()).rejects.toThrow(/not-now/);
    expect(await city.rows(`select status from term where case_id = $1 and term = 'plan.filing'`, [fine])).toEqual([{ status: 'cancelled' }]);
    await city.rows(`update term set status = 'cancelled' where case_id = $1`, [poisoned]);
    await worker.drain();
    expect(await outbox(fine)).toEqual([]);
  });

  it('a term that is overtaken by the step it waited for is not an error', async () => {
    const id = await city.planIn('reporting', 'laiwu', '370116');
    await city.rows(`update term set due_at = $1, next_reminder_at = null where case_id = $2 and status = 'armed'`, [beijing('2026-08-16'), id]);
    const { engine } = city;
    let overtaken = false;
    const worker = city.worker({ notify: async () => undefined }, {
      dispatch: async (actor, request) => {
        if (request.caseId === id && !overtaken) {
          overtaken = true;
          await city.go('laiwu.clerk', id, 'report', { documentNumber: '莱人社报〔2026〕8号' });
        }
        return engine.dispatch([actor], request);
      },
    });
    await worker.drain();
    expect(overtaken).toBe(true);
    expect(await city.rows(`select command from journal where case_id = $1 and command like 'term.%'`, [id])).toEqual([]);
    expect(await city.stage(id)).toBe('registered');
  });
});

describe('the loop', () => {
  it('wakes for work, stops when told, and survives a round that fails', async () => {
    const id = await city.planIn('headReview', 'gangcheng', '370117');
    let failing = true;
    const done = new Promise<void>((resolve) => {
      const worker = city.worker({ notify: async () => { resolve(); void worker.stop(); } }, {
        cities: async () => {
          if (failing) throw new Error('connection lost');
          return [CITY];
        },
      });
      worker.start();
      void city.go('gangcheng.head', id, 'approve').then(() => {
        failing = false;
        worker.wake();
      });
    });
    await done;
  });
});
