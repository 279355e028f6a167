import type { FactsOf } from '../../documents/document-kinds.js';
import { NotFound } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import type { Dossier } from '../dossier.js';
import { acceptanceSlips } from './acceptance-slips.js';
import { inspectionSlips } from './inspection-slips.js';
import { matterSlips } from './matter-slips.js';
import { planRightSlips, planSlips } from './plan-slips.js';
import type { SlipOf } from './slip-content.js';

/** What a sheet is printed for: a duty, or a right that has no task. */
export type SlipMatter = { taskId: string } | { command: string };

interface Sheet {
  matter: SlipMatter;
  printedBy: string;
  /** The code under its QR mark, without the P in front. */
  code: string;
  /** 'YYYY-MM-DD'. */
  date: string;
}

/** Every stage whose decision may be made on paper, by workflow; and every right. */
export const slipsOfDuties: Readonly<Record<string, Readonly<Record<string, SlipOf>>>> = { plan: planSlips, inspection: inspectionSlips, acceptance: acceptanceSlips, matter: matterSlips };
export const slipsOfRights: Readonly<Record<string, Readonly<Record<string, SlipOf>>>> = { plan: planRightSlips };

/**
 * 呈批件: what has been proposed so far, laid before whoever decides, with room for what they write. It is for the step that is open now; an act
 * names the step it was done in.
 * @throws NotFound for a step that takes no paper, DocumentRefusal facts-incomplete
 */
export async function approvalSlip(dossier: Dossier, { matter, printedBy, code, date }: Sheet): Promise<FactsOf<'approvalSlip'>> {
  const { trx, city, caseId } = dossier;
  const { workflow } = (await trx('case_file').where({ city, id: caseId }).first('workflow')) as { workflow: string };
  const task = 'taskId' in matter ? await trx('task').where({ city, case_id: caseId, id: matter.taskId }).first('state', 'subject') : undefined;
  const slip = 'command' in matter ? slipsOfRights[workflow]?.[matter.command] : slipsOfDuties[workflow]?.[String(task?.state)];
  if (slip === undefined) throw new NotFound('no-slip', words('这一环节没有呈批件。', 'There is no approval slip for this step.'), JSON.stringify(matter));
  return { ...slip(dossier, { subject: task?.subject ?? null, printedBy }), number: `${dossier.caseNumber}-P${dossier.acts.at(-1)!.seq}`, date, code: `P-${code}` };
}
