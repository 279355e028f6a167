import { z } from 'zod';
import { words } from '../../src/domain/text.js';
import type { CommandForms } from './command-form.js';
import { choice, day, flag, list, optionalDay, optionalList, optionalText, reference, text, texts } from './fields.js';
import { checklist, findings, measures, opinion, reason, remarks, replies, site, team } from './shared-fields.js';

/** The three conclusions (lifecycle §3); grade and total are computed and never typed. */
export const conclusions = [
  { value: 'passed', words: words('验收合格', 'Passed') },
  { value: 'conditional', words: words('限期整改后复验', 'Passed after rectification') },
  { value: 'failed', words: words('验收不合格', 'Failed') },
] as const;

const paragraphs = (zh: string, en: string) => optionalList(words(zh, en), 'paragraphs', text(words(zh, en), { max: 4000 }));

/** Commands of `acceptance.v1`. */
export const acceptanceCommands: CommandForms = {
  apply: { words: words('申请验收', 'Apply for acceptance'), done: words('申请验收', 'Applied for acceptance'), tone: 'primary', schema: z.object({ note: optionalText(words('附言', 'Note')) }) },
  abandon: { words: words('不再申请', 'Abandon'), done: words('撤回申请', 'Abandoned the application'), tone: 'danger', irreversible: true, schema: z.object({ reason }) },
  acceptApplication: { words: words('受理', 'Accept the application'), done: words('受理', 'Accepted the application'), tone: 'primary', schema: z.object({ opinion }) },
  requestCorrection: { words: words('退回补正', 'Return for correction'), done: words('退回补正', 'Returned for correction'), tone: 'warning', schema: z.object({ remarks }) },
  refuseApplication: { words: words('不予受理', 'Refuse the application'), done: words('不予受理', 'Refused the application'), tone: 'danger', irreversible: true, schema: z.object({ reason }) },
  reapply: { words: words('报送补正材料', 'Send the correction'), done: words('报送补正材料', 'Sent the correction'), tone: 'primary', schema: z.object({ replies }) },
  formTeam: {
    words: words('组成验收小组', 'Form the team'), done: words('组成验收小组', 'Formed the team'), tone: 'primary',
    hint: words('不少于3人、单数、来自不同部门、1名组长；被验收单位的人员回避。', 'At least three, an odd number, from different departments, one leader; nobody of the unit.'), schema: z.object({ team }),
  },
  replaceMember: {
    words: words('更换成员', 'Replace a member'), done: words('更换成员', 'Replaced a member'), tone: 'warning', hint: words('已评的分保留在原成员名下。', 'Scores already given stay under the giver’s name.'),
    schema: z.object({
      leaves: reference(words('换出', 'Leaves'), 'member'), joins: reference(words('换入', 'Joins'), 'member'), reason, approvedBy: text(words('批准人', 'Approved by'), { max: 40, control: 'text' }),
      seenAgainOn: optionalDay(words('补看现场日期', 'Sites seen again on'), words('现场验收以后更换的必填：新成员补看已验收平台的日期', 'Required after the visit: when the new member saw the platforms')),
    }),
  },
  recordVisit: {
    words: words('提交现场记录', 'Submit the record'), done: words('提交现场验收记录', 'Submitted the record of the visit'), tone: 'primary',
    schema: z.object({
      from: day(words('开始日期', 'From')), to: day(words('结束日期', 'To')),
      visits: list(words('实地验收的平台', 'Platforms visited'), 'visits', site.extend({
        measures, checklist, visitedOn: day(words('日期', 'Date')), note: optionalText(words('说明', 'Note'), { max: 500 }),
      }), { most: 400 }),
      note: optionalText(words('程序说明', 'Procedure')),
    }),
  },
  scoreItems: {
    words: words('提交评分', 'Submit the scores'), done: words('提交评分', 'Submitted scores'), tone: 'primary', irreversible: true, hint: words('只评本部门负责的项目；扣分须写理由。', 'Only your own items; give a reason wherever points are taken off.'),
    schema: z.object({
      scores: texts(words('得分', 'Scores'), 'scores'), reasons: texts(words('扣分理由', 'Reasons'), 'scores').default({}).meta({ label: words('扣分理由', 'Reasons'), control: 'scores' }),
      vetoes: optionalList(words('不予通过情形', 'Circumstances that exclude a pass'), 'vetoes', z.object({ id: text(words('情形', 'Circumstance'), { control: 'choice', max: 40 }), reason })),
    }),
  },
  submitDraft: {
    words: words('提交报告送会签', 'Send the report for signing'), done: words('提交报告送会签', 'Sent the report for signing'), tone: 'primary', hint: words('得分和等次由系统计算。', 'Total and grade are computed.'),
    schema: z.object({
      conclusion: choice(words('验收结论', 'Conclusion'), conclusions), findings, construction: paragraphs('建设情况', 'Construction'), funding: paragraphs('资金管理情况', 'Funds'),
      evaluations: texts(words('六到位评价', 'Six in place'), 'textarea').default({}).meta({ label: words('六到位评价', 'Six in place'), control: 'paragraphs' }),
      conclusionNarrative: paragraphs('结论说明', 'On the conclusion'), recommendations: paragraphs('建议', 'Recommendations'),
      scoreDifference: optionalText(words('与自评分相差较大的说明', 'Why the score differs from the unit’s own')),
    }),
  },
  takeBackDraft: { words: words('收回修改', 'Take back'), done: words('收回修改', 'Took the draft back'), tone: 'neutral', hint: words('已签的须重签。', 'Signatures given are void.'), schema: z.object({ reason }) },
  sign: { words: words('签名', 'Sign'), done: words('签名', 'Signed'), tone: 'primary', irreversible: true, schema: z.object({ opinion }) },
  dissent: { words: words('持不同意见', 'Dissent'), done: words('持不同意见', 'Dissented'), tone: 'warning', hint: words('意见记入评议记录。', 'It goes to the record of deliberation.'), schema: z.object({ reason }) },
  issue: { words: words('签发', 'Issue'), done: words('签发', 'Issued'), tone: 'primary', irreversible: true, schema: z.object({ opinion }) },
  sendBackForReconsideration: {
    words: words('退小组复议', 'Send back for reconsideration'), done: words('退小组复议', 'Sent back for reconsideration'), tone: 'warning', hint: words('以一次为限；不能改分和结论，两稿都保留。', 'Once only; the score cannot be altered, both versions are kept.'),
    schema: z.object({ reason }),
  },
  confirmRectification: {
    words: words('提交复验结果', 'Submit the re-inspection'), done: words('提交复验结果', 'Submitted the re-inspection'), tone: 'primary', irreversible: true,
    schema: z.object({
      results: list(words('逐条复验', 'Results'), 'results', z.object({
        finding: text(words('问题编号', 'Finding'), { control: 'text', max: 10 }), passed: flag(words('已整改到位', 'Put right')), note: text(words('复验情况', 'What was seen')),
      })),
      measures, visitedOn: day(words('复验日期', 'Date')),
    }),
  },
};
