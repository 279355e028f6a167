import { z } from 'zod';
import { words } from '../../src/domain/text.js';
import type { CommandForms } from './command-form.js';
import { choice, list, optionalText, reference, text } from './fields.js';
import { opinion, reason } from './shared-fields.js';

/** When an added signer has his turn. */
export const signerModes = [
  { value: 'before', words: words('前加签（他先签，我再办）', 'Before me') },
  { value: 'parallel', words: words('并加签（与我同时签）', 'Beside me') },
  { value: 'after', words: words('后加签（我办后他签，签完才走）', 'After me') },
] as const;

const posts = list(words('岗位', 'Posts'), 'posts', reference(words('岗位', 'Post'), 'post'), { most: 10 });
const key = (label: ReturnType<typeof words>) => text(label, { control: 'choice', max: 40 });

/** The moves that every workflow has, wherever its chart allows them. */
export const moveCommands: CommandForms = {
  addSigners: {
    words: words('加签', 'Add signers'), done: words('加签', 'Added signers'), tone: 'neutral', hint: words('只对这一步有效；离开这一步即失效。', 'For this step only; they fall when it is left.'),
    schema: z.object({ mode: choice(words('次序', 'Order'), signerModes), posts, reason: optionalText(words('请他看什么', 'What to look at')) }),
  },
  removeSigner: {
    words: words('减签', 'Remove a signer'), done: words('减签', 'Removed a signer'), tone: 'warning', hint: words('已签的不能减；后签的都减去后，已作的决定随即生效。', 'Not who has signed. With the last who signs after gone, the decision takes effect.'),
    schema: z.object({ signer: key(words('加签人', 'Signer')), reason }),
  },
  signAgree: { words: words('同意', 'Agree'), done: words('加签同意', 'Signed: agreed'), tone: 'primary', schema: z.object({ opinion }) },
  signObject: { words: words('不同意', 'Object'), done: words('加签不同意', 'Signed: objected'), tone: 'warning', schema: z.object({ opinion: text(words('意见', 'Opinion')) }) },
  hold: {
    words: words('挂起', 'Put on hold'), done: words('挂起', 'Put on hold'), tone: 'warning', hint: words('期限停走，已用天数保留；法定日期照走。', 'Terms stand still and keep the days used; statutory dates run on.'),
    schema: z.object({ reason }),
  },
  resume: { words: words('恢复办理', 'Go on'), done: words('恢复办理', 'Resumed'), tone: 'primary', schema: z.object({ note: optionalText(words('说明', 'Note')) }) },
  proposeJump: {
    words: words('提请跳转', 'Propose a jump'), done: words('提请跳转', 'Proposed a jump'), tone: 'warning', hint: words('由另一人核准；跳过的岗位须补审，补审完才能办结。', 'A second person confirms; posts passed over review afterwards before the case can end.'),
    schema: z.object({ jumpTo: key(words('跳到', 'Jump to')), reason }),
  },
  confirmJump: { words: words('核准跳转', 'Confirm the jump'), done: words('核准跳转', 'Confirmed the jump'), tone: 'primary', irreversible: true, schema: z.object({ opinion }) },
  rejectJump: { words: words('不予跳转', 'Reject the jump'), done: words('不予跳转', 'Rejected the jump'), tone: 'warning', schema: z.object({ reason }) },
  reviewAfterwards: { words: words('补审意见', 'Review afterwards'), done: words('补审', 'Reviewed afterwards'), tone: 'primary', schema: z.object({ opinion: text(words('意见', 'Opinion')) }) },
  wake: {
    words: words('唤醒', 'Wake the case'), done: words('唤醒已办结的案卷', 'Woke the closed case'), tone: 'danger', irreversible: true, hint: words('已制发的文书不变；重新办结后另发，并重新预归档。', 'Issued papers stand; after closing again new ones supersede them and the package is made anew.'),
    schema: z.object({ reason }),
  },
};
