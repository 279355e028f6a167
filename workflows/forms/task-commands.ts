import { z } from 'zod';
import { words } from '../../src/domain/text.js';
import type { CommandForms } from './command-form.js';
import { list, optionalText, reference, text } from './fields.js';
import { reason } from './shared-fields.js';

const colleague = reference(words('转给', 'To'), 'post', words('只能转给本单位的岗位。', 'A post of the same organisation.'));
const adviser = reference(words('请谁', 'Whom'), 'post', words('只能请本侧单位的岗位。', 'A post on your own side.'));

/** Acts beside the chart: who carries a duty, who is asked or told, what is said of a case. The procedure does not move by them. */
export const taskCommands: CommandForms = {
  'task.claim': {
    words: words('认领', 'Claim'), done: words('认领', 'Claimed'), tone: 'neutral', hint: words('认领后由您一人办理，同岗位的人不能再办。', 'From then on it is yours alone; others of the same post cannot act on it.'),
    schema: z.object({}),
  },
  'task.release': {
    words: words('释放', 'Release'), done: words('释放', 'Released'), tone: 'neutral', hint: words('放回岗位，同岗位的人都可以办。', 'Back to the post: whoever holds it may act.'),
    schema: z.object({ note: optionalText(words('说明', 'Note')) }),
  },
  'task.transfer': {
    words: words('转办', 'Transfer'), done: words('转办', 'Transferred'), tone: 'neutral', hint: words('由对方代替本岗位办理，期限不变。', 'The other post carries it in place of yours; the term stays.'),
    schema: z.object({ colleague, reason }),
  },
  'task.delegate': {
    words: words('委派', 'Ask for an opinion'), done: words('委派', 'Asked for an opinion'), tone: 'neutral', hint: words('对方答复前您不能办；可以随时收回。', 'You wait for the answer; you may take it back at any time.'),
    schema: z.object({ adviser, question: text(words('请他答复什么', 'What is asked')) }),
  },
  'task.answer': {
    words: words('答复', 'Answer'), done: words('答复委派', 'Answered'), tone: 'primary', schema: z.object({ opinion: text(words('意见', 'Opinion')) }),
  },
  'task.takeBack': {
    words: words('收回委派', 'Take back'), done: words('收回委派', 'Took the request back'), tone: 'neutral', schema: z.object({}),
  },
  'note.urge': {
    words: words('提醒办理', 'Remind'), done: words('提醒办理', 'Reminded'), tone: 'neutral', schema: z.object({}),
  },
  'note.circulate': {
    words: words('抄送', 'Circulate'), done: words('抄送', 'Circulated'), tone: 'neutral', hint: words('对方阅后留下回执；不影响办理。', 'Leaves a receipt when read; nothing waits for it.'),
    schema: z.object({
      posts: list(words('岗位', 'Posts'), 'posts', reference(words('岗位', 'Post'), 'post'), { most: 20 }),
      note: optionalText(words('附言', 'Note')),
    }),
  },
  'note.comment': {
    words: words('留言', 'Comment'), done: words('留言', 'Commented'), tone: 'neutral', hint: words('写进办理过程，不能删改。', 'Stands in the record; it cannot be changed.'),
    schema: z.object({ text: text(words('内容', 'Text')) }),
  },
};

/** Whether a command is such an act: it has a form, and no chart knows it. */
export const isBeside = (command: string): boolean => Object.hasOwn(taskCommands, command);
