import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import type { ElementHandle, Page } from 'puppeteer';
import { after, at, caseOf, dutyOf, follow, type Screen } from './screen.js';
import type { ScreenedCity } from './screened-city.js';
import { signIn } from './visitor.js';

/** A morning of the year and what is looked at then. */
export interface Moment {
  at: string;
  screens: readonly Screen[];
}

const NOBODY = '00000000-0000-7000-8000-000000000000';
const UPLOAD = 'input[type=file]';
const SECTIONS = ['basics', 'goals', 'premises', 'organisation', 'funds', 'informatisation', 'regulations', 'schedule', 'attachments'];

const press = (selector: string) => (page: Page): Promise<void> => page.click(selector);
const tab = (name: string): string => `?tab=${name}`;

/** Chooses a file in the page's first upload. The browser runs under a user of its own and must be able to read it. */
async function upload(page: Page, file: string, bytes: Buffer): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'yanshou-screen-'));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, file), bytes);
  await ((await page.$(UPLOAD)) as ElementHandle<never>).uploadFile(join(folder, file));
}

/** What the spoiled workbook says, in the names of its own sheets. */
const spoiled = ['三千六', '约20', '建设项目', '经费预算', '实施步骤'];
const THEIRS = '另建流动服务点两处。';
const MINE = '年底前全部投入使用。';
/** A matter as its proposer writes it: title, what is to be decided, grounds. */
const MATTER = ['关于调整检查日程的请示', '年度检查推迟一周开始。', '与财政专项检查重叠。'];
const OPINION = '经核对，材料齐全，建议收下。';

/** The clerk's own workbook with an area nobody can read and a place that is not the unit's. */
async function spoiledWorkbook(page: Page): Promise<Buffer> {
  const bytes = (await page.evaluate(`fetch(document.querySelector('a[download]').href).then((answer) => answer.arrayBuffer()).then((buffer) => [...new Uint8Array(buffer)])`)) as number[];
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer, { ignoreNodes: ['dataValidations'] });
  const projects = book.getWorksheet('建设项目')!;
  const column = (id: string): number => (projects.getRow(1).values as string[]).indexOf(id);
  projects.getRow(3).getCell(column('grossArea')).value = spoiled[0];
  projects.getRow(5).getCell(column('archiveArea')).value = spoiled[1];
  projects.getRow(6).getCell(column('placeCode')).value = '370199001';
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** The first form of its kind, sent with another value in one field. */
const sentWith = (form: string, field: string, value: string) => (page: Page): Promise<unknown> =>
  page.evaluate(`(() => { const form = document.querySelector(${JSON.stringify(form)}); form.querySelector('[name=${field}]').value = ${JSON.stringify(value)}; form.submit(); })()`);

const firstDocument = async (city: ScreenedCity): Promise<{ id: string; verifyCode: string; sha256: string }> => {
  const { documents } = await city.ask<{ documents: { id: string; kind: string; verifyCode: string; sha256: string }[] }>('auditor', '/documents?year=2026');
  return documents.find((one) => one.kind === 'acceptanceReport') ?? documents.find((one) => one.kind === 'filingReceipt') ?? documents[0]!;
};
const documentPath = async (city: ScreenedCity): Promise<string> => `/documents/${(await firstDocument(city)).id}`;
const verifyPath = async (city: ScreenedCity): Promise<string> => `/verify/${(await firstDocument(city)).verifyCode}`;

/** Chooses in a list by what stands in it, in either language. */
const choose = (page: Page, list: string, words: RegExp): Promise<unknown> => page.evaluate(`(() => {
  const list = document.querySelector(${JSON.stringify(list)});
  list.value = [...list.options].find((one) => ${String(words)}.test(one.textContent)).value;
})()`);
/** Sends the form a button or list stands in, past what the browser itself would ask for. */
const sendForm = (page: Page, inside: string): Promise<unknown> => page.evaluate(`document.querySelector(${JSON.stringify(inside)}).closest('form').submit()`);
const fill = (page: Page, field: string, value: string): Promise<unknown> => page.evaluate(`document.querySelector(${JSON.stringify(field)}).value = ${JSON.stringify(value)}`);

