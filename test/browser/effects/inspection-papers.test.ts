import { crc32, deflateSync } from 'node:zlib';
import { calendars } from '../../../src/calendars.js';
import { composeDocument } from '../../../src/documents/compose-document.js';
import { withDossier } from '../../../src/effects/dossier.js';
import { gatherFacts, type GatheredKind } from '../../../src/effects/document-facts/gather-facts.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { documentContext } from '../../pure/documents/document-context.js';
import { answers, papersCity, readings, reportedPlan, type PapersCity } from './papers-city.js';

let c: PapersCity;
beforeAll(async () => { c = await papersCity('inspection_papers'); }, 90_000);
afterAll(() => c.close());

/** A paper that no chart issues of itself: composed from what the case holds after its last act. */
const composed = async (kind: GatheredKind, caseId: string): Promise<string> => {
  const { seq } = await c.read((trx) => trx('journal').where({ case_id: caseId }).max('seq as seq').first());
  return withDossier({ database: c.database, packOf: policyPack, calendarOf: calendars(c.database) }, { city: c.city, caseId, seq }, async (dossier) =>
    composeDocument(kind, await gatherFacts(kind, dossier, { id: caseId, verifyCode: '7K4P-92XD', number: null, date: '2026-10-20' }), documentContext()).text.replace(/\s/g, ''));
};

const imagesIn = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Subtype\s*\/Image/g)?.length ?? 0;

