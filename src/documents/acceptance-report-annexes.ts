import type { AcceptanceReportFacts as Facts } from './acceptance-report.js';
import { dimensionWords, sixInPlace, tierWords } from './fact-types.js';
import { formatDate, formatScore } from './official-format.js';
import { table, type Block, type Cell, type Table } from './view-blocks.js';

/** 附件1: the score sheet line by line, grouped by the six dimensions, with the member who scored. */
export function scoreAnnex(facts: Facts): Block[] {
  const sheet: Table = table('', ['维度|10', '评分项目|31|l', '分值|8|r', '自评|8|r', '得分|8|r', '评分人|12', '扣分说明|23|l'], [], { compact: true });
  for (const dimension of sixInPlace) {
    const lines = facts.score.sheet.filter((line) => line.dimension === dimension);
    lines.forEach((line, index) => {
      const head: Cell[] = index === 0 ? [cell(dimensionWords[dimension], 'center', lines.length)] : [];
      sheet.rows.push({
        cells: [...head, cell(line.item, 'left'), cell(formatScore(line.points), 'right'), cell(line.selfScore === null ? '—' : formatScore(line.selfScore), 'right'),
          cell(formatScore(line.score), 'right'), cell(line.scoredBy, 'center'), cell(line.reason ?? '', 'left')],
      });
    });
  }
  sheet.rows.push({
    cells: [{ ...cell('合计', 'center'), span: 2, header: true }, cell(formatScore(facts.score.points), 'right'), cell('', 'right'),
      cell(formatScore(facts.score.total), 'right'), cell('', 'center'), cell(facts.score.bonus === 0 ? '' : `含加分${formatScore(facts.score.bonus)}`, 'left')],
  });
  return [{ block: 'annex', label: '附件1', title: `${facts.unit.name}验收评分表${facts.sample ? '（示例）' : ''}` }, sheet];
}

function cell(text: string, align: Cell['align'], rows = 1): Cell {
  return { text, span: null, rows: rows === 1 ? null : rows, align, header: rows > 1 };
}

/** 附件2: which platforms were seen, and when. */
export function samplingAnnex(facts: Facts): Block[] {
  return [
    { block: 'annex', label: '附件2', title: `${facts.unit.name}验收抽样清单` },
    table('', ['序号|8', '平台|38|l', '类别|32', '查看日期|22'],
      facts.samplingList.map((one, index) => [String(index + 1), one.facility, tierWords[one.tier], formatDate(one.visitedOn)])),
  ];
}
