import { z } from 'zod';
import { words } from '../../src/domain/text.js';
import type { CommandForms } from './command-form.js';
import { choice, list, optionalReference, optionalText, reference, text } from './fields.js';
import { opinion, reason, returnWays } from './shared-fields.js';

/** How a matter is decided. */
export const matterModes = [
  { value: 'inTurn', words: words('依次呈批（按所列次序，最后一岗决定）', 'In turn (in this order; the last decides)') },
  { value: 'signEach', words: words('会签（都要签署意见，有不同意见退提出人）', 'Co-signing (all give an opinion; an objection comes back)') },
  { value: 'signAny', words: words('或签（任一岗签署即决定）', 'Any one (the first answer decides)') },
  { value: 'vote', words: words('票决（按议事规则计票）', 'Vote (counted by the rules of procedure)') },
] as const;

const choices = [
  { value: 'for', words: words('赞成', 'For') }, { value: 'against', words: words('反对', 'Against') }, { value: 'abstained', words: words('弃权', 'Abstain') },
] as const;

const participants = list(words('参加人', 'Participants'), 'team', z.object({ post: reference(words('岗位', 'Post'), 'post') }), { most: 30, hint: words('依次呈批的，按办理次序排列。', 'In the order of their turns, where they decide in turn.') });
const file = optionalReference(words('附件', 'Attachment'), 'file', words('随件固定，办结后归入同一案卷。', 'Fixed with the text and filed with the case.'));
const why = text(words('意见', 'Opinion'));

/** Commands of `matter.v1`. */
export const matterCommands: CommandForms = {
  bring: {
    words: words('送办', 'Bring it'), done: words('送办', 'Brought for decision'), tone: 'primary', hint: words('送出后事项内容固定，各岗位按所见内容签署。', 'The text is fixed from then on; everybody decides on what he is shown.'),
    schema: z.object({ mode: choice(words('办理方式', 'How it is decided'), matterModes), participants, file, note: optionalText(words('附言', 'Note')) }),
  },
  bringAgain: {
    words: words('修改后再送', 'Bring it again'), done: words('修改后再送', 'Brought again'), tone: 'primary', hint: words('参加人和办理方式不变；直接返回的，从退回的岗位接着办。', 'The same participants in the same way; returned straight back, it goes on with who returned it.'),
    schema: z.object({ file, note: optionalText(words('修改说明', 'What was changed')) }),
  },
  assent: { words: words('同意', 'Agree'), done: words('签署同意', 'Signed: agreed'), tone: 'primary', schema: z.object({ opinion }) },
  decline: { words: words('不同意', 'Disagree'), done: words('签署不同意', 'Signed: disagreed'), tone: 'warning', schema: z.object({ opinion: why }) },
  sendBackMatter: {
    words: words('退回修改', 'Send back'), done: words('退回修改', 'Sent back'), tone: 'warning',
    schema: z.object({ opinion: why, then: choice(words('改后', 'Afterwards'), returnWays).default('stepByStep').meta({ label: words('改后', 'Afterwards'), control: 'choice', options: returnWays }) }),
  },
  castVote: {
    words: words('投票', 'Vote'), done: words('投票', 'Voted'), tone: 'primary', irreversible: true, hint: words('每岗一票，投后不能更改；代理人代投也只此一票。', 'One vote a post, and none is changed; a deputy casts that same vote.'),
    schema: z.object({ choice: choice(words('表决', 'Vote'), choices), opinion }),
  },
  recuse: {
    words: words('回避', 'Stand aside'), done: words('回避', 'Stood aside'), tone: 'neutral', irreversible: true, hint: words('回避的不计入应到人数，也不计赞成、反对。', 'Who stands aside counts neither way.'), schema: z.object({ reason }),
  },
  recallMatter: { words: words('收回修改', 'Recall'), done: words('收回修改', 'Recalled the matter'), tone: 'warning', hint: words('已签的意见留存；再送时重新签署。表决已有人投票的，不能收回。', 'What was said stays on record and is asked anew. Not once a vote has been cast.'), schema: z.object({ reason }) },
  cancelMatter: { words: words('撤销', 'Cancel'), done: words('撤销事项', 'Cancelled the matter'), tone: 'danger', irreversible: true, hint: words('撤销即办结，不再办理。', 'The case ends.'), schema: z.object({ reason }) },
  replaceParticipant: {
    words: words('更换参加人', 'Replace a participant'), done: words('更换参加人', 'Replaced a participant'), tone: 'neutral', hint: words('只换尚未答复的；已签的意见不变。', 'Only who has not answered; what was signed stands.'),
    schema: z.object({ leaves: reference(words('换出', 'Leaves'), 'member'), joins: reference(words('换入', 'Joins'), 'post'), reason }),
  },
  passOn: {
    words: words('报市办公室', 'Pass on to the city’s office'), done: words('报市办公室', 'Passed on to the city’s office'), tone: 'neutral', irreversible: true,
    hint: words('市办公室从此看得到事项、办理结果和各方意见。', 'From then on the office sees the matter, the decision and who said what.'), schema: z.object({}),
  },
};
