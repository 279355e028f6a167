import { canonical, sha256 } from '../../../src/engine/journal.js';
import { calendars } from '../../../src/calendars.js';
import { skeletonFields } from '../../../src/effects/archive-case.js';
import { idFrom, verifyCodeOf } from '../../../src/effects/deterministic-id.js';
import { withDossier } from '../../../src/effects/dossier.js';
import { gatherFacts } from '../../../src/effects/document-facts/gather-facts.js';
import { verifyArchivePackage } from '../../../src/documents/verify-archive-package.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { filePlan, papersCity, reportedPlan, type PapersCity } from './papers-city.js';

let c: PapersCity;
let plan: Awaited<ReturnType<typeof reportedPlan>>;
beforeAll(async () => {
  c = await papersCity('plan_papers');
  plan = await reportedPlan(c, '平阴县');
}, 90_000);
afterAll(() => c.close());

const of = async (kind: string) => (await c.papers(plan.id)).filter((paper) => paper.kind === kind);
const journalOf = (command: string): Promise<{ body: string }[]> => c.read((trx) => trx('journal as j').join('journal_payload as p', (on: any) => on.on('p.case_id', 'j.case_id').andOn('p.seq', 'j.seq').andOn('p.year', 'j.year'))
  .where({ 'j.case_id': plan.id, 'j.command': command }).select('p.body'));
const issuedOf = (entries: { body: string }[]) => entries.map(({ body }) => JSON.parse(body).document);
const numbers = async () => c.read((trx) => trx('number_allocation').orderBy('issuer_code').orderBy('number').select('issuer_code', 'year', 'number', 'voided_at'));

