import type { Gatherer } from './gatherer.js';
import { officeSignOff, unitOf } from './organs.js';
import { consentOf, incomingNumber, planOf, planSections, planTitle, projectsOf } from './plan-papers.js';
import { recorded } from './recorded.js';

/** 备案回执 of the version that is on record. */
export const filingReceipt: Gatherer<'filingReceipt'> = async (dossier, issue) => {
  const { content, contentOrdinal } = planOf(dossier);
  return {
    number: recorded(issue.number, '文号'), unit: unitOf(dossier), cycleYear: dossier.year, caseNumber: dossier.caseNumber, planTitle: planTitle(dossier), planVersion: contentOrdinal,
    incomingNumber: incomingNumber(dossier), contentHash: recorded(content, '方案内容'), consent: consentOf(dossier), projects: projectsOf(planSections(dossier)).length,
    filedOn: issue.date, signOff: officeSignOff(dossier, issue), verifyCode: issue.verifyCode,
  };
};
