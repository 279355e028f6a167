import { z } from 'zod';
import { words } from '../../src/domain/text.js';
import type { CommandForms } from './command-form.js';
import { choice, day, flag, list, optionalList, optionalReference, optionalText, paperNumber, reference, text } from './fields.js';
import { checklist, findings, measures, opinion, reason, site, team } from './shared-fields.js';

/** What an inspection may rest on (lifecycle §2): objects are bureaus and platforms, never governments. */
export const basisKinds = [
  { value: 'annualPlan', words: words('督查检查考核计划', 'Annual inspection plan') },
  { value: 'singleApproval', words: words('一事一报批件', 'Single approval') },
] as const;

const findingKey = text(words('问题编号', 'Finding'), { control: 'text', max: 10 });

/** Commands of `inspection.v1`. Inspectors propose; only the office's signed notice demands. */
export const inspectionCommands: CommandForms = {
  schedule: {
    words: words('排定检查', 'Schedule'), done: words('排定检查', 'Scheduled the inspection'), tone: 'primary',
    schema: z.object({
      basis: z.object({ kind: choice(words('检查依据', 'Basis'), basisKinds), number: paperNumber(words('依据文号', 'Number of the basis')) }).meta({ label: words('检查依据', 'Basis'), control: 'text' }),
      from: day(words('开始日期', 'From')), to: day(words('结束日期', 'To')), team, sites: list(words('抽查平台', 'Sampled platforms'), 'sites', site, { most: 400 }),
      reason: optionalText(words('时间不在9月1日至12月31日内的理由', 'Reason, where outside 1 September to 31 December')), note: optionalText(words('通知中的要求', 'Requirements in the notice')),
    }),
  },
  reschedule: { words: words('改期', 'Reschedule'), done: words('改期', 'Rescheduled'), tone: 'warning', schema: z.object({ reason }) },
  recordSite: {
    words: words('提交检查记录', 'Submit the record'), done: words('提交检查记录', 'Submitted the record'), tone: 'primary',
    hint: words('检查人员只提整改建议，整改通知由办公室签发。', 'Inspectors propose; the office signs the notice.'),
    schema: z.object({
      measures, checklist, findings, counterSigned: flag(words('受检方已签字', 'Signed by the inspected side')), counterSigner: optionalText(words('受检方签字人', 'Who signed'), { max: 40, control: 'text' }),
      refusal: optionalText(words('拒签理由', 'Reason of the refusal')), witness: optionalText(words('在场见证人', 'Witness'), { max: 40, control: 'text' }),
      colleague: optionalText(words('同行检查人员', 'Second inspector'), { max: 40, control: 'text', hint: words('受检方没有签字的必填', 'Required without the other side’s signature') }), note: optionalText(words('情况说明', 'Note')),
    }),
  },
  consolidate: { words: words('汇总完成', 'Consolidate'), done: words('汇总检查情况', 'Consolidated'), tone: 'primary', schema: z.object({ summary: text(words('检查情况综述', 'Summary')) }) },
  signNotice: { words: words('签发整改通知', 'Sign the notice'), done: words('签发整改通知', 'Signed the notice'), tone: 'primary', irreversible: true, schema: z.object({ opinion }) },
  returnToTeam: { words: words('退检查组', 'Return to the team'), done: words('退检查组', 'Returned to the team'), tone: 'warning', schema: z.object({ reason }) },
  acceptFindings: { words: words('无异议', 'No objection'), done: words('对问题无异议', 'Raised no objection'), tone: 'primary', schema: z.object({ opinion }) },
  objectTo: {
    words: words('提出异议', 'Object'), done: words('提出异议', 'Objected'), tone: 'neutral',
    schema: z.object({
      objections: list(words('异议（逐条）', 'Objections'), 'objections', z.object({ finding: findingKey, reason })), file: optionalReference(words('附件', 'Attachment'), 'file'),
    }),
  },
  decideObjections: {
    words: words('答复异议', 'Decide the objections'), done: words('答复异议', 'Decided the objections'), tone: 'primary',
    schema: z.object({
      decisions: list(words('逐条答复', 'Decisions'), 'decisions', z.object({
        finding: findingKey,
        decision: choice(words('结果', 'Result'), [
          { value: 'upheld', words: words('异议成立，撤销该问题', 'Objection upheld') }, { value: 'dismissed', words: words('异议不成立，维持', 'Objection dismissed') },
        ] as const),
        reason,
      })),
    }),
  },
  submitRectification: {
    words: words('报送整改情况', 'Report the rectification'), done: words('报送整改情况', 'Reported the rectification'), tone: 'primary',
    schema: z.object({ text: text(words('整改情况', 'What was done')), photos: optionalList(words('整改前后照片', 'Photos before and after'), 'files', reference(words('照片', 'Photo'), 'file')) }),
  },
  verify: { words: words('复查销号', 'Verified'), done: words('复查销号', 'Verified and closed'), tone: 'primary', schema: z.object({ opinion }) },
  sendBackRectification: { words: words('退回继续整改', 'Send back'), done: words('退回继续整改', 'Sent back'), tone: 'warning', schema: z.object({ reason }) },
};
