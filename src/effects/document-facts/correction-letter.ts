import { localDay } from '../../domain/local-day.js';
import { planSectionNames, planSectionWords } from '../../../workflows/forms/plan-sections.js';
import { termOf } from '../../../workflows/policies/pack-rules.js';
import type { Dossier } from '../dossier.js';
import type { Gatherer } from './gatherer.js';
import { bureauName, officePaper } from './organs.js';
import { filingOrgan, incomingNumber, planOf, planTitle } from './plan-papers.js';

/** D6: the remarks by section, and the last day by the working-day calendar; the day of receipt is not counted. */
export const correctionLetter: Gatherer<'correctionLetter'> = async (dossier, issue) => {
  const { remarks, incoming } = planOf(dossier);
  const { count } = termOf(dossier.pack, 'plan.correcting');
  const { name: sender } = filingOrgan(dossier);
  return {
    ...officePaper(dossier, issue), recipient: bureauName(dossier), sender: sender === bureauName(dossier) ? null : sender,
    planTitle: planTitle(dossier), theirNumber: incoming?.theirNumber ?? null, incomingNumber: incoming === null ? null : incomingNumber(dossier),
    remarks: remarks.map(({ section, text }) => ({ section: sectionWords(dossier, section), remark: text, clause: null })),
    workingDays: count, due: dossier.calendar.addWorkdays(localDay(new Date(dossier.at)), count).day, contact: null,
  };
};

/** A section by its name; a remark on something else keeps the words it was pinned with. */
function sectionWords({ pack }: Dossier, section: string): string {
  const known = planSectionNames.find((name) => name === section);
  return known === undefined ? section : planSectionWords(pack, known).zh;
}
