import { checkContent, shownHash } from '../../../src/content/case-content.js';
import { freeze } from '../../../src/content/freeze.js';
import { SectionConflict } from '../../../src/content/sections.js';
import { cityAtWork, writtenPlan, type CityAtWork } from './city-at-work.js';

let c: CityAtWork;
let unit: any;
let caseId: string;
beforeAll(async () => {
  c = await cityAtWork('sections');
  unit = await c.unitNamed('历下区');
  caseId = (await c.open('plan', unit.id)).caseId;
});
afterAll(() => c.close());

const as = (actor: any, run: (trx: any) => Promise<any>): Promise<any> => c.database.asActor(actor, run);

describe('live sections', () => {
  it('two clerks on one section: the second gets both texts and loses nothing', async () => {
    const [one, two] = [c.who('unit.clerk', unit.id, '经办'), c.who('unit.clerk', unit.id, '（二）')];
    expect(await c.save(one, caseId, 'goals', { goals: '甲' })).toMatchObject({ revision: 1 });
    const clash = await c.save(two, caseId, 'goals', { goals: '乙' }).catch((error) => error);
    expect(clash).toBeInstanceOf(SectionConflict);
    expect(clash).toMatchObject({ mine: { goals: '乙' }, theirs: { body: { goals: '甲' }, revision: 1, editorName: one.personName } });
    expect(await c.save(two, caseId, 'goals', { goals: '甲乙' }, 1)).toMatchObject({ revision: 2 });
    const again = await c.save(one, caseId, 'goals', { goals: '丙' }, 1).catch((error) => error);
    expect(again).toBeInstanceOf(SectionConflict);
    const history = await as(one, (trx) => trx('case_section_history').where({ case_id: caseId, name: 'goals' }).orderBy('revision').pluck('body'));
    expect(history).toEqual([{ goals: '甲' }, { goals: '甲乙' }]);
  });

  it('five clerks saving at once: one wins, four are told, none is lost in silence', async () => {
    const clerk = c.who('unit.clerk', unit.id);
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => c.save(clerk, caseId, 'informatisation', { plan: String(n) })));
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
    for (const r of results) if (r.status === 'rejected') expect(r.reason).toBeInstanceOf(SectionConflict);
  });

  it('what the database cannot hold is mended, rare characters are kept', async () => {
    const clerk = c.who('unit.clerk', unit.id);
    await c.save(clerk, caseId, 'organisation', { staffing: '䶮堃镕𠮷\u0000\uD800' });
    const [body] = await as(clerk, (trx) => trx('case_section').where({ case_id: caseId, name: 'organisation' }).pluck('body'));
    expect(body).toEqual({ staffing: '䶮堃镕𠮷\uFFFD' });
  });

  it('another unit’s clerk, the unit’s head and the city cannot write, and an unknown section is refused', async () => {
    const other = await c.unitNamed('市中区');
    for (const actor of [c.who('unit.clerk', other.id), c.who('unit.head', unit.id), c.who('office.clerk')]) {
      await expect(c.save(actor, caseId, 'goals', { goals: 'x' }, 2)).rejects.toThrow();
    }
    await expect(c.save(c.who('unit.clerk', unit.id), caseId, 'nonsense', {})).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('the city sees how far a draft is and nothing of it', async () => {
    const office = c.who('office.clerk');
    const row = await as(office, (trx) => trx('case_file').where({ id: caseId }).first('completeness', 'stage'));
    expect(row).toMatchObject({ stage: 'drafting', completeness: expect.any(Number) });
    expect(row.completeness).toBeGreaterThan(0);
    for (const table of ['case_section', 'case_section_history', 'content_version', 'attachment']) {
      expect(await as(office, (trx) => trx(table).where({ case_id: caseId }))).toEqual([]);
    }
    expect(await as(office, (trx) => shownHash(trx, caseId))).toBeNull();
  });
});

describe('a whole plan', () => {
  it('complete: frozen twice it has the same hash, and its hash changes with one figure', async () => {
    const shizhong = await c.unitNamed('市中区');
    const plan = (await c.open('plan', shizhong.id)).caseId;
    const { clerk, sections } = await writtenPlan(c, plan, shizhong);
    expect(await as(clerk, (trx) => checkContent(trx, plan))).toEqual({ defects: [], completeness: 100 });
    const [a, b] = [await as(clerk, (trx) => freeze(trx, plan)), await as(clerk, (trx) => freeze(trx, plan))];
    expect(a.hash).toBe(b.hash);
    expect(a.content.judged[1]).toMatchObject({ tier: 'center', className: expect.stringMatching(/[ⅠⅡⅢ]/) });
    sections.premises.projects[0].grossArea = '5000.01';
    await c.save(clerk, plan, 'premises', sections.premises, 1);
    expect((await as(clerk, (trx) => freeze(trx, plan))).hash).not.toBe(a.hash);
  });

  it('a content shown before a colleague changed it cannot be submitted unseen', async () => {
    const tianqiao = await c.unitNamed('天桥区');
    const plan = (await c.open('plan', tianqiao.id)).caseId;
    const { clerk, sections } = await writtenPlan(c, plan, tianqiao);
    const shown = await as(clerk, (trx) => shownHash(trx, plan));
    await c.save(clerk, plan, 'goals', { ...sections.goals, goals: '改过' }, 1);
    await expect(c.engine.dispatch([clerk], { caseId: plan, type: 'submit', fields: {}, shown: shown!, key: 'k1' })).rejects.toMatchObject({ code: 'content-changed' });
    const fresh = await as(clerk, (trx) => shownHash(trx, plan));
    expect(await c.engine.dispatch([clerk], { caseId: plan, type: 'submit', fields: {}, shown: fresh!, key: 'k2' })).toMatchObject({ stage: 'headReview' });
    await expect(c.save(clerk, plan, 'goals', {}, 2)).rejects.toMatchObject({ code: 'content-frozen' });
  });

  it('an incomplete plan is refused with every defect pinned to its section and field', async () => {
    const error = await c.act(c.who('unit.clerk', unit.id), caseId, 'submit').catch((e) => e);
    expect(error.code).toBe('invalid-input');
    expect(error.defects.map((d: any) => d.field)).toEqual(expect.arrayContaining(['goals.guidingIdea', 'premises.projects', 'funds.total']));
  });
});
