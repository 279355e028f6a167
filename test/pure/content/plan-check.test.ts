import { checkPlan } from '../../../src/content/plan-check.js';
import { readSections } from '../../../src/content/read-sections.js';
import { standardRulesOf } from '../../../workflows/policies/pack-rules.js';
import { pack, register, typedPlan } from './plan-content.js';

type Typed = ReturnType<typeof typedPlan>;
const read = (change: (plan: Typed) => void = () => undefined) => {
  const plan = typedPlan();
  change(plan);
  let check: any;
  const content = readSections('plan', pack, plan, (values) => (check = checkPlan(values as never, register, standardRulesOf(pack), 2026)).defects);
  return { ...content, check };
};
const found = (change: (plan: Typed) => void) => read(change).defects.map((d) => [d.section, d.field, d.code]);
const project = (plan: Typed, index: number) => plan.premises!.projects[index];

describe('the whole plan against annex 2, the register and its own sums', () => {
  it('a sound plan is complete: figures typed with full-width digits and commas become exact integers', () => {
    const { defects, completeness, values, check } = read();
    expect(defects).toEqual([]);
    expect(completeness).toBe(100);
    expect((values.premises as any).projects[0]).toMatchObject({ grossArea: 400_000, money: 300_000_000, kind: 'new' });
    expect(check.totals).toMatchObject({ funds: 395_500_000, money: 380_000_000, byTier: { center: { projects: 1, area: 20_000 } } });
    expect(check.projects[1]).toMatchObject({ className: 'Ⅱ', population: 60_000 });
  });

  it('a hall one hundredth of a square metre short blocks unless justified', () => {
    const short = (plan: Typed) => { project(plan, 0).grossArea = '3999.99'; };
    expect(found(short)).toEqual([['premises', 'projects.0.grossArea', 'below-standard']]);
    expect(read(short).defects[0]!.sentence.zh).toContain('少 0.01 m²');
    const justified = read((plan) => { short(plan); project(plan, 0).justification = '分期建设，以立项批复为准'; });
    expect(justified.defects).toEqual([]);
    expect(justified.check.belowUnjustified).toBe(0);
  });

  it('above the standard is never a fault', () => {
    expect(found((plan) => { project(plan, 0).grossArea = '60000'; })).toEqual([]);
  });

  it('another district’s township is refused, and so is an unknown code', () => {
    for (const code of ['370103001', '999999999']) {
      expect(found((plan) => { project(plan, 1).placeCode = code; })).toContainEqual(['premises', 'projects.1.placeCode', 'foreign-place']);
    }
  });

  it('one township listed twice is told with the row it repeats', () => {
    const { defects } = read((plan) => { plan.premises!.projects.push({ ...project(plan, 1), name: '重复的' }); });
    expect(defects.map((d) => d.code)).toContain('duplicate-place');
    expect(defects.find((d) => d.code === 'duplicate-place')!.sentence.zh).toContain('第 2 行');
  });

  it('sums that do not add up are named with both figures, exact to the 分', () => {
    const { defects } = read((plan) => { plan.funds!.lines[0].total = '12.51'; plan.funds!.total = '395.51'; });
    expect(defects.map((d) => d.field)).toEqual(['lines.0.total']);
    expect(defects[0]!.sentence.zh).toContain('12.50');
    expect(found((plan) => { plan.funds!.total = '400'; })).toEqual([['funds', 'total', 'sum']]);
    expect(found((plan) => { plan.funds!.lines.pop(); })).toContainEqual(['funds', 'lines', 'missing']);
    expect(found((plan) => { project(plan, 0).money = '300.01'; })).toEqual([['funds', 'lines', 'projects-exceed']]);
  });

  it.each([['-1'], ['abc'], ['1.234'], ['99999999999']])('an area of %s is refused with its own sentence', (area) => {
    const { defects } = read((plan) => { project(plan, 0).grossArea = area; });
    expect(defects.map((d) => [d.section, d.field])).toEqual([['premises', 'projects.0.grossArea']]);
    expect(defects[0]!.sentence.zh).not.toBe('');
    expect(defects[0]!.sentence.en).not.toBe(defects[0]!.sentence.zh);
  });

  it('dates out of order or outside the cycle are refused', () => {
    expect(found((plan) => { plan.schedule!.phases[0].to = '2026-09-30'; })).toEqual([['schedule', 'phases.0.to', 'order']]);
    expect(found((plan) => { plan.schedule!.phases[0].to = '2028-01-01'; })).toEqual([['schedule', 'phases.0.from', 'year']]);
  });
});

describe('how far a plan is', () => {
  it('tells not begun, missing, wrong and complete apart', () => {
    const { states } = read((plan) => {
      delete plan.goals;
      plan.organisation!.staffing = ' ';
      plan.funds!.total = 'abc';
    });
    const status = Object.fromEntries(states.map((one) => [one.name, one.words.zh]));
    expect(status).toMatchObject({ basics: '完成', goals: '未填', organisation: '缺 1 项', funds: '有 1 处不符' });
  });

  it('nothing to build is one page', () => {
    const { defects, completeness, states } = readSections('plan', pack, { basics: { ...typedPlan().basics, planType: 'nothingNew' } });
    expect([defects, completeness, states.map((one) => one.name)]).toEqual([[], 100, ['basics', 'attachments']]);
  });

  it('an empty plan is 0 % and says so for every section but the optional one', () => {
    const { completeness, states } = readSections('plan', pack, {});
    expect(completeness).toBeLessThan(12);
    expect(states.filter((one) => one.status === 'empty')).toHaveLength(8);
  });
});
