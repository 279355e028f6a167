import { addDays, localDay } from '../../domain/local-day.js';
import { termOf } from '../../../workflows/policies/pack-rules.js';
import { findingFacts } from './finding-facts.js';
import type { Gatherer } from './gatherer.js';
import { inspectionOf, visitDays } from './inspection-case.js';
import { bureauName, officePaper } from './organs.js';

/** D9: what the inspectors proposed, demanded by the office; each finding's days run from the notice. */
export const rectificationNotice: Gatherer<'rectificationNotice'> = async (dossier, issue) => {
  const { findings } = inspectionOf(dossier);
  const { count } = termOf(dossier.pack, 'inspection.feedback');
  return {
    ...officePaper(dossier, issue), recipient: bureauName(dossier),
    inspected: { ...visitDays(dossier), team: '检查组' }, findings: findingFacts(dossier, findings, issue.date),
    feedbackBy: addDays(issue.date, Math.max(0, ...findings.map(({ days }) => days))), feedbackWay: '请在系统内逐条填报整改情况，附整改前后照片。',
    objection: { workingDays: count, until: dossier.calendar.addWorkdays(localDay(new Date(dossier.at)), count).day }, contact: null,
    verifyCode: issue.verifyCode, colophon: null,
  };
};
