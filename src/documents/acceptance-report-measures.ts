import type { AcceptanceReportFacts as Facts } from './acceptance-report.js';
import { dimensionWords, tierWords } from './fact-types.js';
import { formatArea, formatCount, formatScore } from './official-format.js';
import { scoreChart } from './score-chart.js';
import { paragraph, plain, strong, table, type Block } from './view-blocks.js';

/** Part 五: measured against annex 2. Standards are minima, so they read 不少于 and a larger figure is no remark. */
export function measuredSection({ standards: facts }: Facts): Block[] {
  const short = facts.measured.filter((line) => !line.met).length;
  const blocks: Block[] = [
    paragraph(`按济政办字〔2011〕61号文件附件2分类建设标准逐项实测${facts.measured.length}项，达标${facts.measured.length - short}项，未达标${short}项。标准为下限，可以突破。`),
    table('实测值与标准值对照表（单位：平方米）', ['平台|25|l', '类别|17|l', '项目|14', '标准值|18', '实测值|14|r', '结论|12'],
      facts.measured.map((line) => [
        line.facility, classWords(line), line.item, `不少于${formatArea(line.standard)}`, formatArea(line.measured),
        line.met ? '达标' : `少${formatArea(line.standard - line.measured)}`,
      ]), { note: notesOf(facts) }),
  ];
  if (facts.functions.length > 0) {
    blocks.push(table('功能室和服务功能对照表', ['平台|30|l', '应有功能|34|l', '依据|20', '现场|16'],
      facts.functions.map((line) => [line.facility, line.item, line.clause, line.present ? '有' : '缺'])));
  }
  return blocks;
}

function classWords(line: Facts['standards']['measured'][number]): string {
  const population = line.population === null ? '' : `\n${formatCount(line.population)}人`;
  return `${line.className ?? tierWords[line.tier]}${population}`;
}

function notesOf(facts: Facts['standards']): string {
  const clauses = [...new Set(facts.measured.map((line) => line.clause))].join('、');
  const notes = facts.measured.flatMap((line) => (line.note === null ? [] : [`${line.facility}${line.item}：${line.note}`]));
  return [`依据：${clauses}`, ...notes].join('；') + '。';
}

/** Part 七: the six scores as a chart with the figures beside it, total, grade and the cases that bar a pass. */
export function scoreSection(facts: Facts): Block[] {
  const { score } = facts;
  const mark = facts.sample ? '（示例）' : '';
  const axes = facts.sixInPlace.map((one) => ({ label: dimensionWords[one.dimension], score: one.score, points: one.points }));
  const figures = axes.map((axis) => [axis.label, formatScore(axis.points), formatScore(axis.score)]);
  if (score.bonus !== 0) figures.push(['加分', '—', formatScore(score.bonus)]);
  figures.push(['合计', formatScore(score.points), formatScore(score.total)]);
  const barring = facts.barring.filter((one) => one.found).map((one) => one.item);
  return [
    paragraph([plain(`评分方式：${score.mode}。总分${formatScore(score.total)}分（满分${formatScore(score.points)}分），等次`), strong(`${score.grade}${mark}。`)]),
    paragraph(`合格线${formatScore(score.passMark)}分${mark}，优秀线${formatScore(score.excellentMark)}分${mark}。评分明细见附件1。${ownScore(score)}`),
    {
      block: 'figure', svg: scoreChart(axes), caption: `“六到位”得分图${mark}`,
      alt: `“六到位”得分雷达图：${axes.map((axis) => `${axis.label}${formatScore(axis.score)}分，满分${formatScore(axis.points)}分`).join('；')}。`,
      beside: table('', ['项目|40', '分值|30|r', '得分|30|r'], figures),
    },
    paragraph(barring.length === 0
      ? `逐条核对不予通过情形${facts.barring.length}条，均未发现。`
      : `核对不予通过情形${facts.barring.length}条，发现${barring.length}条：${barring.join('；')}。`),
  ];
}

function ownScore({ selfTotal, difference }: Facts['score']): string {
  if (selfTotal === undefined || selfTotal === null) return '';
  return `单位自评${formatScore(selfTotal)}分。${difference === undefined || difference === null ? '' : `与自评分相差的说明：${difference.replace(/。$/, '')}。`}`;
}
