import type { z } from 'zod';
import { finding, findingStateWords, severityWords } from './fact-types.js';
import { formatDate } from './official-format.js';
import { table, type Table } from './view-blocks.js';

/** 问题清单: object, fact with its clause, gravity, what is asked, by when, how it stands. */
export function findingTable(caption: string, findings: z.infer<typeof finding>[]): Table {
  return table(caption, ['序号|7', '对象|16|l', '问题和依据|29|l', '程度|8', '整改要求|18|l', '时限|12', '状态|10'],
    findings.map((one) => [
      String(one.number), one.object, `${one.fact}（${one.clause}）`, severityWords[one.severity], one.requirement,
      one.due === null ? '—' : formatDate(one.due).replace('年', '年\n'), findingStateWords[one.state],
    ]), { compact: true });
}
