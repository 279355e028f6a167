import request from 'supertest';
import { newId } from '../../../src/clock.js';
import { sha256Of, type BlobStore } from '../../../src/documents/blob-store.js';
import { verifyArchivePackage } from '../../../src/documents/verify-archive-package.js';
import { workerActor } from '../../../src/domain/actor.js';
import { archiveCase, skeletonFields } from '../../../src/effects/archive-case.js';
import { eraseContent } from '../../../src/effects/erase-content.js';
import { player } from './played-city.js';
import { webCity, type WebCity } from './web-city.js';

const PDF = Buffer.from('%PDF-1.4 示例内容 %%EOF');
let c: WebCity;
let unit: { id: string };
let caseId: string;
const ids: Record<'both' | 'own' | 'newer', string> = { both: newId(), own: newId(), newer: newId() };

beforeAll(async () => {
  c = await webCity('documents');
  unit = await c.unitNamed('历下区');
  caseId = (await c.open('plan', unit.id)).caseId;
  const { sha256, size } = await (c.services.blobs as unknown as { put(bytes: Buffer): Promise<{ sha256: string; size: number }> }).put(PDF);
  const row = (id: string, code: string, over: object) => ({
    city: c.city, id, case_id: caseId, year: 2026, unit: unit.id, side: 'city', kind: 'filingReceipt', title: '历下区备案回执', number: '济基平备〔2026〕1号', dated: '2026-09-07',
    entered_at: c.times.now, filing_org: '市人社局', retention: 'Y', sha256, size, pages: 1, facts_hash: 'f', verify_code: code, visible_to: 'both', ...over,
  });
  await c.database.asActor(workerActor(c.city), async (trx) => {
    await trx('document').insert(row(ids.both, 'AAAA1111', {}));
    await trx('document').insert(row(ids.own, 'BBBB2222', { visible_to: 'unit', title: '区内文书' }));
    await trx('document').insert(row(ids.newer, 'CCCC3333', { supersedes: ids.both }));
  });
});
afterAll(() => c.close());

describe('an issued paper', () => {
  it('is handed over byte for byte, under its Chinese name, framed by nobody but us', async () => {
    const agent = await c.signedIn(c.loginOf('office.clerk'));
    const answer = await agent.get(`/documents/${ids.newer}/pdf?download`).buffer(true).parse((res, done) => {
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => parts.push(part)).on('end', () => done(null, Buffer.concat(parts)));
    });
    expect(Buffer.compare(answer.body, PDF)).toBe(0);
    expect(answer.headers['content-disposition']).toContain(`filename*=UTF-8''${encodeURIComponent('历下区备案回执')}.pdf`);
    expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'self'");
  });

  it('its download stands in the audit trail with who and what, chained to the event before', async () => {
    const agent = await c.signedIn(c.loginOf('office.director'));
    await agent.get(`/documents/${ids.newer}/pdf`).expect(200);
    const rows = await c.database.asAuth(c.city, (trx) => trx('audit_event').where({ city: c.city }).orderBy('seq'));
    const last = rows.at(-1);
    expect(last).toMatchObject({ action: 'document.downloaded', subject: `/documents/${ids.newer}/pdf` });
    expect(last.person).not.toBeNull();
    expect(rows.slice(1).every((row, index) => row.prev_hash === rows[index].hash)).toBe(true);
  });

  it('of the unit’s own is not there for the city: no page, no file, no line in the list', async () => {
    const agent = await c.signedIn(c.loginOf('office.clerk'));
    await agent.get(`/documents/${ids.own}`).expect(404);
    await agent.get(`/api/v1/documents/${ids.own}/pdf`).expect(404);
    expect((await agent.get('/documents')).text).not.toContain('区内文书');
    const clerk = await c.signedIn(c.loginOf('unit.clerk', unit.id));
    await clerk.get(`/documents/${ids.own}`).expect(200);
  });

  it('its page says when another has taken its place', async () => {
    const agent = await c.signedIn(c.loginOf('office.clerk'));
    expect((await agent.get(`/documents/${ids.both}`)).text).toContain('已被新件替代');
  });
});

