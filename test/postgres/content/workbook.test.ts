import { jest } from '@jest/globals';
import ExcelJS from 'exceljs';
import { newId } from '../../../src/clock.js';
import { freeze } from '../../../src/content/freeze.js';
import { loadSections, SectionConflict } from '../../../src/content/sections.js';
import { carryOverPlan } from '../../../src/content/workbook/carry-over-plan.js';
import { importPlanWorkbook } from '../../../src/content/workbook/import-plan-workbook.js';
import { planWorkbook } from '../../../src/content/workbook/plan-workbook.js';
import { cityAtWork, writtenPlan, type CityAtWork } from './city-at-work.js';

// Generous, because the machine may be busy; nothing here measures time.
jest.setTimeout(60_000);

let c: CityAtWork;
let unit: any;
let caseId: string;
let clerk: any;
beforeAll(async () => {
  c = await cityAtWork('workbook');
  unit = await c.unitNamed('历下区');
  caseId = (await c.open('plan', unit.id)).caseId;
  clerk = (await writtenPlan(c, caseId, unit)).clerk;
});
afterAll(() => c.close());

const parts = () => ({ database: c.database, clock: { now: () => new Date('2026-09-08T02:00:00Z') } });
const live = () => c.database.asActor(clerk, (trx) => loadSections(trx, caseId));
const altered = async (bytes: Buffer, alter: (book: ExcelJS.Workbook) => void): Promise<Buffer> => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ExcelJS.Buffer, { ignoreNodes: ['dataValidations'] });
  alter(book);
  return Buffer.from(await book.xlsx.writeBuffer());
};
const put = (sheet: string, row: number, field: string, value: ExcelJS.CellValue) => (book: ExcelJS.Workbook) => {
  const page = book.getWorksheet(sheet)!;
  page.getRow(row).getCell((page.getRow(1).values as string[]).indexOf(field)).value = value;
};

