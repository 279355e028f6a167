import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HTTPRequest, Page } from 'puppeteer';
import { slipCodeOf } from '../../../src/documents/slip-code.js';
import { workerActor } from '../../../src/domain/actor.js';
import { player } from '../../postgres/web/played-city.js';
import { PASSWORD, webCity, type WebCity } from '../../postgres/web/web-city.js';
import { browsing, followed, pressed, textOf, valueOf, type Browsing } from './browsing.js';

let c: WebCity;
let b: Browsing;
let play: ReturnType<typeof player>;
beforeAll(async () => {
  c = await webCity('browser-case-actions');
  play = player(c);
  b = await browsing(c, 'browser-case-actions');
});
afterAll(async () => {
  await b?.close();
  await c?.close();
});

const rows = <T = Record<string, unknown>>(table: string, where: object): Promise<T[]> => c.database.asActor(workerActor(c.city), (trx) => trx(table).where({ city: c.city, ...where }));
const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.className') as Promise<string>;
const submitted = (page: Page): Promise<void> => page.click('details.act[open] form button');
const settled = (page: Page, words: string): Promise<unknown> => page.waitForFunction(`document.activeElement.matches('.errsum, [data-focus]') && document.activeElement.textContent.includes(${JSON.stringify(words)})`);

const sessionsEnd = (): void => { c.times.wall = new Date(c.times.wall.getTime() + 31 * 60_000); };
/** Signs in on the page that asks for it; `follow` is how that page is left, with scripts or without. */
async function signInAgain(page: Page, login: string, follow: typeof pressed): Promise<void> {
  await page.type('#u', login);
  await page.type('#p', PASSWORD);
  await follow(page, 'button.btn-xl');
}

/** A plan that waits to be registered, with its page before the registrar. */
async function registering(unitName: string) {
  const plan = await play.written(unitName);
  await play.reported(plan.caseId, plan.unit);
  const seen = await b.signedIn(c.loginOf('office.registrar'));
  await seen.page.goto(`${b.base}/cases/${plan.caseId}`);
  await seen.page.evaluate('document.querySelector("aside").dataset.kept = "yes"');
  return { ...plan, ...seen };
}
const registration = { theirNumber: '历下人社报〔2026〕8号', dated: '2026-09-05', deliveredAt: '2026-09-07 09:30', evidence: '系统回执䶮𠮷' };
async function fill(page: Page, values: Record<string, string>): Promise<void> {
  await page.click('[name="channel"][value="system"]');
  for (const [name, value] of Object.entries(values)) await page.$eval(`[name="${name}"]`, (one, text) => { (one as { value: string }).value = text; }, value);
}

