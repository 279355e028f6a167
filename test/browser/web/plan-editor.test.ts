import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import type { Page } from 'puppeteer';
import { extractText } from 'unpdf';
import { loadSections, saveSection } from '../../../src/content/sections.js';
import { planWorkbook } from '../../../src/content/workbook/plan-workbook.js';
import { slipCodeOf } from '../../../src/documents/slip-code.js';
import { player } from '../../postgres/web/played-city.js';
import { webCity, type WebCity } from '../../postgres/web/web-city.js';
import { browsing, followed, pressed, retype, textOf, valueOf, type Browsing } from './browsing.js';

let c: WebCity;
let b: Browsing;
let play: ReturnType<typeof player>;
beforeAll(async () => {
  c = await webCity('browser-plan-editor');
  play = player(c);
  b = await browsing(c, 'browser-plan-editor');
});
afterAll(async () => {
  await b?.close();
  await c?.close();
});

const live = async (unit: { id: string }, caseId: string) => {
  const [clerk] = await play.actorOf('unit.clerk', unit.id);
  return c.database.asActor(clerk!, (trx) => loadSections(trx, caseId));
};

describe('the plan editor', () => {
  it('lists every township at one stroke, says what is short while it is typed, and shows the same after a reload', async () => {
    const unit = await c.unitNamed('商河县');
    const { caseId } = await c.open('plan', unit.id);
    const { page, complaints, done } = await b.signedIn(c.loginOf('unit.clerk', unit.id));
    await page.goto(`${b.base}/cases/${caseId}/edit/premises`);
    expect(await b.faults(page, 'editor-unlisted')).toEqual([]);
    await page.select('#pf-t', 'new');
    await page.click('[name="rooms"]');
    await pressed(page, '.pf button');
    const townships = await c.database.asActor((await play.actorOf('unit.clerk', unit.id))[0]!, (trx) => trx('township').where({ city: c.city, year: 2026, unit: unit.id }).pluck('code'));
    expect((await page.$$('.tw tr[id]')).length).toBe(townships.length);
    await retype(page, 'projects.0.grossArea', '3600');
    await retype(page, 'projects.1.usableArea', '320');
    await retype(page, 'projects.1.archiveArea', '16');
    await page.waitForFunction(`/档案室少 \\d+ m²/.test(document.querySelector('[data-standing="1"]').textContent) && /少 400 m²/.test(document.querySelector('[data-standing="0"]').textContent)`);
    expect(await page.$eval('[name="projects.1.archiveArea"]', (one) => one.getAttribute('aria-invalid'))).toBe('true');
    await page.waitForFunction(`document.querySelectorAll('#editor-aside .todo li').length > 0`);
    await page.reload();
    expect([await valueOf(page, 'projects.1.archiveArea'), await textOf(page, '[data-standing="1"]')]).toEqual(['16', expect.stringContaining('档案室少')]);
    await page.click('#row-1 + .rest summary');
    expect(await b.faults(page, 'editor-premises')).toEqual([]);
    await page.goto(`${b.base}/cases/${caseId}/edit/premises?lang=en`);
    expect(await b.faults(page, 'editor-premises-en')).toEqual([]);
    expect(complaints).toEqual([]);
    await done();
  });

  it('a save pressed while the autosave is under way does not clash with itself', async () => {
    const { caseId, unit } = await play.written('平阴县');
    const { page, done } = await b.signedIn(c.loginOf('unit.clerk', unit.id));
    await page.goto(`${b.base}/cases/${caseId}/edit/goals`);
    await retype(page, 'goals', '两年建成');
    await page.waitForFunction(`document.getElementById('saved-note').textContent === document.getElementById('saved-note').getAttribute('data-saving')`, { polling: 5 });
    await pressed(page, '#section footer .btn-primary');
    expect([page.url(), await valueOf(page, 'goals')]).toEqual([`${b.base}/cases/${caseId}/edit/goals`, '两年建成']);
    await done();
  });

  it('a clash shows both texts place by place, and what is chosen is saved', async () => {
    const { caseId, unit } = await play.written('济阳区');
    const { page, done } = await b.signedIn(c.loginOf('unit.clerk', unit.id));
    await page.goto(`${b.base}/cases/${caseId}/edit/goals`);
    const { body, revision } = (await live(unit, caseId)).goals!;
    const [clerk] = await play.actorOf('unit.clerk', unit.id);
    await c.database.asActor(clerk!, (trx) => saveSection(trx, clerk!, caseId, 'goals', { ...body, guidingIdea: '对方的指导思想', goals: '对方的目标' }, revision, c.times.now));
    await page.evaluate(`document.getElementById('section').removeAttribute('data-autosave')`);
    await retype(page, 'goals', '我的目标');
    await pressed(page, '#section footer .btn-primary');
    expect((await page.$$('.cfl tbody tr')).length).toBe(2);
    expect(await page.$$eval('.cfl tr.df .pick', (all) => all.map((one) => one.textContent?.trim()))).toEqual(['对方的目标', '我的目标']);
    expect(await b.faults(page, 'editor-conflict')).toEqual([]);
    await pressed(page, 'form[action*="/merge/"] .btn-primary');
    expect((await live(unit, caseId)).goals!.body).toMatchObject({ guidingIdea: '对方的指导思想', goals: '我的目标' });
    await done();
  });

  it('two hundred rows stay one page: areas side by side, the details of one row at a time, nothing lost on the way', async () => {
    const stations = async (unit: { id: string }) => c.database.asActor((await play.actorOf('unit.clerk', unit.id))[0]!, (trx) => trx('village').where({ city: c.city, year: 2026, unit: unit.id }).orderBy('code').limit(162).select('code', 'name'));
    const rows = await stations(await c.unitNamed('章丘区'));
    const { caseId, unit } = await play.written('章丘区', (sections) => {
      (sections.premises!.projects as object[]).push(...rows.map(({ code, name }: { code: string; name: string }) => ({ tier: 'station', placeCode: code, name, type: 'new', kind: 'new', usableArea: '45', approval: '章发改〔2026〕1号' })));
    });
    const { page, complaints, done } = await b.signedIn(c.loginOf('unit.clerk', unit.id));
    await page.goto(`${b.base}/cases/${caseId}/edit/premises`);
    expect(Number(await page.evaluate('document.documentElement.outerHTML.length'))).toBeLessThan(500_000);
    await retype(page, 'projects.163.usableArea', '60');
    await page.waitForFunction(`document.querySelector('[data-standing="163"]').textContent === '达标'`);
    await pressed(page, '#row-100 + .rest .linkrow');
    expect(await valueOf(page, 'projects.100.approval')).toBe('章发改〔2026〕1号');
    const projects = (await live(unit, caseId)).premises!.body.projects as { approval?: string; usableArea: string }[];
    expect([projects.length, projects[163]!.usableArea, projects.filter((one) => one.approval !== undefined).length]).toEqual([164, '60', 162]);
    expect(await b.faults(page, 'editor-long')).toEqual([]);
    expect(complaints).toEqual([]);
    await done();
  });

  it('is a plain form without script: saved, one row taken out, on to the next section', async () => {
    const { caseId, unit } = await play.written('钢城区');
    const { page, done } = await b.signedIn(c.loginOf('unit.clerk', unit.id));
    await page.setJavaScriptEnabled(false);
    await page.goto(`${b.base}/cases/${caseId}/edit/premises`);
    await retype(page, 'projects.1.usableArea', '145');
    await followed(page, '#section footer .btn-primary');
    expect(await textOf(page, '[data-standing="1"]')).toMatch(/场所少/);
    await page.click('#row-1 + .rest summary');
    await followed(page, '#row-1 + .rest [name="_drop"]');
    expect((await live(unit, caseId)).premises!.body.projects).toHaveLength(1);
    await followed(page, '.sticky-act [name="_then"][value="organisation"]');
    expect(page.url()).toBe(`${b.base}/cases/${caseId}/edit/organisation`);
    await done();
  });
});

