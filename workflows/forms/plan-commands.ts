import { z } from 'zod';
import { words } from '../../src/domain/text.js';
import type { CommandForms } from './command-form.js';
import { choice, day, flag, instant, lastDay, optionalReference, optionalText, paperNumber, reference, text } from './fields.js';
import { opinion, organisations, reason, remarks, replies, returnWays } from './shared-fields.js';

/** Forms of consent (C-7.6); 会议纪要 and 处理签 need not carry a 发文字号. */
export const consentKinds = [
  { value: 'reply', words: words('批复', 'Written reply') },
  { value: 'minutes', words: words('会议纪要', 'Meeting minutes') },
  { value: 'handlingNote', words: words('处理签', 'Handling note') },
] as const;

/** How an incoming paper came. */
export const channels = [
  { value: 'system', words: words('本系统', 'This system') },
  { value: 'exchange', words: words('公文交换', 'Document exchange') },
  { value: 'paper', words: words('纸质', 'Paper') },
  { value: 'confidential', words: words('机要', 'Confidential courier') },
] as const;

/** What the letter says of silence: 逾期未复 is no objection only if it says so, and never consent. */
const silence = flag(words('函中写明逾期未复视为无意见', 'The letter says that silence is no objection'), words('不勾选的，未复如实列为“逾期未复”', 'Otherwise silence is listed as such'));

const none = z.object({});
const withOpinion = z.object({ opinion });
const withRemarks = z.object({ remarks });
const basis = paperNumber(words('同意文件或批示', 'Basis document'), words('组长或副组长同意的文号，或批示日期', 'Number of the leading group’s consent, or the date of its instruction'));