const CLERK2 = /高新区人社局经办（二）|Second clerk, HRSS Bureau, .*High/;
const REGISTRAR = /高新区人社局线下登记|Registrar of paper acts, HRSS Bureau, .*High/;
const SHANGHE_CLERK2 = /商河县人社局经办（二）|Second clerk, HRSS Bureau, Shanghe/;
const VACANT = /暂时空缺|Vacant for now/;
const LEAVING = '到龄退休';
const AWAY = '外出学习';
const REPAIRED = '经办已调走，由登记岗位承担';

/** The form of a hand-over of whoever holds a post. */
const handingOver = (post: RegExp): Screen => after(at('', 'admin', '/hand-overs'), '', 200, async (page) => {
  await choose(page, '#hp', post);
  await page.click('main form button');
});
const handedOver = (post: RegExp, follower: RegExp, name: string): Screen => ({ written: [LEAVING], ...after(handingOver(post), name, 200, async (page) => {
  await choose(page, '#f-posts-0-follower', follower);
  await fill(page, '[name=reason]', LEAVING);
  await page.click('main form button.btn-primary');
}) });

/** Before anybody has done anything these people hold everything as on the first day. */
const people: Screen[] = [
  at('operation.nothing', 'admin', '/operation'),
  at('hand-overs.none', 'gaoxin.head', '/hand-overs'),
  { ...handingOver(CLERK2), name: 'hand-over.form' },
  after(handingOver(CLERK2), 'hand-over.errors', 422, press('main form button.btn-primary')),
  { written: [LEAVING], ...after(handingOver(CLERK2), 'hand-over.checked', 200, async (page) => {
    await choose(page, '#f-posts-0-follower', REGISTRAR);
    await fill(page, '[name=reason]', LEAVING);
    await page.click('main form button[name=_check]');
  }) },
  { ...handedOver(CLERK2, REGISTRAR, 'hand-over.done'), open: async (page, city) => {
    // Ordered once: whoever looks in the other language finds the list.
    const { handOvers } = await city.ask<{ handOvers: { id: string }[] }>('admin', '/hand-overs');
    if (handOvers.length > 0) return page.goto(`${city.address}/hand-overs/${handOvers[0]!.id}`);
    return handedOver(CLERK2, REGISTRAR, '').open(page, city);
  } },
  { written: [LEAVING], ...at('hand-overs', 'admin', '/hand-overs') },
  at('deputies.none', 'licheng.reviewer', '/deputies'),
  { written: [AWAY], ...after(at('', 'licheng.reviewer', '/deputies'), 'deputies.errors', 422, async (page) => {
    await fill(page, 'form[action="/deputies"] [name=reason]', AWAY);
    await sendForm(page, 'form[action="/deputies"] button');
  }) },
  { name: 'deputies.named', who: 'licheng.reviewer', written: [AWAY], open: async (page, city) => {
    const answer = await page.goto(`${city.address}/deputies`);
    const { deputyships } = await city.ask<{ deputyships: unknown[] }>('licheng.reviewer', '/deputies');
    if (deputyships.length > 0) return answer;
    await choose(page, 'form[action="/deputies"] [name=holding]', /科长|Section head/);
    await choose(page, 'form[action="/deputies"] [name=deputy]', /历城区人社局线下登记|Registrar of paper acts, HRSS Bureau, Licheng/);
    await fill(page, 'form[action="/deputies"] [name=reason]', AWAY);
    const [named] = await Promise.all([page.waitForNavigation(), sendForm(page, 'form[action="/deputies"] button')]);
    return named;
  } },
  { written: [AWAY], ...after(at('', 'licheng.reviewer', '/deputies'), 'deputies.uncovered', 200, async (page) => {
    await fill(page, 'form[action="/absences"] [name=to]', '2026-08-21');
    await fill(page, 'form[action="/absences"] [name=reason]', AWAY);
    await sendForm(page, 'form[action="/absences"] button');
  }) },
  at('notices.people', 'licheng.registrar', '/notices'),
  at('batch.none', 'office.clerk', '/batch'),
  at('matters.none', 'lixia.clerk', '/matters?year=2026'),
  after(at('', 'office.clerk', '/matters?year=2026'), 'matters.errors', 422, (page) => sendForm(page, 'form[action^="/matters"] .btn-primary')),
  { written: MATTER, ...after(at('', 'office.clerk', '/matters?year=2026'), 'matter.drafting', 200, async (page) => {
    for (const [index, name] of ['title', 'decision', 'grounds'].entries()) await page.type(`[name="${name}"]`, MATTER[index]!);
    return sendForm(page, 'form[action^="/matters"] .btn-primary');
  }) },
];

