import { tierWords } from '../../documents/fact-types.js';
import type { Gatherer } from './gatherer.js';
import { basisOf, inspectionOf, teamRows, visitDays } from './inspection-case.js';
import { bureauName, officeColophon, officePaper } from './organs.js';
import { actOf, textOf } from './recorded.js';
import { paperTiers } from './visited-places.js';

/** D7: the bureau and the sampled platforms are its objects, never a government (rule R4). */
export const inspectionNotice: Gatherer<'inspectionNotice'> = async (dossier, issue) => {
  const { sites } = inspectionOf(dossier);
  const days = visitDays(dossier);
  const tiers = await paperTiers(dossier, sites);
  const basis = basisOf(dossier);
  const note = textOf(actOf(dossier, 'schedule'), 'note');
  return {
    ...officePaper(dossier, issue), recipient: bureauName(dossier), authorization: `${basis.title}（${basis.number}）`, consent: null,
    objects: [{ name: bureauName(dossier), ...days, note: null }, ...sites.map(({ name, tier, placeCode }) => ({ name, ...days, note: tierWords[tiers.get(`${tier}:${placeCode}`)!] }))],
    team: teamRows(dossier), contents: dossier.pack.scoring.sheet.value.dimensions.map(({ name }) => `${name.zh}情况。`), materials: [],
    requirements: note === null ? [] : note.split('\n').map((line) => line.trim()).filter((line) => line !== ''), attachments: [], contact: null,
    colophon: officeColophon(dossier, issue, []),
  };
};
