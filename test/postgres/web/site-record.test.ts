import { newId } from '../../../src/clock.js';
import { saveSection } from '../../../src/content/sections.js';
import { workerActor } from '../../../src/domain/actor.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { player } from './played-city.js';
import { PASSWORD, webCity, type WebCity } from './web-city.js';

const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]), Buffer.alloc(64), Buffer.from([0xff, 0xd9])]);
let c: WebCity;
let caseId: string;
let taskId: string;
let login: string;
let unitId: string;

beforeAll(async () => {
  c = await webCity('site-record');
  const unit = await c.unitNamed('天桥区');
  unitId = unit.id;
  caseId = (await c.open('inspection', unit.id)).caseId;
  const inspectors = c.people.filter((one) => one.role === 'inspector');
  const read = <T>(run: Parameters<typeof c.database.asActor<T>>[1]): Promise<T> => c.database.asActor(workerActor(c.city), run);
  const [place] = await read((trx) => trx('township').where({ city: c.city, year: 2026, unit: unit.id }).orderBy('code'));
  const posts = await read((trx) => trx('post_holding').where({ city: c.city }).whereIn('person', inspectors.map((one) => one.person)).select('post', 'person'));
  await player(c).act('office.clerk', null, caseId, 'schedule', {
    basis: { kind: 'annualPlan', number: '济办发〔2026〕3号' }, from: '2026-09-14', to: '2026-09-16', team: posts.slice(0, 2).map(({ post }, index) => ({ post, leader: index === 0 })),
    sites: [{ tier: 'center', placeCode: place.code }],
  });
  const task = await read((trx) => trx('task').where({ case_id: caseId, status: 'open', state: 'onSite' }).first());
  taskId = task.id;
  login = inspectors.find((one) => one.person === posts[0].person)!.login;
});
afterAll(() => c.close());

const photos = () => c.database.asActor(workerActor(c.city), (trx) => trx('attachment').where({ case_id: caseId }).pluck('purpose'));

describe('the record of a platform from a phone', () => {
  it('shows the standard of its class beside each area, so that nobody measures without knowing the least', async () => {
    const agent = await c.signedIn(login);
    const { text } = await agent.get(`/cases/${caseId}/do/recordSite?task=${taskId}`).expect(200);
    expect(text).toMatch(/不少于 (150|200|300) m²/);
    expect(text).toMatch(/data-least="(15000|20000|30000)"/);
  });

  it('keeps no photo that nobody has declared unclassified', async () => {
    const agent = await c.signedIn(login);
    await agent.post(`/cases/${caseId}/commands`).field('_csrf', agent.csrf).field('_command', 'recordSite').field('_task', taskId)
      .attach('_file.photos.S1', JPEG, { filename: '门头.jpg', contentType: 'image/jpeg' }).expect(422);
    expect(await photos()).toEqual([]);
  });

  it('several photos of one place survive a record that is still incomplete, and the page says how many are there', async () => {
    c.times.now = new Date('2026-09-14T02:00:00Z');
    const agent = await c.signedIn(login);
    const { text } = await agent.post(`/cases/${caseId}/commands`).field('_csrf', agent.csrf).field('_command', 'recordSite').field('_task', taskId).field('_unclassified', 'on')
      .field('measures.0.item', 'serviceArea').field('measures.0.values.0', '163.4').attach('_file.photos.S1', JPEG, { filename: '门头.jpg', contentType: 'image/jpeg' })
      .attach('_file.photos.S1', JPEG, { filename: '大厅.jpg', contentType: 'image/jpeg' }).expect(422);
    expect(await photos()).toEqual(['photos.S1', 'photos.S1']);
    expect([text.includes('已传 2 张'), text.includes('value="163.4"')]).toEqual([true, true]);
  });

  it('sent after its session ended comes back with every reading and remark, and names the photos to be chosen again', async () => {
    const agent = await c.signedIn(login);
    c.times.wall = new Date(c.times.wall.getTime() + 31 * 60_000);
    const record = agent.post(`/cases/${caseId}/commands`).field('_csrf', agent.csrf).field('_command', 'recordSite').field('_task', taskId);
    for (let place = 0; place < 300; place += 1) record.field(`findings.${place}.proposal`, place === 299 ? '' : `第${place}处`);
    const { status, text } = await record.field('measures.0.item', 'serviceArea').field('measures.0.values.1', '163.5').field('note', '门头褪色䶮')
      .attach('_file.photos.S1', Buffer.alloc(3_000_000, 1), { filename: '接待室.jpg', contentType: 'image/jpeg' });
    expect([status, text.includes('接待室.jpg')]).toEqual([401, true]);
    const seal = /name="kept" value="([^"]+)"/.exec(text)![1]!;
    const back = await agent.post('/sign-in').type('form').send({ login, password: PASSWORD, kept: seal }).expect(303);
    expect(back.headers.location).toBe(`/cases/${caseId}/do/recordSite?task=${taskId}`);
    const form = (await agent.get(back.headers.location as string).expect(200)).text;
    for (const words of ['value="163.5"', '门头褪色䶮', '第298处', '接待室.jpg', '还没有提交']) expect(form).toContain(words);
  });

  it('is printed only once it has been handed in, and for nobody of the unit: what the team found is its own until the notice', async () => {
    const printed = async (who: string): Promise<number> => (await (await c.signedIn(who)).get(`/cases/${caseId}/places/S1/record.pdf`)).status;
    expect(await printed(login)).toBe(404);
    const checks = policyPack('jinan-2011-61').pack.inspection.checklists.value.center;
    const agent = await c.signedIn(login);
    const field = Object.entries(checks.filter((one) => one.kind === 'yesNo')).flatMap(([at, { id }]) => [[`checklist.${at}.item`, id], [`checklist.${at}.result`, 'met']]);
    const answer = await agent.post(`/cases/${caseId}/commands`).type('form').send({
      _csrf: agent.csrf, _command: 'recordSite', _task: taskId, ...Object.fromEntries(field), counterSigned: 'on', counterSigner: '冯一诺',
      ...Object.fromEntries(['serviceArea', 'archiveArea'].flatMap((item, at) => [[`measures.${at}.item`, item], ...[0, 1, 2].map((n) => [`measures.${at}.values.${n}`, '300'])])),
    });
    expect([answer.status, answer.status === 422 ? answer.text.match(/err[^>]*>[^<]*</g) : null]).toEqual([303, null]);
    // This city has no renderer: who may have it is refused for that and nothing else.
    expect([await printed(login), await printed(c.loginOf('unit.clerk', unitId))]).toEqual([422, 404]);
  });
});

