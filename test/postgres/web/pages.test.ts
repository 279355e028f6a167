import { webCity, type WebCity } from './web-city.js';

let c: WebCity;
let unit: { id: string; name: string };
let caseId: string;
beforeAll(async () => {
  c = await webCity('pages');
  unit = await c.unitNamed('历下区');
  caseId = (await c.open('plan', unit.id)).caseId;
});
afterAll(() => c.close());

describe('every page answers', () => {
  const pages = ['/', '/?tab=done', '/notices', '/search?q=JCPT', '/documents', '/incoming', '/papers', '/progress', '/exceptions', '/exceptions/dates'];
  it.each(pages)('%s for an office clerk, in both languages, instead of failing on a missing text', async (path) => {
    const agent = await c.signedIn(c.loginOf('office.clerk'));
    const zh = await agent.get(path);
    expect([path, zh.status, zh.status === 200 ? '' : JSON.stringify(c.logged.at(-1))]).toEqual([path, 200, '']);
    const en = await agent.get(`${path}${path.includes('?') ? '&' : '?'}lang=en`);
    expect(en.status).toBe(200);
    expect(en.text).toContain('<html lang="en">');
  });

  it('a district clerk sees the case, its editor and every section', async () => {
    const agent = await c.signedIn(c.loginOf('unit.clerk', unit.id));
    for (const path of [`/cases/${caseId}`, `/cases/${caseId}?tab=content`, `/cases/${caseId}?tab=documents`, `/cases/${caseId}/journal`, `/cases/${caseId}/edit`,
      ...['goals', 'premises', 'organisation', 'funds', 'informatisation', 'regulations', 'schedule', 'attachments'].map((name) => `/cases/${caseId}/edit/${name}`)]) {
      const answer = await agent.get(path);
      expect([path, answer.status, answer.status === 200 ? '' : JSON.stringify(c.logged.at(-1))]).toEqual([path, 200, '']);
    }
  });

  it('the list of exceptions for a spreadsheet has its mark, its columns and every line of the page', async () => {
    const agent = await c.signedIn(c.loginOf('office.clerk'));
    const answer = await agent.get('/exceptions.csv').buffer().expect(200);
    expect([answer.headers['content-type'], answer.headers['content-disposition']]).toEqual(['text/csv; charset=utf-8', expect.stringContaining(encodeURIComponent('例外清单 2026.csv'))]);
    expect(answer.text.startsWith('\uFEFF序号,日期,类别,填报单位,事项,案卷编号,')).toBe(true);
    expect((await (await c.signedIn(c.loginOf('unit.clerk', unit.id))).get('/exceptions.csv')).status).toBe(403);
  });

  it('a plan that nobody has registered has no handling sheet, and says so instead of printing an empty one', async () => {
    const agent = await c.signedIn(c.loginOf('office.registrar'));
    const { text } = await agent.get(`/cases/${caseId}/handling-sheet.pdf`).expect(404);
    expect(text).toContain('还没有登记');
  });

  it('no heading, label, legend or button of an English page is Chinese; names of people and places stay', async () => {
    const agent = await c.signedIn(c.loginOf('unit.clerk', unit.id));
    const paths = ['/', '/documents', '/papers', `/cases/${caseId}`, ...['basics', 'premises', 'funds', 'schedule', 'attachments'].map((name) => `/cases/${caseId}/edit/${name}`)];
    for (const path of paths) {
      const { text } = await agent.get(`${path}?lang=en`).expect(200);
      // Whom one may choose is named by name.
      const chosen = /<input[^>]*name="(?:posts|colleague|adviser)"/;
      const parts = [...text.matchAll(/<(h2|h3|label|legend|button|th)\b[^>]*>(.*?)<\/\1>/gs)].filter(([whole]) => !chosen.test(whole)).map(([, tag, inner]) => `${tag}: ${inner!.replace(/<[^>]+>/g, '').trim()}`);
      expect([path, parts.filter((part) => /\p{Script=Han}/u.test(part))]).toEqual([path, []]);
    }
  });
});