describe('the check that needs no account', () => {
  it('tells kind, number, date, issuer and digest, and nothing of the content', async () => {
    const { text } = await request(c.app).get('/verify/cccc3333').expect(200);
    for (const shown of ['济基平备〔2026〕1号', '2026-09-07', '市人社局']) expect(text).toContain(shown);
    for (const hidden of ['历下区', '示例内容', caseId, ids.newer]) expect(text).not.toContain(hidden);
  });

  it('names the newer paper for one that was replaced, and knows nothing of a made-up code', async () => {
    expect((await request(c.app).get('/verify/AAAA1111').expect(200)).text).toContain('CCCC3333');
    await request(c.app).get('/verify/ZZZZ9999').expect(404);
  });
});

describe('a file in hand', () => {
  const compare = (bytes: Buffer, code = 'CCCC3333') => request(c.app).post(`/verify/${code}`).attach('file', bytes, { filename: '回执.pdf', contentType: 'application/pdf' });

  it('is the original or it is not: one byte decides, and nothing of it is kept', async () => {
    const before = await c.database.asActor(workerActor(c.city), (trx) => trx('attachment').count('* as n').first());
    expect((await compare(PDF).expect(200)).text).toContain('一致：这就是本核验码对应的原件');
    const changed = Buffer.from(PDF);
    changed[3] = changed[3]! ^ 1;
    expect((await compare(changed).expect(200)).text).toContain('不一致');
    expect(await c.database.asActor(workerActor(c.city), (trx) => trx('attachment').count('* as n').first())).toEqual(before);
  });

  it('compared under a made-up code is still not found, and no file at all is said in words', async () => {
    await compare(PDF, 'ZZZZ9999').expect(404);
    expect((await request(c.app).post('/verify/CCCC3333').field('note', 'x').expect(422)).text).toContain('没有收到文件');
  });
});

describe('the box beside a paper', () => {
  it('computes the digest from the stored bytes at that moment: a file that was changed in the store is not called verified', async () => {
    const agent = await c.signedIn(c.loginOf('office.clerk'));
    expect((await agent.get(`/documents/${ids.newer}`)).text).toContain('核验通过');
    const { get } = c.services.blobs;
    c.services.blobs.get = async () => Buffer.from('%PDF-1.4 改过的内容 %%EOF');
    try {
      const { text } = await agent.get(`/documents/${ids.newer}`).expect(200);
      expect([text.includes('核验不通过'), text.includes('存放的文件与登记的摘要值不一致')]).toEqual([true, true]);
    } finally {
      c.services.blobs.get = get;
    }
  });
});

