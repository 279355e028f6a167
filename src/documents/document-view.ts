import type { DocumentNumber } from '../domain/document-number.js';
import { formatDate, formatDocumentNumber } from './official-format.js';
import type { Block } from './view-blocks.js';

/** How a paper is laid out: 文件格式, 信函格式 (GB/T 9704-2012 10.1) or a ruled form of one organ. */
export type DocumentFormat = 'official' | 'letter' | 'form';
export type Orientation = 'portrait' | 'landscape';

/** A worded paper, before the frame (fonts, watermark, QR picture) is put around it. */
export interface DocumentView {
  /** The whole title, for PDF metadata and lists. */
  title: string;
  /** The title in phrases that must not be broken inside. */
  titlePhrases: string[];
  /** 发文机关标志 by lines; empty on forms. */
  letterhead: string[];
  /** 发文字号 or form number as printed. */
  number: string | null;
  /** 签发人, only on papers that go up. */
  signatory: string | null;
  blocks: Block[];
  /** The code beside the QR picture; the address is `<base>/<verifyPath>/<code>`. */
  verifyCode: string | null;
  /** `verify` proves an issued paper, `paper` leads a signed sheet back to its case. */
  verifyPath: 'verify' | 'paper';
  /** At the foot of the last page, or in the head of a one-page form. */
  verifyPlace: 'foot' | 'head';
  /** A line beside the QR picture saying what it is for. */
  verifyHint: string;
  colophon: { copyTo: string[]; printedBy: string; printedOn: string } | null;
}

/** What most papers have in common; a view spreads this and says what is its own. */
export const plainView: Omit<DocumentView, 'title' | 'titlePhrases' | 'blocks'> = {
  letterhead: [], number: null, signatory: null, verifyCode: null, verifyPath: 'verify', verifyPlace: 'foot',
  verifyHint: '扫描二维码，或在核验页输入核验码，可核对本件是否由系统印发、印发后有无改动。', colophon: null,
};

/** The head of a paper under a red head: 发文机关标志, 发文字号 and the title in its phrases. A number in one piece is printed as it came. */
export function headed(facts: { letterhead: string[]; number: DocumentNumber | string | null }, phrases: string[]): Omit<DocumentView, 'blocks'> {
  const { letterhead, number } = facts;
  return { ...plainView, title: phrases.join(''), titlePhrases: phrases, letterhead, number: number === null || typeof number === 'string' ? number : formatDocumentNumber(number) };
}

/** 版记 as printed. */
export function colophonView(facts: { copyTo: string[]; printedBy: string; printedOn: string } | null): DocumentView['colophon'] {
  return facts === null ? null : { ...facts, printedOn: formatDate(facts.printedOn) };
}

/** Whether seal and watermark of the demonstration are put on (never in production). */
export type DocumentMode = 'demonstration' | 'production';
