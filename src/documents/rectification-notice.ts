import { z } from 'zod';
import { findingTable } from './finding-table.js';
import { colophonView, headed, type DocumentView } from './document-view.js';
import { colophon, count, documentNumber, finding, isoDate, redHead, text } from './fact-types.js';
import { formatDate, formatDateSpan } from './official-format.js';
import { signOffBlock } from './sign-off.js';
import { heading, paragraph } from './view-blocks.js';

/** D9 整改通知书: signed by the office on what inspectors proposed. */
export const rectificationNoticeFacts = z.object({
  ...redHead,
  number: documentNumber,
  unit: z.object({ code: text, name: text }),
  inspected: z.object({ from: isoDate, to: isoDate, team: text }),
  findings: z.array(finding).min(1),
  feedbackBy: isoDate,
  feedbackWay: text,
  /** Working days to object, and the last day. */
  objection: z.object({ workingDays: count, until: isoDate }),
  contact: z.object({ name: text, phone: text }).nullable(),
  verifyCode: text,
  colophon: colophon.nullable(),
});
export type RectificationNoticeFacts = z.infer<typeof rectificationNoticeFacts>;

export function rectificationNoticeView(facts: RectificationNoticeFacts): DocumentView {
  const phrases = [`${facts.unit.name}`, `${facts.cycleYear}年度`, '基层公共服务平台', '检查整改通知书'];
  return {
    ...headed(facts, phrases),
    blocks: [
      paragraph(`${facts.recipient}：`, { flush: true }),
      paragraph(`${facts.inspected.team}于${formatDateSpan(facts.inspected.from, facts.inspected.to)}对${facts.unit.name}进行了检查。经核，有${facts.findings.length}个问题需要整改。现通知如下：`),
      heading(1, '一、问题和整改要求'),
      findingTable('问题清单', facts.findings),
      heading(1, '二、整改反馈'),
      paragraph(`请于${formatDate(facts.feedbackBy)}前反馈整改情况。${facts.feedbackWay}`),
      heading(1, '三、提出异议'),
      paragraph(`对上列问题有异议的，可自收到次日起${facts.objection.workingDays}个工作日内（${formatDate(facts.objection.until)}前）说明理由并附材料。`),
      signOffBlock(facts.signOff),
      ...(facts.contact === null ? [] : [paragraph(`（联系人：${facts.contact.name}，电话：${facts.contact.phone}）`)]),
    ],
    verifyCode: facts.verifyCode,
    colophon: colophonView(facts.colophon),
  };
}
