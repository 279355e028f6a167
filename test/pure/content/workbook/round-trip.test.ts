import fc from 'fast-check';
import { readPlanWorkbook } from '../../../../src/content/workbook/read-plan-workbook.js';
import { typedPlan } from '../../../../src/content/workbook/typed-plan.js';
import { writePlanWorkbook } from '../../../../src/content/workbook/write-plan-workbook.js';
import { placesOf } from '../../../../src/content/workbook/prefilled-places.js';
import type { TypedSections } from '../../../../src/content/workbook/workbook-register.js';
import { fundCategories, planSchemas, projectKinds, projectTypes } from '../../../../workflows/forms/plan-sections.js';
import { carriedBy, fullPlan, pack, registerOf, unitCodes, writtenAt } from './jinan-plans.js';

const register = registerOf('370102');
const values = (list: readonly { value: string }[]) => fc.constantFrom(...list.map(({ value }) => value));
const figure = (most: number, places: number) =>
  fc.tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: 10 ** places - 1 })).map(([whole, rest]) => {
    const decimals = String(rest).padStart(places, '0').replace(/0+$/, '');
    return decimals === '' ? String(whole) : `${whole}.${decimals}`;
  });
const prose = fc.array(fc.constantFrom('区', '𠮷', '䶮', '堃', '镕', 'a', '7', ' ', '\n', '<', '&', '"', "'", '=', '+', '@', '-', '_x000D_', '，', '（', ']]>', '=1+1', '#REF!', '%', '\t'), { minLength: 1, maxLength: 30 })
  .map((parts) => parts.join('').trim()).filter((text) => text !== '');
const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2060-12-31'), noInvalidDate: true }).map((one) => one.toISOString().slice(0, 10));
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const plan = fc.record({
  projects: fc.uniqueArray(fc.constantFrom(...placesOf(register)), { minLength: 1, maxLength: 8, selector: ({ placeCode }) => placeCode }).chain((places) => (
    fc.tuple(...places.map(({ tier, placeCode }) => fc.record({
      tier: fc.constant(tier), placeCode: fc.constant(placeCode), name: prose, kind: values(projectKinds), type: values(projectTypes),
      grossArea: some(figure(99_999, 2)), usableArea: some(figure(99_999, 2)), archiveArea: some(figure(99_999, 2)), archiveIncluded: some(fc.boolean()),
      receptionRoom: some(fc.boolean()), staffOffice: some(fc.boolean()), streetFront: some(fc.boolean()), groundFloor: some(fc.boolean()),
      plannedFinish: some(day), money: some(figure(99_999, 6)), justification: some(prose), approval: some(prose),
    }))))),
  lines: fc.array(fc.record({
    category: values(fundCategories), city: figure(99_999, 6), district: figure(99_999, 6), township: figure(99_999, 6), total: figure(99_999, 6),
  }), { minLength: 1, maxLength: 4 }),
  total: figure(99_999, 6),
  phases: fc.array(fc.record({ name: prose, from: day, to: day, task: some(prose) }), { minLength: 1, maxLength: 5 }),
}).map(({ projects, lines, total, phases }): TypedSections => JSON.parse(JSON.stringify({ premises: { projects }, funds: { lines, total }, schedule: { phases } })) as TypedSections);

describe('a plan that goes out as a workbook and comes back', () => {
  it('is the same text in every cell, whatever signs, figures and gaps it has', async () => {
    await fc.assert(fc.asyncProperty(plan, async (sections) => {
      const read = await readPlanWorkbook(await writePlanWorkbook(sections, register, writtenAt), register);
      expect(read.rows.filter(({ level }) => level === 'defect')).toEqual([]);
      expect(read.sections).toEqual(sections);
    }), { numRuns: 25 });
  }, 60_000);

  it.each(unitCodes)('loses no row of a plan for every place of unit %s', async (code) => {
    const own = registerOf(code);
    const sections = fullPlan(own);
    const read = await readPlanWorkbook(await writePlanWorkbook(sections, own, writtenAt), own);
    expect(read.rows.filter(({ level }) => level === 'defect')).toEqual([]);
    expect(read.sections).toEqual(carriedBy(sections));
    expect(read.rows.filter(({ level }) => level === 'read')).toHaveLength(own.townships.size + own.villages.size + 1 + 3 + 2);
    expect(read.basedOn).toEqual({ premises: 3, funds: 1 });
  }, 60_000);

  it('means the same after figures were typed with full-width digits, units and commas', async () => {
    const typed: TypedSections = {
      premises: { projects: [{ tier: 'hall', placeCode: '370102', name: '大厅', type: 'new', grossArea: '５，２３６．５㎡', money: '1.2亿元', plannedFinish: '二〇二六年九月八日', archiveIncluded: 'on' }] },
    };
    const schema = planSchemas(pack).premises.shape.projects;
    const read = await readPlanWorkbook(await writePlanWorkbook(typed, register, writtenAt), register);
    expect(read.sections?.premises?.projects[0]).toMatchObject({ grossArea: '5236.5', money: '12000', plannedFinish: '2026-09-08', archiveIncluded: true });
    const before = schema.safeParse(typed.premises!.projects);
    expect(before.success && schema.parse(read.sections!.premises!.projects)).toEqual(before.data);
  });

  it('is the same whether written from the draft or from its frozen version', async () => {
    const draft = fullPlan(register);
    const { premises, funds, schedule } = planSchemas(pack);
    const frozen = {
      premises: { projects: premises.shape.projects.parse(draft.premises!.projects) }, funds: { lines: funds.shape.lines.parse(draft.funds!.lines), total: funds.shape.total.parse(draft.funds!.total) },
      schedule: { phases: schedule.shape.phases.parse(draft.schedule!.phases) },
    };
    const read = await readPlanWorkbook(await writePlanWorkbook(typedPlan(frozen as never), register, writtenAt), register);
    expect(read.sections).toEqual(carriedBy(draft));
  }, 60_000);

  it('keeps what cannot be read as a figure and names its cell on the way back', async () => {
    const typed = { premises: { projects: [{ tier: 'hall', placeCode: '370102', name: '大厅', type: 'new', grossArea: '约五千', plannedFinish: '年底' }] } };
    const read = await readPlanWorkbook(await writePlanWorkbook(typed, register, writtenAt), register);
    expect(read.sections).toBeNull();
    expect(read.rows.filter(({ level }) => level === 'defect').map(({ row, read: seen, column }) => [row, seen, column?.zh])).toEqual([[3, '约五千', '建筑面积（m²）'], [3, '年底', '计划完成日期（如 2026-09-08）']]);
  });

  it('sent back untouched as an empty template imports nothing and says so', async () => {
    const read = await readPlanWorkbook(await writePlanWorkbook({}, register, writtenAt), register);
    expect([read.sections, read.rows.map(({ code }) => code)]).toEqual([null, ['nothing-filled']]);
  });
});
