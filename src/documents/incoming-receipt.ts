import { z } from 'zod';
import { plainView, type DocumentView } from './document-view.js';
import { count, documentNumber, isoDate, isoInstant, optionalText, signOff, text } from './fact-types.js';
import { formatCount, formatDate, formatDocumentNumber, formatInstant } from './official-format.js';
import { signOffBlock } from './sign-off.js';
import { form, pair, paragraph } from './view-blocks.js';

/** D5 收文回执 with 收文号 and the four dates, which are kept apart: 成文, 送达, 登记, 录入. */
export const incomingReceiptFacts = z.object({
  number: documentNumber,
  from: text,
  theirNumber: optionalText,
  title: text,
  channel: text,
  /** Null where nobody counted them: paper from outside. */
  pages: count.nullable(),
  writtenOn: isoDate,
  delivered: z.object({ at: isoInstant, evidence: text }),
  registeredAt: isoInstant,
  enteredAt: isoInstant,
  deadline: isoDate,
  onTime: z.boolean(),
  /** The day an extension runs to, where the delivery lies within it: shown as 延期, never as on time. */
  extendedTo: isoDate.optional(),
  /** Stands in place of the judgement where no term binds the paper. */
  timelinessNote: text.optional(),
  registrar: text,
  signOff,
  verifyCode: text,
});
export type IncomingReceiptFacts = z.infer<typeof incomingReceiptFacts>;

export function incomingReceiptView(facts: IncomingReceiptFacts): DocumentView {
  return {
    ...plainView,
    title: `收文回执（${facts.title}）`,
    titlePhrases: ['收文回执'],
    number: formatDocumentNumber(facts.number),
    blocks: [
      form([
        pair('来文单位', facts.from), pair('来文字号', facts.theirNumber ?? '无'),
        pair('标题', facts.title, { wide: true }),
        pair('收文渠道', facts.channel), pair('页数', facts.pages === null ? '未登记' : `${formatCount(facts.pages)}页`),
        pair('成文日期', formatDate(facts.writtenOn)), pair('送达时间', formatInstant(facts.delivered.at)),
        pair('登记时间', formatInstant(facts.registeredAt)), pair('录入时间', formatInstant(facts.enteredAt)),
        pair('送达佐证', facts.delivered.evidence, { wide: true }),
        pair('是否按期', timeliness(facts), { wide: true }),
        pair('登记人', facts.registrar, { wide: true }),
      ]),
      paragraph('来文已登记，转形式审查。审查结果另行告知。'),
      signOffBlock(facts.signOff),
    ],
    verifyCode: facts.verifyCode,
  };
}

function timeliness({ onTime, extendedTo, timelinessNote, deadline }: IncomingReceiptFacts): string {
  if (timelinessNote !== undefined) return timelinessNote;
  const judged = onTime ? '按期' : extendedTo === undefined ? '逾期' : `延期，经同意延至${formatDate(extendedTo)}`;
  return `${judged}（截止${formatDate(deadline)}24时，以可证明的最早送达时间为准）`;
}
