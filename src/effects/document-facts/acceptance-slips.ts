import { formatScore } from '../../domain/scoring.js';
import { gradesOf, teamRulesOf } from '../../../workflows/policies/pack-rules.js';
import { lastAct, type Dossier } from '../dossier.js';
import { acceptanceOf, signingActs } from './acceptance-case.js';
import { bureauName, officeName } from './organs.js';
import { actOf, recorded, textOf } from './recorded.js';
import { findingLines, type SlipContent, type SlipOf } from './slip-content.js';

const title = ({ unit, year }: Dossier, what: string): string => `${unit.name}${year}年度验收${what}`;
const conclusions = { passed: '验收合格', conditional: '限期整改后复验', failed: '验收不合格' } as const;

/** The draft as the team has handed it on: score, grade and conclusion, and what is to be put right. */
function drafted(dossier: Dossier, box: string, more: string[] = []): SlipContent {
  const { total, grade, conclusion, findings } = acceptanceOf(dossier);
  const name = recorded(gradesOf(dossier.pack).find(({ id }) => id === grade), '等次').name.zh;
  const lines = findingLines(findings);
  return {
    office: officeName(dossier), from: '验收小组', theirNumber: null, subject: title(dossier, '报告'),
    proposal: [
      `得分${formatScore(recorded(total, '总分'))}，等次${name}${dossier.pack.scoring.grades.sample ? '（示例）' : ''}，结论：${conclusions[recorded(conclusion, '验收结论')]}。`,
      ...(lines.length === 0 ? [] : ['须整改的问题：', ...lines]), ...more,
    ],
    proposedBy: actOf(dossier, 'submitDraft').event.by.name, boxes: [box], attachments: '验收报告（送签稿）1份',
  };
}

/** Sheets for the duties of an acceptance, by stage. */
export const acceptanceSlips: Readonly<Record<string, SlipOf>> = {
  forming: (dossier) => {
    const { minimum, odd, minimumDepartments } = teamRulesOf(dossier.pack);
    const accepted = recorded(lastAct(dossier, 'acceptApplication'), '受理');
    const said = textOf(accepted, 'opinion');
    return {
      office: officeName(dossier), from: bureauName(dossier), theirNumber: null, subject: title(dossier, '小组的组成'),
      proposal: [
        `验收申请已受理${said === null ? '' : `：${said.replace(/。$/, '')}`}。`,
        `小组不少于${minimum}人${odd ? '、单数' : ''}，来自不少于${minimumDepartments}个部门，设组长1名；被验收单位的人员回避。请写明组长、组员。`,
      ],
      proposedBy: accepted.event.by.name, boxes: ['小组成员名单', '办公室主任'], attachments: '验收申请1份',
    };
  },
  signing: (dossier, { subject }) => drafted(dossier, `${subject?.leader === true ? '组长' : '组员'}${recorded(subject?.name as string | undefined, '小组成员')}会签意见`),
  issuing: (dossier) => {
    const acts = signingActs(dossier);
    const dissents = acts.filter(({ command }) => command === 'dissent').length;
    return drafted(dossier, '办公室主任', [`小组成员${acts.length}人会签${dissents === 0 ? '，均同意' : `，其中${dissents}人持不同意见，记入评议记录`}。`]);
  },
};
