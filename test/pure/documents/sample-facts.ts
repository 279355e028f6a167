import type { DocumentKind, FactsOf } from '../../../src/documents/document-kinds.js';

/** Invented units of work, invented people: facts for every kind of paper, complete and free of contradictions. */

const hash = '3f2a7c5e9d10b84866f1a2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f607';
const teamHead = ['济南市人力资源和社会保障基层公共服务平台', '建设项目验收小组'];
const officeHead = ['济南市人力资源和社会保障基层公共服务平台', '建设领导小组办公室'];
const policy = { title: '济南市人民政府办公厅关于进一步加强人力资源和社会保障基层公共服务平台建设的意见', number: '济政办字〔2011〕61号' };
const office = '市人力资源和社会保障基层公共服务平台建设领导小组办公室';
const unit = { code: '370112', name: '历城区' };
const officeSign = { issuer: officeHead, sealedBy: '市人力资源社会保障局', date: '2026-12-03' };
const contact = { name: '尹若岚', phone: '0531-00000000' };
const colophon = { copyTo: ['市人力资源社会保障局', '市财政局', '市自然资源和规划局'], printedBy: office, printedOn: '2026-12-03' };
const findings: FactsOf<'acceptanceReport'>['findings'] = [
  { number: 1, object: '彩石街道服务中心', fact: '档案室实测18.60平方米，比标准少1.40平方米', clause: '附件2第二条第（三）项', severity: 'major', requirement: '调整隔断，使档案室不少于20平方米', due: '2027-01-29', state: 'open' },
  { number: 2, object: '董家街道谢家屯村服务点', fact: '固定服务场所48平方米', clause: '附件2第三条', severity: 'major', requirement: '扩建或换址，不少于50平方米', due: '2027-01-29', state: 'rectifying' },
  { number: 3, object: '港沟街道服务中心', fact: '服务项目公示栏缺2项', clause: '第二部分第（四）项', severity: 'minor', requirement: '补齐公示内容', due: '2026-11-30', state: 'verified' },
];
const signature = (role: string, name: string, from: string, at: string) => ({ name, role, unit: from, outcome: 'signed' as const, at, paper: null, note: null });
const items: [FactsOf<'acceptanceReport'>['sixInPlace'][number]['dimension'], number, number, string, [string, number, number, number, string, string | null][]][] = [
  ['organization', 150, 150, '综合服务大厅、各街道服务中心和社区、村服务站（点）均已设立并挂牌，原劳动保障服务中心已全部更名，职责明确，业务指导关系清楚。', [
    ['机构设立、更名并挂牌', 50, 50, 50, '刘海燕', null], ['职责明确', 50, 50, 50, '刘海燕', null], ['接受业务指导，有指导记录', 50, 50, 50, '刘海燕', null]]],
  ['personnel', 150, 138, '在岗人员187名，持证171名，持证率91.4%；年度培训2次，AB角已安排到岗。', [
    ['人员按规定配备', 50, 50, 50, '刘海燕', null], ['持证上岗率', 50, 50, 46, '刘海燕', '在岗187名、持证171名，按比得分'], ['年度培训不少于2次', 30, 30, 30, '刘海燕', null], ['AB角安排到岗', 20, 20, 12, '刘海燕', '两处未公示']]],
  ['funding', 150, 131, '人员经费、工作经费和基础建设经费均列入预算，专户管理，两笔资金到账超过30日。', [
    ['纳入预算', 60, 60, 60, '孟庆云', null], ['设专户、专款专用', 60, 60, 60, '孟庆云', null], ['资金拨付及时', 30, 30, 11, '孟庆云', '两笔到账超过30日']]],
  ['premises', 250, 204, '综合服务大厅实测5,236.5平方米，达到标准。街道服务中心1处档案室、村服务点1处面积未达标准。', [
    ['服务场所面积', 100, 100, 80, '徐立新', '村服务点1处未达标'], ['档案室面积', 50, 50, 40, '徐立新', '街道1处未达标'], ['接待室、办公室、临街一楼大厅', 60, 60, 60, '徐立新', null], ['办公设施', 40, 40, 24, '徐立新', '缺叫号机2台、触摸屏1台']]],
  ['regulations', 150, 142, '七项制度健全并上墙，执行全市统一流程，“一站式”和“柜员制”服务正常运行。', [
    ['七项制度健全上墙', 70, 70, 70, '刘海燕', null], ['统一流程、一站式、柜员制', 50, 50, 50, '刘海燕', null], ['基础台帐规范', 30, 30, 22, '刘海燕', '抽查发现两处不规范']]],
  ['work', 150, 131, '信息系统全部联网，抽查数据10条，错误2条；限时办结率98.6%，群众满意度93.0%。', [
    ['信息系统联网、数据准确', 50, 50, 40, '陈志刚', '抽查10条错2条'], ['限时办结率', 40, 40, 40, '陈志刚', null], ['群众满意度', 40, 40, 31, '陈志刚', '93.0%'], ['下辖站（点）覆盖率', 20, 20, 20, '陈志刚', null]]],
];

