import { contradictionsOf, outcomeWords, type AcceptanceReportFacts as Facts } from './acceptance-report.js';
import { scoreAnnex, samplingAnnex } from './acceptance-report-annexes.js';
import { measuredSection, scoreSection } from './acceptance-report-measures.js';
import { signaturePage } from './acceptance-report-signatures.js';
import { words } from '../domain/text.js';
import { DocumentRefusal } from './document-refusal.js';
import { colophonView, headed, type DocumentView } from './document-view.js';
import { dimensionWords, tierWords } from './fact-types.js';
import { findingTable } from './finding-table.js';
import { chineseNumeral, citeDocument, formatArea, formatCount, formatDate, formatDateSpan, formatYuan, formatScore } from './official-format.js';
import { attachments, heading, lead, paragraph, plain, strong, table, type Block } from './view-blocks.js';

/**
 * The acceptance report in the eleven parts of domain.md §4.5: the head and ten numbered sections, then signatures,
 * seal and annexes.
 * @throws DocumentRefusal figures-disagree when one figure contradicts another
 */
export function acceptanceReportView(facts: Facts): DocumentView {
  const contradictions = contradictionsOf(facts);
  if (contradictions.length > 0) {
    throw new DocumentRefusal(
      'figures-disagree',
      words('验收报告里的数字前后不一致，没有生成。请核对评分表和实测数据。', 'Figures of the report contradict each other; it was not made. Check the score sheet and the measurements.'),
      contradictions.join('; '),
    );
  }
  const phrases = [`关于${facts.unit.name}`, `${facts.cycleYear}年度`, '基层公共服务平台', '建设情况的', facts.replaces === undefined ? '验收报告' : '验收报告（复验）'];
  const parts: [string, (facts: Facts) => Block[]][] = [
    ['验收依据', basis], ['验收组织与方法', organization], ['建设基本情况', construction], ['“六到位”逐项评价', sixInPlacePart],
    ['分类标准对照', measuredSection], ['资金管理情况', funding], ['得分与等次', scoreSection], ['存在问题及整改要求', findings],
    ['验收结论', conclusion], ['建议', recommendations],
  ];
  return {
    ...headed(facts, phrases),
    blocks: [
      paragraph(`${facts.recipient}：`, { flush: true }),
      opening(facts),
      ...parts.flatMap(([title, part], index) => [heading(1, `${chineseNumeral(index + 1)}、${title}`), ...part(facts)]),
      attachments(['评分表', '抽样清单', ...facts.attachments]),
      ...signaturePage(facts),
      ...scoreAnnex(facts),
      ...samplingAnnex(facts),
    ],
    verifyCode: facts.verifyCode,
    colophon: colophonView(facts.colophon),
  };
}

function opening(facts: Facts): Block {
  const first = facts.basis[0]!;
  const span = formatDateSpan(facts.organization.from, facts.organization.to);
  return paragraph(`根据${citeDocument(first.title, first.number)}，验收小组于${span}对${facts.unit.name}${facts.cycleYear}年度基层公共服务平台建设项目进行了现场验收${facts.replaces === undefined ? '' : `，整改后进行了复验；本报告代替${facts.replaces}报告`}。现将情况报告如下：`);
}

function basis(facts: Facts): Block[] {
  return facts.basis.map((one, index) => paragraph(`${index + 1}.${citeDocument(one.title, one.number)}${index === facts.basis.length - 1 ? '。' : '；'}`));
}

