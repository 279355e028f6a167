import { onOneConnection } from '../../../src/database.js';
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

  it('a slow worker keeps its lease as long as it lives, so that nobody does its work a second time', async () => {
    const id = await city.planIn('governmentApproval', 'licheng', '370112');
    const leased = async () => (await city.rows<{ at: Date }>('select leased_until as at from outbox where case_id = $1', [id]))[0]!.at.getTime();
    let finish!: () => void;
    let claimed!: () => void;
    const claim = new Promise<void>((resolve) => (claimed = resolve));
    const slow = city.worker({ notify: async () => { claimed(); await new Promise<void>((resolve) => (finish = resolve)); } }, { leaseSeconds: 3 }).drain();
    await claim;
    const first = await leased();
    while ((await leased()) === first) await new Promise((resolve) => setTimeout(resolve, 50));
    finish();
    await slow;
    expect(await outbox(id)).toEqual([]);
  });

  it('an effect that kills its worker each time is put aside in the end, and does not take its neighbours along', async () => {
    const [lethal, ...others] = [await city.openPlan('370102', 2011), await city.openPlan('370105', 2011), await city.openPlan('370112', 2011)];
    await city.worker({ notify: async () => undefined }).drain();
    for (const caseId of [lethal, ...others]) {
      await city.rows(`insert into outbox (city, id, year, case_id, unit, key, seq, effect, params, run_after) select city, gen_random_uuid(), year, id, unit, id::text, 1, 'notify', '{}', '2026-08-01' from case_file where id = $1`, [caseId]);
    }
    const done: string[] = [];
    for (let life = 0; life < 12; life += 1) {
      // A process that is killed in an effect: nothing after it happens, and its leases run out.
      let died!: () => void;
      const death = new Promise<void>((resolve) => (died = resolve));
      const notify: Effect = async (row) => {
        if (row.caseId === lethal) { died(); await new Promise(() => undefined); }
        done.push(row.caseId);
      };
      await Promise.race([city.worker({ notify }).drain(), death]);
      await leasesExpire();
    }
    expect([...new Set(done)].sort()).toEqual([...others].sort());
    expect((await Promise.all(others.map(outbox))).flat()).toEqual([]);
    expect(await outbox(lethal!)).toEqual([expect.objectContaining({ parked_at: expect.any(Date), last_error: expect.stringContaining('died each time') })]);
    await city.rows('delete from outbox where case_id = $1', [lethal]);
  });

  it('told to stop in the middle of a batch it gives back what it has not begun, at once and uncounted', async () => {
    const ids = [await city.openPlan('370113', 2011), await city.openPlan('370124', 2011)];
    await city.worker({ notify: async () => undefined }).drain();
    for (const caseId of ids) {
      await city.rows(`insert into outbox (city, id, year, case_id, unit, key, seq, effect, params, run_after) select city, gen_random_uuid(), year, id, unit, id::text, 1, 'notify', '{}', '2026-08-01' from case_file where id = $1`, [caseId]);
    }
    const worker = city.worker({ notify: async () => void worker.stop() });
    await expect(worker.drain()).rejects.toThrow('stopping');
    const left = await city.rows('select attempts, leased_until from outbox where case_id = any ($1)', [ids]);
    expect(left).toEqual([{ attempts: 0, leased_until: null }]);
    await city.worker({ notify: async () => undefined }).drain();
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
  it('a connection that breaks between two statements fails the next one and leaves the process alive', async () => {
    const lost = onOneConnection(city.database.workerPool, async (client) => {
      const { rows } = await client.query('select pg_backend_pid() as pid');
      await city.rows('select pg_terminate_backend($1)', [rows[0].pid]);
      await new Promise((resolve) => client.once('end', resolve));
      await client.query('select 1');
    });
    await expect(lost).rejects.toThrow();
    await expect(onOneConnection(city.database.workerPool, async (client) => (await client.query('select 1 as one')).rows)).resolves.toEqual([{ one: 1 }]);
  });

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