describe('the visit of an acceptance, written by its team platform by platform', () => {
  const { pack } = policyPack('jinan-2011-61');
  let visit: string;
  let unit: Awaited<ReturnType<WebCity['unitNamed']>>;
  let place: { code: string };
  const team: { post: string; login: string; name: string }[] = [];
  const read = <T>(run: Parameters<typeof c.database.asActor<T>>[1]): Promise<T> => c.database.asActor(workerActor(c.city), run);
  const body = (slug: string): Promise<any> => read(async (trx) => (await trx('visit_place').where({ case_id: visit, place: slug.replace('-', ':') }).first('body'))?.body);
  const items = (tier: 'hall' | 'center', kind: string): string[] => pack.inspection.checklists.value[tier].filter((one) => one.kind === kind).map(({ id }) => id);
  const readings = (tier: 'hall' | 'center', value: string): Record<string, string> =>
    Object.fromEntries(items(tier, 'area').flatMap((item, n) => [[`measures.${n}.item`, item], ...[0, 1, 2].map((i) => [`measures.${n}.values.${i}`, value])]));
  const answers = (tier: 'hall' | 'center'): Record<string, string> =>
    Object.fromEntries(items(tier, 'yesNo').flatMap((item, n) => [[`checklist.${n}.item`, item], [`checklist.${n}.result`, 'met']]));
  type Agent = Awaited<ReturnType<WebCity['signedIn']>>;
  const keep = (agent: Agent, slug: string, fields: Record<string, string>) => agent.post(`/cases/${visit}/visit/${slug}`).type('form').send({ _csrf: agent.csrf, _base: '{}', visitedOn: '2026-11-02', ...fields });

  beforeAll(async () => {
    c.times.now = new Date('2026-11-02T02:00:00Z');
    unit = await c.unitNamed('历下区');
    const p = player(c);
    [place] = await read((trx) => trx('township').where({ city: c.city, year: 2026, unit: unit.id }).orderBy('code')) as { code: string }[] as [{ code: string }];
    const projects = [{ id: newId(), tier: 'hall', place_code: unit.code, name: '示例大厅' }, { id: newId(), tier: 'center', place_code: place.code, name: '示例中心' }];
    await read((trx) => trx('project').insert(projects.map((one) => ({ ...one, city: c.city, unit: unit.id, opened_year: 2026 }))));
    visit = (await c.open('acceptance', unit.id)).caseId;
    const [clerk] = await p.actorOf('unit.clerk', unit.id);
    const sections = {
      selfAssessment: Object.fromEntries(pack.scoring.sheet.value.dimensions.map(({ id }) => [id, { score: '14', evidence: '见档案' }])),
      constructionPapers: Object.fromEntries(pack.acceptance.constructionPapers.value.map(({ id }) => [id, { state: 'present' }])),
      completedProjects: { projects: projects.map(({ id }) => ({ project: id, finishedOn: '2026-10-20' })) },
    };
    for (const [name, written] of Object.entries(sections)) await c.database.asActor(clerk!, (trx) => saveSection(trx, clerk!, visit, name, written, 0, c.times.now));
    await p.act('unit.clerk', unit.id, visit, 'apply');
    await p.act('office.clerk', null, visit, 'acceptApplication');
    const posts = await read((trx) => trx('post as p').join('post_holding as h', (on) => on.on('h.city', 'p.city').andOn('h.post', 'p.id')).join('person as w', (on) => on.on('w.city', 'h.city').andOn('w.id', 'h.person'))
      .where({ 'p.city': c.city, 'p.role': 'team.member', 'h.standing': 'A' }).select('p.id as post', 'p.name as postName', 'h.person', 'w.name')) as { post: string; postName: string; person: string; name: string }[];
    for (const department of ['（人社）', '（财政）', '（规划）', '（发改）']) {
      const one = posts.find(({ postName }) => postName.includes(department))!;
      team.push({ post: one.post, name: one.name, login: c.people.find(({ person }) => person === one.person)!.login });
    }
    await p.act('office.clerk', null, visit, 'formTeam', { team: team.slice(0, 3).map(({ post }, n) => ({ post, leader: n === 0 })) });
  });

  it('every member sees what is done and what is missing; the leader alone hands it in; nobody else comes in', async () => {
    const member = await c.signedIn(team[1]!.login);
    const { text } = await member.get(`/cases/${visit}/visit`).expect(200);
    expect([text.includes('未填完 0 个'), text.includes(`visit/center-${place.code}`), text.includes('提交现场记录'), text.includes(`由组长${team[0]!.name}提交`)]).toEqual([true, true, false, true]);
    expect((await member.get(`/cases/${visit}`).expect(200)).text).toContain('填写各平台记录');
    await (await c.signedIn(team[3]!.login)).get(`/cases/${visit}/visit`).expect(403);
    const leader = await c.signedIn(team[0]!.login);
    expect((await leader.get(`/cases/${visit}/visit`).expect(200)).text).toContain('提交现场记录');
    await leader.get(`/cases/${visit}/visit/center-370199001`).expect(404);
  });

  it('two members at one platform do not overwrite each other, and what is kept comes back beside its own question', async () => {
    const [one, two] = [await c.signedIn(team[0]!.login), await c.signedIn(team[1]!.login)];
    const [first, second] = items('center', 'area') as [string, string];
    // Both opened the form while it was empty; one measures the second area only, the other goes through the checklist.
    await keep(one, `center-${place.code}`, { 'measures.0.item': first, 'measures.1.item': second, 'measures.1.values.0': '36.5' }).expect(303);
    await keep(two, `center-${place.code}`, answers('center')).expect(303);
    expect(await body(`center-${place.code}`)).toMatchObject({ measures: [{ item: second, values: ['36.5'] }], checklist: items('center', 'yesNo').map((item) => ({ item, result: 'met' })) });
    const { text } = await two.get(`/cases/${visit}/visit/center-${place.code}`).expect(200);
    expect(/name="measures\.1\.values\.0" value="36\.5"/.test(text)).toBe(true);
    expect(/name="measures\.0\.values\.0" value=""/.test(text)).toBe(true);
  });

  it('where both entered the same thing the colleague’s stands until it has been seen and said again', async () => {
    const [one, two] = [await c.signedIn(team[0]!.login), await c.signedIn(team[1]!.login)];
    const slug = `hall-${unit.code}`;
    await keep(one, slug, readings('hall', '5000')).expect(303);
    const { text } = await keep(two, slug, { ...readings('hall', '5100'), ...answers('hall') }).expect(409);
    expect([text.includes(`${team[0]!.name}也填了同一处`), text.includes('value="5100"')]).toEqual([true, true]);
    expect(await body(slug)).toMatchObject({ measures: [{ values: ['5000', '5000', '5000'] }], checklist: items('hall', 'yesNo').map((item) => ({ item })) });
    const base = /name="_base" value="([^"]*)"/.exec(text)![1]!.replaceAll('&quot;', '"');
    await keep(two, slug, { ...readings('hall', '5100'), ...answers('hall'), _base: base }).expect(303);
    expect(await body(slug)).toMatchObject({ measures: [{ values: ['5100', '5100', '5100'] }] });
  });

  it('is not handed in while a platform is incomplete, and names it; whole, it goes on to scoring, and nothing is entered afterwards', async () => {
    const leader = await c.signedIn(team[0]!.login);
    const { text: page } = await leader.get(`/cases/${visit}/visit`).expect(200);
    const hidden = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)![1]!;
    const send = () => leader.post(`/cases/${visit}/visit`).type('form').send({
      _csrf: leader.csrf, _task: hidden('_task'), _key: hidden('_key'), _shown: hidden('_shown'), from: '2026-11-02', to: '2026-11-02', note: '两组同时进行。',
    });
    expect((await send().expect(422)).text).toMatch(/示例中心：“[^”]+”须实测 3 次/);
    await keep(leader, `center-${place.code}`, { ...readings('center', '400'), _base: JSON.stringify(await body(`center-${place.code}`)), ...answers('center') }).expect(303);
    await send().expect(303);
    const facts = await read(async (trx) => JSON.parse((await trx('journal as j').join('journal_payload as p', (on) => on.on('p.case_id', 'j.case_id').andOn('p.seq', 'j.seq').andOn('p.year', 'j.year'))
      .where({ 'j.case_id': visit, 'j.command': 'recordVisit' }).first('p.body')).body).facts);
    expect(facts.visits.map((one: { name: string }) => one.name).sort()).toEqual(['示例中心', '示例大厅']);
    await keep(leader, `hall-${unit.code}`, readings('hall', '1')).expect(409);
  });
});
