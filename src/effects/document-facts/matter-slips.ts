import type { FrozenContent } from '../../content/freeze.js';
import type { MatterContext } from '../../../workflows/matter.v1.js';
import type { Dossier } from '../dossier.js';
import { recorded } from './recorded.js';
import { listed, type SlipContent, type SlipDesk, type SlipOf } from './slip-content.js';

/** A matter laid before one of those it was brought to, on the words it was brought in. */
function laidBefore(dossier: Dossier, { subject }: SlipDesk, box: string): SlipContent {
  const { proposers, ofUnit } = dossier.context as unknown as MatterContext;
  const content = recorded(dossier.content, '事项内容') as unknown as FrozenContent;
  const { decision, grounds } = content.sections.matter as { decision: string; grounds: string };
  const from = ofUnit ? dossier.organisations.hrss : dossier.organisations.office;
  return {
    office: recorded(from, '提出单位'), from: recorded(from, '提出单位'), theirNumber: null, subject: dossier.title,
    proposal: [`拟请决定：${decision}`, ...listed(grounds.split(/\n+/).filter((line) => line.trim() !== ''))], proposedBy: recorded(proposers[0]?.name, '提出人'),
    boxes: [`${recorded(subject?.name as string | undefined, '参加人')}${box}`], attachments: content.attachments.length === 0 ? '无' : `${content.attachments.length}件`,
  };
}

const opinion: SlipOf = (dossier, desk) => laidBefore(dossier, desk, '意见');

/** Sheets for the ways in which a matter is decided, by stage. */
export const matterSlips: Readonly<Record<string, SlipOf>> = {
  inTurn: opinion, signEach: opinion, signAny: opinion, vote: (dossier, desk) => laidBefore(dossier, desk, '表决（赞成、反对、弃权）'),
};