describe('the workbook of a live plan', () => {
  it('comes back with one figure changed, and what a workbook does not carry is left as it was', async () => {
    const before = await live();
    const { bytes, name } = await planWorkbook(parts(), clerk, caseId);
    expect(name).toBe('历下区2026年度实施方案数据表.xlsx');
    const result = await importPlanWorkbook(parts(), clerk, caseId, await altered(bytes, put('建设项目', 3, 'grossArea', 5236.5)));
    expect(Object.keys(result.saved)).toEqual(['premises', 'funds', 'schedule']);
    const after = await live();
    expect(after.premises!.body).toMatchObject({ sitingFactors: before.premises!.body.sitingFactors, spatialPlan: '规划', projects: [{ grossArea: '5236.5', money: '100' }, { usableArea: '300' }] });
    expect(after.funds!.body).toEqual(before.funds!.body);
    expect([after.premises!.revision, after.goals!.revision]).toEqual([before.premises!.revision + 1, before.goals!.revision]);
  });

  it('with one defect changes nothing at all', async () => {
    const before = await live();
    const { bytes } = await planWorkbook(parts(), clerk, caseId);
    const spoiled = await altered(bytes, (book) => { put('建设项目', 3, 'grossArea', 9999)(book); put('经费预算', 3, 'total', { formula: 'B3', result: 1 })(book); });
    const result = await importPlanWorkbook(parts(), clerk, caseId, spoiled);
    expect([result.sections, result.saved]).toEqual([null, {}]);
    expect(result.rows.filter(({ level }) => level === 'defect').map(({ sheet, code }) => [sheet, code])).toEqual([['经费预算', 'formula']]);
    expect(await live()).toEqual(before);
  });

  it('written before somebody else edited overwrites nothing, not even the sections nobody touched', async () => {
    const { bytes } = await planWorkbook(parts(), clerk, caseId);
    const { revision, body } = (await live()).schedule!;
    await c.save(c.who('unit.clerk', unit.id, '（二）'), caseId, 'schedule', { ...body, safeguards: '每月调度' }, revision);
    const before = await live();
    await expect(importPlanWorkbook(parts(), clerk, caseId, bytes)).rejects.toBeInstanceOf(SectionConflict);
    expect(await live()).toEqual(before);
    const current = Object.fromEntries(Object.values(before).map((one) => [one.name, one.revision]));
    expect(Object.keys((await importPlanWorkbook(parts(), clerk, caseId, bytes, current)).saved)).toHaveLength(3);
    expect((await live()).schedule!.body.safeguards).toBe('每月调度');
  });

  it('is not there for the city or another unit, and nobody but the clerk brings one in', async () => {
    const { bytes } = await planWorkbook(parts(), clerk, caseId);
    const office = c.who('office.clerk');
    const neighbour = c.who('unit.clerk', (await c.unitNamed('市中区')).id);
    await expect(planWorkbook(parts(), office, caseId)).rejects.toMatchObject({ code: 'no-such-plan' });
    await expect(planWorkbook(parts(), neighbour, caseId)).rejects.toMatchObject({ name: 'NotFound' });
    for (const actor of [office, c.who('unit.head', unit.id)]) await expect(importPlanWorkbook(parts(), actor, caseId, bytes)).rejects.toMatchObject({ code: 'not-the-clerk' });
    await expect(importPlanWorkbook(parts(), neighbour, caseId, bytes)).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('of a neighbour is refused with the neighbour’s name', async () => {
    const other = await c.unitNamed('市中区');
    const theirs = (await c.open('plan', other.id)).caseId;
    const { bytes } = await planWorkbook(parts(), c.who('unit.clerk', other.id), theirs);
    const result = await importPlanWorkbook(parts(), clerk, caseId, bytes);
    expect(result.rows.map(({ code, sentence }) => [code, sentence.zh])).toEqual([['other-unit', '这是市中区的工作簿，不是历下区的，不能导入。']]);
  });

  it('lists as foreign a code that belongs to another unit of the same city', async () => {
    const [foreign] = await c.townshipsOf((await c.unitNamed('天桥区')).id);
    const { bytes } = await planWorkbook(parts(), clerk, caseId);
    const result = await importPlanWorkbook(parts(), clerk, caseId, await altered(bytes, put('建设项目', 4, 'placeCode', foreign.code)));
    expect(result.rows.filter(({ level }) => level === 'defect').map(({ sentence }) => sentence.zh)).toEqual([`${foreign.code} 是天桥区的代码，不是历下区的，请核对。`]);
  });
});

describe('carrying over last year’s plan', () => {
  const lastYear = async (filing: any, own: string) => {
    const { body, hash } = await c.database.asActor(c.worker, (trx) => freeze(trx, own));
    const old = newId();
    await c.database.asActor(c.worker, async (trx) => {
      const at = new Date('2025-09-20T02:00:00Z');
      await trx('case_file').insert({
        city: c.city, id: old, year: 2025, workflow: 'plan', chart_version: 1, pack: 'jinan-2011-61', pack_hash: 'x', unit: filing.id, side: 'unit', case_number: `JCPT-2025-${filing.code}-01`,
        title: '上年', stage: 'filed', released: true, final: true, outcome: 'filed', version: 1, head_hash: 'x', opened_at: at, moved_at: at, closed_at: at,
      });
      await trx('content_version').insert({ city: c.city, case_id: old, hash, year: 2025, unit: filing.id, side: 'unit', ordinal: 1, body, frozen_at: at, released_at: at });
    });
    return old;
  };

  it('takes texts and unaccepted projects, drops accepted ones, asks anew for days and population', async () => {
    const filing = await c.unitNamed('槐荫区');
    const draft = (await c.open('plan', filing.id)).caseId;
    const { clerk: writer, township } = await writtenPlan(c, draft, filing, ({ basics, premises }) => { basics.population = '675048'; premises.projects[0].plannedFinish = '2025-12-01'; });
    await lastYear(filing, draft);
    const hall = newId();
    await c.database.asActor(c.worker, (trx) => trx('project').insert([
      { city: c.city, id: hall, unit: filing.id, tier: 'hall', place_code: filing.code, name: '示例大厅', opened_year: 2025, accepted_case: null },
      { city: c.city, id: newId(), unit: filing.id, tier: 'center', place_code: township.code, name: '示例中心', opened_year: 2025, accepted_case: draft },
    ]));
    const revisions = Object.fromEntries(Object.values(await c.database.asActor(writer, (trx) => loadSections(trx, draft))).map((one) => [one.name, one.revision]));
    const now = new Date('2026-09-08T02:00:00Z');
    await expect(c.database.asActor(writer, (trx) => carryOverPlan(trx, writer, draft, now))).rejects.toBeInstanceOf(SectionConflict);
    const result = await c.database.asActor(writer, (trx) => carryOverPlan(trx, writer, draft, now, revisions));
    expect([result.from, result.carried, result.dropped]).toEqual([2025, ['示例大厅'], ['示例中心']]);
    const { premises, basics, schedule, goals, attachments } = await c.database.asActor(writer, (trx) => loadSections(trx, draft));
    expect(premises!.body.projects).toEqual([expect.objectContaining({ kind: 'carried', placeCode: filing.code, grossArea: '5000', money: '100' })]);
    expect((premises!.body.projects as object[])[0]).not.toHaveProperty('plannedFinish');
    expect([basics!.body.population, schedule!.body.phases, goals!.body.goals, attachments!.revision]).toEqual([undefined, [{ name: '建设' }], '建成。', 1]);
  });

  it('is refused in a sentence where there is no earlier plan', async () => {
    await expect(c.database.asActor(clerk, (trx) => carryOverPlan(trx, clerk, caseId, new Date('2026-09-08T02:00:00Z')))).rejects.toMatchObject({ code: 'no-earlier-plan' });
  });
});

describe('a plan that has been sent on', () => {
  it('takes no workbook, but still gives the frozen figures', async () => {
    await c.act(clerk, caseId, 'submit');
    const { bytes } = await planWorkbook(parts(), clerk, caseId);
    await expect(importPlanWorkbook(parts(), clerk, caseId, bytes)).rejects.toMatchObject({ code: 'content-frozen' });
    await expect(planWorkbook(parts(), c.who('office.clerk'), caseId)).rejects.toMatchObject({ code: 'no-such-plan' });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes as unknown as ExcelJS.Buffer);
    expect(book.getWorksheet('建设项目')!.getRow(3).values).toEqual(expect.arrayContaining(['综合服务大厅', unit.code, '示例大厅', 5236.5, 100]));
  });
});
