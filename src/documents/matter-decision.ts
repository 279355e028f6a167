import { z } from 'zod';
import { plainView, type DocumentView } from './document-view.js';
import { count, isoDate, isoInstant, optionalText, sha256, signOff, text } from './fact-types.js';
import { formatDate, formatInstant } from './official-format.js';
import { signOffBlock } from './sign-off.js';
import { form, heading, note, pair, paragraph, strong, table, type Block } from './view-blocks.js';

/** What somebody came to, as it is printed; `none`: he did not answer before it was decided. */
const stance = z.enum(['agreed', 'objected', 'for', 'against', 'abstained', 'voted', 'recused', 'returned', 'fallen', 'silent', 'none']);

/** Decision on a matter (呈批事项办理结果, 表决结果): what was asked, who said what, how it was counted, what was decided. */
export const matterDecisionFacts = z.object({
  unit: z.object({ code: text, name: text }),
  caseNumber: text,
  title: text,
  proposer: text,
  mode: z.enum(['inTurn', 'signEach', 'signAny', 'vote']),
  broughtOn: isoDate,
  decision: text,
  grounds: z.array(text).min(1),
  basis: optionalText,
  attachments: z.array(text),
  contentHash: sha256,
  participants: z.array(z.object({
    name: text, stance, opinion: optionalText, at: isoInstant.nullable(), by: optionalText, paper: z.object({ date: isoDate, registrar: text, comparer: text }).nullable(),
  })).min(1),
  /** Opinions of the times it was brought before and came back. */
  earlier: z.array(z.object({ round: z.int().positive(), name: text, stance, opinion: optionalText, on: isoDate })),
  tally: z.object({
    members: count, recused: count, entitled: count, voting: count, for: count, against: count, abstained: count, silent: count, quorum: count, needed: count, secret: z.boolean(), rule: text, sample: z.boolean(),
  }).nullable(),
  outcome: z.enum(['agreed', 'refused']),
  signOff,
  verifyCode: text,
});
export type MatterDecisionFacts = z.infer<typeof matterDecisionFacts>;

const modes = { inTurn: '依次呈批', signEach: '会签', signAny: '或签', vote: '票决' } as const;
const stances: Record<z.infer<typeof stance>, string> = {
  agreed: '同意', objected: '不同意', for: '赞成', against: '反对', abstained: '弃权', voted: '已投票', recused: '回避', returned: '退回修改', fallen: '他人已决定', silent: '未投票', none: '未答复',
};

export function matterDecisionView(facts: MatterDecisionFacts): DocumentView {
  const voted = facts.mode === 'vote';
  const phrases = [voted ? '表决结果' : '呈批事项办理结果'];
  const earlier: Block[] = facts.earlier.length === 0 ? [] : [table('前几次送办的意见', ['次序|12', '参加人|28|l', '意见|14', '说明|30|l', '日期|16'],
    facts.earlier.map((one) => [`第${one.round}次`, one.name, stances[one.stance], one.opinion ?? '—', formatDate(one.on)]), { compact: true })];
  return {
    ...plainView,
    title: `${phrases[0]!}（${facts.title}）`,
    titlePhrases: phrases,
    letterhead: [facts.unit.name],
    number: facts.caseNumber,
    blocks: [
      form([
        pair('标题', facts.title, { wide: true }), pair('提出人', facts.proposer), pair('办理方式', modes[facts.mode]), pair('送办日期', formatDate(facts.broughtOn)),
        pair('附件', facts.attachments.length === 0 ? '无' : facts.attachments), pair('内容摘要值', facts.contentHash, { wide: true }),
      ]),
      heading(1, '一、拟请决定的事项'), paragraph(facts.decision),
      heading(1, '二、情况和理由'), ...facts.grounds.map((one) => paragraph(one)), ...(facts.basis === null ? [] : [paragraph(`依据：${facts.basis}`)]),
      heading(1, voted ? '三、表决情况' : '三、签署意见'),
      table(voted ? '表决情况' : '签署意见', ['序号|8', '参加人|28|l', '意见|13', '说明|26|l', '方式和时间|25|l'], facts.participants.map((one, index) => [
        String(index + 1), one.by === null || one.name.endsWith(one.by) ? one.name : `${one.name}\n${one.by}`, stances[one.stance], one.opinion ?? '—', actOf(one),
      ]), { compact: true }),
      ...(facts.tally === null ? [] : tallyBlocks(facts.tally)), ...earlier,
      heading(1, '四、结果'), paragraph([strong(facts.outcome === 'agreed' ? '同意。' : '不同意。')]),
      signOffBlock(facts.signOff),
    ],
    verifyCode: facts.verifyCode,
  };
}

function actOf({ at, paper }: MatterDecisionFacts['participants'][number]): string {
  if (at === null) return '—';
  return paper === null ? formatInstant(at) : `纸质，${formatDate(paper.date)}；登记${paper.registrar}，核对${paper.comparer}`;
}

/** The count, with what it had to reach; sample values of the pack say so. */
function tallyBlocks(tally: NonNullable<MatterDecisionFacts['tally']>): Block[] {
  return [
    table('计票', ['应到|14', '回避|14', '投票|14', '赞成|14', '反对|14', '弃权|15', '未投票|15'],
      [[String(tally.members), String(tally.recused), String(tally.voting), String(tally.for), String(tally.against), String(tally.abstained), String(tally.silent)]]),
    note(`${tally.secret ? '无记名' : '记名'}表决；应到不含回避${tally.entitled}人，须投票${tally.quorum}人，赞成须${tally.needed}票。${tally.rule}${tally.sample ? '（示例）' : ''}`),
  ];
}