describe('the papers of a plan', () => {
  it('what was filed is acknowledged, and letter and plan say what was written and nothing else', async () => {
    await c.drain();
    expect(c.complaints).toEqual([]);
    const [acknowledgement] = await of('acknowledgement');
    expect(acknowledgement).toMatchObject({ number: expect.stringMatching(/-S1$/), visible_to: 'both', retention: 'D10', dated: '2026-09-07' });
    const said = await c.textOf(acknowledgement);
    for (const words of ['平阴县人社局经办', '2026年9月7日10:00:00', '按期（截止2026年9月30日24时）', (await c.context(plan.id)).content]) expect(said).toContain(words.replace(/\s/g, ''));
    const [letter] = await of('planCoverReport');
    expect(letter).toMatchObject({ number: '平人社函〔2026〕3号', filing_org: '平阴县人力资源和社会保障局' });
    expect(letter.title).toMatch(/^平阴县人力资源和社会保障局关于报送平阴县2026年度.*的函$/);
    const worded = await c.textOf(letter);
    for (const words of ['批复，平政复〔2026〕5号', '建设项目2个，其中综合服务大厅1个、街道（乡镇）服务中心1个', '䶮堃', '特此函达']) expect(worded).toContain(words);
    const [document] = await of('planDocument');
    const written = await c.textOf(document);
    for (const words of ['十、保障措施', '3,000', '5,000', '300', '30/40', '1,500,000.00', '4,500,000.00', '第1版，内容摘要值：']) expect(written).toContain(words);
    expect(document.pages).toBeGreaterThan(1);
  }, 120_000);

  it('a plan on paper that came in time is on time though it was registered late, by its evidence', async () => {
    c.at('2026-10-09T02:00:00Z');
    const registered = { theirNumber: '平人社函〔2026〕3号', channel: 'paper', dated: '2026-09-07', deliveredAt: '2026-09-06T17:20:00Z', evidence: '邮戳2026年9月7日' };
    await c.act(c.who('office.registrar'), plan.id, 'register', registered);
    await c.drain();
    const [receipt] = await of('incomingReceipt');
    expect(receipt.number).toBe('收文〔2026〕1号');
    const said = await c.textOf(receipt);
    for (const words of ['2026年9月7日01:20:00', '邮戳2026年9月7日', '按期（截止2026年9月30日24时', '2026年10月9日10:00:00', '纸质']) expect(said).toContain(words);
    const [letter, document] = [(await of('planCoverReport'))[0], (await of('planDocument'))[0]];
    expect(said).toContain(`页数${letter.pages + document.pages}页`);
  }, 60_000);

  it('a letter asking for correction names each section and the last day on the working-day calendar; two workers print it and one is kept', async () => {
    await c.act(c.who('office.clerk'), plan.id, 'returnForCorrection', { remarks: [{ section: 'goals', text: '目标写具体' }, { section: '附件', text: '缺平台清册' }] });
    const rows = await c.outbox(plan.id);
    // A worker that was taken for dead goes on printing beside the one that took its work up.
    const row = rows.find((one) => one.effect === 'issueDocument')!;
    await Promise.all([c.effects.issueDocument(row), c.effects.issueDocument(row)]);
    await c.drain();
    expect(c.complaints).toEqual([]);
    const [letter, ...doubles] = await of('correctionLetter');
    expect(doubles).toEqual([]);
    expect(issuedOf(await journalOf('document.issued'))).toContainEqual(expect.objectContaining({ kind: 'correctionLetter', sha256: letter.sha256 }));
    expect(letter.number).toBe('济基函〔2026〕1号');
    const said = await c.textOf(letter);
    for (const words of ['（一）建设目标。目标写具体', '（二）附件。缺平台清册', '10个工作日内（2026年10月22日前）', '收文〔2026〕1号']) expect(said).toContain(words);

    const before = [await c.papers(plan.id), await numbers()];
    await c.effects.issueDocument(row);
    expect([await c.papers(plan.id), await numbers()]).toEqual(before);
  }, 60_000);

  it('a browser that dies in the middle leaves exactly one paper, and one that stays away keeps its number for it', async () => {
    await c.save(plan.clerk, plan.id, 'goals', { ...plan.sections.goals, goals: '年底建成2处。' }, 1);
    await c.act(plan.clerk, plan.id, 'resubmit', { replies: { r1: '已改', r2: '已补' } });
    await c.act(c.who('office.clerk'), plan.id, 'acceptComplete');
    await c.act(c.who('office.director'), plan.id, 'file');
    const row = (await c.outbox(plan.id)).find((one) => one.effect === 'issueDocument')!;
    const closed = c.printing.anotherPool({});
    await closed.close();
    c.inUse.pool = closed;
    await expect(c.effects.issueDocument(row)).rejects.toMatchObject({ code: 'renderer-closed', retry: true });
    expect(await of('filingReceipt')).toEqual([]);
    c.inUse.pool = { ...c.printing.pool, pdf: (html) => { const job = c.printing.pool.pdf(html); process.kill(c.printing.started.at(-1)!.pid!, 'SIGKILL'); return job; } };
    await c.drain();
    c.inUse.pool = c.printing.pool;
    expect((await of('filingReceipt')).map((paper) => paper.number)).toEqual(['济基备〔2026〕1号']);
    expect((await numbers()).filter((one: any) => one.issuer_code === '济基备')).toEqual([{ issuer_code: '济基备', year: 2026, number: 1, voided_at: null }]);
    const said = await c.textOf((await of('filingReceipt'))[0]);
    for (const words of ['第2版', '2个', '收文〔2026〕1号', '平阴县人民政府']) expect(said).toContain(words);
  }, 120_000);

  it('a paper made again after everything went on says the same', async () => {
    const letter = (await of('correctionLetter'))[0];
    const asked = await c.read((trx) => trx('journal').where({ case_id: plan.id, command: 'returnForCorrection' }).first('seq'));
    const keys = Array.from({ length: 12 }, (_, index) => `${plan.id}:${asked.seq}:${index}`);
    expect(keys.map(idFrom)).toContain(letter.id);
    const facts = await withDossier({ database: c.database, packOf: policyPack, calendarOf: calendars(c.database) }, { city: c.city, caseId: plan.id, seq: asked.seq }, (dossier) =>
      gatherFacts('correctionLetter', dossier, { id: letter.id, verifyCode: verifyCodeOf(letter.id), number: { issuerCode: '济基函', year: 2026, sequence: 1 }, date: '2026-10-09' }));
    expect(sha256(canonical(facts))).toBe(letter.facts_hash);
  });

  it('the package of the case verifies, and one edited byte is named', async () => {
    const kept = await c.read((trx) => trx('archive_package').where({ case_id: plan.id, side: 'city' }).first());
    expect(kept).toMatchObject({ archival_status: 'pre-archived', retention: 'Y' });
    const bytes = await c.blobs.get(kept.sha256);
    const verdict = await verifyArchivePackage(bytes, skeletonFields);
    expect([verdict.sound, verdict.metadata!.documents.map((one) => one.文号)]).toEqual([true, (await c.papers(plan.id)).sort((a, b) => (a.id < b.id ? -1 : 1)).map((one) => one.number)]);
    const pdf = await c.blobs.get((await of('filingReceipt'))[0].sha256);
    const place = bytes.indexOf(pdf.subarray(0, 200)) + 100;
    bytes[place]! ^= 1;
    const broken = await verifyArchivePackage(bytes, skeletonFields);
    expect(broken.sound).toBe(false);
    expect(broken.defects.map(({ what }) => what)).toContain('edited');
    expect(broken.defects.every(({ part }) => /^data\/documents\/\d{4}\.pdf$/.test(part))).toBe(true);
  });

  it('a plan filed a day late says so, and with nothing to build is one page of two parts', async () => {
    c.at('2026-10-01T02:00:00Z');
    const late = await reportedPlan(c, '商河县', (written) => {
      for (const name of Object.keys(written)) if (name !== 'basics' && name !== 'attachments') delete written[name];
      written.basics.planType = 'nothingNew';
    });
    await c.drain();
    const papers = await c.papers(late.id);
    const text = async (kind: string) => c.textOf(papers.find((one) => one.kind === kind));
    expect(await text('acknowledgement')).toContain('逾期1日（截止2026年9月30日24时）');
    expect(await text('planDocument')).toMatch(/一、现状与差距.*二、本年度安排/);
    expect(await text('planCoverReport')).toContain('本年度无新建任务');
    await filePlan(c, late.id);
    await c.drain();
    expect(await c.textOf((await c.papers(late.id)).find((one) => one.kind === 'filingReceipt'))).toContain('无新建任务，仍纳入年度检查');
    expect(c.complaints).toEqual([]);
  }, 120_000);

  it('a paper that cannot be printed tells the case why and waits aside; the others are issued', async () => {
    c.at('2026-10-01T02:00:00Z');
    const plan2 = await reportedPlan(c, '钢城区', (written) => { written.basics.contactName = '李𠮷'; });
    await c.drain();
    expect((await c.papers(plan2.id)).map((paper) => paper.kind).sort()).toEqual(['acknowledgement', 'planDocument']);
    const told = await c.read((trx) => trx('journal as j').join('journal_payload as p', (on: any) => on.on('p.case_id', 'j.case_id').andOn('p.seq', 'j.seq').andOn('p.year', 'j.year'))
      .where({ 'j.case_id': plan2.id, 'j.command': 'document.refused' }).select('p.body'));
    expect(told.map(({ body }: { body: string }) => JSON.parse(body))).toMatchObject([{ kind: 'planCoverReport', reason: expect.stringContaining('李【𠮷】') }]);
    expect(await c.read((trx) => trx('outbox').where({ case_id: plan2.id, effect: 'issueDocument' }).whereNotNull('parked_at').pluck('attempts'))).toEqual([1]);
    await c.act(c.who('office.registrar'), plan2.id, 'register', { theirNumber: '8号', channel: 'system', dated: '2026-10-01', deliveredAt: '2026-10-01T02:00:00Z' });
    await c.drain();
    expect(await c.textOf((await c.papers(plan2.id)).find((paper) => paper.kind === 'incomingReceipt'))).toContain('页数未登记');
  }, 60_000);
});
