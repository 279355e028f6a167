import fc from 'fast-check';
import { parseTownshipLines } from '../../../src/register/jinan-data.js';
import { readJinan } from '../../../src/register/jinan-files.js';
import { apportion } from '../../../src/register/township-populations.js';

const now = readJinan(process.cwd(), 2026);
const then = readJinan(process.cwd(), 2011);
const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

describe('the divisions of Jinan', () => {
  it('are 13 filing units of 2026 in their order, the zone last, and ten of 2011', () => {
    expect(now.units.map(({ name }) => name).join(' ')).toBe('历下区 市中区 槐荫区 天桥区 历城区 长清区 章丘区 济阳区 莱芜区 钢城区 平阴县 商河县 济南高新区');
    expect(then.units).toHaveLength(10);
    expect(sum(then.units.map(({ population }) => population))).toBe(6_813_984);
  });

  it('have 164 townships and 5,758 communities and villages, each in its place and none twice', () => {
    expect([now.townships.length, now.villages.length]).toEqual([164, 5758]);
    expect(new Set(now.villages.map(({ code }) => code)).size).toBe(5758);
    const townships = new Set(now.townships.map(({ code }) => code));
    expect(now.villages.every(({ code, township }) => code.startsWith(township) && townships.has(township))).toBe(true);
    expect(now.villages.filter(({ kind }) => kind === 'community')).toHaveLength(5758 - now.villages.filter(({ kind }) => kind === 'village').length);
    expect(now.townships.filter(({ unit }) => unit === '370176')).toHaveLength(5);
  });

  it.each([now, then])('township populations add up to each unit exactly, none empty', ({ units, townships }) => {
    for (const unit of units) {
      const own = townships.filter((one) => one.unit === unit.code).map(({ population }) => population);
      expect([unit.name, sum(own)]).toEqual([unit.name, unit.judgedPopulation]);
      expect(Math.min(...own)).toBeGreaterThan(1000);
    }
  });

  it('published figures stand as published, everything else is marked 示例', () => {
    const published = now.townships.filter(({ sample }) => !sample).map(({ name, population }) => [name, population]);
    expect(published).toEqual([['千佛山街道', 60_239], ['堤口路街道', 61_823], ['北园街道', 92_282]]);
    expect(now.townships.filter(({ sample }) => sample).every(({ populationSource }) => populationSource.startsWith('示例'))).toBe(true);
  });

  it('the zone’s residents are deducted from the district around it, both figures kept', () => {
    const host = now.units.find(({ code }) => code === '370112')!;
    expect([host.population, host.deductions, host.judgedPopulation]).toEqual([1_640_000, [{ unit: '370176', population: 381_264 }], 1_258_736]);
    expect(then.units.find(({ code }) => code === '370112')?.deductions).toEqual([]);
    expect(now.units.find(({ kind }) => kind === 'zone')).toMatchObject({ sample: true, host: '370112' });
  });

  it('a renamed county keeps its townships under the old code of its year', () => {
    expect(then.townships.filter(({ unit }) => unit === '370181')).toHaveLength(18);
    expect(then.units.find(({ name }) => name === '章丘市')?.key).toBe(now.units.find(({ name }) => name === '章丘区')?.key);
    expect([then.townships.length, then.villages.length]).toEqual([137, 4444]);
  });

  it('the same files always give the same populations', () => {
    expect(readJinan(process.cwd(), 2026).townships).toEqual(now.townships);
  });
});

it('sharing out loses nobody, whatever the weights', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 40 }), (total, weights) => {
    const shares = apportion(total, weights);
    return sum(shares) === total && shares.every((one) => one >= 0);
  }));
});

describe('a damaged file', () => {
  it('is refused with its line instead of read half', () => {
    expect(() => parseTownshipLines('code,name\n1,x')).toThrow('broken-division-data');
    expect(() => parseTownshipLines('code,name,division,population,source\n370102001,解放路街道,370102,,\n370102002,千佛山街道\n')).toThrow(/Line 3/);
  });

  it('with a byte order mark and Windows line ends is understood', () => {
    expect(parseTownshipLines('\uFEFFcode,name,division,population,source\r\n370102001,解放路街道,370102,,\r\n')).toHaveLength(1);
  });
});
