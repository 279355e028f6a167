import { parseDocumentNumber } from '../../domain/document-number.js';
import type { Dossier } from '../dossier.js';
import type { Gatherer } from './gatherer.js';
import { officeName, unitOf } from './organs.js';
import { consentOf, filingOrgan, frozenOf, planSections, planTitle, projectsOf } from './plan-papers.js';
import { actOf, recorded, textOf } from './recorded.js';

/** D4, in the form that follows from who files (domain.md §9 A5). The number is the filer's own, as typed; 签发人 stands on what goes up only. */
export const planCoverReport: Gatherer<'planCoverReport'> = async (dossier, issue) => {
  const act = actOf(dossier, 'report');
  const { name: issuerName, direction } = filingOrgan(dossier);
  const typed = textOf(act, 'documentNumber');
  const contact = planSections(dossier).basics;
  return {
    direction, number: typed === null ? null : (parseDocumentNumber(typed) ?? typed), signatory: direction === 'report' ? recorded(textOf(act, 'signatory'), '签发人') : null,
    cycleYear: dossier.year, unit: unitOf(dossier), issuerName, letterhead: [direction === 'report' ? `${issuerName}文件` : issuerName], recipient: officeName(dossier),
    planTitle: planTitle(dossier), consent: consentOf(dossier), summary: summaryOf(dossier), attachments: attachmentsOf(dossier),
    contact: contact === undefined ? null : { name: contact.contactName, phone: contact.contactPhone },
    signOff: { issuer: [issuerName], sealedBy: null, date: issue.date }, colophon: null,
  };
};

/** What the plan builds, counted from its project list. */
function summaryOf(dossier: Dossier): string[] {
  const content = planSections(dossier);
  if (content.basics?.planType === 'nothingNew') return ['本年度无新建任务，方案为现状说明。'];
  const projects = projectsOf(content);
  const count = (tier: string): number => projects.filter((one) => one.tier === tier).length;
  return [`方案共安排建设项目${projects.length}个，其中综合服务大厅${count('hall')}个、街道（乡镇）服务中心${count('center')}个、社区和行政村服务站（点）${count('station')}个。`];
}

/** The plan and the files filed with it. */
const attachmentsOf = (dossier: Dossier): string[] => [planTitle(dossier), ...frozenOf(dossier).attachments.map(({ name }) => name)];