describe('an action on the page of its case', () => {
  it('that is refused comes back in its own place: what was typed stays, the keyboard stands at what to change; done, the page shows it', async () => {
    const { page, complaints, caseId, done } = await registering('历下区');
    const before = await textOf(page, 'nav.side .ct');
    await fill(page, { ...registration, theirNumber: '', deliveredAt: '昨天' });
    await submitted(page);
    await settled(page, '来文字号');
    expect([await focused(page), page.url(), await page.$eval('aside', (one) => (one as unknown as { dataset: { kept?: string } }).dataset.kept)]).toEqual(['errsum', `${b.base}/cases/${caseId}`, 'yes']);
    expect([await valueOf(page, 'evidence'), await valueOf(page, 'deliveredAt')]).toEqual([registration.evidence, '昨天']);
    expect(await b.faults(page, 'action-refused')).toEqual([]);
    await page.click('.errsum a');
    expect(await page.evaluate('document.querySelector(location.hash).getAttribute("aria-invalid")')).toBe('true');
    await fill(page, registration);
    await submitted(page);
    await settled(page, '收文登记');
    expect([await textOf(page, '.chead .tag.lg'), page.url()]).toEqual(['形式审查', `${b.base}/cases/${caseId}`]);
    expect(await textOf(page, 'p[role="status"].visually-hidden')).toContain('收文登记');
    expect(await textOf(page, 'nav.side')).not.toContain(`工作台${before}`);
    expect(await b.faults(page, 'action-done')).toEqual([]);
    // The browser itself notes every answer of 422.
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
    await done();
  });

  it('that somebody else has done meanwhile says so and loses nothing', async () => {
    const { page, caseId, done } = await registering('市中区');
    await fill(page, registration);
    await play.act('office.registrar', null, caseId, 'register', { ...registration, channel: 'paper' });
    await submitted(page);
    await settled(page, '已由他人办结');
    expect([await valueOf(page, 'evidence'), await page.$eval('details.act[open] form button', (one) => (one as { disabled: boolean }).disabled)]).toEqual([registration.evidence, false]);
    expect(await b.faults(page, 'action-conflict')).toEqual([]);
    await done();
  });

  it('cannot be pressed again while it is under way', async () => {
    const { page, caseId, done } = await registering('槐荫区');
    const held: HTTPRequest[] = [];
    await page.setRequestInterception(true);
    page.on('request', (request) => void (request.method() === 'POST' && request.url().endsWith('/commands') ? held.push(request) : request.continue()));
    await fill(page, registration);
    await submitted(page);
    await page.waitForFunction('document.querySelector("details.act[open] form button").disabled');
    await page.evaluate('document.querySelector("details.act[open] form").requestSubmit()');
    await submitted(page);
    expect([held.length, await page.$eval('details.act[open] form', (one) => one.getAttribute('aria-busy'))]).toEqual([1, 'true']);
    await held[0]!.continue();
    await settled(page, '收文登记');
    expect([held.length, (await rows('incoming', { case_id: caseId })).length]).toEqual([1, 1]);
    await done();
  });

  it('that does not reach the server leaves everything where it is and can be sent again', async () => {
    const { page, caseId, done } = await registering('天桥区');
    await fill(page, registration);
    await page.setOfflineMode(true);
    await submitted(page);
    await page.waitForSelector('form .unsent');
    expect([await textOf(page, 'form .unsent'), await valueOf(page, 'evidence')]).toEqual([expect.stringContaining('没有送到服务器'), registration.evidence]);
    await page.setOfflineMode(false);
    await submitted(page);
    await settled(page, '收文登记');
    expect(await rows('incoming', { case_id: caseId })).toHaveLength(1);
    await done();
  });

  it('is a plain form without script, also where the session ended meanwhile', async () => {
    const { page, caseId, done } = await registering('历城区');
    await page.setJavaScriptEnabled(false);
    await page.reload();
    await page.type('[name="evidence"]', registration.evidence);
    sessionsEnd();
    await followed(page, 'details.act[open] form button');
    await signInAgain(page, c.loginOf('office.registrar'), followed);
    expect([page.url().includes(`/cases/${caseId}/do/register?task=`), await valueOf(page, 'evidence')]).toEqual([true, registration.evidence]);
    await followed(page, '.cmdpage form button');
    expect([page.url(), await valueOf(page, 'evidence')]).toEqual([`${b.base}/cases/${caseId}/commands`, registration.evidence]);
    await page.click('[name="channel"][value="paper"]');
    for (const [name, value] of Object.entries({ theirNumber: registration.theirNumber, deliveredAt: registration.deliveredAt })) await page.type(`[name="${name}"]`, value);
    await page.type('[name="dated"]', '09052026');
    await followed(page, '.cmdpage form button');
    expect([page.url(), await textOf(page, '[data-focus]')]).toEqual([`${b.base}/cases/${caseId}?done=register`, expect.stringContaining('收文登记')]);
    await done();
  });

  it('whose session ended comes back filled in after the sign-in; a tab that is pressed then opens after it', async () => {
    const { caseId, unit } = await play.written('济南高新区');
    const login = c.loginOf('unit.clerk', unit.id);
    const { page, done } = await b.signedIn(login);
    const note = '写了半小时的说明䶮𠮷';
    await page.goto(`${b.base}/cases/${caseId}`);
    await page.type('details.act[open] [name="note"]', note);
    sessionsEnd();
    await submitted(page);
    await page.waitForSelector('#p');
    expect(await textOf(page, '.rgt [role="status"]')).toMatch(/您填写的内容还在.*What you wrote is kept/s);
    expect(await b.faults(page, 'signed-out-kept')).toEqual([]);
    await signInAgain(page, login, pressed);
    expect([page.url().includes(`/cases/${caseId}/do/submit?task=`), await valueOf(page, 'note')]).toEqual([true, note]);
    expect(await textOf(page, '.act-form, .cmdpage')).toContain('还没有提交');
    expect((await rows<{ stage: string }>('case_file', { id: caseId }))[0]!.stage).toBe('drafting');
    expect(await b.faults(page, 'unsent')).toEqual([]);
    await pressed(page, '.cmdpage form button');
    expect((await rows<{ stage: string }>('case_file', { id: caseId }))[0]!.stage).toBe('headReview');

    sessionsEnd();
    await page.click('nav.tabs a[href$="tab=documents"]');
    await page.waitForSelector('#p');
    await signInAgain(page, login, pressed);
    expect([page.url(), await textOf(page, 'nav.tabs [aria-current]')]).toEqual([`${b.base}/cases/${caseId}?tab=documents`, expect.stringContaining('文书')]);
    await done();
  });

  it('has labels that lead to its own fields, however many forms of the page ask for an opinion', async () => {
    const { caseId } = await play.written('长清区');
    const { page, done } = await b.signedIn(c.loginOf('unit.clerk', (await c.unitNamed('长清区')).id));
    await page.goto(`${b.base}/cases/${caseId}`);
    expect((await page.$$('details.act form')).length).toBeGreaterThan(1);
    expect(await page.evaluate('[...document.querySelectorAll("[id]")].map((one) => one.id).filter((id, index, all) => all.indexOf(id) !== index)')).toEqual([]);
    expect(await page.evaluate('[...document.querySelectorAll("details.act label[for]")].filter((one) => one.control === null || one.control.form !== one.closest("form")).length')).toBe(0);
    await done();
  });
});

