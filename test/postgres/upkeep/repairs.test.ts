import { Forbidden, InvalidInput, NotFound } from '../../../src/domain/errors.js';
import { checkCases } from '../../../src/engine/check-cases.js';
import { createUpkeep, type Upkeep } from '../../../src/upkeep/create-upkeep.js';
import { beijing, CITY, TestCity } from '../engine/city.js';

let city: TestCity;
let upkeep: Upkeep;
beforeAll(async () => {
  city = await TestCity.found('repairs');
  upkeep = createUpkeep({ database: city.database, clock: city.clock, engine: city.engine });
});
afterAll(() => city.close());

const openTask = async (caseId: string) => (await city.rows(`select * from task where case_id = $1 and status = 'open'`, [caseId]))[0]!;
const alarms = async () => upkeep.alarms(await city.actors('admin'));
const of = async (caseId: string) => (await alarms()).filter((one) => one.caseId === caseId);
const broken = async (): Promise<number> => (await checkCases({ database: city.database, packOf: city.parts.packOf, machineFor: city.parts.machineFor } as never, [CITY], () => undefined)).broken;
const told = async (caseId: string, template: string): Promise<string[]> => (await city.rows(`select role from notice where case_id = $1 and template = $2 order by role`, [caseId, template])).map(({ role }) => role);

/** An effect of a case that waits as these columns say. */
async function effectOf(caseId: string, columns: string): Promise<string> {
  await city.rows('delete from outbox where case_id = $1', [caseId]);
  return (await city.rows(`insert into outbox (city, id, year, case_id, unit, key, seq, effect, params, run_after, ${columns.replaceAll(/ = [^,]+/g, '')})
    select city, gen_random_uuid(), year, id, unit, 'x:' || id, 1, 'issueDocument', '{}', $2, ${columns.replaceAll(/\w+ = /g, '')} from case_file where id = $1 returning id`, [caseId, beijing('2026-08-10')]))[0]!.id;
}

/** What one watcher proposes of the first alarm of a case. */
async function proposed(caseId: string, action: string, target?: string, by = 'admin'): Promise<string> {
  const [alarm] = await of(caseId);
  return (await upkeep.proposeRepair(await city.actors(by), { kind: alarm!.kind, item: alarm!.item, action, target, reason: '已查明原因' })).id;
}
const confirmed = async (id: string, by = 'office.director') => upkeep.confirmRepair(await city.actors(by), id);

describe('an alarm', () => {
  it('is raised without anybody looking, told once to administrator and director however many look, and cleared by itself', async () => {
    const id = await city.planIn('headReview', 'laiwu', '370116');
    const effect = await effectOf(id, 'parked_at = now()');
    const worker = city.worker({}, { watch: async (where) => void (await upkeep.watch(where)) });
    await worker.drain();
    await Promise.all([upkeep.watch(CITY), upkeep.watch(CITY)]);
    expect(await told(id, 'alarmRaised')).toEqual(['admin', 'office.director']);
    await city.rows('delete from outbox where id = $1', [effect]);
    await upkeep.watch(CITY);
    expect((await city.rows('select cleared_at from alarm where item = $1', [effect]))[0]!.cleared_at).not.toBeNull();
  });

  it('is raised for a case whose rows do not agree, found without replay, and for one whose journal was cut off', async () => {
    const [lost, cut] = [await city.planIn('headReview', 'tianqiao', '370105'), await city.planIn('headReview', 'huaiyin', '370104')];
    await city.rows(`delete from task where case_id = $1`, [lost]);
    await city.rows(`update term set status = 'cancelled' where case_id = $1 and status = 'armed' and term = 'plan.headReview'`, [lost]);
    await city.rows(`update case_file set head_hash = 'x' || substr(head_hash, 2) where id = $1`, [cut]);
    await upkeep.watch(CITY);
    expect((await of(lost)).map(({ kind, detail }) => [kind, detail.zh])).toEqual([['broken', expect.stringMatching(/缺待办.*；.*未在计时/)]]);
    expect((await of(cut)).map(({ kind }) => kind)).toEqual(['broken']);
    await confirmed(await proposed(lost, 'rewrite'));
    await upkeep.watch(CITY);
    expect(await of(lost)).toEqual([]);
    await expect(city.go('tianqiao.head', lost, 'approve')).resolves.toMatchObject({ stage: 'governmentApproval' });
    await city.rows(`update case_file set head_hash = (select hash from journal where case_id = $1 order by seq desc limit 1) where id = $1`, [cut]);
    await upkeep.watch(CITY);
    expect(await of(cut)).toEqual([]);
  });
});

