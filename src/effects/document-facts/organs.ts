import type { FactsOf } from '../../documents/document-kinds.js';
import type { DocumentNumber } from '../../domain/document-number.js';
import { valueOf } from '../../../workflows/policies/policy-pack.js';
import type { Dossier } from '../dossier.js';
import type { Issue } from './gatherer.js';
import { recorded } from './recorded.js';

type SignOff = FactsOf<'correctionLetter'>['signOff'];
type Colophon = NonNullable<FactsOf<'inspectionNotice'>['colophon']>;

/** An organ as its red head has it: the register's 市… with the city's own name. */
const withCity = (dossier: Dossier, name: string): string => (name.startsWith('市') ? `${dossier.cityName}${name.slice(1)}` : name);

/** 市领导小组办公室 as it is addressed. */
export const officeName = (dossier: Dossier): string => recorded(dossier.organisations.office, '领导小组办公室');

/** 区人社局, or what stands for it in a zone. */
export const bureauName = (dossier: Dossier): string => recorded(dossier.organisations.hrss, '报送单位人社局');

export const officeLetterhead = (dossier: Dossier): string[] => [withCity(dossier, officeName(dossier))];

/** The acceptance team has no register entry: it is the group's team of that name (C-7.8). */
export const teamLetterhead = (dossier: Dossier): string[] => [`${dossier.cityName}基层公共服务平台建设项目验收小组`];

/** Sealed by the bureau the office sits in, as the pack names it (代章). */
export const sealedFor = (dossier: Dossier, issue: Issue, issuer: string[]): SignOff =>
  ({ issuer, sealedBy: valueOf(dossier.pack.archive.office).responsible.zh, date: issue.date });

export const officeSignOff = (dossier: Dossier, issue: Issue): SignOff => sealedFor(dossier, issue, officeLetterhead(dossier));

/** What the office's numbered papers open with. @throws DocumentRefusal facts-incomplete without a number */
export const officePaper = (dossier: Dossier, issue: Issue): { number: DocumentNumber; letterhead: string[]; cycleYear: number; unit: { code: string; name: string }; signOff: SignOff } => ({
  number: recorded(issue.number, '文号'), letterhead: officeLetterhead(dossier), cycleYear: dossier.year, unit: unitOf(dossier), signOff: officeSignOff(dossier, issue),
});

/** 版记 of the office's papers. */
export const officeColophon = (dossier: Dossier, issue: Issue, copyTo: string[]): Colophon => ({ copyTo, printedBy: officeName(dossier), printedOn: issue.date });

/** Code and name as a form prints them. */
export const unitOf = ({ unit }: Dossier): { code: string; name: string } => ({ code: unit.code, name: unit.name });

/** What all of it rests on. */
export const policyPaper = ({ pack }: Dossier): { title: string; number: string } => ({ title: `${pack.citation.issuer}${pack.citation.title}`, number: pack.citation.number });

/** A clause as papers cite it: 文件三（二）, 附件2第一条; what is no clause of the pack stands as it was written. */
export const clauseWords = ({ pack }: Dossier, clause: string): string => {
  const place = pack.clauses[clause];
  if (place === undefined) return clause;
  return place.startsWith('附件') ? place.replace(/ ([一二三])$/, '第$1条').replace(' ', '') : `文件${place}`;
};