/** The unit that never filed is left without a clerk: what was his is nobody's until two watchers have seen to it. Nobody plays on after this. */
const standingStill: Screen[] = [
  { written: [LEAVING], ...handedOver(SHANGHE_CLERK2, VACANT, 'hand-over.vacant'), open: async (page, city) => {
    const { handOvers } = await city.ask<{ handOvers: { id: string; day: string }[] }>('admin', '/hand-overs');
    const ordered = handOvers.filter(({ day }) => day === '2026-12-29');
    if (ordered.length > 1) return page.goto(`${city.address}/hand-overs/${ordered[0]!.id}`);
    await handedOver(SHANGHE_CLERK2, VACANT, '').open(page, city);
    return handedOver(/商河县人社局经办|Clerk, HRSS Bureau, Shanghe/, VACANT, '').open(page, city);
  } },
  at('operation', 'admin', '/operation'),
  after(at('', 'admin', '/operation'), 'operation.errors', 422, (page) => sendForm(page, 'form[action="/repairs"] button')),
  { name: 'operation.proposed', who: 'admin', written: [REPAIRED], open: async (page, city) => {
    const answer = await page.goto(`${city.address}/operation`);
    if ((await page.$('form[action$="/refusal"]')) !== null) return answer;
    await choose(page, 'form[action="/repairs"] [name=do]', /线下登记|Registrar of paper acts/);
    await fill(page, 'form[action="/repairs"] [name=reason]', REPAIRED);
    const [proposed] = await Promise.all([page.waitForNavigation(), sendForm(page, 'form[action="/repairs"] button')]);
    return proposed;
  } },
  { written: [REPAIRED], ...at('operation.second', 'office.director', '/operation') },
  { written: [REPAIRED], ...at('notices.alarm', 'office.director', '/notices') },
];

/** One duty of the office's clerk, as a list of one. */
const batchOf = async (city: ScreenedCity): Promise<string> => `/batch?task=${/task=([^&]+)/.exec(await dutyOf('changqing', 'plan', 'office.clerk', 'officeReview', (task) => `?task=${task}`)(city))![1]}`;

const opening: Screen[] = [
  at('sign-in', null, '/sign-in'),
  { name: 'sign-in.wrong', who: null, status: 422, open: (page, city) => signIn(page, city, 'somebody', 'wrong') },
  at('verify.unknown', null, '/verify/NOSUCHCODE', 404),
  at('workbench.first-day', 'lixia.clerk', '/'),
  at('workbench.nothing', 'tianqiao.consent', '/'),
  at('workbench.nothing-done', 'tianqiao.consent', '/?tab=done'),
  at('workbench.nothing-started', 'tianqiao.consent', '/?tab=started'),
  at('editor.not-begun', 'lixia.clerk', caseOf('lixia', 'plan', '/edit')),
  at('editor.not-begun-premises', 'lixia.clerk', caseOf('lixia', 'plan', '/edit/premises')),
  at('year', 'office.clerk', '/year/2026'),
  at('year.without-register', 'admin', '/year/2031'),
  at('documents.none', 'office.clerk', '/documents'),
  at('exceptions.none', 'office.director', '/exceptions'),
  at('incoming.none', 'office.registrar', '/incoming'),
  at('papers.none', 'office.clerk', '/papers'),
  at('search.empty', 'office.clerk', '/search'),
  at('search.nothing', 'office.clerk', '/search?q=JCPT-1999'),
  at('case.new', 'lixia.clerk', caseOf('lixia', 'plan')),
  ...people,
];

