import { workerActor } from '../../../src/domain/actor.js';
import { player } from './played-city.js';
import { PASSWORD, webCity, type WebCity } from './web-city.js';

const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]), Buffer.alloc(64), Buffer.from([0xff, 0xd9])]);
let c: WebCity;
let caseId: string;
let taskId: string;
let login: string;

beforeAll(async () => {
  c = await webCity('site-record');
  const unit = await c.unitNamed('天桥区');
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
});
