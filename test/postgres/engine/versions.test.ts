import { addSigners } from '../../../src/content/preparers/moves.js';
import { orderVersion } from '../../../src/register/opening-order.js';
import { migrateCases, type CaseMove, type MigrationRequest } from '../../../src/engine/migrate/migrate-cases.js';
import { strandedCases, type RestorableParts } from '../../../src/engine/restorable-cases.js';
import { checkCases } from '../../../src/engine/check-cases.js';
import { beijing, CITY, LICHENG, TestCity } from './city.js';

let city: TestCity;
beforeAll(async () => {
  city = await TestCity.found('versions');
  Object.assign(city.parts.preparers, { '*.addSigners': addSigners });
});
afterAll(() => city.close());

const registration = { theirNumber: '历人社报〔2026〕8号', channel: 'system', dated: '2026-08-17', deliveredAt: '2026-08-17T09:00' };

async function order(version: number, from: string): Promise<void> {
  const { person } = await city.actor('admin');
  await city.database.asAuth(CITY, (trx) => orderVersion(trx, { city: CITY, workflow: 'plan', version, from, reason: '两人把关', person: person!, at: city.clock.now() }));
}

const versionOf = async (id: string): Promise<number> => (await city.rows('select chart_version from case_file where id = $1', [id]))[0]!.chart_version;

async function sound(): Promise<string[]> {
  const told: string[] = [];
  const { database, machineFor, packOf } = city.parts;
  await checkCases({ database, machineFor, packOf }, [CITY], ({ caseNumber, what }) => told.push(`${caseNumber} ${what.en}`));
  return told;
}

describe('a city orders a version of a chart', () => {
  it('from a day on new cases open with it, and nothing else changes: not before the day, not another workflow, not what is open', async () => {
    const before = await city.openPlan('370102');
    await order(2, '2026-08-18');
    const eve = await city.openPlan('370103');
    city.clock.set(beijing('2026-08-18'));
    const after = await city.openPlan('370104');
    expect([await versionOf(before), await versionOf(eve), await versionOf(after)]).toEqual([1, 1, 2]);
    const programme = (await city.engine.open(city.system, 'programme', { unit: await city.unitId('370104'), year: 2026, key: city.key() })).caseId;
    expect(await versionOf(programme)).toBe(1);
    // What is said later for the same day counts.
    city.clock.set(beijing('2026-08-18', '10:00:00'));
    await order(1, '2026-08-18');
    expect(await versionOf(await city.openPlan('370105'))).toBe(1);
    city.clock.set(beijing('2026-08-18', '11:00:00'));
    await order(2, '2026-08-18');
  });

  it('a case of the new version goes from draft to record, with two persons at the check and the same journal when it is replayed', async () => {
    const id = await city.planIn('officeReview', 'licheng', LICHENG);
    expect([await versionOf(id), await city.stage(id)]).toEqual([2, 'firstCheck']);
    await city.go('office.clerk', id, 'returnForCorrection', { remarks: [{ section: 'projects', text: '面积写错' }] });
    await city.go('licheng.clerk', id, 'resubmit', { replies: {} });
    await city.go('office.clerk', id, 'acceptComplete');
    await expect(city.go('office.clerk', id, 'confirmCheck')).rejects.toThrow(/may not make the second/);
    await city.go('office.clerk2', id, 'sendBack', { opinion: '请再核面积。' });
    await city.go('office.clerk2', id, 'acceptComplete');
    await city.go('office.clerk', id, 'confirmCheck', { opinion: '复核无误。' });
    expect(await city.stage(id)).toBe('directorDecision');
    await city.go('office.director', id, 'sendBack', { opinion: '再看一遍。' });
    await city.go('office.clerk', id, 'acceptComplete');
    await city.go('office.clerk2', id, 'confirmCheck');
    await city.go('office.director', id, 'file');
    expect((await city.rows('select final, outcome from case_file where id = $1', [id]))[0]).toEqual({ final: true, outcome: 'filed' });
    await city.go('office.director', id, 'wake', { reason: '漏了一处' });
    expect(await city.stage(id)).toBe('firstCheck');
    expect(await sound()).toEqual([]);
  });
});

/** Runs a migration of the yearly plan to v2 and says what became of each case, by its number. */
async function migrate(over: Partial<MigrationRequest> = {}): Promise<Map<string, CaseMove>> {
  const told = new Map<string, CaseMove>();
  await migrateCases(city.parts, [CITY], { workflow: 'plan', to: 2, cases: null, dryRun: false, back: false, by: '示例管理员', reason: '统一两人把关', ...over }, (move) => told.set(move.caseId, move));
  return told;
}

