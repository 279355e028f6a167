import { packIds, policyPack } from '../../workflows/policies/pack-registry.js';
import { machineFor, workflows } from '../../workflows/registry.js';
import { chartTable } from './chart-table.js';
import { drawChart } from './draw-chart.js';
import { prepareChart } from './prepare-chart.js';
import { clausesOf, workflowPage } from './workflow-page.js';

/** Every page and picture of `docs/workflows` by file name: each version of each chart, under the newest pack. Nothing but charts and pack goes in. */
export async function workflowPages(): Promise<Map<string, string>> {
  const pinned = policyPack(packIds().at(-1)!);
  const files = new Map<string, string>();
  const charts: string[] = [];
  const rows: Parameters<typeof clausesOf>[0][number][] = [];
  for (const { id, words, versions } of workflows) {
    for (const version of Object.keys(versions).map(Number)) {
      const name = `${id}.v${version}`;
      const machine = machineFor(id, version, pinned);
      const prepared = await prepareChart(machine, pinned.pack, 'zh');
      const { graph } = prepared;
      files.set(`${name}.svg`, drawChart(prepared, 'zh', `${words.zh} ${name}`, null));
      files.set(`${name}.md`, workflowPage({ name, words, graph, pack: pinned.pack }));
      charts.push(`- [${words.zh} ${words.en}](${name}.md)`);
      rows.push(...chartTable(graph, pinned.pack).map((row) => ({ ...row, words: { zh: `${words.zh}·${row.words.zh}`, en: row.words.en } })));
    }
  }
  files.set('README.md', `# 流程 Workflows

由流程图生成，不要手改：\`npm run docs:workflows\`。Generated from the charts; do not edit.

${charts.join('\n')}

## 条款对应的环节 From clause to state

| 条款 Clause | 文件位置 Place | 环节 States |
| --- | --- | --- |
${clausesOf(rows, pinned.pack).map((row) => `| ${row.join(' | ')} |`).join('\n')}
`);
  return files;
}