describe('a repair', () => {
  it('needs a second watcher, a reason and what is offered; others neither propose nor confirm', async () => {
    const id = await city.planIn('headReview', 'shizhong', '370103');
    await effectOf(id, 'parked_at = now(), attempts = 8');
    const [alarm] = await of(id);
    const sent = { kind: alarm!.kind, item: alarm!.item, action: 'retry', reason: '打印机已修好' };
    await expect(upkeep.proposeRepair(await city.actors('office.clerk'), sent)).rejects.toThrow(Forbidden);
    await expect(upkeep.proposeRepair(await city.actors('admin'), { ...sent, reason: '' })).rejects.toThrow(InvalidInput);
    await expect(upkeep.proposeRepair(await city.actors('admin'), { ...sent, action: 'fire' })).rejects.toThrow(InvalidInput);
    await expect(upkeep.proposeRepair(await city.actors('admin'), { ...sent, item: 'x' })).rejects.toThrow(NotFound);
    const { id: repair } = await upkeep.proposeRepair(await city.actors('admin'), sent);
    await expect(confirmed(repair, 'admin')).rejects.toEqual(expect.objectContaining({ code: 'second-person' }));
    await expect(confirmed(repair, 'office.clerk')).rejects.toThrow(Forbidden);
    await confirmed(repair);
    let tries = 0;
    await city.worker({ issueDocument: async () => void (tries += 1) }).drain();
    expect([tries, await of(id)]).toEqual([1, []]);
    expect((await city.rows(`select command, person from journal where case_id = $1 order by seq desc limit 1`, [id]))[0]).toEqual({ command: 'repair.retry', person: (await city.actor('office.director')).person });
    expect((await city.rows(`select action from audit_event where subject = $1 order by seq`, [repair])).map(({ action }) => action)).toEqual(['repair.proposed', 'repair.confirmed', 'repair.done']);
    await expect(confirmed(repair)).rejects.toThrow(NotFound);
  });

  it('gives up for good what will never succeed, and releases what a lease holds for nobody', async () => {
    const id = await city.planIn('headReview', 'changqing', '370113');
    await effectOf(id, 'parked_at = now()');
    await confirmed(await proposed(id, 'giveUp'));
    expect([await city.rows('select 1 from outbox where case_id = $1', [id]), await of(id)]).toEqual([[], []]);
    const held = await effectOf(id, `leased_until = now() + interval '1 day'`);
    expect((await of(id)).map(({ kind }) => kind)).toEqual(['stuck']);
    await confirmed(await proposed(id, 'release'));
    expect((await city.rows('select leased_until from outbox where id = $1', [held]))[0]!.leased_until).toBeNull();
    await city.rows('delete from outbox where id = $1', [held]);
  });

  it('lets a timer fire once, through the clock, however often the repair is gone on with after a crash', async () => {
    const id = await city.planIn('headReview', 'gangcheng', '370117');
    await city.rows(`update term set due_at = $2 where case_id = $1 and status = 'armed' and term = 'plan.headReview'`, [id, beijing('2026-08-11')]);
    const repair = await proposed(id, 'fire', undefined, 'auditor');
    const dies: TestCity['engine'] = { ...city.engine, arrange: async () => { throw new Error('killed'); } };
    const frail = createUpkeep({ database: city.database, clock: city.clock, engine: dies });
    await expect(frail.confirmRepair(await city.actors('admin'), repair)).rejects.toThrow('killed');
    expect(await upkeep.goOn(CITY)).toBe(1);
    expect(await upkeep.goOn(CITY)).toBe(0);
    expect((await city.rows(`select command, count(*)::int as n from journal where case_id = $1 and (command like 'term.%' or command like 'repair.%') group by command order by command`, [id]))).toEqual([
      { command: 'repair.fire', n: 1 }, { command: 'term.plan.headReview.due', n: 1 },
    ]);
    expect(await broken()).toBe(0);
  });

  it('brings a duty nobody carries to a post of its organisation, or somebody to the post', async () => {
    const vacate = (unit: string, code: string) => city.planIn('headReview', unit, code).then(async (id) => {
      await city.rows(`update post_holding set valid_to = '2026-08-01' where post = $1`, [(await city.actor(`${unit}.head`)).post]);
      return id;
    });
    const [moved, filled] = [await vacate('jiyang', '370115'), await vacate('pingyin', '370124')];
    const [alarm] = await of(moved);
    const registrar = (await city.actor('jiyang.registrar')).post!;
    expect(alarm!.posts.map(({ post }) => post)).toContain(registrar);
    await expect(proposed(moved, 'transfer', (await city.actor('pingyin.registrar')).post!)).rejects.toThrow(InvalidInput);
    await confirmed(await proposed(moved, 'transfer', registrar));
    await confirmed(await proposed(filled, 'appoint', (await city.actor('pingyin.registrar')).person!));
    expect([...(await of(moved)), ...(await of(filled))]).toEqual([]);
    for (const [unit, id] of [['jiyang', moved], ['pingyin', filled]] as const) {
      await expect(city.go(`${unit}.registrar`, id, 'approve', {}, { taskId: (await openTask(id)).id })).resolves.toMatchObject({ stage: 'governmentApproval' });
    }
    expect(await broken()).toBe(0);
  });
});