const deadlineNear: Screen[] = [
  ...['office.clerk', 'office.registrar', 'office.director', 'leader.head', 'inspector.1', 'team.hrss', 'archivist', 'auditor', 'admin'].map((who) => at(`workbench.${who}`, who, '/')),
  at('workbench.unit-clerk', 'huaiyin.clerk', '/'),
  at('workbench.unit-reviewer', 'licheng.reviewer', '/'),
  at('workbench.unit-head', 'licheng.head', '/'),
  at('workbench.unit-registrar', 'tianqiao.registrar', '/'),
  at('workbench.unit-comparer', 'pingyin.comparer', '/'),
  at('workbench.consent', 'tianqiao.consent', '/'),
  at('workbench.cosigner', 'licheng.finance', '/'),
  at('workbench.done', 'office.clerk', '/?tab=done'),
  at('workbench.started', 'office.clerk', '/?tab=started'),
  after(at('', 'office.clerk', '/'), 'workbench.reminded', 200, press('#not-yet-filed form button')),
  // A colleague reminded the bureau after this page was opened.
  after(at('', 'office.clerk', '/'), 'workbench.reminded-twice', 422, (page) => page.evaluate(`(async () => {
    const form = document.querySelector('#not-yet-filed form');
    await fetch(form.action, { method: 'post', body: new URLSearchParams(new FormData(form)), redirect: 'manual' });
    form.submit();
  })()`)),
  at('case.simple', 'office.clerk', caseOf('changqing', 'plan')),
  at('case.content', 'office.clerk', caseOf('changqing', 'plan', tab('content'))),
  at('case.documents', 'office.clerk', caseOf('changqing', 'plan', tab('documents'))),
  at('case.not-released', 'office.clerk', caseOf('tianqiao', 'plan')),
  at('case.decision', 'office.director', caseOf('gangcheng', 'plan')),
  at('case.cosigning', 'licheng.head', caseOf('licheng', 'plan')),
  at('case.cosigner', 'licheng.finance', caseOf('licheng', 'plan')),
  at('case.correcting', 'huaiyin.clerk', caseOf('huaiyin', 'plan')),
  at('case.consent', 'tianqiao.consent', caseOf('tianqiao', 'plan')),
  at('case.to-file', 'gaoxin.clerk', caseOf('gaoxin', 'plan')),
  at('case.on-record', 'lixia.clerk', caseOf('lixia', 'plan')),
  at('case.programme', 'office.clerk', caseOf('lixia', 'programme')),
  ...SECTIONS.map((name) => at(`editor.${name}`, 'shanghe.clerk', caseOf('shanghe', 'plan', `/edit/${name}`))),
  at('editor.row', 'shanghe.clerk', caseOf('shanghe', 'plan', '/edit/premises?row=4')),
  { written: [THEIRS, MINE], ...after(at('', 'shanghe.clerk', caseOf('shanghe', 'plan', '/edit/goals')), 'editor.conflict', 409, async (page) => {
    // Somebody else saved meanwhile: the same form, sent first with another text.
    await page.evaluate(`(async () => {
      const form = document.querySelector('#section');
      const theirs = new URLSearchParams(new FormData(form));
      theirs.set('goals', theirs.get('goals') + '${THEIRS}');
      await fetch(form.action, { method: 'post', body: theirs, redirect: 'manual' });
      form.removeAttribute('data-autosave');
      form.querySelector('[name=goals]').value += '${MINE}';
      form.submit();
    })()`);
  }) },
  at('workbook', 'shanghe.clerk', caseOf('shanghe', 'plan', '/workbook')),
  { written: spoiled, ...after(at('', 'shanghe.clerk', caseOf('shanghe', 'plan', '/workbook')), 'workbook.defects', 422, async (page) => {
    await upload(page, 'shanghe.xlsx', await spoiledWorkbook(page));
    await page.click('form[action$="plan.xlsx"] button');
  }) },
  after(at('', 'shanghe.clerk', caseOf('shanghe', 'plan', '/workbook')), 'workbook.no-file', 422, press('form[action$="plan.xlsx"] button')),
  at('command.remarks', 'office.clerk', dutyOf('changqing', 'plan', 'office.clerk', 'officeReview', (task) => `/do/returnForCorrection?task=${task}`)),
  after(at('', 'office.clerk', dutyOf('changqing', 'plan', 'office.clerk', 'officeReview', (task) => `/do/returnForCorrection?task=${task}`)), 'command.errors', 422, press('form[action$="/commands"] button.w-100')),
  after(at('', 'office.clerk', caseOf('changqing', 'plan')), 'command.conflict', 409, sentWith('aside form[data-autosave]', '_shown', '0'.repeat(64))),
  at('incoming', 'office.registrar', '/incoming'),
  after(at('', 'office.registrar', '/incoming'), 'incoming.unproven', 200, follow('.rl a[href*="paper="] .tag.amber')),
  after(at('', 'office.registrar', '/incoming'), 'incoming.proven', 200, follow('.rl a[href*="paper="] .tag.green')),
  at('incoming.register', 'office.registrar', dutyOf('gaoxin', 'plan', 'office.registrar', 'registered', (task) => `/do/register?task=${task}`)),
  after(at('', 'office.registrar', dutyOf('gaoxin', 'plan', 'office.registrar', 'registered', (task) => `/do/register?task=${task}`)), 'incoming.register-errors', 422, press('form[action$="/commands"] button.w-100')),
  at('papers', 'pingyin.comparer', '/papers'),
  at('paper.register', 'tianqiao.registrar', dutyOf('tianqiao', 'plan', 'tianqiao.consent', 'governmentApproval', (task) => `/paper/${task}`)),
  after(at('', 'tianqiao.registrar', dutyOf('tianqiao', 'plan', 'tianqiao.consent', 'governmentApproval', (task) => `/paper/${task}`)), 'paper.register-errors', 422, press('main form button.btn-primary')),
  after(at('', 'pingyin.comparer', '/papers'), 'paper.compare', 200, follow('tbody a[href^="/papers/"]')),
  after(at('', 'pingyin.registrar', '/papers'), 'paper.own', 200, follow('tbody a[href^="/papers/"]')),
  after(at('', 'laiwu.comparer', '/papers'), 'paper.compared', 200, follow('tbody a[href^="/papers/"]')),
  at('papers.to-register', 'office.registrar', '/papers'),
  at('paper.right', 'office.registrar', caseOf('shanghe', 'plan', '/paper?command=grantExtension')),
  at('case.on-paper', 'office.registrar', caseOf('shanghe', 'plan')),
  at('documents', 'office.clerk', '/documents'),
  at('documents.filtered-out', 'office.clerk', `/documents?unit=${NOBODY}`),
  at('document', 'office.clerk', documentPath),
  at('verify', null, verifyPath),
  after(at('', null, verifyPath), 'verify.changed', 200, async (page) => {
    await upload(page, 'changed.pdf', Buffer.from('%PDF-1.4\nchanged'));
    await page.click('form button');
  }),
  at('batch', 'office.clerk', batchOf),
  // What was listed is not what stands there now: refused alone.
  after(at('', 'office.clerk', batchOf), 'batch.answer', 200, (page) => page.evaluate(`(() => { const shown = document.querySelector('form[action="/batch"] [name^="shown."]'); shown.value = '${'0'.repeat(64)}'; shown.closest('form').submit(); })()`)),
  at('journal', 'office.clerk', caseOf('changqing', 'plan', '/journal')),
  at('progress', 'office.director', '/progress'),
  at('search', 'office.clerk', '/search?q=历下'),
  at('notices', 'huaiyin.clerk', '/notices'),
];

