import jinan from '../../../workflows/policies/jinan-2011-61.json' with { type: 'json' };
import { InvalidInput } from '../../../src/domain/errors.js';
import { packIds, pinPack, policyPack } from '../../../workflows/policies/pack-registry.js';
import { citationOf, loadPack, valueOf } from '../../../workflows/policies/policy-pack.js';

const copy = () => structuredClone(jinan) as any;
const defectsOf = (json: unknown) => {
  try {
    loadPack(json);
  } catch (error) {
    return (error as InvalidInput).defects;
  }
  return [];
};

describe('the pack of Jinan', () => {
  it('loads, and every value names a clause that is listed', () => {
    const { pack, hash } = policyPack('jinan-2011-61');
    expect(packIds()).toContain(pack.id);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(valueOf(pack.deadlines.planFiling)).toEqual({ month: 9, day: 30, roll: 'none' });
    expect(citationOf(pack, pack.deadlines.planFiling)).toMatchObject({ place: '三（二）', sample: false });
  });

  it('marks as 示例 what the policy does not say, and only that', () => {
    const { pack } = policyPack('jinan-2011-61');
    expect([pack.standards.hall, pack.standards.center, pack.standards.station, pack.windows.inspection].map((one) => one.sample)).toEqual([false, false, false, false]);
    expect([pack.scoring.sheet, pack.scoring.grades, pack.scoring.vetoes, ...Object.values(pack.terms)].every((one) => one.sample)).toBe(true);
    expect(Object.values(pack.documents).every((one) => one.sample)).toBe(true);
  });

  it('never uses the word of a power the office does not have', () => {
    expect(JSON.stringify(jinan)).not.toMatch(/审批|督办|一票否决|催办|排名/);
  });

  it('keeps its hash when keys change places and loses it when a number changes', () => {
    const { hash, pack } = policyPack('jinan-2011-61');
    const shuffled = Object.fromEntries(Object.entries(copy()).reverse());
    expect(pinPack(loadPack(shuffled)).hash).toBe(hash);
    const changed = copy();
    changed.terms['plan.headReview'].value.count = 4;
    expect(pinPack(loadPack(changed)).hash).not.toBe(hash);
    expect(valueOf(pack.terms['plan.headReview']!).count).toBe(3);
  });

  it('an unknown id is refused, also one inherited from Object', () => {
    expect(() => policyPack('jinan-2031')).toThrow('no-such-pack');
    expect(() => policyPack('constructor')).toThrow('no-such-pack');
  });
});

describe('a pack with defects', () => {
  it('reports all of them at once, each as a sentence with its path', () => {
    const broken = copy();
    delete broken.timing.withdrawMinutes;
    broken.deadlines.planFiling.value.month = 13;
    broken.team.colour = 'red';
    const defects = defectsOf(broken);
    expect(defects.map((one) => one.field).sort()).toEqual(['deadlines.planFiling.value.month', 'team.colour', 'timing.withdrawMinutes']);
    for (const { field, sentence } of defects) {
      expect(sentence.zh).toContain(field);
      expect(sentence.en).toContain(field);
    }
  });

  it.each([
    ['a clause nobody listed', (p: any) => (p.terms['plan.coSign'].clause = 'C-99.1'), 'terms.plan.coSign.clause'],
    ['hall bands out of order', (p: any) => p.standards.hall.value.bands.reverse(), 'standards.hall.value.bands'],
    ['classes that leave small townships out', (p: any) => p.standards.center.value.classes.pop(), 'standards.center.value.classes'],
    ['points that do not add up to 100', (p: any) => (p.scoring.sheet.value.items[0].points = 6), 'scoring.sheet.value.items'],
    ['an item of no dimension', (p: any) => (p.scoring.sheet.value.items[0].dimension = 'luck'), 'scoring.sheet.value.items.0.dimension'],
    ['an item of no department', (p: any) => (p.scoring.sheet.value.items[0].department = 'army'), 'scoring.sheet.value.items.0.department'],
    ['an item twice', (p: any) => (p.scoring.sheet.value.items[1].id = p.scoring.sheet.value.items[0].id), 'scoring.sheet.value.items.1.id'],
    ['grades that leave low scores out', (p: any) => p.scoring.grades.value.pop(), 'scoring.grades.value'],
    ['a quorum of more than all', (p: any) => (p.decisions.quorum.value.parts = 4), 'decisions.quorum.value'],
    ['a day that does not exist', (p: any) => (p.effectiveFrom = '2011-02-30'), 'effectiveFrom'],
  ])('%s', (_, damage, field) => {
    const broken = copy();
    damage(broken);
    expect(defectsOf(broken).map((one) => one.field)).toEqual([field]);
  });

  it('something that is no pack at all', () => {
    expect(defectsOf('text').length).toBe(1);
    expect(defectsOf(null)[0]?.sentence.zh).toMatch(/规则包/);
  });
});