describe('a file that should not be here', () => {
  const secret = Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj\n% 误传\n%%EOF');
  const blobs = (): BlobStore => c.services.blobs as BlobStore;
  /** Everybody keeps one session: people who sign in again and again are held up. */
  const browsers = new Map<string, ReturnType<typeof c.signedIn>>();
  const browser = (login: string) => browsers.get(login) ?? browsers.set(login, c.signedIn(login)).get(login)!;
  const read = (query: (trx: any) => Promise<any>): Promise<any> => c.database.asActor(workerActor(c.city), query);
  const upload = async (login: string, to: string, bytes = secret, name = '机密内容.pdf') => {
    const agent = await browser(login);
    return agent.post(`/api/v1/cases/${to}/attachments`).set('x-csrf-token', agent.csrf).field('_csrf', agent.csrf).field('purpose', 'other').field('unclassified', 'true').attach('file', bytes, { filename: name, contentType: 'application/pdf' });
  };
  const post = async (login: string, id: string, path: string, body: object = {}) => {
    const agent = await browser(login);
    return agent.post(`/attachments/${id}/${path}`).type('form').send({ _csrf: agent.csrf, ...body });
  };
  const proposal = async (id: string): Promise<string> => (await read((trx) => trx('attachment').where({ id }).first('disposal_proposed_at'))).disposal_proposed_at.toISOString();
  /** What the worker does with what was left for it. */
  const work = async () => {
    const parts = { ...c.services, blobs: blobs(), cities: async () => [c.city], dispatch: async (actor: any, asked: any) => c.engine.dispatch([actor], asked) };
    const effects: Record<string, (row: any) => Promise<void>> = { archiveCase: archiveCase(parts), eraseContent: eraseContent(parts) };
    for (let rows; (rows = await read((trx) => trx('outbox').whereIn('effect', Object.keys(effects)).orderBy('id').select('*'))).length > 0;) {
      for (const row of rows) {
        await effects[row.effect]!({ ...row, caseId: row.case_id });
        await read((trx) => trx('outbox').where({ id: row.id }).delete());
      }
    }
  };
  let file: string;
  let copy: string;

  it('is out of everybody’s reach at one click, with its copy in the case, and reported – of a draft without its name', async () => {
    const clerk = c.loginOf('unit.clerk', unit.id);
    file = (await upload(clerk, caseId)).body.id;
    copy = (await upload(clerk, caseId, secret, '又传一次.pdf')).body.id;
    await (await browser(clerk)).get(`/attachments/${file}`).expect(200);
    expect((await post(c.loginOf('unit.reviewer', unit.id), file, 'isolation', { reason: '含涉密数据' })).headers.location).toBe(`/cases/${caseId}?tab=documents`);
    expect((await post(clerk, file, 'isolation', { reason: '又点一次' })).status).toBe(303);
    for (const login of [clerk, c.loginOf('unit.head', unit.id)]) {
      const agent = await browser(login);
      for (const id of [file, copy]) expect([(await agent.get(`/attachments/${id}`)).status, (await agent.get(`/attachments/${id}?download`)).status]).toEqual([403, 403]);
    }
    const agent = await browser(clerk);
    const { text } = await agent.get(`/cases/${caseId}?tab=documents`);
    expect([text.match(/已隔离/g)?.length, text.includes('含涉密数据'), text.includes(sha256Of(secret)), text.includes(`href="/attachments/${file}"`)]).toEqual([2, true, true, false]);
    expect(await blobs().has(sha256Of(secret))).toBe(true);
    const again = await upload(clerk, caseId);
    expect([again.status, again.body.defects[0].code]).toEqual([422, 'isolated']);

    const director = await browser(c.loginOf('office.director'));
    const list = (await director.get('/exceptions')).text;
    expect([list.includes('隔离附件'), list.includes('报送前的附件，名称和理由由单位掌握'), list.includes('机密内容'), list.includes('含涉密数据')]).toEqual([true, true, false, false]);
    expect(await read((trx) => trx('exception_entry').where({ case_id: caseId }).pluck('kind'))).toEqual(['file-isolated']);
    expect((await read((trx) => trx('notice').where({ case_id: caseId, template: 'fileIsolated' }).pluck('role'))).sort()).toEqual(['office.director', 'unit.head']);
    expect((await director.get('/notices')).text).toContain('有附件被隔离');
    expect(await c.database.asAuth(c.city, (trx) => trx('audit_event').where({ action: 'attachment.isolated' }).pluck('subject'))).toContain(`/attachments/${file}/isolation`);
  });

  it('cannot be isolated by who only looks, touched by another district, nor given back by the page’s own role', async () => {
    const other = await c.unitNamed('市中区');
    expect((await post(c.loginOf('auditor'), file, 'isolation', { reason: 'x' })).status).toBe(404);
    expect((await post(c.loginOf('unit.clerk', other.id), file, 'disposal', { disposal: 'restore', reason: 'x' })).status).toBe(404);
    expect((await post(c.loginOf('unit.head', unit.id), file, 'isolation', { reason: ' ' })).status).toBe(422);
    const [clerk] = await player(c).actorOf('unit.clerk', unit.id);
    await expect(c.database.asActor(clerk!, (trx) => trx('attachment').where({ id: file }).update({ isolated_at: null, isolated_by: null, isolated_why: null }))).rejects.toThrow(/permission denied/);
  });

  it('its content goes by two persons only, for good, and not while another case rests on the same bytes', async () => {
    const clerk = c.loginOf('unit.clerk', unit.id);
    const other = await c.unitNamed('市中区');
    const elsewhere = (await c.open('plan', other.id)).caseId;
    const twin = (await upload(c.loginOf('unit.clerk', other.id), elsewhere)).body.id;
    await post(clerk, file, 'disposal', { disposal: 'remove', reason: '确属涉密' });
    expect((await post(clerk, file, 'disposal/confirmation', { proposedAt: await proposal(file) })).status).toBe(403);
    expect((await (await browser(clerk)).get(`/cases/${caseId}?tab=documents`)).text).toContain('等另一人确认');
    await expect(read((trx) => trx('attachment').where({ id: file }).update({ removed_at: c.times.now, removed_by: trx.ref('disposal_proposed_by') }))).rejects.toThrow(/check constraint/);
    const head = c.loginOf('unit.head', unit.id);
    expect((await post(head, file, 'disposal/confirmation', { proposedAt: '2026-01-01T00:00:00.000Z' })).status).toBe(409);
    expect((await post(head, file, 'disposal/confirmation', { proposedAt: await proposal(file) })).status).toBe(303);
    expect((await post(head, file, 'disposal', { disposal: 'restore', reason: '想要回来' })).status).toBe(409);
    await work();
    expect(await blobs().has(sha256Of(secret))).toBe(true);

    await post(c.loginOf('unit.clerk', other.id), twin, 'isolation', { reason: '同一份' });
    await post(c.loginOf('unit.clerk', other.id), twin, 'disposal', { disposal: 'remove', reason: '同一份' });
    await post(c.loginOf('unit.head', other.id), twin, 'disposal/confirmation', { proposedAt: await proposal(twin) });
    await work();
    expect(await blobs().has(sha256Of(secret))).toBe(false);
    expect(await read((trx) => trx('attachment').where({ id: file }).first('name', 'sha256', 'isolated_why', 'disposal_why'))).toEqual({
      name: '机密内容.pdf', sha256: sha256Of(secret), isolated_why: '含涉密数据', disposal_why: '确属涉密',
    });
    expect((await (await browser(clerk)).get(`/cases/${caseId}?tab=documents`)).text).toContain('内容已清除');
    expect(await read((trx) => trx('exception_entry').where({ case_id: caseId }).orderBy('at').pluck('kind'))).toEqual(['file-isolated', 'file-removed']);
  });

  it('that was harmless after all is given back by two persons; after the filing the city isolates and the unit’s head is told', async () => {
    const p = player(c);
    const { caseId: plan, unit: filed } = await p.written('槐荫区');
    const id = (await upload(c.loginOf('unit.clerk', filed.id), plan, secret, '平台清册.pdf')).body.id;
    await p.reported(plan, filed);
    expect((await post(c.loginOf('auditor'), id, 'isolation', { reason: 'x' })).status).toBe(403);
    expect((await post(c.loginOf('office.clerk'), id, 'isolation', { reason: '疑似涉密' })).status).toBe(303);
    expect((await read((trx) => trx('exception_entry').where({ case_id: plan, kind: 'file-isolated' }).first('words'))).words).toBe('附件“平台清册.pdf”；理由：疑似涉密');
    expect((await (await browser(c.loginOf('unit.head', filed.id))).get('/notices')).text).toContain('有附件被隔离');
    await post(c.loginOf('office.registrar'), id, 'disposal', { disposal: 'restore', reason: '经核不涉密' });
    expect((await post(c.loginOf('office.director'), id, 'disposal/confirmation', { proposedAt: await proposal(id) })).status).toBe(303);
    await (await browser(c.loginOf('office.clerk'))).get(`/attachments/${id}`).expect(200);
  });

  it('is not in the package of its case: the former package is withheld at once, made anew without it, and its bytes are gone', async () => {
    const p = player(c);
    const exempt = await c.unitNamed('天桥区');
    const plan = (await c.open('plan', exempt.id)).caseId;
    const id = (await upload(c.loginOf('unit.clerk', exempt.id), plan)).body.id;
    await p.act('leader', null, plan, 'exempt', { basis: '组长9月7日批示', reason: '区划调整' });
    await work();
    const agent = await browser(c.loginOf('unit.clerk', exempt.id));
    const archivist = await browser(c.loginOf('archivist'));
    const download = async (who = agent) => verifyArchivePackage((await who.get(`/cases/${plan}/package`).buffer(true).parse((res, done) => {
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => parts.push(part)).on('end', () => done(null, Buffer.concat(parts)));
    }).expect(200)).body, skeletonFields);
    const former = await download();
    expect(former.metadata!.attachments.map((one) => one.sha256)).toEqual([sha256Of(secret)]);
    // What the unit never sent is in its own package and not in the city's.
    expect((await download(archivist)).metadata!.attachments).toEqual([]);
    expect((await post(c.loginOf('unit.clerk', exempt.id), id, 'isolation', { reason: '误传' })).status).toBe(303);
    expect((await agent.get(`/cases/${plan}/package`)).status).toBe(409);
    await work();
    const anew = await download();
    expect([anew.sound, anew.metadata!.attachments, anew.metadata!.withheld]).toEqual([true, [], [{ 题名: '机密内容.pdf', sha256: sha256Of(secret), 隔离日期: '2026-09-07' }]]);
    expect(await blobs().has(former.sha256)).toBe(false);
    expect([(await download(archivist)).sound, (await download(archivist)).metadata!.withheld]).toEqual([true, []]);
  });
});