const overdue: Screen[] = [
  at('workbench.overdue', 'office.clerk', '/'),
  at('workbench.never-filed', 'shanghe.clerk', '/'),
  at('case.complex', 'office.clerk', caseOf('laiwu', 'plan')),
  at('case.complex-unit', 'laiwu.clerk', caseOf('laiwu', 'plan')),
  at('case.complex-content', 'laiwu.head', caseOf('laiwu', 'plan', tab('content'))),
  at('editor.overdue', 'shanghe.clerk', caseOf('shanghe', 'plan', '/edit/basics')),
  at('case.overdue-draft', 'shanghe.clerk', caseOf('shanghe', 'plan')),
  at('exceptions.october', 'office.director', '/exceptions'),
];

const visiting: Screen[] = [
  at('inspection', 'inspector.1', caseOf('lixia', 'inspection')),
  at('inspection.unit', 'lixia.clerk', caseOf('lixia', 'inspection')),
  after(at('', 'inspector.1', caseOf('lixia', 'inspection')), 'record', 200, follow('a[href*="/do/recordSite"]')),
  after(after(at('', 'inspector.1', caseOf('lixia', 'inspection')), '', 200, follow('a[href*="/do/recordSite"]')), 'record.errors', 422, press('.foot button')),
  at('inspection.schedule', 'office.clerk', caseOf('tianqiao', 'programme')),
  at('workbench.visits', 'office.clerk', '/'),
  at('workbench.inspector', 'inspector.1', '/'),
];

/** A place of the visit, of one tier, which nobody has begun. */
const unvisited = (tier: string) => follow(`a.stop[href*="/visit/${tier}-"]`);