/** Every row of a case as it is kept, but its place in the journal and what was written of the way itself. */
async function rowsOf(id: string): Promise<string> {
  const [row] = await city.rows(
    `select s.snapshot, f.stage, f.chart_version, f.released, f.final, s.released as shown,
       (select json_agg(t order by t.id) from task t where case_id = $1)::text as tasks, (select json_agg(t order by t.key) from term t where case_id = $1)::text as terms,
       (select json_agg(g order by g.seq, g.stage) from case_stage g where case_id = $1)::text as stages, (select json_agg(o order by o.id) from outbox o where case_id = $1)::text as outbox
     from case_file f join case_snapshot s on s.id = f.id where f.id = $1`, [id]);
  return JSON.stringify(row);
}

describe('open cases are led to another version of their chart', () => {
  let ids: Record<'drafting' | 'waiting' | 'checked' | 'correcting' | 'deciding' | 'held', string>;
  beforeAll(async () => {
    await order(1, '2026-08-19');
    city.clock.set(beijing('2026-08-19'));
    const [checked, deciding, held] = [await city.planIn('officeReview', 'zhangqiu', '370114'), await city.planIn('officeReview', 'laiwu', '370116'), await city.planIn('officeReview', 'gangcheng', '370117')];
    const correcting = await city.planIn('officeReview', 'changqing', '370113');
    const task = await city.openTask(checked, 'office.clerk');
    await city.go('office.clerk', checked, 'task.claim', {}, { taskId: task!.id });
    city.clock.set(beijing('2026-08-21'));
    await city.go('office.clerk', deciding, 'acceptComplete');
    await city.go('office.director', held, 'hold', { reason: '等待领导小组会议' });
    await city.go('office.clerk', correcting, 'returnForCorrection', { remarks: [{ section: 'projects', text: '面积写错' }] });
    ids = { drafting: await city.openPlan('370115'), waiting: await city.planIn('headReview', 'pingyin', '370124'), checked, correcting, deciding, held };
  });

  it('a dry run says where each would land with all it has, refuses by name, and writes nothing', async () => {
    const before = await Promise.all(Object.values(ids).map(rowsOf));
    const told = await migrate({ dryRun: true });
    expect(await Promise.all(Object.values(ids).map(rowsOf))).toEqual(before);
    expect(Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, told.get(id)!.status]))).toEqual({
      drafting: 'movable', waiting: 'movable', checked: 'movable', correcting: 'movable', deciding: 'refused', held: 'movable',
    });
    expect(told.get(ids.deciding)!.planned.refusals).toEqual([{ zh: expect.stringContaining('复核没有做过'), en: expect.stringContaining('second check of the new version has not been made') }]);
    const { before: was, after: is } = told.get(ids.checked)!.planned;
    expect([was.main.zh, is!.main.zh]).toEqual(['形式审查', '初审']);
    expect(is!.rights.map(({ words }) => words.zh)).toEqual(expect.arrayContaining([expect.stringContaining('已认领')]));
    expect(is!.approvals.map(({ words }) => words.zh)).toEqual(was.approvals.map(({ words }) => words.zh));
    expect(is!.terms.map(({ status, used, budget, dueAt }) => [status, used, budget, dueAt])).toEqual(was.terms.map(({ status, used, budget, dueAt }) => [status, used, budget, dueAt]));
  });

  it('each is a step of the journal that replays, keeps its tasks and its days, and goes on under the new chart', async () => {
    const task = (await city.openTask(ids.checked, 'office.clerk'))!;
    const [due] = await city.rows(`select due_at from term where case_id = $1 and key = 'plan.officeReview'`, [ids.checked]);
    const told = await migrate();
    expect([...told.values()].filter(({ status }) => status === 'refused').map(({ caseId }) => caseId)).toEqual([ids.deciding]);
    const [entry] = await city.rows(`select j.command, j.chart, j.origin, p.body from journal j join journal_payload p using (city, year, case_id, seq) where j.case_id = $1 order by j.seq desc limit 1`, [ids.checked]);
    expect([entry!.command, entry!.chart, entry!.origin, JSON.parse(entry!.body)]).toEqual(['case.migrated', 'plan.v2', 'system', expect.objectContaining({ from: 1, to: 2, orderedBy: '示例管理员', reason: '统一两人把关' })]);
    expect(await sound()).toEqual([]);
    // A second run finds nothing left to do but what it refuses.
    expect([...(await migrate()).keys()]).toEqual([ids.deciding]);

    expect(await city.stage(ids.checked)).toBe('firstCheck');
    expect((await city.openTask(ids.checked, 'office.clerk'))!).toMatchObject({ id: task.id, person: task.person, state: 'firstCheck', term_key: 'plan.firstCheck' });
    expect(await city.rows(`select due_at, budget_workdays from term where case_id = $1 and key = 'plan.firstCheck'`, [ids.checked])).toEqual([{ ...due, budget_workdays: 5 }]);
    await expect(city.go('office.clerk2', ids.checked, 'acceptComplete')).rejects.toThrow(/claimed/);
    await city.go('office.clerk', ids.checked, 'acceptComplete');
    await city.go('office.clerk2', ids.checked, 'confirmCheck');
    await city.go('office.director', ids.checked, 'file');
    // The days used before the correction are not given anew: five, of which two are used.
    await city.go('changqing.clerk', ids.correcting, 'resubmit', { replies: {} });
    expect(await city.rows(`select status, used_workdays, budget_workdays from term where case_id = $1 and key = 'plan.firstCheck'`, [ids.correcting])).toEqual([{ status: 'armed', used_workdays: 2, budget_workdays: 5 }]);
    await city.go('office.director', ids.held, 'resume');
    await city.go('pingyin.clerk', ids.waiting, 'withdraw');
    expect(await sound()).toEqual([]);
  });

  it('beside somebody at work on the same case nothing is lost and nothing done twice, and two runs at once are one', async () => {
    await order(1, '2026-08-21');
    const id = await city.openPlan('370176');
    const [first, second] = await Promise.all([migrate({ cases: [id] }), migrate({ cases: [id] }), city.go('gaoxin.clerk', id, 'submit')]);
    expect([first.get(id)?.status ?? 'moved', second.get(id)?.status ?? 'moved']).toEqual(['moved', 'moved']);
    expect((await city.rows('select command from journal where case_id = $1 order by seq', [id])).map((j) => j.command).sort()).toEqual(['case.migrated', 'case.opened', 'submit']);
    expect(await city.stage(id)).toBe('headReview');
  });

  it('what nothing has happened to since goes back byte for byte, the rest is refused by the name of what happened', async () => {
    const fresh = await city.planIn('officeReview', 'shanghe', '370126');
    await city.go('office.clerk', fresh, 'addSigners', { posts: [(await city.actor('office.clerk2')).post], mode: 'before', reason: '请先看' });
    const before = await rowsOf(fresh);
    await migrate({ cases: [fresh] });
    expect(await rowsOf(fresh)).not.toBe(before);
    const told = await migrate({ back: true });
    expect(told.get(fresh)!.status).toBe('moved');
    expect(await rowsOf(fresh)).toBe(before);
    expect(told.get(ids.checked)!.planned.refusals).toEqual([{ zh: expect.stringContaining('acceptComplete'), en: expect.stringContaining('something has happened since') }]);
    expect(await versionOf(ids.checked)).toBe(2);
    expect(await sound()).toEqual([]);
  });
});

