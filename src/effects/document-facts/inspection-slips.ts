import { lastAct, type Dossier } from '../dossier.js';
import { inspectionOf } from './inspection-case.js';
import { bureauName, officeName } from './organs.js';
import { recorded, textOf } from './recorded.js';
import { findingLines, listed, type SlipOf } from './slip-content.js';

const title = ({ unit, year }: Dossier, what: string): string => `${unit.name}${year}年度检查${what}`;
const numberOf = (dossier: Dossier, kind: string): string | null => inspectionOf(dossier).documents.filter((one) => one.kind === kind).at(-1)?.number ?? null;
const open = (dossier: Dossier): number => inspectionOf(dossier).findings.filter(({ state }) => state !== 'withdrawn').length;

/** Sheets for the duties of an inspection, by stage. */
export const inspectionSlips: Readonly<Record<string, SlipOf>> = {
  noticeOfRectification: (dossier) => {
    const { findings, sites } = inspectionOf(dossier);
    const act = recorded(lastAct(dossier, 'consolidate'), '汇总');
    return {
      office: officeName(dossier), from: '检查组', theirNumber: null, subject: title(dossier, '整改通知'),
      proposal: [...listed([textOf(act, 'summary') ?? '']), `发现问题${open(dossier)}个，建议整改：`, ...findingLines(findings), '拟由办公室签发整改通知。'], proposedBy: act.event.by.name,
      boxes: ['办公室主任'], attachments: `检查记录${sites.length}份`,
    };
  },
  feedback: (dossier, { printedBy }) => ({
    office: bureauName(dossier), from: officeName(dossier), theirNumber: numberOf(dossier, 'rectificationNotice'), subject: title(dossier, '整改通知的反馈意见'),
    proposal: [`整改通知列出问题${open(dossier)}个：`, ...findingLines(inspectionOf(dossier).findings), '请写明无异议，或者对第几条有异议及理由。'], proposedBy: printedBy,
    boxes: ['人社局负责人意见'], attachments: '整改通知1份',
  }),
  objection: (dossier, { printedBy }) => {
    const { objections } = inspectionOf(dossier);
    return {
      office: officeName(dossier), from: bureauName(dossier), theirNumber: null, subject: title(dossier, '所提异议的答复'),
      proposal: [`提出异议${objections.length}条：`, ...listed(objections.map(({ finding, reason }) => `${finding.replace(/^F/, '')}．${reason}`)), '请逐条写明成立或者不成立及理由。'],
      proposedBy: printedBy, boxes: ['核实意见', '办公室主任'], attachments: '整改通知1份',
    };
  },
};
