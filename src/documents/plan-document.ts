import { z } from 'zod';
import { plainView, type DocumentView } from './document-view.js';
import { optionalText, plainTable, sha256, text } from './fact-types.js';
import { chineseNumeral } from './official-format.js';
import { attachments, heading, paragraph, tableWith, widthInCharacters, type Block, type Table } from './view-blocks.js';

/** The plan itself (domain.md §4.5): ten parts from the section content of the case, tables and annexes as filled in. */
export const planDocumentFacts = z.object({
  unit: z.object({ code: text, name: text }),
  cycleYear: z.int(),
  version: z.int().positive(),
  /** 征求意见稿, 送审稿 …; null for the version that took effect. */
  stage: optionalText,
  /** Ten, or two on the one page of a year with nothing to build. */
  sections: z.array(z.object({ title: text, paragraphs: z.array(text), tables: z.array(plainTable) })).min(2).max(10),
  annexes: z.array(z.object({ title: text, paragraphs: z.array(text), tables: z.array(plainTable) })),
  /** Hash of the frozen content this print shows. */
  contentHash: sha256,
});
export type PlanDocumentFacts = z.infer<typeof planDocumentFacts>;

export function planDocumentView(facts: PlanDocumentFacts): DocumentView {
  const phrases = [facts.unit.name, `${facts.cycleYear}年度`, '人力资源和社会保障', '基层公共服务平台', '建设实施方案', ...(facts.stage === null ? [] : [`（${facts.stage}）`])];
  return {
    ...plainView,
    title: phrases.join(''),
    titlePhrases: phrases,
    blocks: [
      ...facts.sections.flatMap((section, index) => [heading(1, `${chineseNumeral(index + 1)}、${section.title}`), ...content(section)]),
      ...(facts.annexes.length === 0 ? [] : [attachments(facts.annexes.map((one) => one.title))]),
      paragraph(`第${facts.version}版，内容摘要值：`),
      paragraph(facts.contentHash, { flush: true }),
      ...facts.annexes.flatMap((annex, index): Block[] => [
        { block: 'annex', label: `附件${facts.annexes.length === 1 ? '' : index + 1}`, title: annex.title }, ...content(annex),
      ]),
    ],
  };
}

function content(part: { paragraphs: string[]; tables: z.infer<typeof plainTable>[] }): Block[] {
  return [...part.paragraphs.map((one) => paragraph(one)), ...part.tables.map(tableOf)];
}

/** Columns share the width by the longest text they hold, none less than four characters or more than three times the average. */
function tableOf(source: z.infer<typeof plainTable>): Table {
  const lengths = source.columns.map((label, column) => Math.max(4, widthInCharacters(label), ...source.rows.map((row) => widthInCharacters(row[column]!))));
  const average = lengths.reduce((sum, one) => sum + one, 0) / lengths.length;
  const weights = lengths.map((one) => Math.min(average * 3, one));
  const total = weights.reduce((sum, one) => sum + one, 0);
  const figures = source.columns.map((_, column) => source.rows.every((row) => /^[\d,.%—/ -]*$/.test(row[column]!)));
  const columns = source.columns.map((label, column) => ({
    label, width: Math.round((weights[column]! / total) * 100), align: figures[column] ? ('right' as const) : ('left' as const),
  }));
  return tableWith(`${source.caption}${source.sample ? '（示例）' : ''}`, columns, source.rows, { compact: source.columns.length > 5 });
}
