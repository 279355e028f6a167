import { documentKinds } from '../../documents/document-kinds.js';
import { idFrom } from '../deterministic-id.js';
import type { Dossier } from '../dossier.js';
import { delivered, noTerm } from './deliveries.js';
import type { Gatherer } from './gatherer.js';
import { officeSignOff } from './organs.js';
import { planCoverReport } from './plan-cover-report.js';
import { filingOrgan, incomingNumber, planOf } from './plan-papers.js';
import { actOf, notRegistered, recorded, textOf } from './recorded.js';
import { channels } from '../../../workflows/forms/plan-commands.js';

/** D5 收文回执: 收文号 and the four dates; on time or not by the earliest proven delivery. */
export const incomingReceipt: Gatherer<'incomingReceipt'> = async (dossier, issue) => {
  const act = actOf(dossier, 'register');
  const { deadline, extension, judgement } = delivered(dossier);
  const decisive = recorded(judgement.decisive, '送达');
  const at = decisive.at instanceof Date ? decisive.at.toISOString() : decisive.at;
  return {
    number: incomingNumber(dossier), from: filingOrgan(dossier).name, theirNumber: textOf(act, 'theirNumber'), title: documentKinds.planCoverReport.title(await planCoverReport(dossier, issue)),
    channel: channels.find(({ value }) => value === act.event.channel)?.words.zh ?? notRegistered, pages: await pagesFiled(dossier), writtenOn: String(act.event.dated),
    delivered: { at, evidence: decisive.channel === 'system' ? `系统收件回执${decisive.proof}` : decisive.proof }, registeredAt: act.at, enteredAt: act.at,
    deadline: deadline.day, onTime: judgement.status === 'onTime', ...(judgement.status === 'extended' && extension !== null ? { extendedTo: extension.until } : {}),
    ...(planOf(dossier).amends === null ? {} : { timelinessNote: noTerm }), registrar: act.event.by.name, signOff: officeSignOff(dossier, issue), verifyCode: issue.verifyCode,
  };
};

/** Most effects one step of a chart asks for. */
const mostEffects = 12;

/** Pages of what the filing step issued, letter and plan; null while one of them could not be made. */
async function pagesFiled({ trx, city, caseId, acts }: Dossier): Promise<number | null> {
  const report = acts.filter((one) => one.command === 'report').at(-1);
  if (report === undefined) return null;
  const ids = Array.from({ length: mostEffects }, (_, index) => idFrom(`${caseId}:${report.seq}:${index}`));
  const waiting = await trx('outbox').where({ city, case_id: caseId, effect: 'issueDocument', seq: report.seq }).whereNull('parked_at').first('id');
  if (waiting !== undefined) throw new Error('the papers of the filing are still being issued');
  const papers: { kind: string; pages: number }[] = await trx('document').where({ city, case_id: caseId }).whereIn('id', ids).select('kind', 'pages');
  const filed = papers.filter(({ kind }) => kind === 'planCoverReport' || kind === 'planDocument');
  return filed.length === 2 ? filed.reduce((sum, { pages }) => sum + pages, 0) : null;
}
