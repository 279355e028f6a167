import { preparers } from '../../../src/content/preparers.js';
import { InvalidInput, Refused } from '../../../src/domain/errors.js';
import { dispatchMany } from '../../../src/engine/dispatch-many.js';
import { databaseStore } from '../../../src/engine/database-store.js';
import { TestCity } from './city.js';

let city: TestCity;
beforeAll(async () => {
  city = await TestCity.found('many');
  city.parts.preparers['plan.acceptComplete'] = preparers['plan.acceptComplete'] as never;
});
afterAll(() => city.close());

const item = async (caseId: string, shown: string | null = 'h1') => ({ caseId, taskId: (await city.openTask(caseId, 'office.clerk'))!.id as string, shown });
const accept = { type: 'acceptComplete', fields: { opinion: '材料齐全' } };
const acts = async (caseId: string): Promise<number> => (await city.rows(`select count(*)::int as n from journal where case_id = $1 and command = 'acceptComplete'`, [caseId]))[0]!.n;

describe('many cases agreed to in one act', () => {
  it('each is dealt with by itself: what changed since it was listed, was never shown or was decided by somebody else is refused alone', async () => {
    const [fine, changed, unseen, done] = [await city.planIn('officeReview', 'laiwu', '370116'), await city.planIn('officeReview', 'jiyang', '370115'),
      await city.planIn('officeReview', 'shizhong', '370103'), await city.planIn('officeReview', 'huaiyin', '370104')] as [string, string, string, string];
    const items = [await item(fine), await item(changed, 'h0'), await item(unseen, null), await item(done)];
    await city.go('office.clerk2', done, 'acceptComplete', {}, { taskId: items[3]!.taskId });
    const lines = await city.engine.dispatchMany(await city.actors('office.clerk'), { ...accept, items, key: 'batch-one' });
    expect(lines.map(({ caseId, outcome, refusal }) => [caseId, outcome?.stage ?? refusal?.code])).toEqual([[fine, 'directorDecision'], [changed, 'content-changed'], [unseen, 'content-changed'], [done, 'task-closed']]);
    expect([await acts(fine), await acts(changed), await acts(unseen), await acts(done)]).toEqual([1, 0, 0, 1]);
    expect((await city.rows(`select body from journal_payload where case_id = $1 order by seq desc limit 1`, [fine]))[0]!.body).toContain('材料齐全');
    // A district's own people may not, whatever they send.
    const [line] = await city.engine.dispatchMany(await city.actors('jiyang.clerk'), { ...accept, items: [await item(changed)], key: 'batch-two' });
    expect(line!.refusal?.code).toBe('not-yours');
  });

  it('goes on after a crash in the middle when it is sent again, and does nothing twice', async () => {
    const ids = [await city.planIn('officeReview', 'tianqiao', '370105'), await city.planIn('officeReview', 'changqing', '370113'), await city.planIn('officeReview', 'gangcheng', '370117')];
    const items = await Promise.all(ids.map((id) => item(id)));
    const store = databaseStore(city.parts);
    let writes = 0;
    const dies = { ...city.parts, store: { ...store, writeMany: async () => { throw new Error('killed'); }, write: async (...sent: Parameters<typeof store.write>) => { if ((writes += 1) > 1) throw new Error('killed'); return store.write(...sent); } } };
    await expect(dispatchMany(dies, await city.actors('office.clerk'), { ...accept, items, key: 'batch-three' })).rejects.toThrow('killed');
    const lines = await city.engine.dispatchMany(await city.actors('office.clerk'), { ...accept, items: [...items, items[0]!], key: 'batch-three' });
    expect(lines.map(({ refusal }) => refusal)).toEqual([null, null, null]);
    expect(await Promise.all(ids.map(acts))).toEqual([1, 1, 1]);
  });

  it('is for commands that need nothing but an opinion: what has a number, a reason or no way back is given singly', async () => {
    const send = async (type: string, items: { caseId: string; taskId: string; shown: null }[]) => city.engine.dispatchMany(await city.actors('office.director'), { type, fields: {}, items, key: 'batch-four' });
    const nothing = [{ caseId: 'x', taskId: 'x', shown: null }];
    for (const type of ['returnForCorrection', 'register', 'consent', 'confirmJump', 'sign', 'task.answer', 'term.plan.filing.due', 'constructor', 'withdraw']) await expect(send(type, nothing)).rejects.toThrow(Refused);
    await expect(send('approve', [])).rejects.toThrow(InvalidInput);
  });
});
