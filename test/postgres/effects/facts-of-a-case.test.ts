import { calendars } from '../../../src/calendars.js';
import { allocateNumber, voidNumber } from '../../../src/register/number-series.js';
import { namesOn, withDossier } from '../../../src/effects/dossier.js';
import { gatherFacts, type GatheredKind } from '../../../src/effects/document-facts/gather-facts.js';
import { newId } from '../../../src/clock.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { cityAtWork, writtenPlan, type CityAtWork } from '../content/city-at-work.js';

let c: CityAtWork;
beforeAll(async () => { c = await cityAtWork('facts_of_a_case'); });
afterAll(() => c.close());

const read = (query: (trx: any) => Promise<any>): Promise<any> => c.database.asActor(c.worker, query);
const facts = async (kind: GatheredKind, caseId: string, after: string): Promise<any> => {
  const { seq } = await read((trx) => trx('journal').where({ case_id: caseId, command: after }).max('seq as seq').first());
  return withDossier({ database: c.database, packOf: policyPack, calendarOf: calendars(c.database) }, { city: c.city, caseId, seq }, (dossier) =>
    gatherFacts(kind, dossier, { id: newId(), verifyCode: '7K4P-92XD', number: null, date: dossier.at.slice(0, 10) }));
};
const papersMade = (caseId: string) => c.database.asActor(c.worker, (trx) => trx('outbox').where({ case_id: caseId, effect: 'issueDocument' }).delete());

async function filed(unitName: string, at: string, before: (id: string, unit: any) => Promise<unknown> = async () => undefined) {
  c.at('2026-09-07T02:00:00Z');
  const unit = await c.unitNamed(unitName);
  const id = (await c.open('plan', unit.id)).caseId;
  const { clerk } = await writtenPlan(c, id, unit);
  await c.act(clerk, id, 'submit');
  for (const role of policyPack('jinan-2011-61').pack.chains.units.value[unit.code]?.['plan.headReview'] ?? ['unit.head']) await c.act(c.who(role, unit.id), id, 'approve');
  await c.act(c.who('consent.officer', unit.id), id, 'consent', { kind: 'minutes', number: '第12次常务会议', date: '2026-09-07' });
  await before(id, unit);
  c.at(at);
  await c.act(clerk, id, 'report', { documentNumber: '8号', signatory: '崔某某' });
  await papersMade(id);
  return { id, unit, clerk };
}

describe('facts of a plan', () => {
  it('a filing within an extension is shown as 延期, with the statutory day beside it, never as on time', async () => {
    const { id } = await filed('商河县', '2026-10-14T02:00:00Z', async (plan) => {
      c.at('2026-09-25T02:00:00Z');
      await c.act(c.who('leader'), plan, 'grantExtension', { until: '2026-10-16', basis: '组长2026年9月25日批示', reason: '县政府10月14日研究' });
    });
    expect((await facts('acknowledgement', id, 'report')).timeliness).toBe('延期报送（截止2026年9月30日24时，经同意延至2026年10月16日24时）');
    await c.act(c.who('office.registrar'), id, 'register', { theirNumber: '8号', channel: 'system', dated: '2026-10-14', deliveredAt: '2026-10-14T02:00:00Z' });
    expect(await facts('incomingReceipt', id, 'register')).toMatchObject({ onTime: false, extendedTo: '2026-10-16', deadline: '2026-09-30', pages: null, delivered: { evidence: expect.stringMatching(/^系统收件回执.*-S1$/) } });
  });

  it('a delivery before the deadline that nothing proves does not make a late plan timely', async () => {
    const { id } = await filed('钢城区', '2026-10-09T02:00:00Z');
    await c.act(c.who('office.registrar'), id, 'register', { theirNumber: '8号', channel: 'paper', dated: '2026-09-28', deliveredAt: '2026-09-29T02:00:00Z', evidence: '' });
    expect(await facts('incomingReceipt', id, 'register')).toMatchObject({ onTime: false, delivered: { at: '2026-10-09T02:00:00.000Z' }, writtenOn: '2026-09-28', channel: '纸质' });
  });

  it('a number in the filer’s own manner stands on the letter as it was typed', async () => {
    const { id } = await filed('莱芜区', '2026-09-30T15:59:59Z');
    expect(await facts('planCoverReport', id, 'report')).toMatchObject({ direction: 'letter', number: '8号', signatory: null, letterhead: ['莱芜区人力资源和社会保障局'], consent: { kind: '会议纪要', number: '第12次常务会议' } });
    expect((await facts('acknowledgement', id, 'report')).timeliness).toBe('按期（截止2026年9月30日24时）');
  });

  it('a committee stands in the government’s place in a zone: it reports up, signed, and the receipt says who wrote', async () => {
    const { id } = await filed('济南高新区', '2026-09-20T02:00:00Z');
    expect(await facts('planCoverReport', id, 'report')).toMatchObject({
      direction: 'report', signatory: '崔某某', issuerName: '济南高新区管委会', letterhead: ['济南高新区管委会文件'], consent: { organ: '济南高新区管委会' }, recipient: '市基层公共服务平台建设领导小组办公室',
    });
    await c.act(c.who('office.registrar'), id, 'register', { theirNumber: '8号', channel: 'system', dated: '2026-09-20', deliveredAt: '2026-09-20T02:00:00Z' });
    expect(await facts('incomingReceipt', id, 'register')).toMatchObject({ from: '济南高新区管委会', title: expect.stringMatching(/^济南高新区管委会关于报送济南高新区2026年度.*的报告$/) });
  });

  it('is refused in words when the case does not hold what the paper is about', async () => {
    const unit = await c.unitNamed('平阴县');
    const id = (await c.open('plan', unit.id)).caseId;
    await expect(facts('filingReceipt', id, 'case.opened')).rejects.toMatchObject({ code: 'facts-incomplete', sentence: { zh: expect.stringContaining('没有登记') } });
  });
});

describe('what papers name and number', () => {
  it('a body that was renamed keeps its old name on papers of its time', async () => {
    const org = await read((trx) => trx('filing_unit').where({ year: 2026, code: '370114' }).first('hrss_org'));
    const name = async (day: string) => (await read((trx) => namesOn(trx, c.city, day, [org.hrss_org]))).get(org.hrss_org);
    expect([await name('2011-09-16'), await name('2026-09-16')]).toEqual(['章丘市人力资源和社会保障局', '章丘区人力资源和社会保障局']);
  });

  it('a number whose paper is given up stays void in its series, and the next one goes on', async () => {
    const series = { city: c.city, issuerCode: '示例代字', year: 2026, at: '2026-09-07T02:00:00Z' };
    const [first, second] = [newId(), newId()];
    const given = await read(async (trx) => [await allocateNumber(trx, { ...series, documentId: first }), await allocateNumber(trx, { ...series, documentId: first })]);
    await read((trx) => voidNumber(trx, { city: c.city, documentId: first, at: new Date('2026-09-07T03:00:00Z'), reason: '文书没有生成' }));
    expect([...given, await read((trx) => allocateNumber(trx, { ...series, documentId: second }))]).toEqual([1, 1, 2]);
    expect(await read((trx) => trx('number_allocation').where({ issuer_code: '示例代字' }).orderBy('number').select('number', 'voided_reason'))).toEqual([{ number: 1, voided_reason: '文书没有生成' }, { number: 2, voided_reason: null }]);
  });
});