const accepting: Screen[] = [
  at('visit', 'team.finance', caseOf('tianqiao', 'acceptance', '/visit')),
  after(at('', 'team.finance', caseOf('tianqiao', 'acceptance', '/visit')), 'visit.place', 200, unvisited('center')),
  { written: ['364.5'], ...after(after(at('', 'team.finance', caseOf('tianqiao', 'acceptance', '/visit')), '', 200, unvisited('center')), 'visit.begun', 200, async (page) => {
    await page.evaluate(`document.querySelector('.m3 input').value = '364.5'; document.querySelector('.yn input[value=unmet]').click()`);
    await page.click('.foot button');
  }) },
  at('visit.leader', 'team.hrss', caseOf('tianqiao', 'acceptance', '/visit')),
  after(at('', 'team.hrss', caseOf('tianqiao', 'acceptance', '/visit')), 'visit.incomplete', 422, press('.foot button')),
  after(at('', 'team.hrss', caseOf('tianqiao', 'acceptance', '/visit')), 'visit.continued', 200, unvisited('center')),
  at('visit.case', 'team.finance', caseOf('tianqiao', 'acceptance')),
  at('acceptance.scoring', 'team.finance', caseOf('shizhong', 'acceptance')),
  at('acceptance.score-form', 'team.finance', dutyOf('shizhong', 'acceptance', 'team.finance', 'scoring', (task) => `/do/scoreItems?task=${task}`)),
  at('acceptance.application', 'office.clerk', caseOf('shizhong', 'acceptance', tab('content'))),
  at('acceptance.results', 'office.director', caseOf('lixia', 'acceptance', tab('results'))),
  at('acceptance.rectifying', 'zhangqiu.clerk', caseOf('zhangqiu', 'acceptance', tab('results'))),
  at('acceptance.passed', 'lixia.clerk', caseOf('lixia', 'acceptance')),
  at('inspection.finding', 'licheng.clerk', caseOf('licheng', 'inspection', tab('results'))),
];

const yearEnd: Screen[] = [
  at('workbench.year-end', 'office.clerk', '/'),
  at('progress.year-end', 'leader.head', '/progress'),
  at('exceptions', 'office.director', '/exceptions'),
  at('exceptions.filtered-out', 'office.director', '/exceptions?unit=无'),
  at('what-if', 'leader.head', '/what-if'),
  after(at('', 'office.director', '/what-if'), 'what-if.answer', 200, press('.wgo button')),
  after(at('', 'office.clerk', '/what-if'), 'what-if.wrong', 422, sentWith('.wq', 'inspectors', '1')),
  at('documents.year-end', 'archivist', '/documents'),
  at('document.report', 'archivist', documentPath),
  at('document.package', 'archivist', async (city) => `${await documentPath(city)}?check=package`),
  at('case.closed', 'auditor', caseOf('lixia', 'acceptance')),
  at('verify.report', null, verifyPath),
];

const refusals: Screen[] = [
  { name: 'error.401', who: null, status: 401, written: [OPINION], open: async (page, city) => {
    // The session ends while an opinion is being written.
    await signIn(page, city, 'shanghe.clerk');
    await page.goto(`${city.address}${await caseOf('shanghe', 'plan')(city)}`);
    for (const cookie of await page.cookies()) if (cookie.name === 'yanshou_session') await page.deleteCookie(cookie);
    const [answer] = await Promise.all([page.waitForNavigation(), page.evaluate(`(() => {
      const form = document.querySelector('form[action$="/commands"]');
      form.querySelector('textarea').value = '${OPINION}';
      form.submit();
    })()`)]);
    return answer;
  } },
  at('error.403', 'lixia.clerk', '/progress', 403),
  at('error.404', 'office.clerk', '/nowhere', 404),
  at('error.404-case', 'office.clerk', `/cases/${NOBODY}`, 404),
  { ...at('error.429', null, '/verify/NOSUCHCODE'), status: 429, open: async (page, city) => {
    await Promise.all(Array.from({ length: 130 }, () => fetch(`${city.address}/verify/NOSUCHCODE`)));
    return page.goto(`${city.address}/verify/NOSUCHCODE`);
  } },
];

export const moments: readonly Moment[] = [
  { at: '2026-08-17T09:00', screens: opening },
  { at: '2026-09-24T10:00', screens: deadlineNear },
  { at: '2026-10-09T10:00', screens: overdue },
  { at: '2026-10-20T09:30', screens: visiting },
  { at: '2026-11-13T17:11', screens: accepting },
  { at: '2026-12-29T09:00', screens: [...yearEnd, ...refusals, ...standingStill] },
];
