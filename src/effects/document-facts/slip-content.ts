import type { FactsOf } from '../../documents/document-kinds.js';
import type { Finding } from '../../../workflows/patterns/findings.js';
import type { Dossier, JournalledAct } from '../dossier.js';
import { notRegistered, textOf } from './recorded.js';

/** What a 呈批件 says of its matter; number, date and code are the sheet's own. */
export type SlipContent = Omit<FactsOf<'approvalSlip'>, 'number' | 'date' | 'code'>;

/** Beside the case: whom or what the duty is about, and who prints the sheet, in whose name a matter is laid before the leaders where nobody has proposed anything. */
export interface SlipDesk {
  subject: Record<string, unknown> | null;
  printedBy: string;
}

export type SlipOf = (dossier: Dossier, desk: SlipDesk) => SlipContent;

/** Lines a sheet of one page has room for; the rest is in the papers behind it. */
const MOST = 3;
const LONGEST = 46;

const cut = (text: string): string => ([...text].length > LONGEST ? `${[...text].slice(0, LONGEST).join('')}…` : text);

/** A list as a sheet has room for it. */
export const listed = (lines: readonly string[]): string[] =>
  [...lines.slice(0, MOST).map(cut), ...(lines.length > MOST ? [`其余${lines.length - MOST}条见附件。`] : [])];

/** Findings by number, with what is proposed; those an objection took back are left out. */
export const findingLines = (findings: readonly Finding[]): string[] =>
  listed(findings.filter(({ state }) => state !== 'withdrawn').map(({ key, object, text, days }) => `${key.replace(/^F/, '')}．${object}：${text.replace(/。$/, '')}（限${days}日）`));

/** The opinion of an act, or that it has none. */
export const opinionOf = (act: JournalledAct | undefined): string => textOf(act, 'opinion') ?? `拟办意见${notRegistered}。`;