describe('方案调整', () => {
  const onRecord = async (unitName: string) => {
    const plan = await play.written(unitName);
    await play.reported(plan.caseId, plan.unit);
    await play.act('office.registrar', null, plan.caseId, 'register', { ...registration, channel: 'system' });
    await play.act('office.clerk', null, plan.caseId, 'acceptComplete');
    await play.act('office.director', null, plan.caseId, 'file');
    return plan;
  };

  it('is opened by the clerk from the plan on record or from the year, once; a second press says what is under way', async () => {
    const { caseId, unit } = await onRecord('章丘区');
    const programme = (await c.open('programme', unit.id)).caseId;
    const { page, complaints, done } = await b.signedIn(c.loginOf('unit.clerk', unit.id));
    await page.goto(`${b.base}/cases/${programme}`);
    expect(await page.$('form[action$="/amend"] button')).not.toBeNull();
    expect(await b.faults(page, 'amendment-year')).toEqual([]);
    await page.goto(`${b.base}/cases/${caseId}`);
    expect(await b.faults(page, 'amendment-offered')).toEqual([]);
    const old = await (await page.browserContext().newPage());
    await old.goto(page.url());
    await pressed(page, 'form[action$="/amend"] button');
    const plans = await rows<{ id: string; case_number: string; stage: string }>('case_file', { unit: unit.id, workflow: 'plan' });
    const amendment = plans.find((one) => one.id !== caseId)!;
    expect([plans.length, page.url(), await textOf(page, '[data-focus]')]).toEqual([2, `${b.base}/cases/${amendment.id}?done=amend`, expect.stringContaining('开立方案调整')]);
    expect([amendment.stage, await textOf(page, 'h1')]).toEqual(['drafting', expect.stringContaining('（调整）')]);
    expect(await b.faults(page, 'amendment-opened')).toEqual([]);
    await pressed(old, 'form[action$="/amend"] button');
    expect([await textOf(old, '.errsum h2'), await textOf(old, '[aria-labelledby="am"] .bd')]).toEqual([expect.stringContaining('已有一件在办'), expect.stringContaining(amendment.case_number)]);
    expect(await b.faults(old, 'amendment-running')).toEqual([]);
    expect([await old.$('form[action$="/amend"]'), (await rows('case_file', { unit: unit.id, workflow: 'plan' })).length]).toEqual([null, 2]);
    expect(complaints).toEqual([]);
    await done();
  });

  it('is offered to nobody but the unit’s clerk, and not before there is a plan on record', async () => {
    const filed = await onRecord('济阳区');
    const draft = await play.written('莱芜区');
    for (const [login, caseId] of [[c.loginOf('unit.head', filed.unit.id), filed.caseId], [c.loginOf('office.clerk'), filed.caseId], [c.loginOf('unit.clerk', draft.unit.id), draft.caseId]] as const) {
      const { page, done } = await b.signedIn(login);
      await page.goto(`${b.base}/cases/${caseId}`);
      expect([login, await page.$('form[action$="/amend"]')]).toEqual([login, null]);
      await done();
    }
    const office = await c.signedIn(c.loginOf('office.clerk'));
    await office.post(`/cases/${filed.caseId}/amend`).type('form').send({ _csrf: office.csrf }).expect(403);
    const clerk = await c.signedIn(c.loginOf('unit.clerk', draft.unit.id));
    const refused = await clerk.post(`/cases/${draft.caseId}/amend`).type('form').send({ _csrf: clerk.csrf });
    expect([refused.status, refused.text.includes('还没有备案的方案')]).toEqual([422, true]);
    expect((await rows('case_file', { unit: draft.unit.id, workflow: 'plan' })).length).toBe(1);
  });
});