describe('a build is asked before it serves whether it can go on with every open case', () => {
  const stranded = async (over: Partial<RestorableParts> = {}): Promise<string[]> => {
    const told: string[] = [];
    const { database, machineFor, packOf, forms } = city.parts;
    await strandedCases({ database, machineFor, packOf, forms, ...over }, [CITY], ({ caseNumber, chart, why }) => told.push(`${caseNumber.slice(10)} ${chart} ${why.en}`));
    return told;
  };

  it('names a case whose version, stage, task, command or term it does not know, and no other', async () => {
    expect(await stranded()).toEqual([]);
    const only = (version: number) => (workflow: string, asked: number, pack: string) => city.parts.machineFor(workflow, workflow === 'plan' && asked === version ? 9 : asked, pack);
    expect(await stranded({ machineFor: only(2) })).toContain('370112-01 plan.v2 There is no workflow “plan.v9”.');
    // A build in which the newer version lies where the older one was.
    const mixed = await stranded({ machineFor: (workflow, version, pack) => city.parts.machineFor(workflow, workflow === 'plan' ? 3 - version : version, pack) });
    expect(mixed).toContainEqual(expect.stringMatching(/^370126-01 plan.v1 it cannot be restored: .*officeReview/));
    const { acceptComplete: _gone, ...forms } = city.parts.forms;
    expect(await stranded({ forms })).toContain('370126-01 plan.v1 there is no command acceptComplete');
    await city.rows(`update term set term = 'plan.gone' where term = 'plan.officeReview' and case_id in (select id from case_file where case_number = 'JCPT-2026-370126-01')`);
    expect(await stranded()).toEqual(['370126-01 plan.v1 there is no term plan.gone']);
  });
});