function organization({ organization: facts }: Facts): Block[] {
  const leader = facts.team.filter((one) => one.role === 'leader').map((one) => one.name).join('、');
  const drawn = facts.sampling.tiers.map((one) => `${tierWords[one.tier]}应验${formatCount(one.total)}处、实验${formatCount(one.drawn)}处`).join('，');
  const blocks: Block[] = [
    paragraph([lead('（一）验收小组。'), plain(`验收小组由${facts.team.length}人组成，组长${leader}。成员及分工见下表。`)]),
    table('验收小组名单', ['姓名|14', '所在单位|32|l', '职务|22|l', '组内职责|12', '负责事项|20|l'],
      facts.team.map((one) => [one.name, one.unit, one.post, one.role === 'leader' ? '组长' : '成员', one.duties])),
  ];
  for (const one of facts.replacements) {
    blocks.push(paragraph(`${formatDate(one.on)}，经${one.approvedBy}同意，${one.joined}接替${one.left}（${one.reason}）。${one.left}已评分值仍列其名下。`));
  }
  blocks.push(
    paragraph([lead('（二）验收时间。'), plain(`${formatDateSpan(facts.from, facts.to)}。`)]),
    paragraph([lead('（三）抽样。'), plain(`${facts.sampling.rule}。${drawn}${facts.sampling.seed === null ? '' : `；抽取种子${facts.sampling.seed}，可复算`}。`)]),
    paragraph([lead('（四）程序。'), plain(`${facts.procedure.join('、')}。`)]),
  );
  return blocks;
}

function construction({ construction: facts }: Facts): Block[] {
  return [
    ...facts.narrative.map((one) => paragraph(one)),
    table('三级平台建设情况一览表',
      ['平台类别|24|l', '方案（处）|11', '完成（处）|11', '实验达标（处）|13', '覆盖/应覆盖|15', '配备人员（名）|12', '方案面积（平方米）|14|r'],
      facts.tiers.map((one) => [
        tierWords[one.tier], formatCount(one.planned), formatCount(one.built), formatCount(one.accepted),
        `${formatCount(one.covered)}/${formatCount(one.units)}`, one.staff === null ? '—' : formatCount(one.staff), formatArea(one.floorArea),
      ])),
    ...(facts.papers === undefined || facts.papers.length === 0 ? [] : [table('建设档案清单', ['材料|38|l', '情况|20', '文号或理由|42|l'],
      facts.papers.map((one) => [one.name, one.state === 'present' ? '已具备' : '不适用', one.note ?? '']))]),
  ];
}

function sixInPlacePart(facts: Facts): Block[] {
  return facts.sixInPlace.map((one, index) => paragraph([
    lead(`（${chineseNumeral(index + 1)}）${dimensionWords[one.dimension]}。`),
    strong(`${one.inPlace === null ? '' : one.inPlace ? '到位，' : '未到位，'}得${formatScore(one.score)}分（满分${formatScore(one.points)}分）。`),
    plain(one.evaluation),
  ]));
}

function funding({ funding: facts }: Facts): Block[] {
  return [
    ...facts.narrative.map((one) => paragraph(one)),
    table('经费安排、拨付和使用情况（单位：元）', ['经费类别|20|l', '安排单位|20|l', '预算|20|r', '到账|20|r', '支出|20|r'],
      facts.lines.map((one) => [one.category, one.source, yuanOr(one.budgeted), yuanOr(one.allocated), yuanOr(one.spent)])),
    paragraph(`经费管理方式：${facts.specialAccount}。${facts.violations === 0 ? '未发现截留、平调、挤占、挪用经费和设施设备的情形。' : `发现截留、平调、挤占、挪用情形${facts.violations}起，见第八部分。`}`),
  ];
}

const yuanOr = (fen: number | null): string => (fen === null ? '未登记' : formatYuan(fen));

function findings(facts: Facts): Block[] {
  if (facts.findings.length === 0) return [paragraph('本次验收未发现需要整改的问题。')];
  const open = facts.findings.filter((one) => one.state !== 'verified').length;
  return [
    paragraph(`本次验收记录问题${facts.findings.length}个，其中已复查销号${facts.findings.length - open}个，未销号${open}个。`),
    findingTable('问题及整改要求清单', facts.findings),
  ];
}

function conclusion({ conclusion: facts }: Facts): Block[] {
  const reinspection = facts.reinspectBy === null ? '' : `整改于${formatDate(facts.reinspectBy)}前完成，只复验未达标部分。`;
  return [paragraph([plain('验收小组意见：'), strong(`${outcomeWords[facts.outcome]}。`), plain(reinspection)]), ...facts.narrative.map((one) => paragraph(one))];
}

function recommendations(facts: Facts): Block[] {
  if (facts.recommendations.length === 0) return [paragraph('无。')];
  return facts.recommendations.map((one, index) => paragraph(`${index + 1}.${one}`));
}
