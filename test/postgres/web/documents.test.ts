import { workerActor } from '../../../src/domain/actor.js';
import { newId } from '../../../src/clock.js';
import request from 'supertest';
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
