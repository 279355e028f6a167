import { z } from 'zod';
import { plainView, type DocumentView } from './document-view.js';
import { count, isoInstant, optionalText, sha256, text } from './fact-types.js';
import { formatCount, formatInstant } from './official-format.js';
import { form, pair, paragraph } from './view-blocks.js';

/** 收件回执: given by the system in the moment of 报送; the server's time is the time of delivery. */
export const acknowledgementFacts = z.object({
  /** Acknowledgement number as issued by the door. */
  number: text,
  receivedAt: isoInstant,
  unit: z.object({ code: text, name: text }),
  caseNumber: text,
  subject: text,
  sentBy: z.object({ post: text, name: text, actingFor: optionalText }),
  /** Hash of the frozen content that was sent. */
  contentHash: sha256,
  attachments: count,
  /** Whether it was on time and against which day, in words of the term engine. */
  timeliness: text,
  verifyCode: text,
});
export type AcknowledgementFacts = z.infer<typeof acknowledgementFacts>;

export function acknowledgementView(facts: AcknowledgementFacts): DocumentView {
  const { sentBy } = facts;
  return {
    ...plainView,
    title: `收件回执（${facts.subject}）`,
    titlePhrases: ['收件回执'],
    number: facts.number,
    blocks: [
      form([
        pair('报送单位', facts.unit.name), pair('案卷号', facts.caseNumber),
        pair('报送事项', facts.subject, { wide: true }),
        pair('报送岗位', sentBy.post), pair('报送人', sentBy.actingFor === null ? sentBy.name : `${sentBy.name}（代${sentBy.actingFor}）`),
        pair('收到时间', `${formatInstant(facts.receivedAt)}（北京时间，以服务器时间为准）`, { wide: true }),
        pair('是否按期', facts.timeliness), pair('附件', `${formatCount(facts.attachments)}件`),
        pair('内容摘要值', facts.contentHash, { wide: true }),
      ]),
      paragraph('上列内容已由系统收到，自收到时起视为送达。本回执只证明收到，不表示已经收文登记、形式审查或备案。'),
    ],
    verifyCode: facts.verifyCode,
  };
}