describe('Excel out and in', () => {
  // The browser runs under a user of its own.
  const folder = mkdtempSync(join(tmpdir(), 'workbooks-'));
  chmodSync(folder, 0o755);
  const changed = async (bytes: Buffer, field: string, value: ExcelJS.CellValue): Promise<string> => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes as unknown as ExcelJS.Buffer, { ignoreNodes: ['dataValidations'] });
    const sheet = book.getWorksheet('建设项目')!;
    sheet.getRow(3).getCell((sheet.getRow(1).values as string[]).indexOf(field)).value = value;
    const path = join(folder, `${field}.xlsx`);
    writeFileSync(path, Buffer.from(await book.xlsx.writeBuffer()));
    return path;
  };
  const upload = async (page: Page, path: string): Promise<void> => {
    await (await page.$('#wf') as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(path);
    await pressed(page, 'form[action$="/plan.xlsx"] .btn-primary');
  };

  it('a changed figure comes back; a bad row is named by its cell and nothing is saved', async () => {
    const { caseId, unit } = await play.written('莱芜区');
    const { page, complaints, done } = await b.signedIn(c.loginOf('unit.clerk', unit.id));
    await page.goto(`${b.base}/cases/${caseId}/edit/premises`);
    const href = await page.$eval('.eh a[download]', (one) => one.getAttribute('href'));
    const file = await page.evaluate(`fetch('${href}').then((one) => one.arrayBuffer()).then((bytes) => Array.from(new Uint8Array(bytes)))`) as number[];
    const bytes = Buffer.from(file);
    await pressed(page, '.eh a[href$="/workbook"]');
    expect(await b.faults(page, 'workbook')).toEqual([]);
    await upload(page, await changed(bytes, 'archiveArea', '负四'));
    expect(await textOf(page, '.errsum')).toMatch(/1 处不符，没有导入/);
    expect(await textOf(page, '.rpt tbody tr')).toMatch(/建设项目[\s\S]*3[\s\S]*负四/);
    expect((await live(unit, caseId)).premises!.revision).toBe(1);
    expect(await b.faults(page, 'workbook-defects')).toEqual([]);
    await upload(page, await changed(bytes, 'grossArea', 5236.5));
    expect(await textOf(page, '[role="status"][data-focus]')).toMatch(/已导入.*保存了/s);
    expect((await live(unit, caseId)).premises!.body.projects).toMatchObject([{ grossArea: '5236.5' }, {}]);
    expect(await b.faults(page, 'workbook-imported')).toEqual([]);
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
    await done();
  });

  it('a workbook older than the last edit overwrites nothing unless its box is ticked', async () => {
    const { caseId, unit } = await play.written('长清区');
    const [clerk] = await play.actorOf('unit.clerk', unit.id);
    const { bytes } = await planWorkbook({ database: c.database, clock: { now: () => c.times.now } }, clerk!, caseId);
    const { body, revision } = (await live(unit, caseId)).premises!;
    await c.database.asActor(clerk!, (trx) => saveSection(trx, clerk!, caseId, 'premises', { ...body, spatialPlan: '新规划' }, revision, c.times.now));
    const { page, done } = await b.signedIn(c.loginOf('unit.clerk', unit.id));
    await page.goto(`${b.base}/cases/${caseId}/workbook`);
    const path = await changed(bytes, 'money', 88);
    await upload(page, path);
    expect(await textOf(page, '.errsum')).toContain('刚改过这一节');
    await page.click('form[action$="/plan.xlsx"] [name="_overwrite"]');
    await upload(page, path);
    expect((await live(unit, caseId)).premises!.body).toMatchObject({ spatialPlan: '新规划', projects: [{ money: '88' }, {}] });
    await done();
  });

  it('沿用上年 without an earlier plan says so in a sentence', async () => {
    const { caseId, unit } = await play.written('历城区');
    const { page, done } = await b.signedIn(c.loginOf('unit.clerk', unit.id));
    await page.goto(`${b.base}/cases/${caseId}/edit`);
    await pressed(page, '.eh form[action$="/carry-over"] button');
    expect(await textOf(page, '.errsum h2')).toBe('没有可以沿用的往年方案。');
    expect(await b.faults(page, 'carry-over-refused')).toEqual([]);
    await done();
  });
});

