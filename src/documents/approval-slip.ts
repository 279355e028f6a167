import { z } from 'zod';
import { plainView, type DocumentView } from './document-view.js';
import { isoDate, optionalText, text } from './fact-types.js';
import { formatDate } from './official-format.js';
import { form, note, pair, widthInCharacters } from './view-blocks.js';

/** 呈批件: one page to be signed by hand. Its QR code leads the scanned sheet back to its case. */
export const approvalSlipFacts = z.object({
  number: text,
  office: text,
  date: isoDate,
  from: text,
  theirNumber: optionalText,
  subject: text,
  proposal: z.array(text).min(1),
  proposedBy: text,
  /** Who is to write, in the order of circulation; the last box is the largest. */
  boxes: z.array(text).min(1).max(3),
  attachments: text,
  /** Opaque code of this sheet. */
  code: text,
});
export type ApprovalSlipFacts = z.infer<typeof approvalSlipFacts>;

/** Millimetres: what the page leaves for proposal and boxes, a line of the form, and the least and the most room a hand needs. */
const PAGE = 124;
const LINE = 7.6;
const LEAST = 20;
const MOST = { box: 36, last: 52 };
/** Full-width signs on a line of the form. */
const SIGNS = 25;

/** Room to write, so that the sheet stays one page however much is proposed; the last box is the largest. */
function roomOf({ proposal, subject, boxes }: ApprovalSlipFacts): { box: number; last: number } {
  const lines = [...proposal, ''].reduce((sum, text) => sum + Math.max(1, Math.ceil(widthInCharacters(text) / SIGNS)), Math.ceil(widthInCharacters(subject) / SIGNS) - 1);
  const share = (PAGE - LINE * lines) / (boxes.length + 0.45);
  const within = (room: number, most: number): number => Math.round(Math.min(most, Math.max(LEAST, room)));
  return { box: within(share, MOST.box), last: within(1.45 * share, MOST.last) };
}

export function approvalSlipView(facts: ApprovalSlipFacts): DocumentView {
  const room = roomOf(facts);
  return {
    ...plainView,
    title: `呈批件（${facts.subject}）`,
    titlePhrases: ['呈批件'],
    letterhead: [facts.office, formatDate(facts.date)],
    number: facts.number,
    blocks: [
      form([
        pair('来文单位', facts.from), pair('来文字号', facts.theirNumber ?? '无'),
        pair('标题', facts.subject, { wide: true }),
        pair('拟办意见', [...facts.proposal, `${facts.proposedBy}　${formatDate(facts.date)}`], { wide: true }),
        ...facts.boxes.map((label, index) => pair(label, [], { wide: true, height: index === facts.boxes.length - 1 ? room.last : room.box })),
        pair('附件', facts.attachments, { wide: true }),
      ]),
      note(`请写明“同意”或“不同意”并签名、注明日期。签批后扫描本页，按二维码（编码 ${facts.code}）登记归入本件。`),
    ],
    verifyCode: facts.code,
    verifyPath: 'paper',
    verifyPlace: 'head',
    verifyHint: '',
  };
}
