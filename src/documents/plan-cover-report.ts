import { z } from 'zod';
import { colophonView, headed, type DocumentView } from './document-view.js';
import { colophon, documentNumber, isoDate, optionalText, redHead, text } from './fact-types.js';
import { citeDocument, formatDate } from './official-format.js';
import { signOffBlock } from './sign-off.js';
import { attachments, paragraph } from './view-blocks.js';

/** D4: the paper that carries the plan to the municipal office. 报告 goes up (with 签发人), 函 between organs not subordinate. */
export const planCoverReportFacts = z.object({
  ...redHead,
  direction: z.enum(['report', 'letter']),
  /** As a whole where the filer's own way of numbering is not the standard's. */
  number: z.union([documentNumber, text]).nullable(),
  signatory: optionalText,
  unit: z.object({ code: text, name: text }),
  /** The organ that files, as it stands in the title. */
  issuerName: text,
  planTitle: text,
  /** 本级政府同意 (C-7.6): kind of paper, its number and date. */
  consent: z.object({ organ: text, kind: text, number: optionalText, date: isoDate }),
  /** What the plan builds, in sentences taken from its project list. */
  summary: z.array(text),
  attachments: z.array(text).min(1),
  contact: z.object({ name: text, phone: text }).nullable(),
  colophon: colophon.nullable(),
});
export type PlanCoverReportFacts = z.infer<typeof planCoverReportFacts>;

/** Wording of D4. A report asks for nothing (rule R2), so its close is 特此报告. */
export function planCoverReportView(facts: PlanCoverReportFacts): DocumentView {
  const kind = facts.direction === 'report' ? '报告' : '函';
  const phrases = [facts.issuerName, `关于报送${facts.unit.name}`, `${facts.cycleYear}年度`, '基层公共服务平台', '建设实施方案', `的${kind}`];
  const { consent } = facts;
  return {
    ...headed(facts, phrases),
    signatory: facts.direction === 'report' ? facts.signatory : null,
    blocks: [
      paragraph(`${facts.recipient}：`, { flush: true }),
      paragraph(`按照《济南市人民政府办公厅关于进一步加强人力资源和社会保障基层公共服务平台建设的意见》（济政办字〔2011〕61号）要求，现将${citeDocument(facts.planTitle, null)}${facts.direction === 'report' ? '报上' : '函送你办'}。`),
      paragraph(`该方案已于${formatDate(consent.date)}经${consent.organ}同意（${consent.kind}${consent.number === null ? '' : `，${consent.number}`}）。`),
      ...facts.summary.map((one) => paragraph(one)),
      paragraph(facts.direction === 'report' ? '特此报告。' : '特此函达。'),
      attachments(facts.attachments),
      signOffBlock(facts.signOff),
      ...(facts.contact === null ? [] : [paragraph(`（联系人：${facts.contact.name}，电话：${facts.contact.phone}）`)]),
    ],
    colophon: colophonView(facts.colophon),
  };
}