describe('opening a year', () => {
  it('opens every unit once; pressed again it opens nothing', async () => {
    const { page, complaints, done } = await b.signedIn(c.loginOf('office.clerk'));
    await page.goto(`${b.base}/progress`);
    await pressed(page, 'main a[href^="/year/2026"]');
    expect(await b.faults(page, 'year')).toEqual([]);
    await pressed(page, 'form[action="/year/2026/open"] button');
    expect(await textOf(page, '[role="status"][data-focus] b')).toBe('已开立 13 个，已有 0 个。');
    await pressed(page, 'form[action="/year/2026/open"] button');
    expect(await textOf(page, '[role="status"][data-focus] b')).toBe('已开立 0 个，已有 13 个。');
    expect(await b.faults(page, 'year-opened')).toEqual([]);
    await page.goto(`${b.base}/progress`);
    await page.click('.yr summary');
    expect(await page.$$eval('.yr a', (all) => all.map((one) => one.getAttribute('href')))).toEqual(expect.arrayContaining(['/progress?year=2026', '/progress?year=2011']));
    expect(complaints).toEqual([]);
    await done();
  });
});

describe('呈批件', () => {
  it('is printed for the task, and the code on the signed sheet leads back to its registration', async () => {
    const { caseId, unit } = await play.written('历下区');
    await play.act('unit.clerk', unit.id, caseId, 'submit');
    const [clerk] = await play.actorOf('unit.clerk', unit.id);
    const task = await c.database.asActor(clerk!, (trx) => trx('task').where({ case_id: caseId, status: 'open' }).first('id'));
    const { page, complaints, done } = await b.signedIn(c.loginOf('unit.clerk', unit.id));
    await page.goto(`${b.base}/cases/${caseId}/paper/${task.id}`);
    expect(await b.faults(page, 'paper-register')).toEqual([]);
    const href = await page.$eval('.hdr a[href$=".pdf"]', (one) => one.getAttribute('href'));
    const [type, head] = await page.evaluate(`fetch('${href}').then(async (one) => [one.headers.get('content-type'), String.fromCharCode(...new Uint8Array(await one.arrayBuffer()).slice(0, 5))])`) as string[];
    expect([type, head]).toEqual(['application/pdf', '%PDF-']);
    const { bytes } = await c.services.papers.slip({ caseId, matter: { taskId: task.id }, printedBy: '示例登记人' });
    if (process.env.YANSHOU_SHOTS) writeFileSync(join(process.env.YANSHOU_SHOTS, 'slip.pdf'), bytes);
    const { text } = await extractText(new Uint8Array(bytes), { mergePages: true });
    const printed = text.replace(/\s/g, '');
    for (const word of ['呈批件', '人社局负责人审核意见', '方案已填报完毕，送请审核。', '演示', '附件', slipCodeOf(task.id)]) expect(printed).toContain(word);
    await page.goto(`${b.base}/paper/P-${slipCodeOf(task.id)}`);
    expect(page.url()).toBe(`${b.base}/cases/${caseId}/paper/${task.id}`);
    expect(complaints).toEqual([]);
    await done();
    const neighbour = await b.signedIn(c.loginOf('unit.clerk', (await c.unitNamed('市中区')).id));
    expect((await neighbour.page.goto(`${b.base}/paper/P-${slipCodeOf(task.id)}`))!.status()).toBe(404);
    expect((await neighbour.page.goto(`${b.base}${href}`))!.status()).toBe(404);
    await neighbour.done();
    const office = await b.signedIn(c.loginOf('office.registrar'));
    expect((await office.page.goto(`${b.base}${href}`))!.status()).toBe(404);
    await office.done();
  });
});
