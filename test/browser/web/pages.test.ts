import { chmodSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { findBrowser } from '../../../src/runtime/browser.js';
import { launchBrowser, type LaunchedBrowser } from '../../../src/runtime/browser-launch.js';
import { prepareFonts } from '../../../src/runtime/fonts.js';
import { newId } from '../../../src/clock.js';
import { workerActor } from '../../../src/domain/actor.js';
import { player } from '../../postgres/web/played-city.js';
import { axeRun } from './browsing.js';
import { SESSION_COOKIE } from '../../../src/web/cookies.js';
import { webCity, type WebCity } from '../../postgres/web/web-city.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.YANSHOU_SHOTS ?? '';
const sizes = [{ name: 'desk', width: 1440, height: 900 }, { name: 'phone', width: 390, height: 844 }];

let c: WebCity;
let server: Server;
let launched: LaunchedBrowser;
let base: string;
let paths: Record<string, { login: string; path: string }>;

beforeAll(async () => {
  c = await webCity('browser-pages');
  const play = player(c);
  const filed = await play.written('历下区');
  await play.reported(filed.caseId, filed.unit);
  const draft = await play.written('市中区', (sections) => { (sections.premises!.projects as { grossArea: string }[])[0]!.grossArea = '3600'; });
  const paper = await play.written('槐荫区');
  await play.act('unit.clerk', paper.unit.id, paper.caseId, 'submit');
  const registrar = await play.actorOf('unit.clerk', paper.unit.id);
  const task = await c.database.asActor(registrar[0]!, (trx) => trx('task').where({ case_id: paper.caseId, status: 'open' }).first());
  const { paperId } = await c.engine.registerPaper(registrar, {
    caseId: paper.caseId, taskId: task.id, command: 'approve', fields: { opinion: '同意' }, signatoryName: '钱示例', signatoryPost: '局长', wording: '同意', kind: 'agree',
    paperDate: '2026-09-04', scan: null, keptAt: '文件柜 3-4', key: newId(),
  });
  const inspection = await c.open('inspection', filed.unit.id);
  const visited = await visit(play);
  const documentId = await issued(filed);
  server = createServer(c.app).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const data = mkdtempSync(join(tmpdir(), 'browser-pages-'));
  chmodSync(data, 0o711);
  launched = await launchBrowser(await findBrowser(data), { fontconfigFile: (await prepareFonts(data)).fontconfigFile });
  if (shots !== '') mkdirSync(shots, { recursive: true });
  const [office, clerk, registrarOffice] = [c.loginOf('office.clerk'), c.loginOf('unit.clerk', draft.unit.id), c.loginOf('office.registrar')];
  const comparer = c.loginOf('unit.comparer', paper.unit.id);
  paths = {
    'sign-in': { login: '', path: '/sign-in' }, verify: { login: '', path: '/verify/NOSUCHCODE' }, workbench: { login: office, path: '/' }, progress: { login: office, path: '/progress' },
    case: { login: office, path: `/cases/${filed.caseId}` }, content: { login: office, path: `/cases/${filed.caseId}?tab=content` }, chart: { login: office, path: `/cases/${filed.caseId}?tab=chart` }, unreleased: { login: office, path: `/cases/${draft.caseId}` },
    journal: { login: office, path: `/cases/${filed.caseId}/journal` }, documents: { login: office, path: '/documents' }, exceptions: { login: office, path: '/exceptions' },
    incoming: { login: registrarOffice, path: '/incoming' }, register: { login: registrarOffice, path: `/cases/${filed.caseId}` }, 'clerk-workbench': { login: clerk, path: '/' },
    'clerk-case': { login: clerk, path: `/cases/${draft.caseId}` }, editor: { login: clerk, path: `/cases/${draft.caseId}/edit` },
    premises: { login: clerk, path: `/cases/${draft.caseId}/edit/premises` }, compare: { login: comparer, path: `/papers/${paperId}` }, papers: { login: comparer, path: '/papers' },
    'paper-register': { login: c.loginOf('unit.clerk', paper.unit.id), path: `/cases/${paper.caseId}/paper/${task.id}` },
    schedule: { login: office, path: `/cases/${inspection.caseId}/do/schedule` }, inspection: { login: office, path: `/cases/${inspection.caseId}` }, search: { login: office, path: '/search?q=JCPT' },
    record: { login: visited.login, path: `/cases/${visited.caseId}/do/recordSite?task=${visited.taskId}` },
    document: { login: office, path: `/documents/${documentId}` }, verified: { login: '', path: '/verify/AAAA1111' }, 'workbench-en': { login: office, path: '/?lang=en' },
    'case-en': { login: office, path: `/cases/${filed.caseId}?lang=en` }, 'record-en': { login: visited.login, path: `/cases/${visited.caseId}/do/recordSite?task=${visited.taskId}&lang=en` },
  };
});

afterAll(async () => {
  await launched?.close();
  server?.close();
  await c?.close();
});

/** A paper on record, as the worker leaves it; its file is the least a reader of PDF takes. */
async function issued(filed: { caseId: string; unit: { id: string } }): Promise<string> {
  const blobs = c.services.blobs as unknown as { put(bytes: Buffer): Promise<{ sha256: string; size: number }> };
  const { sha256, size } = await blobs.put(Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF'));
  const id = newId();
  await c.database.asActor(workerActor(c.city), (trx) => trx('document').insert({
    city: c.city, id, case_id: filed.caseId, year: 2026, unit: filed.unit.id, side: 'city', kind: 'incomingReceipt', title: '历下区实施方案收文回执', number: '收文〔2026〕1号', dated: '2026-09-07',
    entered_at: c.times.now, filing_org: '市人社局', retention: 'D10', sha256, size, pages: 1, facts_hash: 'f', verify_code: 'AAAA1111', visible_to: 'both',
  }));
  return id;
}

/** An inspection scheduled for another unit, so that a record waits for its inspector. */
async function visit(play: ReturnType<typeof player>): Promise<{ caseId: string; taskId: string; login: string }> {
  const unit = await c.unitNamed('天桥区');
  const { caseId } = await c.open('inspection', unit.id);
  const inspectors = c.people.filter((one) => one.role === 'inspector');
  const [place] = await c.database.asActor(workerActor(c.city), (trx) => trx('township').where({ city: c.city, year: 2026, unit: unit.id }).orderBy('code'));
  const posts = await c.database.asAuth(c.city, (trx) => trx('post_holding').where({ city: c.city }).whereIn('person', inspectors.map((one) => one.person)).select('post', 'person'));
  await play.act('office.clerk', null, caseId, 'schedule', {
    basis: { kind: 'annualPlan', number: '济办发〔2026〕3号' }, from: '2026-09-14', to: '2026-09-16', team: posts.slice(0, 3).map(({ post }, index) => ({ post, leader: index === 0 })),
    sites: [{ tier: 'center', placeCode: place.code }],
  });
  const task = await c.database.asActor(workerActor(c.city), (trx) => trx('task').where({ case_id: caseId, status: 'open', state: 'onSite' }).first());
  return { caseId, taskId: task.id, login: inspectors.find((one) => one.person === posts[0].person)!.login };
}

async function opened(login: string): Promise<{ page: Page; complaints: string[]; done(): Promise<void> }> {
  const context = await launched.browser.createBrowserContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  if (login !== '') await context.setCookie({ name: SESSION_COOKIE, value: await c.sessionOf(login), domain: '127.0.0.1', path: '/', httpOnly: true });
  return { page, complaints, done: () => context.close() };
}

/** One profile for each person who only looks: a new one loads every font and style anew. */
const profiles = new Map<string, ReturnType<typeof opened>>();
function visited(login: string): ReturnType<typeof opened> {
  const known = profiles.get(login) ?? opened(login);
  profiles.set(login, known);
  return known;
}

const names = [
  'sign-in', 'verify', 'workbench', 'progress', 'case', 'content', 'chart', 'unreleased', 'journal', 'documents', 'exceptions', 'incoming', 'register', 'clerk-workbench', 'clerk-case', 'editor', 'premises',
  'compare', 'papers', 'paper-register', 'schedule', 'inspection', 'search', 'record', 'document', 'verified', 'workbench-en', 'case-en', 'record-en',
];

describe('pages in a real browser', () => {
  it.each(names)('%s: nothing axe objects to, nothing the policy refuses, nothing that scrolls sideways, on a desk and on a phone', async (name) => {
    const { login, path } = paths[name]!;
    const { page, complaints } = await visited(login);
    complaints.length = 0;
    const found: unknown[] = [];
    for (const size of sizes) {
      await page.setViewport({ width: size.width, height: size.height });
      if (size === sizes[0]) {
        const answer = await page.goto(`${base}${path}`, { waitUntil: 'load' });
        if (answer!.status() !== 200 && name !== 'verify') found.push([answer!.status(), c.logged.at(-1)]);
        // evaluate() is not held to the page's policy; a script element would be, and rightly refused.
        await page.evaluate(axe);
      }
      if (shots !== '') await page.screenshot({ path: join(shots, `${name}-${size.name}.png`) as `${string}.png`, fullPage: true });
      const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      if (Number(wide) > 0) found.push([size.name, 'scrolls sideways by', wide]);
      const report = (await page.evaluate(axeRun(size === sizes[0]))) as { violations: { id: string; nodes: { html: string }[] }[] };
      found.push(...report.violations.map((one) => [size.name, one.id, one.nodes.slice(0, 2).map((node) => node.html.slice(0, 160))]));
    }
    expect([...found, ...complaints.filter((text) => !text.includes('404'))]).toEqual([]);
  });

  it('a form with errors keeps what was typed and says what to change', async () => {
    const { page, done } = await opened(paths.schedule!.login);
    await page.goto(`${base}${paths.schedule!.path}`);
    await page.type('[name="note"]', '请准备台账');
    await Promise.all([page.waitForNavigation(), page.click('form[action$="/commands"] button.w-100')]);
    expect(await page.$eval('.errsum', (one) => one.textContent)).toMatch(/\d+ 处要改|请/);
    expect(await page.$eval('[name="note"]', (one) => (one as { value: string }).value)).toBe('请准备台账');
    await done();
  });

  it('the editor saves by itself shortly after the last key', async () => {
    const { page, complaints, done } = await opened(paths.editor!.login);
    await page.goto(`${base}${paths.editor!.path}`);
    await page.type('[name="currentState"]', '又补一句。');
    await page.waitForFunction(`/已自动保存 \\d/.test(document.getElementById('saved-note').textContent) && Number(document.querySelector('[name="_revision"]').value) >= 2`);
    await page.waitForFunction(`document.querySelectorAll('#editor-aside .todo li').length > 0 && document.querySelectorAll('#editor-nav').length === 1`);
    expect(complaints).toEqual([]);
    await page.reload();
    expect(await page.$eval('[name="currentState"]', (one) => (one as { value: string }).value)).toContain('又补一句。');
    await done();
  });

  it('a record on a phone shows the mean of three readings and what is still missing while it is typed, and finds it again after a break', async () => {
    const { page, complaints, done } = await opened(paths.record!.login);
    await page.setViewport({ width: 390, height: 844 });
    await page.goto(`${base}${paths.record!.path}`);
    const boxes = await page.$$('.m3 input');
    for (const [index, value] of ['10.1', '10.2', '10.2'].entries()) await boxes[index]!.type(value);
    expect(await page.$eval('.m3 output', (one) => one.textContent)).toBe('10.16');
    expect(await page.$eval('.it .verdict', (one) => one.textContent)).toMatch(/^少 /);
    const met = await page.$('.yn input[value="unmet"]');
    expect((await met!.boundingBox())!.height).toBeGreaterThanOrEqual(44);
    await met!.click();
    expect(await page.$eval('.foot .tt', (one) => one.textContent)).toMatch(/实测 1\/\d.*检查 1\/\d+.*不符合 1/s);
    await page.waitForFunction(`/已自动保存/.test(document.getElementById('saved-record').textContent)`);
    await page.reload();
    expect(await page.$$eval('.m3 input', (all) => all.slice(0, 3).map((one) => (one as { value: string }).value))).toEqual(['10.1', '10.2', '10.2']);
    expect(await page.$eval('.foot .tt', (one) => one.textContent)).toContain('不符合 1');
    expect(complaints).toEqual([]);
    await done();
  });

  it('tabs of a case are swapped in place: what is being written beside them stays', async () => {
    const { page, complaints, done } = await opened(paths['clerk-case']!.login);
    await page.goto(`${base}${paths['clerk-case']!.path}`);
    await page.evaluate('document.querySelector("aside").setAttribute("data-kept", "yes")');
    await page.click('nav.tabs a[href$="tab=documents"]');
    await page.waitForFunction(`location.search === '?tab=documents' && document.querySelector('#case-body #dc') !== null`);
    expect(await page.$eval('aside[data-kept]', () => true)).toBe(true);
    expect(await page.$eval('nav.tabs a[aria-current]', (one) => one.getAttribute('href'))).toContain('tab=documents');
    expect(complaints).toEqual([]);
    await done();
  });
});
