import { orderVersion } from '../../../src/register/opening-order.js';
import { checkCases } from '../../../src/engine/check-cases.js';
import { beijing, CITY, LICHENG, TestCity } from './city.js';

let city: TestCity;
beforeAll(async () => {
  city = await TestCity.found('versions');
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