describe('a right of the leading group that has no task, decided on paper', () => {
  // The browser runs under a user of its own.
  const folder = mkdtempSync(join(tmpdir(), 'scans-'));
  chmodSync(folder, 0o755);
  const scan = join(folder, 'scan.png');
  writeFileSync(scan, Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'));
  const typed = async (page: Page, values: Record<string, string>): Promise<void> => {
    for (const [name, value] of Object.entries(values)) await page.$eval(`[name="${name}"]`, (one, text) => { (one as { value: string }).value = text; }, value);
  };
  const sheet = { 'paper.signatoryName': '方启明', 'paper.signatoryPost': '领导小组副组长', 'paper.wording': '同意延期至10月16日，请抓紧。', 'paper.paperDate': '2026-09-06', 'paper.keptAt': '办公室文件柜 3-4' };
  const extension = { until: '2026-10-16', basis: '副组长批示', reason: '县政府10月14日研究。' };

  it('is found under 线下办理, registered with its scan, sent back where it differs, and holds when a second person agrees', async () => {
    const { caseId, unit } = await play.written('商河县');
    const registrar = await b.signedIn(c.loginOf('office.registrar'));
    await registrar.page.goto(`${b.base}/papers`);
    expect(await b.faults(registrar.page, 'papers-matters')).toEqual([]);
    await pressed(registrar.page, `a[href="/cases/${caseId}/paper?command=grantExtension"]`);
    expect(await b.faults(registrar.page, 'right-register')).toEqual([]);
    await registrar.page.select('[name="paper.kind"]', 'instruct');
    await typed(registrar.page, { ...sheet, ...extension, until: '2026-09-20' });
    await (await registrar.page.$('[name="_file.paper.scan"]') as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(scan);
    await registrar.page.click('[name="_unclassified"]');
    await pressed(registrar.page, '.prg form .btn-primary');
    expect([await textOf(registrar.page, '.errsum'), await valueOf(registrar.page, 'paper.wording')]).toEqual([expect.stringContaining('延期须晚于现在的期限'), sheet['paper.wording']]);
    await typed(registrar.page, { until: extension.until });
    await pressed(registrar.page, '.prg form .btn-primary');
    expect([await textOf(registrar.page, 'h1'), await registrar.page.$('.cmp input')]).toEqual([expect.stringContaining('同意延期报送'), null]);

    const clerk = await b.signedIn(c.loginOf('office.clerk'));
    await clerk.page.goto(`${b.base}/cases/${caseId}`);
    await pressed(clerk.page, '[aria-labelledby^="ac-"] a.btn-primary');
    expect(await clerk.page.$eval('.scan img', (one) => (one as unknown as { naturalWidth: number }).naturalWidth)).toBe(1);
    await clerk.page.click('[name="differs.fields.until"]');
    await clerk.page.type('[name="seen.fields.until"]', '2026-10-15');
    expect(await b.faults(clerk.page, 'right-compare')).toEqual([]);
    await pressed(clerk.page, '.cmp ~ footer .btn-primary');
    expect(await textOf(clerk.page, '.tag.lg')).toBe('退登记人');

    await registrar.page.reload();
    expect(await b.faults(registrar.page, 'right-sent-back')).toEqual([]);
    await pressed(registrar.page, 'footer a.btn-primary');
    expect([await valueOf(registrar.page, 'paper.wording'), await valueOf(registrar.page, 'reason'), await valueOf(registrar.page, 'until')]).toEqual([sheet['paper.wording'], extension.reason, extension.until]);
    await typed(registrar.page, { until: '2026-10-15' });
    await pressed(registrar.page, '.prg form .btn-primary');
    await clerk.page.goto(registrar.page.url());
    await pressed(clerk.page, '.cmp ~ footer .btn-primary');
    expect(await textOf(clerk.page, '.tag.lg')).toBe('核对一致，已生效');
    const acts = await rows<{ status: string; scan: string | null; fields: { until: string } }>('paper_act', { case_id: caseId });
    expect(acts.map(({ status, scan: file, fields }) => [status, file === null, fields.until]).sort()).toEqual([['compared', false, '2026-10-15'], ['sent-back', false, '2026-10-16']]);
    expect((await rows('exception_entry', { case_id: caseId, unit: unit.id })).length).toBe(1);
    expect([...registrar.complaints, ...clerk.complaints].filter((text) => !text.includes('422'))).toEqual([]);
    await registrar.done();
    await clerk.done();
  });

  it('has a sheet to be signed whose code leads back to its registration; an amendment offers none of it', async () => {
    const { caseId } = await play.written('钢城区');
    const { page, done } = await b.signedIn(c.loginOf('office.registrar'));
    await page.goto(`${b.base}/cases/${caseId}`);
    expect(await b.faults(page, 'right-case')).toEqual([]);
    const href = await page.$eval('.pe a[href$="grantExtension.pdf"]', (one) => one.getAttribute('href'));
    const head = await page.evaluate(`fetch('${href}').then(async (one) => [one.status, String.fromCharCode(...new Uint8Array(await one.arrayBuffer()).slice(0, 5))])`);
    expect(head).toEqual([200, '%PDF-']);
    await page.goto(`${b.base}/paper/P-${slipCodeOf(caseId)}`);
    expect(page.url()).toBe(`${b.base}/cases/${caseId}/paper`);
    await page.goto(`${b.base}/papers`);
    expect(await page.$$eval('a[href*="/paper?"]', (all, id) => all.filter((one) => (one.getAttribute('href') ?? '').includes(id)).length, caseId)).toBe(2);
    await done();
  });

  it('is registered by the registrar alone: who decides, and who compares, finds no such form', async () => {
    const { caseId, unit } = await play.written('平阴县');
    await play.act('unit.clerk', unit.id, caseId, 'submit');
    const [task] = await rows<{ id: string }>('task', { case_id: caseId, status: 'open' });
    for (const [login, own, right] of [[c.loginOf('unit.head', unit.id), 404, 404], [c.loginOf('unit.clerk', unit.id), 200, 404], [c.loginOf('office.registrar'), 404, 200]] as const) {
      const agent = await c.signedIn(login);
      expect([login, (await agent.get(`/cases/${caseId}/paper/${task!.id}`)).status, (await agent.get(`/cases/${caseId}/paper`)).status]).toEqual([login, own, right]);
      expect([login, (await agent.get(`/cases/${caseId}`)).text.includes(`/paper/${task!.id}`)]).toEqual([login, own === 200]);
    }
  });
});
