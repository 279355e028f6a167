import { formatDate } from '../../domain/chinese-date.js';
import { localDay } from '../../domain/local-day.js';
import { FILING } from '../../../workflows/plan-states.v1.js';
import { lastAct, type Dossier, type JournalledAct } from '../dossier.js';
import { bureauName, officeName } from './organs.js';
import { consentOf, filingOrgan, frozenOf, planOf, planTitle } from './plan-papers.js';
import { recorded } from './recorded.js';
import { opinionOf, type SlipContent, type SlipOf } from './slip-content.js';

const leaders = ['办公室主任', '领导小组批示'];

/** What is proposed is what the last post before the signatory has written. */
function inUnit(dossier: Dossier, box: string): SlipContent {
  const act = latest(dossier, 'approve', 'submit', 'resubmit', 'seekOpinions');
  const handedIn = act?.command === 'submit' || act?.command === 'resubmit';
  return sheet(dossier, bureauName(dossier), bureauName(dossier), act, handedIn ? '方案已填报完毕，送请审核。' : opinionOf(act), [box]);
}

function inOffice(dossier: Dossier): SlipContent {
  const act = latest(dossier, 'acceptComplete') ?? latest(dossier, 'register');
  return sheet(dossier, officeName(dossier), filingOrgan(dossier).name, act, opinionOf(act), leaders);
}

function sheet(dossier: Dossier, office: string, from: string, act: JournalledAct | undefined, proposal: string, boxes: string[]): SlipContent {
  const files = frozenOf(dossier).attachments.length;
  return {
    office, from, theirNumber: planOf(dossier).incoming?.theirNumber ?? null, subject: planTitle(dossier), proposal: [proposal, ...consented(dossier)],
    proposedBy: recorded(act, '拟办').event.by.name, boxes, attachments: `方案1份${files === 0 ? '' : `，附件${files}件`}`,
  };
}

const latest = (dossier: Dossier, ...commands: string[]): JournalledAct | undefined =>
  commands.flatMap((command) => lastAct(dossier, command) ?? []).sort((a, b) => a.seq - b.seq).at(-1);

function consented(dossier: Dossier): string[] {
  if (planOf(dossier).consent === null) return [];
  const { organ, kind, number } = consentOf(dossier);
  return [`${organ}已同意（${kind}${number === null ? '' : `，${number}`}）。`];
}

/** Sheets for the duties of a plan, by stage. */
export const planSlips: Readonly<Record<string, SlipOf>> = {
  headReview: (dossier) => inUnit(dossier, '人社局负责人审核意见'),
  coSign: (dossier, { subject }) => inUnit(dossier, `${recorded(subject?.name as string | undefined, '会签单位')}会签意见`),
  governmentApproval: (dossier) => inUnit(dossier, '本级政府（管委会）审定意见'),
  directorDecision: inOffice,
};

/** What the leading group is asked to decide. Before the filing nothing of the plan itself is told. */
function asked(dossier: Dossier, printedBy: string, what: string, proposal: string[]): SlipContent {
  return {
    office: officeName(dossier), from: bureauName(dossier), theirNumber: null, subject: `${dossier.unit.name}${dossier.year}年度实施方案${what}`, proposal, proposedBy: printedBy,
    boxes: leaders, attachments: '无',
  };
}

/** Sheets for the rights of the leading group that have no task, by command. */
export const planRightSlips: Readonly<Record<string, SlipOf>> = {
  grantExtension: (dossier, { printedBy }) => {
    const { extension, dates } = planOf(dossier);
    const due = recorded(extension?.until ?? dates[FILING], '报送期限');
    return asked(dossier, printedBy, '延期报送', [
      `现行报送期限为${formatDate(localDay(new Date(Date.parse(due) - 1)))}24时${extension === null ? '' : '（已延期）'}。`, '延期须经组长或副组长同意，显示为延期，不记为按期。请写明延至何日。',
    ]);
  },
  exempt: (dossier, { printedBy }) => asked(dossier, printedBy, '免报', ['免报须经组长或副组长批准，列入例外清单；年度检查照常进行。']),
};
