import { newId } from '../../../src/clock.js';
import { allocateNumber } from '../../../src/register/number-series.js';
import { CITY, TestCity } from '../engine/city.js';

let city: TestCity;
beforeAll(async () => {
  city = await TestCity.found('number-series');
});
afterAll(() => city.close());

const allocate = (documentId: string, issuerCode = '济人社验', year = 2026) =>
  city.database.asActor(city.system, (trx) => allocateNumber(trx, { city: CITY, issuerCode, year, documentId, at: city.clock.now().toISOString() }));
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe('numbers of papers', () => {
  it('fifty papers at once get 1 to 50, without a gap and without a double', async () => {
    const numbers = await Promise.all(upTo(50).map(() => allocate(newId())));
    expect(numbers.sort((a, b) => a - b)).toEqual(upTo(50));
  });

  it('the same paper asked for again keeps its number: a retried effect takes no second one', async () => {
    const id = newId();
    const first = await allocate(id, '重复');
    expect([await allocate(id, '重复'), await allocate(id, '重复')]).toEqual([first, first]);
    expect(await allocate(newId(), '重复')).toBe(first + 1);
  });

  it('a paper whose issue is rolled back gives its number to the next', async () => {
    await expect(city.database.asActor(city.system, async (trx) => {
      await allocateNumber(trx, { city: CITY, issuerCode: '回滚', year: 2026, documentId: newId(), at: city.clock.now().toISOString() });
      throw new Error('the disk is full');
    })).rejects.toThrow('the disk is full');
    expect(await allocate(newId(), '回滚')).toBe(1);
  });

  it('the same paper from two workers at once takes one number, and whoever comes second finds it', async () => {
    const id = newId();
    expect(await Promise.all(upTo(6).map(() => allocate(id, '同时')))).toEqual([1, 1, 1, 1, 1, 1]);
    expect(await allocate(newId(), '同时')).toBe(2);
  });

  it('every issuer and every year counts from one', async () => {
    expect([await allocate(newId(), '甲'), await allocate(newId(), '乙'), await allocate(newId(), '甲', 2027)]).toEqual([1, 1, 1]);
  });
});
