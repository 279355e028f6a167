import ExcelJS from 'exceljs';
import { filingUnits } from '../../../src/reads/filing-units.js';
import { workerActor } from '../../../src/domain/actor.js';
import { planStanding } from '../../../src/content/plan-standing.js';
import { prefillProjects } from '../../../src/content/prefill-projects.js';
import { player } from './played-city.js';
import { webCity, type WebCity } from './web-city.js';

let c: WebCity;
let play: ReturnType<typeof player>;
beforeAll(async () => {
  c = await webCity('plan-content');
  play = player(c);
});
afterAll(() => c.close());

const clerkOf = async (unit: { id: string }) => (await play.actorOf('unit.clerk', unit.id))[0]!;
const binary = (answer: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void): void => {
  const parts: Buffer[] = [];
  answer.on('data', (part: Buffer) => parts.push(part)).on('end', () => done(null, Buffer.concat(parts)));
};
const spoiled = async (bytes: Buffer, field: string, value: ExcelJS.CellValue): Promise<Buffer> => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ExcelJS.Buffer, { ignoreNodes: ['dataValidations'] });
  const sheet = book.getWorksheet('建设项目')!;
  sheet.getRow(3).getCell((sheet.getRow(1).values as string[]).indexOf(field)).value = value;
  return Buffer.from(await book.xlsx.writeBuffer());
};

describe('how the rows of a plan stand while they are written', () => {
  it('each row is judged for itself: one that cannot be read, or a section that is not complete, hides nothing', async () => {
    const { caseId, unit } = await play.written('历下区', ({ premises }) => {
      const projects = premises!.projects as Record<string, unknown>[];
      projects[0]!.grossArea = '很大';
      Object.assign(projects[1]!, { archiveArea: '36', type: undefined, usableArea: '三百' });
      delete (premises as { sitingFactors?: object }).sitingFactors;
    });
    const standing = await c.database.asActor(await clerkOf(unit), (trx) => planStanding(trx, caseId));
    expect(standing.projects.map(({ verdicts }) => verdicts.filter(({ unit: kind }) => kind === 'area').map(({ item, actual }) => [item, actual]))).toEqual([
      [['hallArea', null]], [['serviceArea', null], ['archiveArea', 3600]],
    ]);
    expect(standing.projects[1]).toMatchObject({ justified: false, place: expect.stringMatching(/街道|镇/) });
  });

  it('residents entrusted to a zone are deducted before the hall’s class is found, and the page can say how many', async () => {
    const units = await c.database.asActor(workerActor(c.city), (trx) => trx('filing_unit').where({ city: c.city, year: 2026 }).where('population_deducted', '>', 0).select('name', 'population', 'population_deducted'));
    expect(units.length).toBeGreaterThan(0);
    const { caseId, unit } = await play.written(units[0].name);
    const { hall } = await c.database.asActor(await clerkOf(unit), (trx) => planStanding(trx, caseId));
    expect([hall.population, hall.deducted]).toEqual([units[0].population - units[0].population_deducted, units[0].population_deducted]);
  });

  it('listing all townships twice lists them once, and leaves what was written as it was', async () => {
    const { caseId, unit } = await play.written('槐荫区');
    const clerk = await clerkOf(unit);
    const fill = () => c.database.asActor(clerk, (trx) => prefillProjects(trx, clerk, caseId, { type: 'new', rooms: true }, c.times.now));
    const { townships, projects } = await c.database.asActor(clerk, (trx) => planStanding(trx, caseId));
    expect([(await fill()).added.length, (await fill()).added.length]).toEqual([townships + 1 - projects.length, 0]);
    const after = await c.database.asActor(clerk, (trx) => planStanding(trx, caseId));
    expect([after.projects.length, after.projects[0]!.verdicts, after.unlisted]).toEqual([townships + 1, projects[0]!.verdicts, []]);
  });
});

describe('Excel over the API', () => {
  const at = (caseId: string): string => `/api/v1/cases/${caseId}/plan.xlsx`;

  it('goes out, comes back changed, and a bad cell is named with its sheet while nothing is saved', async () => {
    const { caseId, unit } = await play.written('市中区');
    const agent = await c.signedIn(c.loginOf('unit.clerk', unit.id));
    const { body, headers } = await agent.get(at(caseId)).buffer().parse(binary as never).expect(200);
    expect(headers['content-type']).toContain('spreadsheetml');
    const sent = async (bytes: Buffer) => agent.post(at(caseId)).set('x-csrf-token', agent.csrf).attach('file', bytes, 'plan.xlsx');
    const refused = await sent(await spoiled(body as Buffer, 'grossArea', -5));
    expect([refused.status, refused.body.defects.map((one: { field: string }) => one.field)]).toEqual([422, [expect.stringMatching(/^建设项目![A-Z]+3$/)]]);
    const taken = await sent(await spoiled(body as Buffer, 'grossArea', 5300));
    expect([taken.status, Object.keys(taken.body.saved)]).toEqual([200, ['premises', 'funds', 'schedule']]);
  });

  it('an upload without a file, and a plan of another unit, are refused in a sentence', async () => {
    const { caseId, unit } = await play.written('天桥区');
    const agent = await c.signedIn(c.loginOf('unit.clerk', unit.id));
    expect((await agent.post(at(caseId)).set('x-csrf-token', agent.csrf)).body.defects[0].sentence.zh).toBe('请先选择填好的 Excel 文件。');
    const neighbour = await c.signedIn(c.loginOf('unit.clerk', (await c.unitNamed('平阴县')).id));
    expect((await neighbour.get(at(caseId))).status).toBe(404);
    const office = await c.signedIn(c.loginOf('office.clerk'));
    expect((await office.get(at(caseId))).status).toBe(404);
  });

  it('沿用上年 without an earlier plan is refused in a sentence', async () => {
    const { caseId, unit } = await play.written('商河县');
    const agent = await c.signedIn(c.loginOf('unit.clerk', unit.id));
    const { status, body } = await agent.post(`/api/v1/cases/${caseId}/carry-over`).set('x-csrf-token', agent.csrf);
    expect([status, body.code]).toEqual([422, 'no-earlier-plan']);
  });
});

describe('opening a year over the API', () => {
  it('by the office opens every unit once; a district may not; a year without units says so', async () => {
    const office = await c.signedIn(c.loginOf('office.clerk'));
    const open = (year: number) => office.post(`/api/v1/years/${year}/open`).set('x-csrf-token', office.csrf);
    const units = (await c.database.asActor(workerActor(c.city), (trx) => filingUnits(trx, c.city, 2026))).length;
    const first = (await open(2026)).body;
    expect([first.opened, (await open(2026)).body]).toEqual([units - first.already, { year: 2026, opened: 0, already: units }]);
    expect((await open(2044)).body.code).toBe('no-units');
    const clerk = await c.signedIn(c.loginOf('unit.clerk', (await c.unitNamed('历下区')).id));
    expect((await clerk.post('/api/v1/years/2026/open').set('x-csrf-token', clerk.csrf)).status).toBe(403);
  });
});
