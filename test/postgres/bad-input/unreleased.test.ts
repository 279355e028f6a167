import { unzipFiles } from '../../../src/documents/zip-folder.js';
import { verifyArchivePackage } from '../../../src/documents/verify-archive-package.js';
import { skeletonFields } from '../../../src/effects/archive-case.js';
import { LivingCity } from '../exits/living-city.js';
import { bring, openYear, planIn, reportFields, typed, write } from '../exits/plan-life.js';

const SECRET = '区内秘而未报';
const CITY_PEOPLE = ['office.clerk', 'office.registrar', 'office.director', 'leader.head', 'inspector.1', 'team.hrss', 'archivist', 'auditor'];
const pdf = Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF');

let city: LivingCity;
let plan: string;
let attachment: string;
beforeAll(async () => {
  city = await LivingCity.found('bad-unreleased');
  ({ plan } = await openYear(city, 'licheng'));
  const sections = await typed(city, 'licheng');
  sections.basics!.currentState = SECRET;
  sections.premises!.projects[0].name = `${SECRET}大厅`;
  await write(city, 'licheng', plan, sections);
  const form = new FormData();
  for (const [name, value] of Object.entries({ purpose: 'consent', unclassified: 'true' })) form.set(name, value);
  form.set('file', new Blob([pdf]), `${SECRET}.pdf`);
  attachment = (await city.call('licheng.clerk', 'POST', `/cases/${plan}/attachments`, form)).body.id;
  await city.act('licheng.clerk', plan, 'submit', { note: SECRET });
  await city.act('licheng.reviewer', plan, 'returnToDraft', { remarks: [{ section: 'goals', text: SECRET }] });
  await city.act('licheng.clerk', plan, 'submit', { note: SECRET });
  const org = (await city.rows(`select p.org from account a join post_holding h on h.person = a.person join post p on p.id = h.post where a.login = 'licheng.finance'`))[0]!.org;
  await city.act('licheng.reviewer', plan, 'seekOpinions', { organisations: [org], note: SECRET });
  await city.act('licheng.finance', plan, 'object', { opinion: SECRET });
  await city.register('licheng.registrar', plan, 'unit.reviewer', 'approve', { opinion: SECRET }, { wording: SECRET, keptAt: SECRET });
  await city.drain();
});
afterAll(() => city.close());

/** Everything a person of the city can read over the API, about this case and beside it. */
async function everyDoor(login: string, caseId: string): Promise<{ path: string; status: number; text: string }[]> {
  const unit = city.unit('licheng').id;
  const papers = await city.rows('select id from paper_act where case_id = $1', [caseId]);
  const documents = await city.rows('select id from document where case_id = $1', [caseId]);
  const paths = [
    '/inbox', '/units?year=2026', '/figures?year=2026', '/cases?year=2026', `/cases?year=2026&unit=${unit}`, `/cases?year=2026&workflow=plan`, `/cases/${caseId}`, `/cases/${caseId}/journal`,
    `/cases/${caseId}/package`, '/documents?year=2026', `/documents?case=${caseId}`, `/documents?unit=${unit}`, ...['basics', 'premises', 'goals', 'attachments'].map((name) => `/cases/${caseId}/sections/${name}`),
    ...papers.map(({ id }) => `/documents/${id}`), ...documents.flatMap(({ id }) => [`/documents/${id}`, `/documents/${id}/pdf`]),
  ];
  return Promise.all(paths.map(async (path) => {
    const answer = await city.call(login, 'GET', path);
    return { path, status: answer.status, text: JSON.stringify(answer.body) };
  }));
}

const told = async (login: string, caseId = plan, secret = SECRET): Promise<string[]> => (await everyDoor(login, caseId)).filter(({ text }) => text.includes(secret)).map(({ path }) => path);

describe('what a district has not sent', () => {
  it.each(CITY_PEOPLE)('is invisible to %s through every door of the API', async (login) => {
    expect(await told(login)).toEqual([]);
  });

  it('shows the office the stage and how complete it is, and nothing that could be acted on', async () => {
    const head = await city.got('office.clerk', `/cases/${plan}`);
    expect(head).toMatchObject({ stage: 'headReview', released: false, completeness: expect.any(Number), tasks: [], attachments: [], actions: [], shown: null });
    expect((await city.got('office.clerk', `/cases/${plan}/journal`)).check).toMatchObject({ intact: true });
    expect((await city.got('office.clerk', '/figures?year=2026')).figures).toMatchObject({ reported: 0 });
  });

  it('cannot be touched by the city either', async () => {
    const task = await city.openTask(plan, { kind: 'duty' });
    expect(await city.refused('office.director', plan, 'approve', {}, { taskId: task.id })).toMatchObject({ status: 403 });
    const before = await city.imprint(plan);
    expect((await city.save('office.clerk', plan, 'basics', { currentState: '改' }, 1)).status).toBe(403);
    expect((await city.register('office.registrar', plan, task.role, 'approve', { opinion: '同意' })).status).toBe(403);
    expect((await city.compare('office.clerk', plan)).status).toBe(404);
    expect(await city.imprint(plan)).toEqual(before);
  });

  it('is not told by the pages and lists a browser asks for: search, papers, exceptions, attachments', async () => {
    for (const path of [`/search?q=${encodeURIComponent(SECRET)}`, '/search?q=历城', '/papers', '/exceptions', '/progress', '/', '/notices', `/cases/${plan}`, `/cases/${plan}?tab=content`, `/attachments/${attachment}`, `/cases/${plan}/edit`, `/cases/${plan}/edit/basics`]) {
      const { status, text } = await city.page('office.clerk', path);
      expect([path, text.replaceAll(`value="${SECRET}"`, '').replaceAll(`“${SECRET}”`, '').includes(SECRET)]).toEqual([path, false]);
      expect([path, status < 500]).toEqual([path, true]);
    }
  });

  it('another district sees none of it and does not learn that it exists', async () => {
    for (const login of ['lixia.clerk', 'lixia.head', 'lixia.consent', 'lixia.finance']) {
      expect(await told(login)).toEqual([]);
      expect((await city.call(login, 'GET', `/cases/${plan}`)).status).toBe(404);
      expect((await everyDoor(login, plan)).filter(({ text }) => text.includes(plan)).map(({ path }) => path)).toEqual([]);
    }
  });

  it('the unit itself reads it through all of them', async () => {
    expect(await told('licheng.clerk')).toEqual(expect.arrayContaining([`/cases/${plan}/journal`, `/cases/${plan}/sections/basics`]));
  });
});

