import type { DocumentKind, FactsOf } from '../../documents/document-kinds.js';
import type { DocumentNumber } from '../../domain/document-number.js';
import type { Dossier } from '../dossier.js';

/** What issuing gives a paper: its id, the code under its QR mark, its number where the pack numbers the kind, 成文日期 'YYYY-MM-DD', and of a case with many places the key of the one it is about. */
export interface Issue {
  id: string;
  verifyCode: string;
  number: DocumentNumber | null;
  date: string;
  place?: string;
}

/** Gathers one kind's facts from what was recorded; deterministic, and nothing is invented. */
export type Gatherer<K extends DocumentKind> = (dossier: Dossier, issue: Issue) => Promise<FactsOf<K>>;