/** A noisy picture of 1600 × 1200, some megabytes, as a camera makes them. */
function largePng(seed: number): Buffer {
  const [width, height] = [1600, 1200];
  const rows = Buffer.alloc(height * (width * 3 + 1));
  for (let at = 0; at < rows.length; at += 1) rows[at] = at % (width * 3 + 1) === 0 ? 0 : ((at >> 6) * (seed + 3) + ((at * 2654435761) >>> 28)) & 255;
  const chunk = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(body.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(Buffer.concat([Buffer.from(type), body])));
    return Buffer.concat([head, Buffer.from(type), body, sum]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', size), chunk('IDAT', deflateSync(rows, { level: 1 })), chunk('IEND', Buffer.alloc(0))]);
}

describe('the papers of an inspection', () => {
  it('notice, record, notice of rectification and report each hold what was recorded, numbered in series of their own', async () => {
    const unit = await c.unitNamed('莱芜区');
    const [township] = await c.townshipsOf(unit.id);
    const id = (await c.open('inspection', unit.id)).caseId;
    const inspectors = c.posts.filter((one) => one.role === 'inspector');
    const inspector = (n: number) => c.who('inspector', null, inspectors[n]!.name);
    await c.act(c.who('office.clerk'), id, 'schedule', {
      basis: { kind: 'annualPlan', number: '济督查〔2026〕7号' }, from: '2026-10-20', to: '2026-10-21', note: '检查不听取专题汇报，不要求陪同。',
      team: [{ post: inspectors[0]!.id, leader: true }, { post: inspectors[1]!.id }], sites: [{ tier: 'hall', placeCode: unit.code }, { tier: 'center', placeCode: township.code }],
    });
    await c.drain();
    c.at('2026-10-20T02:00:00Z');
    const record = { counterSigned: true, counterSigner: '冯一诺', findings: [] as object[] };
    for (let photo = 0; photo < 5; photo += 1) await c.photographed(id, 'S1', inspector(0).person!, largePng(photo), 'image/png');
    await c.photographed(id, 'S1', inspector(0).person!, Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(64)]), 'image/jpeg');
    await c.act(inspector(0), id, 'recordSite', { ...record, colleague: inspector(1).personName, measures: readings(['grossArea', '4000', '4000', '4000.01']), checklist: answers('hall') }, 'S1');
    const { bytes, pages, text: printed } = await c.siteRecord(id, 'S1');
    for (const words of ['现场照片（6张）', '1.莱芜区', '2026年10月20日10:00:00上传', '6.莱芜区', '原件另存，摘要值']) expect(printed).toContain(words);
    // Six photographs of megabytes: small on paper, and a record still fits on few pages.
    expect([pages <= 4, bytes.length < 1_500_000]).toEqual([true, true]);
    expect(imagesIn(bytes)).toBe(5);
    await c.read((trx) => trx('attachment').where({ case_id: id }).update({ isolated_at: new Date(), isolated_by: inspector(0).person!, isolated_why: '疑似涉密' }));
    const isolated = await c.siteRecord(id, 'S1');
    expect([imagesIn(isolated.bytes), isolated.text.includes('已隔离，不显示')]).toEqual([0, true]);
    const finding = { clause: 'C-9.2', text: '档案室实测36平方米', severity: 'major', proposal: '扩建档案室', days: 15 };
    await c.act(inspector(1), id, 'recordSite', {
      ...record, colleague: inspector(0).personName, counterSigned: false, counterSigner: '', refusal: '对量法有异议', witness: '钱有声', findings: [finding],
      measures: readings(['serviceArea', '300'], ['archiveArea', '36']), checklist: answers('center', ['streetFront']),
    }, 'S2');
    const sheet = await composed('siteRecord', id);
    for (const words of [`JCPT-2026-${unit.code}-02-S2`, `${inspector(1).personName}、${inspector(0).personName}`, `莱芜区${township.name}`, '36', '不符合', '1.扩建档案室', '拒签：对量法有异议；见证人钱有声', '未登记']) expect(sheet).toContain(words);
    await c.act(inspector(0), id, 'consolidate', { summary: '总体按方案推进。' });
    const notice = await c.slip(id, { stage: 'noticeOfRectification' });
    for (const words of [`莱芜区2026年度检查整改通知`, '总体按方案推进。', '发现问题1个，建议整改：', `1．${township.name}`, '档案室实测36平方米（限15日）', inspector(0).personName, '办公室主任', '检查记录2份']) expect(notice).toContain(words);
    await c.act(c.who('office.director'), id, 'signNotice');
    await c.drain();
    const feedback = await c.slip(id, { stage: 'feedback' });
    for (const words of ['莱芜区人力资源和社会保障局', '济基改〔2026〕1号', '整改通知列出问题1个：', '人社局负责人意见', '示例登记人']) expect(feedback).toContain(words);
    await c.act(c.who('unit.clerk', unit.id), id, 'objectTo', { objections: [{ finding: 'F1', reason: '应按轴线量' }] });
    const objection = await c.slip(id, { stage: 'objection' });
    for (const words of ['提出异议1条：', '1．应按轴线量', '请逐条写明成立或者不成立及理由。', '核实意见']) expect(objection).toContain(words);
    await c.act(c.who('office.clerk'), id, 'decideObjections', { decisions: [{ finding: 'F1', decision: 'dismissed', reason: '以净面积为准' }] });
    c.at('2026-11-02T02:00:00Z');
    await c.act(c.who('unit.clerk', unit.id), id, 'submitRectification', { text: '已扩建。' }, 'F1');
    await c.act(inspector(1), id, 'verify', {}, 'F1');
    await c.drain();
    expect(c.complaints).toEqual([]);
    const papers = await c.papers(id);
    expect(papers.map(({ kind, number }) => [kind, number]).sort()).toEqual([['inspectionNotice', '济基检〔2026〕1号'], ['inspectionReport', '济基检报〔2026〕1号'], ['rectificationNotice', '济基改〔2026〕1号']]);
    const text = async (kind: string) => c.textOf(papers.find((one) => one.kind === kind));
    for (const words of ['督查检查考核计划（济督查〔2026〕7号）', '2026年10月20日至21日', '综合服务大厅', '检查不听取专题汇报，不要求陪同']) expect(await text('inspectionNotice')).toContain(words);
    for (const words of ['有1个问题需要整改', '附件2第二条', '2026年11月4日', '5个工作日内（2026年10月27日前）']) expect(await text('rectificationNotice')).toContain(words);
    const report = await text('inspectionReport');
    for (const words of ['总体按方案推进', '发现问题1个，已复查销号1个', '综合服务大厅111', '已复查销号', '廉政反馈未登记']) expect(report).toContain(words);
  }, 120_000);

  it('a sheet for a leader’s signature carries what is proposed, and later what the government has said', async () => {
    const plan = await reportedPlan(c, '钢城区');
    await c.act(c.who('office.registrar'), plan.id, 'register', { theirNumber: '钢人社函〔2026〕3号', channel: 'exchange', dated: '2026-11-02', deliveredAt: '2026-11-02T01:00:00Z' });
    await c.act(c.who('office.clerk'), plan.id, 'acceptComplete', { opinion: '材料齐全。' });
    const sheet = await composed('handlingSheet', plan.id);
    for (const words of ['收文处理单', '钢人社函〔2026〕3号', '公文交换', '2026年11月2日', '拟办意见', '领导批示', '方案1份']) expect(sheet).toContain(words);
    const slip = await c.slip(plan.id, { stage: 'directorDecision' });
    for (const words of ['呈批件', '钢人社函〔2026〕3号', '钢城区人民政府已同意（批复，平政复〔2026〕5号）', '材料齐全。', '领导小组批示', '方案1份']) expect(slip).toContain(words);
  }, 60_000);

  it('a sheet for a right that has no task says what is asked of the leading group, and nothing of a plan that is not filed', async () => {
    c.at('2026-09-07T02:00:00Z');
    const unit = await c.unitNamed('商河县');
    const { id } = { id: (await c.open('plan', unit.id)).caseId };
    const slip = await c.slip(id, { command: 'grantExtension' });
    for (const words of ['商河县2026年度实施方案延期报送', '现行报送期限为2026年9月30日24时。', '请写明延至何日。', '办公室主任', '领导小组批示', '示例登记人']) expect(slip).toContain(words);
    expect(await c.slip(id, { command: 'exempt' })).toContain('商河县2026年度实施方案免报');
  }, 60_000);
});
