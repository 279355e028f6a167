import { z } from 'zod';
import { plainView, type DocumentView } from './document-view.js';
import { count, documentNumber, isoDate, sha256, signOff, text } from './fact-types.js';
import { formatCount, formatDate, formatDocumentNumber } from './official-format.js';
import { signOffBlock } from './sign-off.js';
import { form, pair, paragraph } from './view-blocks.js';

/** 备案回执: the plan is on record and its projects are the baseline. 备案 is no approval (domain.md §9 A3). */
export const filingReceiptFacts = z.object({
  number: documentNumber,
  unit: z.object({ code: text, name: text }),
  cycleYear: z.int(),
  caseNumber: text,
  planTitle: text,
  planVersion: z.int().positive(),
  incomingNumber: documentNumber,
  contentHash: sha256,
  consent: z.object({ organ: text, kind: text, number: z.string().nullable(), date: isoDate }),
  projects: count,
  filedOn: isoDate,
  signOff,
  verifyCode: text,
});
export type FilingReceiptFacts = z.infer<typeof filingReceiptFacts>;

export function filingReceiptView(facts: FilingReceiptFacts): DocumentView {
  const { consent } = facts;
  return {
    ...plainView,
    title: `${facts.unit.name}${facts.cycleYear}年度实施方案备案回执`,
    titlePhrases: [facts.unit.name, `${facts.cycleYear}年度`, '实施方案', '备案回执'],
    number: formatDocumentNumber(facts.number),
    blocks: [
      form([
        pair('报送单位', facts.unit.name), pair('案卷号', facts.caseNumber),
        pair('方案名称', facts.planTitle, { wide: true }),
        pair('方案版次', `第${facts.planVersion}版`), pair('收文号', formatDocumentNumber(facts.incomingNumber)),
        pair('本级同意', `${consent.organ}，${consent.kind}${consent.number === null ? '' : `，${consent.number}`}，${formatDate(consent.date)}`, { wide: true }),
        pair('建设项目', `${formatCount(facts.projects)}个`), pair('备案日期', formatDate(facts.filedOn)),
        pair('内容摘要值', facts.contentHash, { wide: true }),
      ]),
      paragraph(facts.projects === 0
        ? '上列方案材料齐全，予以备案。本年度无新建任务，仍纳入年度检查。'
        : '上列方案材料齐全，予以备案。所列项目为本年度检查和验收的基准，调整须按原程序报送。'),
      signOffBlock(facts.signOff),
    ],
    verifyCode: facts.verifyCode,
  };
}
