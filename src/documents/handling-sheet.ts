import { z } from 'zod';
import { plainView, type DocumentView } from './document-view.js';
import { documentNumber, isoDate, isoInstant, optionalText, text } from './fact-types.js';
import { formatDate, formatDocumentNumber, formatInstant } from './official-format.js';
import { form, note, pair } from './view-blocks.js';

/** 收文处理单: one page that goes round with an incoming paper, filed behind it. What is proposed is printed, the rest is written by hand. */
export const handlingSheetFacts = z.object({
  number: documentNumber,
  office: text,
  printedOn: isoDate,
  from: text,
  theirNumber: optionalText,
  title: text,
  channel: text,
  writtenOn: isoDate,
  delivered: z.object({ at: isoInstant, evidence: text }),
  registeredAt: isoInstant,
  registrar: text,
  /** What whoever registered it proposes; room to write where nobody has yet. */
  proposal: z.object({ text, by: text, on: isoDate }).nullable(),
  attachments: text,
});
export type HandlingSheetFacts = z.infer<typeof handlingSheetFacts>;

export function handlingSheetView(facts: HandlingSheetFacts): DocumentView {
  const { proposal } = facts;
  return {
    ...plainView,
    title: `收文处理单（${formatDocumentNumber(facts.number)}）`,
    titlePhrases: ['收文处理单'],
    letterhead: [`${facts.office}　${formatDate(facts.printedOn)}`],
    number: formatDocumentNumber(facts.number),
    blocks: [
      form([
        pair('来文单位', facts.from), pair('来文字号', facts.theirNumber ?? '无'),
        pair('标题', facts.title, { wide: true }),
        pair('成文日期', formatDate(facts.writtenOn)), pair('来文渠道', facts.channel),
        pair('送达时间', formatInstant(facts.delivered.at)), pair('登记时间', formatInstant(facts.registeredAt)),
        pair('送达佐证', facts.delivered.evidence), pair('登记人', facts.registrar),
        pair('附件', facts.attachments, { wide: true }),
        pair('拟办意见', proposal === null ? [] : [proposal.text, `${proposal.by}　${formatDate(proposal.on)}`], { wide: true, height: 26 }),
        pair('领导批示', [], { wide: true, height: 48 }),
        pair('承办情况', [], { wide: true, height: 34 }),
      ]),
      note('批示、承办请写明意见并签名、注明日期。本单随来文归档。'),
    ],
  };
}
