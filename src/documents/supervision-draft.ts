import { z } from 'zod';
import { headed, type DocumentView } from './document-view.js';
import { citedDocument, count, isoDate, redHead, text } from './fact-types.js';
import { chineseNumeral, citeDocument, formatDate } from './official-format.js';
import { form, heading, note, pair, paragraph } from './view-blocks.js';

/**
 * 督导通知书 as drafted for signature: a plan that has not come. It has no number, no seal and no date of its own before somebody signs it,
 * and goes to nobody; it is addressed to the bureau, because nobody supervises a government with a form.
 */
export const supervisionDraftFacts = z.object({
  ...redHead,
  unit: z.object({ code: text, name: text }),
  planTitle: text,
  /** The statutory day, and the day to which it was extended. */
  deadline: isoDate,
  extendedTo: isoDate.nullable(),
  /** Days on which the bureau was reminded, earliest first. */
  reminded: z.array(isoDate),
  /** Working days past the deadline on the day of the draft. */
  overdueWorkdays: count,
  basis: z.array(z.object({ paper: citedDocument, clause: text })).min(1),
  /** Working days to answer; `sample` where the pack's value is the city's example. */
  reply: z.object({ workdays: count, sample: z.boolean() }),
  caseNumber: text,
});
export type SupervisionDraftFacts = z.infer<typeof supervisionDraftFacts>;

export function supervisionDraftView(facts: SupervisionDraftFacts): DocumentView {
  const due = `${formatDate(facts.deadline)}24时`;
  const end = facts.extendedTo === null ? due : `${due}（经同意延至${formatDate(facts.extendedTo)}24时）`;
  const drafted = formatDate(facts.signOff.date);
  return {
    ...headed({ letterhead: facts.letterhead, number: null }, [facts.unit.name, `${facts.cycleYear}年度`, '实施方案逾期未报', '督导通知书', '（拟稿，待签发）']),
    blocks: [
      paragraph(`${facts.recipient}：`, { flush: true }),
      heading(1, '一、事由'),
      paragraph(`《${facts.planTitle}》逾期未报。`),
      heading(1, '二、事实'),
      paragraph(`该方案应于${end}前报送。截至${drafted}，已逾期${facts.overdueWorkdays}个工作日，${facts.signOff.issuer.join('')}尚未收到。`),
      paragraph(facts.reminded.length === 0 ? '此前没有提醒记录。' : `此前已提醒${facts.reminded.length}次：${facts.reminded.map(formatDate).join('、')}。`),
      heading(1, '三、依据'),
      ...facts.basis.map(({ paper, clause }, index) => paragraph(`（${chineseNumeral(index + 1)}）${citeDocument(paper.title, paper.number)}${clause}。`)),
      heading(1, '四、要求和期限'),
      paragraph(`请自收到本通知次日起${facts.reply.workdays}个工作日内${facts.reply.sample ? '（示例）' : ''}书面说明原因，明确报送时间，经本级政府（管委会）同意后尽快报送。对以上事实有不同意见的，可一并陈述。`),
      heading(1, '五、联系人'),
      form([
        pair('联系人', ''), pair('电话', ''),
        pair('拟稿', `系统依案卷${facts.caseNumber}拟稿，${drafted}`, { wide: true }),
        pair('核稿', [], { wide: true, height: 14 }), pair('签发', [], { wide: true, height: 22 }), pair('文号', '签发后编列', { wide: true }),
      ]),
      note('本件为拟稿，未经签发不发出，不作为督导的依据。'),
    ],
  };
}