describe('a draft sent for remarks', () => {
  it('shows that draft and nothing of what was said before or is written after', async () => {
    const { plan: other } = await planIn(city, 'zhangqiu', 'headReview', (sections) => { sections.goals!.goals = '送预审的目标'; });
    await city.act('zhangqiu.reviewer', other, 'returnToDraft', { remarks: [{ section: 'goals', text: SECRET }] });
    await city.act('zhangqiu.clerk', other, 'requestPreReview', { note: '请提意见' });
    expect(await told('office.clerk', other, '送预审的目标')).toEqual([]);
    expect(await told('office.clerk', other)).toEqual([]);
    expect(JSON.stringify(await city.services.web.database.asActor(
      { city: '370100', scope: 'city', unit: null, org: null, role: 'office.clerk', post: null, postName: '', person: null, personName: '', actingFor: null },
      (trx) => trx('case_snapshot').where({ id: other })))).not.toContain(SECRET);
    await city.act('office.clerk', other, 'giveRemarks', { remarks: [{ section: 'goals', text: '宜量化' }] });
    const later = '预审之后写的';
    await city.rewrite('zhangqiu.clerk', other, 'goals', (body) => { body.goals = later; });
    await city.act('zhangqiu.clerk', other, 'submit', { note: later });
    await bring(city, 'zhangqiu', other, 'reporting');
    expect(await told('office.clerk', other, later)).toEqual([]);
    await city.act('zhangqiu.clerk', other, 'revise', { reason: later });
    for (const login of CITY_PEOPLE) expect(await told(login, other, later)).toEqual([]);
  });
});

describe('once it is sent', () => {
  it('the city reads the plan and its papers, and still no word of what the unit’s offices told each other', async () => {
    await city.compare('licheng.comparer', plan);
    await bring(city, 'licheng', plan, 'reporting');
    expect(await told('office.clerk')).toEqual([]);
    await city.act('licheng.clerk', plan, 'report', reportFields(city.unit('licheng')));
    await city.drain();
    const head = await city.got('office.clerk', `/cases/${plan}`);
    expect(head).toMatchObject({ released: true, stage: 'registered', shown: expect.any(String), attachments: [expect.objectContaining({ name: `${SECRET}.pdf` })] });
    expect(await told('office.clerk')).not.toContain(`/cases/${plan}/journal`);
    const [{ snapshot }] = (await city.rows('select snapshot from case_snapshot where id = $1', [plan])) as [{ snapshot: string }];
    expect(snapshot).not.toContain(SECRET);
    expect(await told('lixia.clerk')).toEqual([]);
    expect(await city.loose()).toEqual({ undone: [], broken: 0 });
  });

  it('nor in the package that is filed at the end: each side archives what is its own or was sent to it, and both chains hold', async () => {
    await bring(city, 'licheng', plan, 'filed');
    await city.drain();
    const packed = async (login: string) => {
      const answer = await fetch(`${city.base}/api/v1/cases/${plan}/package`, { headers: { authorization: `Bearer ${await city.token(login)}` } });
      const bytes = Buffer.from(await answer.arrayBuffer());
      const files = new Map(await unzipFiles(bytes));
      return { sound: (await verifyArchivePackage(bytes, skeletonFields)).sound, journal: files.get('data/journal.jsonl')!.toString('utf8').trim().split('\n').map((line) => JSON.parse(line)), files: [...files.keys()] };
    };
    const [office, unit] = [await packed('archivist'), await packed('licheng.clerk')];
    expect([office.sound, unit.sound, office.journal.length]).toEqual([true, true, unit.journal.length]);
    const inner = (line: Record<string, unknown>) => ['submit', 'approve', 'object', 'consent', 'returnToDraft', 'seekOpinions'].includes(String(line.command));
    expect(office.journal.filter(inner)).toEqual([]);
    expect(JSON.stringify(office.journal)).not.toContain(SECRET);
    expect(unit.journal.filter(inner).length).toBeGreaterThan(5);
    // What was attached and sent belongs to both.
    for (const { files } of [office, unit]) expect(files.some((name) => name.startsWith('data/attachments/'))).toBe(true);
    for (const login of ['lixia.clerk', 'lixia.head']) expect((await city.call(login, 'GET', `/cases/${plan}/package`)).status).toBe(404);
  });
});
