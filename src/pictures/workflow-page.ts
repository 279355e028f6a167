import type { Words } from '../domain/text.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import type { ChartGraph } from './chart-graph.js';
import { chartTable, type MoveRow, type StateRow } from './chart-table.js';

/** What a page about a chart is made of. */
export interface PageSubject {
  /** `plan.v1` */
  readonly name: string;
  readonly words: Words;
  readonly graph: ChartGraph;
  readonly pack: PolicyPack;
}

const seen = { unit: '本单位 the unit', city: '市级 the city', both: '双方 both' } as const;

/** Text in a cell of a Markdown table: nothing in it may end the cell or begin markup. */
const cell = (text: string): string => text.replace(/[\\`*_[\]<>|#]/g, (sign) => `\\${sign}`).replace(/\s*\n\s*/g, ' ');
const both = ({ zh, en }: Words): string => `${cell(zh)} ${cell(en)}`;
const lines = (all: readonly string[]): string => (all.length === 0 ? '–' : all.join('<br>'));
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** The page of a chart: its picture, its states, its moves, its clauses. Text only, the same for the same chart and pack. */
export function workflowPage({ name, words, graph, pack }: PageSubject): string {
  const rows = chartTable(graph, pack);
  return `# ${words.zh} ${words.en} · ${name}

由流程图生成，不要手改：\`npm run docs:workflows\`。Generated from the chart; do not edit.
规则包 policy pack \`${pack.id}\` · ${cell(pack.citation.number)}；〔示例〕是本市的样值 [sample] marks values the city filled in.

![${words.zh}流程图：下表内容相同 Chart of ${name}; the tables below say the same](${name}.svg)

## 环节 States

${table(
    ['环节 State', '办理 Who acts', '期限 Within', '可办 → 去向 Commands → to', '文书 Papers', '可见 Seen by', '条款 Clauses'],
    rows.filter(({ stage, rights }) => stage !== null || rights.length > 0).map((row) => [
      both(row.words) + (row.final ? '<br>（办结 end）' : ''), lines([...row.duties.map(both), ...row.rights.map((one) => `（可 may）${both(one)}`)]), withinOf(row),
      lines(row.moves.filter(({ by }) => by.length > 0).map(commandOf)), lines([...new Set([...row.papers, ...row.moves.flatMap(({ papers }) => papers)].map(both))]),
      row.visibility === null ? '–' : seen[row.visibility], lines(row.clauses),
    ]),
  )}

## 流转 Moves

${table(
    ['从 From', '事项 What happens', '谁 By', '条件 If', '到 To', '文书 Papers'],
    rows.flatMap((row) => row.moves.map(({ event, by, condition, to, papers }) => [
      both(row.words), event === null ? '自动 by itself' : both(event), lines(by.map(both)), condition === null ? '–' : both(condition), to === null ? '（不变 stays）' : both(to), lines(papers.map(both)),
    ])),
  )}

## 条款 Clauses

${table(['条款 Clause', '文件位置 Place', '环节 States'], clausesOf(rows, pack))}
`;
}

const withinOf = ({ within, openBecause }: StateRow): string => (within !== null ? both(within) : openBecause === null ? '–' : both(openBecause));
const commandOf = ({ event, to }: MoveRow): string => `${both(event!)}${to === null ? '' : ` → ${cell(to.zh)}`}`;

/** Each clause with the states that answer to it, in the pack's order. */
export function clausesOf(rows: readonly Pick<StateRow, 'clauses' | 'words'>[], pack: PolicyPack): string[][] {
  return Object.entries(pack.clauses).flatMap(([clause, place]) => {
    const answering = rows.filter(({ clauses }) => clauses.includes(clause));
    return answering.length === 0 ? [] : [[clause, cell(place), lines(answering.map((row) => both(row.words)))]];
  });
}