export const sampleFacts: { [K in DocumentKind]: FactsOf<K> } = {
  acceptanceReport: {
    number: { issuerCode: '济基平验', year: 2026, sequence: 4 }, verifyCode: '7K4P-92XD', cycleYear: 2026, unit, letterhead: teamHead,
    recipient: office, signOff: { issuer: teamHead, sealedBy: '市人力资源社会保障局', date: '2026-12-03' }, sample: true,
    basis: [policy, { title: '历城区2026年度人力资源和社会保障基层公共服务平台建设实施方案', number: '济基平备〔2026〕5号' }, { title: '历城区人民政府关于同意《历城区2026年度实施方案》的批复', number: '历城政复〔2026〕18号' }, { title: '人力资源和社会保障基层公共服务平台分类建设标准', number: null }],
    organization: {
      team: [
        { name: '陈志刚', unit: '市人力资源社会保障局', post: '就业促进处处长', role: 'leader', duties: '总体、工作到位' },
        { name: '刘海燕', unit: '市委编办', post: '一级主任科员', role: 'member', duties: '机构、人员、制度到位' },
        { name: '孟庆云', unit: '市财政局', post: '社会保障处副处长', role: 'member', duties: '经费到位' },
        { name: '徐立新', unit: '市自然资源和规划局', post: '四级调研员', role: 'member', duties: '场地到位' },
        { name: '喆玥昇', unit: '市民政局', post: '二级主任科员', role: 'member', duties: '社区、村服务站（点）' },
      ],
      replacements: [{ left: '周德民', joined: '孟庆云', reason: '原成员工作调动', approvedBy: '办公室主任', on: '2026-11-06' }],
      from: '2026-11-09', to: '2026-11-13', procedure: ['听取汇报', '查阅资料', '现场查看和三次实测', '群众问卷', '小组评议打分', '现场反馈'],
      sampling: { rule: '大厅和街道服务中心全部查看，社区、村服务站（点）按不少于两成且每个街道都有的规则抽取', seed: 'a71c09', tiers: [{ tier: 'countyHall', total: 1, drawn: 1 }, { tier: 'townshipCenter', total: 6, drawn: 6 }, { tier: 'communityStation', total: 31, drawn: 8 }, { tier: 'villagePoint', total: 53, drawn: 12 }] },
    },
    construction: {
      narrative: ['历城区按备案方案应建综合服务大厅1处、街道服务中心6处、社区和行政村服务站（点）84处，已全部建成并投入使用。本年度项目均为新建或改扩建，无上年结转。'],
      tiers: [
        { tier: 'countyHall', planned: 1, built: 1, accepted: 1, units: 1, covered: 1, staff: 42, floorArea: 523650 },
        { tier: 'townshipCenter', planned: 6, built: 6, accepted: 5, units: 6, covered: 6, staff: 53, floorArea: 142860 },
        { tier: 'communityStation', planned: 31, built: 31, accepted: 31, units: 31, covered: 31, staff: 45, floorArea: 201400 },
        { tier: 'villagePoint', planned: 53, built: 53, accepted: 52, units: 53, covered: 53, staff: 47, floorArea: 298875 },
      ],
    },
    sixInPlace: items.map(([dimension, points, score, evaluation]) => ({ dimension, points, score, inPlace: score * 10 >= points * 6, evaluation })),
    standards: {
      measured: [
        { facility: '历城区综合服务大厅', tier: 'countyHall', className: '100万人以上', population: 1640000, item: '建筑面积', standard: 500000, measured: 523650, met: true, clause: '附件2第一条', note: null },
        { facility: '港沟街道服务中心', tier: 'townshipCenter', className: 'Ⅱ类', population: 71230, item: '服务场所', standard: 20000, measured: 28400, met: true, clause: '附件2第二条', note: null },
        { facility: '港沟街道服务中心', tier: 'townshipCenter', className: 'Ⅱ类', population: 71230, item: '档案室', standard: 3000, measured: 3000, met: true, clause: '附件2第二条', note: null },
        { facility: '彩石街道服务中心', tier: 'townshipCenter', className: 'Ⅲ类', population: 40310, item: '服务场所', standard: 15000, measured: 19600, met: true, clause: '附件2第二条', note: null },
        { facility: '彩石街道服务中心', tier: 'townshipCenter', className: 'Ⅲ类', population: 40310, item: '档案室', standard: 2000, measured: 1860, met: false, clause: '附件2第二条', note: '三次实测平均值' },
        { facility: '董家街道谢家屯村服务点', tier: 'villagePoint', className: null, population: null, item: '服务场所', standard: 5000, measured: 4800, met: false, clause: '附件2第三条', note: null },
      ],
      functions: [
        { facility: '历城区综合服务大厅', item: '就业、人力资源、社会保障、劳动关系、调解仲裁、劳动监察六类服务', present: true, clause: '第二部分第（一）项' },
        { facility: '港沟街道服务中心', item: '多功能接待室、工作人员办公室、临街一楼服务大厅', present: true, clause: '附件2第二条' },
        { facility: '彩石街道服务中心', item: '多功能接待室', present: true, clause: '附件2第二条' },
      ],
    },
    funding: {
      lines: [
        { category: '人员经费', source: '区财政', budgeted: 412000000, allocated: 412000000, spent: 398654321 },
        { category: '工作经费', source: '区财政', budgeted: 86000000, allocated: 86000000, spent: 71230050 },
        { category: '基础建设经费', source: '市、区财政', budgeted: 1250000000, allocated: 1180000000, spent: 1163000000 },
      ], specialAccount: '街道经费专户，专款专用', violations: 0, narrative: ['三类经费均列入区级年度预算，其中两笔基础建设经费到账超过30日，已说明原因。'],
    },
    score: {
      total: 896, points: 1000, bonus: 0, passMark: 750, excellentMark: 900, grade: '合格', mode: '分项负责',
      sheet: items.flatMap(([dimension, , , , lines]) => lines.map(([item, points, selfScore, score, scoredBy, reason]) => ({ dimension, item, points, selfScore, score, scoredBy, reason }))),
    },
    barring: ['复测面积低于标准且不整改', '未设专户或专账', '截留、平调、挤占、挪用', '弄虚作假', '发生责任事故', '档案资料缺失'].map((item) => ({ item, found: false })),
    findings, conclusion: { outcome: 'conditional', reinspectBy: '2027-01-29', narrative: ['除上列2处外，其余平台符合分类建设标准，六个方面均已到位。'] },
    recommendations: ['对服务人口接近类别上限的街道，预留扩建用房。', '将村服务点换址纳入旧村改造方案，由规划、民政部门共同落实。'],
    samplingList: [{ facility: '历城区综合服务大厅', tier: 'countyHall', visitedOn: '2026-11-09' }, { facility: '港沟街道服务中心', tier: 'townshipCenter', visitedOn: '2026-11-10' }, { facility: '彩石街道服务中心', tier: 'townshipCenter', visitedOn: '2026-11-10' }, { facility: '山大路街道甸柳社区服务站', tier: 'communityStation', visitedOn: '2026-11-11' }, { facility: '董家街道谢家屯村服务点', tier: 'villagePoint', visitedOn: '2026-11-12' }],
    attachments: ['现场检查记录表6份', '现场照片24张'],
    signatures: [
      signature('组长', '陈志刚', '市人力资源社会保障局', '2026-12-01T07:47:12Z'), signature('成员', '刘海燕', '市委编办', '2026-11-30T09:05:40Z'),
      { ...signature('成员', '孟庆云', '市财政局', '2026-12-01T02:20:00Z'), paper: { date: '2026-11-30', registrar: '尹若岚', comparer: '韩文静' } },
      signature('成员', '徐立新', '市自然资源和规划局', '2026-12-01T01:12:33Z'), signature('成员', '喆玥昇', '市民政局', '2026-12-01T01:30:05Z'),
    ],
    dissents: { printed: true, items: [{ name: '徐立新', text: '董家街道谢家屯村服务点建议直接换址，不再原址扩建。', at: '2026-11-28T03:00:00Z' }] },
    colophon,
  },
  planCoverReport: {
    direction: 'report', number: { issuerCode: '历城政呈', year: 2026, sequence: 33 }, signatory: '方启明', cycleYear: 2026, unit, issuerName: '历城区人民政府', letterhead: ['历城区人民政府文件'],
    recipient: office, planTitle: '历城区2026年度人力资源和社会保障基层公共服务平台建设实施方案', consent: { organ: '历城区人民政府', kind: '批复', number: '历城政复〔2026〕18号', date: '2026-09-14' },
    summary: ['方案共安排建设项目91个，其中综合服务大厅1个、街道服务中心6个、社区和行政村服务站（点）84个。'], attachments: ['历城区2026年度实施方案', '建设任务分解表', '本级政府批复'], contact,
    signOff: { issuer: ['历城区人民政府'], sealedBy: null, date: '2026-09-16' }, colophon: { copyTo: ['市人力资源社会保障局'], printedBy: '历城区人民政府办公室', printedOn: '2026-09-16' },
  },
  planDocument: {
    unit, cycleYear: 2026, version: 1, stage: null, contentHash: hash,
    sections: ['指导思想、基本原则和总体目标', '现状与差距', '建设任务和标准', '实施步骤和时间安排', '人员配备', '经费预算和筹措', '场所规划', '信息化建设', '制度建设', '保障措施'].map((title, index) => ({
      title, paragraphs: ['坚持公益性质，整合现有资源，方便群众办事，按期实现建设目标。本节内容为示例，用来检查版式。', '各街道统筹解决本级、社区和行政村的办公与服务用房，不适应需要的改扩建或易地重建。'],
      tables: index === 2 ? [{ caption: '建设任务分解表', sample: true, columns: ['街道', '项目', '类别', '常住人口', '标准（平方米）', '拟建（平方米）'], rows: Array.from({ length: 30 }, (_, row) => [`示例街道${row + 1}`, `示例街道${row + 1}服务中心改扩建`, 'Ⅱ类', '71,230', '不少于200', '236']) }] : [],
    })),
    annexes: [{ title: '协调机构成员名单', paragraphs: ['组长：方启明（示例）'], tables: [] }, { title: '本级政府批复', paragraphs: ['见扫描件。'], tables: [] }],
  },
  acknowledgement: { number: 'SJ-2026-370112-0001', receivedAt: '2026-09-16T02:41:07Z', unit, caseNumber: 'JCPT-2026-370112-01', subject: '历城区2026年度实施方案', sentBy: { post: '历城区人社局经办', name: '李晓敏', actingFor: '赵启航' }, contentHash: hash, attachments: 5, timeliness: '按期（截止2026年9月30日24时）', verifyCode: '4M2Q-7KTE' },
  incomingReceipt: { number: { issuerCode: '收文', year: 2026, sequence: 32 }, from: '历城区人民政府', theirNumber: '历城政呈〔2026〕33号', title: '历城区人民政府关于报送历城区2026年度基层公共服务平台建设实施方案的报告', channel: '本系统', pages: 26, writtenOn: '2026-09-16', delivered: { at: '2026-09-16T02:41:07Z', evidence: '系统收件回执SJ-2026-370112-0001' }, registeredAt: '2026-09-16T06:02:11Z', enteredAt: '2026-09-16T06:02:11Z', deadline: '2026-09-30', onTime: true, registrar: '韩文静', signOff: { ...officeSign, date: '2026-09-16' }, verifyCode: 'H3VD-20QX' },
  correctionLetter: { number: { issuerCode: '济基平函', year: 2026, sequence: 2 }, letterhead: officeHead, recipient: '槐荫区人力资源和社会保障局', cycleYear: 2026, unit: { code: '370104', name: '槐荫区' }, planTitle: '槐荫区2026年度人力资源和社会保障基层公共服务平台建设实施方案', theirNumber: '槐政呈〔2026〕21号', incomingNumber: { issuerCode: '收文', year: 2026, sequence: 35 }, remarks: [{ section: '建设任务和标准', remark: '吴家堡街道服务中心拟建面积192平方米，比标准少8平方米，请说明或调整。', clause: '附件2第二条第（二）项' }, { section: '经费预算和筹措', remark: '工作经费未列来源，请补充。', clause: '第二部分第（三）项' }, { section: '场所规划', remark: '未附规划文号。', clause: null }], workingDays: 10, due: '2026-10-14', contact, signOff: { ...officeSign, date: '2026-09-22' } },
  filingReceipt: { number: { issuerCode: '济基平备', year: 2026, sequence: 5 }, unit, cycleYear: 2026, caseNumber: 'JCPT-2026-370112-01', planTitle: '历城区2026年度人力资源和社会保障基层公共服务平台建设实施方案', planVersion: 1, incomingNumber: { issuerCode: '收文', year: 2026, sequence: 32 }, contentHash: hash, consent: { organ: '历城区人民政府', kind: '批复', number: '历城政复〔2026〕18号', date: '2026-09-14' }, projects: 91, filedOn: '2026-09-24', signOff: { ...officeSign, date: '2026-09-24' }, verifyCode: 'Q8ZT-51BM' },
  inspectionNotice: { number: { issuerCode: '济基平办', year: 2026, sequence: 9 }, letterhead: officeHead, recipient: '各区县人力资源和社会保障局，济南高新区管委会人力资源社会保障部', cycleYear: 2026, authorization: '2026年度督查检查考核计划（济督查〔2026〕7号，示例）', consent: null, objects: [{ name: '历城区人力资源和社会保障局及所属平台', from: '2026-10-19', to: '2026-10-23', note: null }, { name: '长清区人力资源和社会保障局及所属平台', from: '2026-10-26', to: '2026-10-30', note: '与验收合并' }], team: [{ name: '陈志刚', unit: '市人力资源社会保障局', role: '组长' }, { name: '孟庆云', unit: '市财政局', role: '成员' }], contents: ['实施方案备案项目的进度和质量。', '机构、人员、经费、场地、制度、工作六个方面到位情况。'], materials: ['预算批复和资金凭证。', '人员花名册和证书。'], requirements: ['检查不听取专题汇报，不要求陪同。'], attachments: ['检查内容清单'], contact, signOff: { ...officeSign, date: '2026-10-12' }, colophon: { ...colophon, printedOn: '2026-10-12' } },
  siteRecord: { number: 'XCJC-2026-370112-03', unit, facility: '彩石街道服务中心', tier: 'townshipCenter', place: '历城区彩石街道（示例地址）', startedAt: '2026-10-20T01:05:00Z', endedAt: '2026-10-20T03:40:00Z', inspectors: ['陈志刚', '孟庆云'], recorder: '徐立新', unannounced: null, checklist: [{ item: '机构更名为人力资源和社会保障服务中心并挂牌', clause: '第二部分第（一）项', result: 'met', remark: null }, { item: '档案室面积', clause: '附件2第二条', result: 'unmet', remark: '少1.4平方米' }, { item: '叫号机（Ⅰ类）', clause: '设施清单（示例）', result: 'notApplicable', remark: null }], measurements: [{ item: '服务场所', values: [19580, 19610, 19610], average: 19600, standard: 15000 }, { item: '档案室', values: [1860, 1855, 1865], average: 1860, standard: 2000 }], proposals: ['调整隔断，使档案室不少于20平方米。'], signatures: [signature('检查人', '陈志刚', '市人力资源社会保障局', '2026-10-20T03:38:00Z'), signature('检查人', '孟庆云', '市财政局', '2026-10-20T03:38:30Z'), { ...signature('受检单位负责人', '冯一诺', '彩石街道服务中心', '2026-10-20T03:39:10Z'), outcome: 'refused', note: '对档案室量法有异议' }], photos: [{ sha256: hash, at: '2026-10-20T02:00:00Z', isolated: false, picture: 'data:image/jpeg;base64,/9j/' }, { sha256: hash, at: '2026-10-20T02:01:00Z', isolated: true, picture: null }], verifyCode: '9C7B-KK20', sample: true },
  rectificationNotice: { number: { issuerCode: '济基平改', year: 2026, sequence: 6 }, letterhead: officeHead, recipient: '历城区人力资源和社会保障局', unit, cycleYear: 2026, inspected: { from: '2026-10-19', to: '2026-10-23', team: '检查组' }, findings, feedbackBy: '2026-11-20', feedbackWay: '在系统内逐条上传整改前后照片和说明。', objection: { workingDays: 5, until: '2026-11-06' }, contact, signOff: { ...officeSign, date: '2026-10-30' }, verifyCode: 'T1FD-88AA', colophon: null },
  inspectionReport: { number: { issuerCode: '济基平检', year: 2026, sequence: 3 }, letterhead: officeHead, recipient: office, unit, cycleYear: 2026, authorization: { title: '2026年度督查检查考核计划', number: '济督查〔2026〕7号' }, from: '2026-10-19', to: '2026-10-23', team: [{ name: '陈志刚', unit: '市人力资源社会保障局', role: '组长' }, { name: '孟庆云', unit: '市财政局', role: '成员' }], visited: [{ tier: 'countyHall', total: 1, visited: 1, met: 1 }, { tier: 'townshipCenter', total: 6, visited: 6, met: 5 }], overview: ['平台建设总体按方案推进。'], findings, integrityFeedback: '检查组遵守廉洁纪律，未发现问题。', conclusion: ['总体符合要求，2个问题继续整改。'], signatures: [signature('组长', '陈志刚', '市人力资源社会保障局', '2026-11-25T03:00:00Z')], signOff: { ...officeSign, date: '2026-11-25' }, verifyCode: 'W5NN-3R7P', colophon },
  supervisionDraft: {
    letterhead: officeHead, recipient: '历城区人力资源和社会保障局', cycleYear: 2026, signOff: officeSign, unit, planTitle: '历城区2026年度人力资源和社会保障基层公共服务平台建设实施方案', deadline: '2026-09-30',
    extendedTo: '2026-10-15', reminded: ['2026-09-16', '2026-10-09'], overdueWorkdays: 10, basis: [{ paper: policy, clause: '三（二）' }, { paper: policy, clause: '三（三）' }], reply: { workdays: 5, sample: true }, caseNumber: 'JCPT-2026-370112-01',
  },
  matterDecision: {
    unit: { code: '370100', name: office }, caseNumber: 'JCPT-2026-370100-05', title: '关于调整2026年度检查日程的请示', proposer: '领导小组办公室经办 尹若岚', mode: 'vote', broughtOn: '2026-10-12',
    decision: '年度检查由10月19日调整至10月26日开始，检查范围不变。', grounds: ['10月19日至23日与全市财政专项检查重叠，抽调人员不足。', '调整后仍在规定的检查时段以内。'], basis: '济政办字〔2011〕61号三（三）', attachments: ['检查日程对照表.xlsx'], contentHash: hash,
    participants: [
      { name: '领导小组组长 方启明', stance: 'for', opinion: '同意，注意通知到区县。', at: '2026-10-12T02:10:00Z', by: null, paper: null },
      { name: '领导小组副组长 马文涛', stance: 'for', opinion: null, at: '2026-10-12T03:00:00Z', by: '韩文静（代马文涛）', paper: null },
      { name: '市财政局检查员 孟庆云', stance: 'against', opinion: '财政检查26日仍未结束。', at: '2026-10-13T01:00:00Z', by: null, paper: { date: '2026-10-12', registrar: '尹若岚', comparer: '韩文静' } },
      { name: '市民政局检查员 喆玥昇', stance: 'for', opinion: null, at: '2026-10-13T02:00:00Z', by: null, paper: null },
      { name: '市自然资源和规划局检查员 徐立新', stance: 'recused', opinion: '本人为专项检查组成员', at: '2026-10-12T05:00:00Z', by: null, paper: null },
      { name: '市人社局检查员 陈志刚', stance: 'fallen', opinion: null, at: null, by: null, paper: null },
    ],
    earlier: [{ round: 1, name: '孟庆云', stance: 'objected', opinion: '请写明调整后的人员安排。', on: '2026-10-09' }],
    tally: { members: 6, recused: 1, entitled: 5, voting: 4, for: 3, against: 1, abstained: 0, silent: 1, quorum: 4, needed: 3, secret: false, rule: '应到人数的三分之二以上投票方为有效；赞成票超过应到人数的半数为通过。', sample: true },
    outcome: 'agreed', signOff: { ...officeSign, date: '2026-10-13' }, verifyCode: '6MTR-2N8K',
  },
  handlingSheet: {
    number: { issuerCode: '收文', year: 2026, sequence: 34 }, office, printedOn: '2026-09-18', from: '章丘区人力资源和社会保障局', theirNumber: '章人社〔2026〕58号', title: '章丘区人力资源和社会保障局关于报送章丘区2026年度基层公共服务平台建设实施方案的函',
    channel: '公文交换', writtenOn: '2026-09-17', delivered: { at: '2026-09-18T02:31:00Z', evidence: '交换回执JH-20260918-07' }, registeredAt: '2026-09-18T03:02:00Z', registrar: '尹若岚',
    proposal: { text: '转办公室经办作形式审查，5个工作日内提出意见。拟请马主任阅示。', by: '尹若岚', on: '2026-09-18' }, attachments: '方案1份，附件12件',
  },
  approvalSlip: { number: 'XX-2026-0019', office: '济南市基层公共服务平台建设领导小组办公室', date: '2026-09-22', from: '商河县人力资源和社会保障局', theirNumber: '商河人社〔2026〕61号', subject: '关于申请延期报送2026年度实施方案的请示', proposal: ['县政府拟于10月14日研究。按规定须经领导小组同意，显示为延期。拟同意延至10月16日，请马主任审核，呈方启明副组长批示。'], proposedBy: '尹若岚', boxes: ['办公室主任', '领导小组批示'], attachments: '请示3页', code: 'P-8D2K-77QM' },
};
