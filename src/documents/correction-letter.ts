import { z } from 'zod';
import { headed, type DocumentView } from './document-view.js';
import { count, documentNumber, isoDate, optionalText, redHead, text } from './fact-types.js';
import { chineseNumeral, citeDocument, formatDate, formatDocumentNumber } from './official-format.js';
import { signOffBlock } from './sign-off.js';
import { lead, paragraph, plain } from './view-blocks.js';

/** D6 退回补正的函: one remark per entry, pinned to the section it concerns. The office asks, it does not order. */
export const correctionLetterFacts = z.object({
  ...redHead,
  number: documentNumber,
  unit: z.object({ code: text, name: text }),
  /** Who sent the plan, where that is not who gets this letter: a government is not written to by the office. */
  sender: optionalText.optional(),
  planTitle: text,
  theirNumber: optionalText,
  incomingNumber: documentNumber.nullable(),
  remarks: z.array(z.object({ section: text, remark: text, clause: optionalText })).min(1),
  /** Working days of the term and the day it ends. */
  workingDays: count,
  due: isoDate,
  contact: z.object({ name: text, phone: text }).nullable(),
});
export type CorrectionLetterFacts = z.infer<typeof correctionLetterFacts>;

export function correctionLetterView(facts: CorrectionLetterFacts): DocumentView {
  const phrases = [`关于商请补正${facts.unit.name}`, `${facts.cycleYear}年度`, '基层公共服务平台', '建设实施方案', '的函'];
  const received = facts.incomingNumber === null ? '' : `（${formatDocumentNumber(facts.incomingNumber)}）`;
  return {
    ...headed(facts, phrases),
    blocks: [
      paragraph(`${facts.recipient}：`, { flush: true }),
      paragraph(`${facts.sender ?? '你单位'}报来的${citeDocument(facts.planTitle, facts.theirNumber)}收悉${received}。经形式审查，有${facts.remarks.length}处需要补正，商请逐条补正并说明：`),
      ...facts.remarks.map((one, index) => paragraph([
        lead(`（${chineseNumeral(index + 1)}）${one.section}。`), plain(`${one.clause === null ? '' : `对照${one.clause}，`}${one.remark}`),
      ])),
      paragraph(`请于收到本函次日起${facts.workingDays}个工作日内（${formatDate(facts.due)}前）在系统内逐条答复并重新报送。建设项目、建设标准或资金有变动的，须重新经本级政府同意；只改文字的不需要。`),
      paragraph('特此函达。'),
      signOffBlock(facts.signOff),
      ...(facts.contact === null ? [] : [paragraph(`（联系人：${facts.contact.name}，电话：${facts.contact.phone}）`)]),
    ],
  };
}
