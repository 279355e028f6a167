import { documentKinds } from '../../documents/document-kinds.js';
import { localDay } from '../../domain/local-day.js';
import { channels } from '../../../workflows/forms/plan-commands.js';
import type { Gatherer } from './gatherer.js';
import { officeName } from './organs.js';
import { planCoverReport } from './plan-cover-report.js';
import { filingOrgan, frozenOf, incomingNumber, planOf } from './plan-papers.js';
import { actOf, notRegistered, recorded, textOf } from './recorded.js';

/** 收文处理单 of a plan that was registered; a delivery corrected since stands on it as corrected. */
export const handlingSheet: Gatherer<'handlingSheet'> = async (dossier, issue) => {
  const act = actOf(dossier, 'register');
  const { deliveredAt, evidence } = recorded(planOf(dossier).incoming, '收文登记');
  const opinion = textOf(act, 'opinion');
  const files = frozenOf(dossier).attachments.length;
  return {
    number: incomingNumber(dossier), office: officeName(dossier), printedOn: issue.date, from: filingOrgan(dossier).name, theirNumber: textOf(act, 'theirNumber'),
    title: documentKinds.planCoverReport.title(await planCoverReport(dossier, issue)), channel: channels.find(({ value }) => value === act.event.channel)?.words.zh ?? notRegistered,
    writtenOn: String(act.event.dated), delivered: { at: deliveredAt, evidence: evidence || (act.event.channel === 'system' ? '系统收件回执' : '无') }, registeredAt: act.at, registrar: act.event.by.name,
    proposal: opinion === null ? null : { text: opinion, by: act.event.by.name, on: localDay(new Date(act.at)) }, attachments: `方案1份${files === 0 ? '' : `，附件${files}件`}`,
  };
};