/** Commands of `plan`. Words follow lifecycle.md: 备案, never 审批. */
export const planCommands: CommandForms = {
  submit: { words: words('送人社局审核', 'Send for review'), done: words('送人社局审核', 'Sent for review'), tone: 'primary', schema: z.object({ note: optionalText(words('附言', 'Note')) }) },
  requestPreReview: {
    words: words('送预审（征求意见稿）', 'Ask for preliminary remarks'), done: words('送预审', 'Asked for preliminary remarks'), tone: 'neutral',
    hint: words('市领导小组办公室看得到这一稿；不算报送，报送期限照走。', 'The office can see this draft. It does not count as filing, and the deadline keeps running.'),
    schema: z.object({ note: optionalText(words('附言', 'Note')) }),
  },
  giveRemarks: { words: words('提出预审意见', 'Give remarks'), done: words('提出预审意见', 'Gave preliminary remarks'), tone: 'primary', hint: words('意见供参考，不作为备案依据。', 'Remarks are advice only; putting on record does not depend on them.'), schema: withRemarks },
  recall: { words: words('收回预审稿', 'Take the draft back'), done: words('收回预审稿', 'Took the draft back'), tone: 'neutral', schema: none },
  approve: { words: words('同意', 'Agree'), done: words('审核同意', 'Agreed'), tone: 'primary', schema: withOpinion },
  returnToDraft: { words: words('退回修改', 'Return for changes'), done: words('退回修改', 'Returned'), tone: 'warning', schema: withRemarks },
  seekOpinions: {
    words: words('征求意见', 'Ask for opinions'), done: words('征求部门意见', 'Asked for opinions'), tone: 'neutral', hint: words('各单位同时收到；未复不等于同意。', 'All are asked at once; no reply is not consent.'),
    schema: z.object({ organisations, note: optionalText(words('征求意见的内容', 'What is asked')), silence }),
  },
  withdraw: { words: words('撤回', 'Withdraw'), done: words('撤回', 'Withdrew'), tone: 'neutral', schema: none },
  agree: { words: words('同意', 'Agree'), done: words('会签同意', 'Agreed'), tone: 'primary', schema: withOpinion },
  object: { words: words('不同意', 'Object'), done: words('会签不同意', 'Objected'), tone: 'warning', schema: z.object({ opinion: text(words('意见', 'Opinion')) }) },
  addCosigner: { words: words('加签', 'Add a department'), done: words('加签', 'Added a department'), tone: 'neutral', schema: z.object({ organisations, reason: optionalText(words('理由', 'Reason')), silence }) },
  removeCosigner: {
    words: words('减签', 'Remove a department'), done: words('减签', 'Removed a department'), tone: 'warning',
    schema: z.object({ org: reference(words('单位', 'Department'), 'organisation'), reason }),
  },
  proceed: {
    words: words('逾期未复，继续办理', 'Proceed without the overdue replies'), done: words('逾期未复，继续办理', 'Proceeded without the overdue replies'), tone: 'warning',
    hint: words('未复的单位如实列出，不记为同意。', 'Those who have not replied are listed as such, never as consenting.'), schema: z.object({ reason }),
  },
  endRound: {
    words: words('终止会签，退回修改', 'End the round and return'), done: words('终止会签，退回修改', 'Ended the round and returned'), tone: 'warning',
    hint: words('未答复的单位不再答复；已有的意见保留。', 'Who has not answered need not; what was said stays.'), schema: withRemarks,
  },
  consent: {
    words: words('同意', 'Consent'), done: words('审定同意', 'Consented'), tone: 'primary',
    schema: z.object({
      kind: choice(words('同意形式', 'Form of consent'), consentKinds), number: paperNumber(words('文号', 'Number'), words('例：历下政复〔2026〕12号；纪要写第几次会议', 'e.g. 历下政复〔2026〕12号')),
      date: day(words('同意日期', 'Date of consent')), file: optionalReference(words('同意文件', 'The paper'), 'file'), opinion,
    }),
  },
  returnTo: {
    words: words('退回', 'Return'), done: words('退回', 'Returned'), tone: 'warning',
    schema: z.object({
      target: choice(words('退到', 'Return to'), [
        { value: 'headReview', words: words('人社局审核', 'HRSS review') }, { value: 'drafting', words: words('起草', 'Drafting') },
      ] as const),
      then: choice(words('改后', 'Afterwards'), returnWays).default('stepByStep').meta({ label: words('改后', 'Afterwards'), control: 'choice', options: returnWays }), remarks,
    }),
  },
  refuseConsent: { words: words('不予同意', 'Refuse consent'), done: words('不予同意', 'Refused consent'), tone: 'danger', irreversible: true, schema: z.object({ remarks }) },
  report: {
    words: words('报送', 'File'), done: words('报送', 'Filed'), tone: 'primary', irreversible: true, hint: words('提交即取得收件编号和时间，市级从此看得到方案内容。', 'You receive a number and a time at once; from then on the city can see the plan.'),
    schema: z.object({ documentNumber: paperNumber(words('报送文号', 'Number of the report'), words('例：历下人社报〔2026〕8号', 'e.g. 历下人社报〔2026〕8号')), signatory: optionalText(words('签发人', 'Signed by'), { max: 40, control: 'text', hint: words('政府、管委会用报告报送的必填；用函报送的不写', 'Required on a report of the government or committee; a letter carries none') }) }),
  },
  revise: { words: words('改回起草', 'Back to drafting'), done: words('改回起草', 'Took back to drafting'), tone: 'warning', hint: words('改后须重新取得同意。', 'Consent must then be obtained again.'), schema: z.object({ reason }) },
  register: {
    words: words('收文登记', 'Register'), done: words('收文登记', 'Registered'), tone: 'primary', hint: words('四个日期分别登记；是否按期以有佐证的最早送达为准。', 'The four dates are registered separately; the earliest delivery with evidence decides.'),
    schema: z.object({
      theirNumber: paperNumber(words('来文字号', 'Their reference number')), channel: choice(words('来文渠道', 'Channel'), channels), dated: day(words('成文日期', 'Date on the paper')),
      deliveredAt: instant(words('送达时间', 'Delivered at')), evidence: optionalText(words('送达佐证', 'Evidence of delivery'), { max: 300, hint: words('签收单、邮戳、交换回执编号', 'Receipt, postmark, exchange number') }),
      evidenceFile: optionalReference(words('佐证材料', 'Evidence file'), 'file'), opinion: optionalText(words('拟办意见', 'Proposed handling')),
    }),
  },
  correctDelivery: {
    words: words('更正送达时间', 'Correct the delivery'), done: words('提出更正送达时间', 'Proposed to correct the delivery'), tone: 'warning',
    hint: words('须有佐证，由另一人核对后生效；原值保留，列入例外清单。', 'Needs evidence and takes effect once a second person has compared it; the old value is kept and listed as an exception.'),
    schema: z.object({
      deliveredAt: instant(words('送达时间', 'Delivered at')), evidence: text(words('送达佐证', 'Evidence of delivery'), { max: 300, hint: words('签收单、邮戳、交换回执编号', 'Receipt, postmark, exchange number') }),
      evidenceFile: optionalReference(words('佐证材料', 'Evidence file'), 'file'), reason,
    }),
  },
  confirmDelivery: { words: words('核对无误，更正', 'Compared and right: correct it'), done: words('核对并更正送达时间', 'Compared and corrected the delivery'), tone: 'primary', irreversible: true, schema: withOpinion },
  rejectDelivery: { words: words('佐证不符，不更正', 'Evidence lacking: do not correct'), done: words('佐证不符，未更正', 'Found the evidence lacking'), tone: 'warning', schema: z.object({ reason }) },
  dropAmendment: { words: words('不再调整', 'Drop the amendment'), done: words('不再调整', 'Dropped the amendment'), tone: 'danger', irreversible: true, hint: words('原备案方案继续有效。', 'The plan on record stands.'), schema: none },
  acceptComplete: { words: words('材料齐全，拟予备案', 'Complete: propose putting on record'), done: words('材料齐全，拟予备案', 'Found complete'), tone: 'primary', schema: withOpinion },
  returnForCorrection: { words: words('退回补正', 'Return for correction'), done: words('退回补正', 'Returned for correction'), tone: 'warning', schema: withRemarks },
  resubmit: {
    words: words('报送补正稿', 'Send the correction'), done: words('报送补正稿', 'Sent the correction'), tone: 'primary',
    hint: words('改了项目、标准或金额的，须再经本级政府同意。', 'Changes to projects, standards or money need the government’s consent again.'), schema: z.object({ replies }),
  },
  confirmCheck: { words: words('复核无误，报请审定', 'Checked again: for decision'), done: words('复核无误', 'Found right in the second check'), tone: 'primary', schema: withOpinion },
  file: { words: words('备案', 'Put on record'), done: words('备案', 'Put on record'), tone: 'primary', irreversible: true, schema: withOpinion },
  sendBack: { words: words('退回经办', 'Send back'), done: words('退回经办', 'Sent back'), tone: 'warning', schema: z.object({ opinion: text(words('意见', 'Opinion')) }) },
  grantExtension: {
    words: words('同意延期报送', 'Grant an extension'), done: words('同意延期报送', 'Granted an extension'), tone: 'neutral', hint: words('须组长或副组长同意；显示为延期，不记为按期。', 'Only with the leading group’s consent; shown as extended, not as on time.'),
    schema: z.object({ until: lastDay(words('延至', 'Until')), basis, reason }),
  },
  exempt: { words: words('批准免报', 'Exempt'), done: words('批准免报', 'Exempted'), tone: 'danger', irreversible: true, schema: z.object({ basis, reason }) },
};
