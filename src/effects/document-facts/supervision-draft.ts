import { Refused } from '../../domain/errors.js';
import { localDay, type Day } from '../../domain/local-day.js';
import { words } from '../../domain/text.js';
import { valueOf } from '../../../workflows/policies/policy-pack.js';
import { termOf } from '../../../workflows/policies/pack-rules.js';
import type { Dossier } from '../dossier.js';
import { delivered } from './deliveries.js';
import type { Gatherer } from './gatherer.js';
import { bureauName, clauseWords, officeLetterhead, officeSignOff, policyPaper, unitOf } from './organs.js';
import { planOf, planTitle } from './plan-papers.js';

/** What the draft rests on: the duty to file by a day, and the office's own part when it is not done. */
const CLAUSES = ['C-7.7', 'C-7.13'];

/**
 * 督导通知书 as drafted on a day, once a plan is overdue for the pack's working days.
 * @throws Refused before that, or when the plan has come
 */
export const supervisionDraft: Gatherer<'supervisionDraft'> = async (dossier, issue) => {
  const { pack, calendar } = dossier;
  const { deadline, extension } = delivered(dossier);
  const overdueWorkdays = calendar.workdaysBetween(extension?.until ?? deadline.day, issue.date).days;
  const from = valueOf(pack.timing.supervisionDraftAfterWorkdays);
  const { acknowledgement, amends } = planOf(dossier);
  if (acknowledgement !== null || amends !== null) throw new Refused('already-filed', words('方案已经报送，不用督导。', 'The plan has been filed; there is nothing to supervise.'), dossier.caseId);
  if (overdueWorkdays < from) throw new Refused('not-overdue', words(`逾期满 ${from} 个工作日才拟督导通知书。`, `A notice of supervision is drafted ${from} working days after the deadline.`), dossier.caseId);
  const paper = policyPaper(dossier);
  return {
    letterhead: officeLetterhead(dossier), recipient: bureauName(dossier), cycleYear: dossier.year, signOff: officeSignOff(dossier, issue), unit: unitOf(dossier), planTitle: planTitle(dossier),
    deadline: deadline.day, extendedTo: extension?.until ?? null, reminded: await remindedOn(dossier), overdueWorkdays,
    basis: CLAUSES.map((clause) => ({ paper, clause: clauseWords(dossier, clause).replace(/^文件/, '') })),
    reply: { workdays: termOf(pack, 'supervision.reply').count, sample: pack.terms['supervision.reply']!.sample }, caseNumber: dossier.caseNumber,
  };
};

/** Days of the system's reminders and of the office's own. */
async function remindedOn({ trx, city, caseId, acts }: Dossier): Promise<Day[]> {
  const byOffice: Date[] = await trx('notice').where({ city, case_id: caseId, template: 'officeReminder' }).pluck('at');
  const bySystem = acts.filter(({ command }) => command === 'term.plan.filing.remind').map((act) => new Date(act.at));
  return [...new Set([...byOffice, ...bySystem].map(localDay))].sort();
}
