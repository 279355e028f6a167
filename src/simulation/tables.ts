import { roleWords } from '../../workflows/chart-words.js';
import type { Role } from '../../workflows/vocabulary.js';
import { words, type Words } from '../domain/text.js';
import type { Band, Outlook } from './outlook.js';
import type { UnitSummary, YearSummary } from './summarise-year.js';
import type { WhatIf } from './what-if.js';

const wide = /[\u2e80-\u9fff\uff00-\uff60]/g;
const pad = (cell: string, width: number): string => cell + ' '.repeat(Math.max(1, width - cell.length - (cell.match(wide)?.length ?? 0)));
const table = (widths: readonly number[], rows: readonly (readonly string[])[]): string => rows.map((cells) => cells.map((cell, index) => pad(cell, widths[index]!)).join('').trimEnd()).join('\n');

const verdicts: Record<'onTime' | 'extended' | 'late' | 'never', Words> = { onTime: words('按期', 'on time'), extended: words('延期', 'extended'), late: words('逾期', 'late'), never: words('未报', 'never') };

/** How a unit filed, in words: 逾期 8 日. */
export function verdictOf({ timeliness, daysLate }: Pick<UnitSummary, 'timeliness' | 'daysLate'>): Words {
  const { zh, en } = verdicts[timeliness ?? 'never'];
  return timeliness === 'late' ? words(`${zh} ${daysLate} 日`, `${en} by ${daysLate} ${daysLate === 1 ? 'day' : 'days'}`) : words(zh, en);
}

/** A kind of post in words. */
export const postWordsOf = (role: string): Words => roleWords[role as Role];

const percent = (part: number): string => `${Math.round(part * 100)}%`;
const day = (text: string | null): string => text?.slice(2) ?? '—';
const span = (of: Band<string>): string => of.map((one) => one?.slice(5) ?? '—').join(' ');

/** The answer as text for a terminal, in both languages. */
export function tablesOf({ year, outlook, scenario, provisional, assumed, question }: WhatIf): string {
  const head = [
    `${question.year} 年 · ${scenario.name.zh} ${scenario.name.en}`, ...(provisional ? ['跨入的年度日历未发布，暂定 the calendar of the next year is not published: provisional'] : []),
  ];
  return [
    ...head, '', `种子 seed ${year.seed}`, unitsOf(year), '', ...(outlook.seeds > 1 ? [`${outlook.seeds} 个种子 seeds: 10% 50% 90%`, chancesOf(outlook), ''] : []), postsOf(outlook, year), '', termsOf(outlook), '',
    '假定 Taken for granted:', ...assumed.map(({ zh, en }) => `  ${zh}；${en}`),
  ].join('\n');
}

function unitsOf({ units }: YearSummary): string {
  return table([14, 22, 10, 10, 10, 10, 10], [
    ['单位 unit', '报送 filing', '报送日', '备案', '检查办结', '验收报告', '年度办结'], ['', '', 'filed', 'on record', 'inspected', 'report', 'closed'],
    ...units.map((one) => {
      const { zh, en } = verdictOf(one);
      return [one.name, `${zh} ${en}`, day(one.filed), day(one.onRecord), day(one.inspected), day(one.reportIssued), day(one.closed)];
    }),
  ]);
}

function chancesOf({ units, lateUnits }: Outlook): string {
  return `${table([14, 10, 20, 20, 20, 20], [
    ['单位 unit', '逾期 late', '报送 filed', '检查办结 inspected', '验收报告 report', '年度办结 closed'],
    ...units.map((one) => [one.name, percent(one.late), span(one.filed), span(one.inspected), span(one.reportIssued), span(one.closed)]),
  ])}\n逾期单位数 units late in a year: ${lateUnits.join(' ')}`;
}

function postsOf({ posts, bottleneck, seeds }: Outlook, year: YearSummary): string {
  const rows = posts.map((one) => {
    const fullest = year.posts.find(({ role }) => role === one.role)?.weeks[0];
    const { zh, en } = postWordsOf(one.role);
    return [`${zh} ${en}`, String(one.people), String(one.hours), String(one.waitMedian), String(one.wait90), percent(one.share), `${one.bottleneckIn}/${seeds}`, fullest ? `${fullest.from.slice(5)} ${percent(fullest.full)}` : '—'];
  });
  const named = bottleneck === null ? [] : [`瓶颈 bottleneck: ${postWordsOf(bottleneck).zh} ${postWordsOf(bottleneck).en}`];
  return [table([44, 8, 10, 10, 10, 12, 12, 14], [
    ['岗位 post', '人数', '工时', '等待', '等待', '占全部等待', '为瓶颈', '最忙一周'], ['', 'people', 'hours', 'median', '90%', 'of waiting', 'bottleneck', 'fullest week'], ...rows,
  ]), '等待以工作日计 waiting in working days', ...named].join('\n');
}

const termsOf = ({ terms }: Outlook): string => `到期次数（每年平均）terms that fell due, a year on average: ${Object.entries(terms).map(([term, count]) => `${term} ${count}`).join(' · ') || '—'}`;
