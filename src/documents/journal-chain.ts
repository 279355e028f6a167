import { sha256Of } from './blob-store.js';

/** One line of `journal.jsonl`: the visible skeleton of a journal row, with the payload where it may be shown. */
export interface JournalLine {
  seq: number;
  payloadHash: string;
  prevHash: string;
  hash: string;
  /** Canonical text whose SHA-256 is `payloadHash`; absent when hidden or erased, which leaves the chain whole. */
  payload?: string;
  [field: string]: string | number | boolean | null | undefined;
}

/** A line of the other side's: that it is there, and the links that hold it in the chain. Who did what is not told. */
export interface SealedLine {
  seq: number;
  prevHash: string;
  hash: string;
  sealed: true;
}

/** Which fields of a line its hash covers, in order, as text. The journal's owner decides; this room only applies it. */
export type SkeletonFields = (line: JournalLine) => string[];

/** The chain rule: SHA-256 of the previous hash, a line feed, and the fields joined by line feeds. */
export function hashEntry(prevHash: string, skeletonFields: string[]): string {
  return sha256Of(`${prevHash}\n${skeletonFields.join('\n')}`);
}

const isSealed = (line: JournalLine | SealedLine): line is SealedLine => line.sealed === true;

/** Says of every line that does not follow from the one before what is wrong; empty when the chain holds up to its head. */
export function brokenLinks(lines: readonly (JournalLine | SealedLine)[], fields: SkeletonFields, chainHead: string): string[] {
  const broken: string[] = [];
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    if (before !== undefined && line.seq !== before.seq + 1) broken.push(`seq ${line.seq} follows ${before.seq}`);
    if (before !== undefined && line.prevHash !== before.hash) broken.push(`seq ${line.seq}: prevHash is not the hash of the line before`);
    if (isSealed(line)) return;
    if (hashEntry(line.prevHash, fields(line)) !== line.hash) broken.push(`seq ${line.seq}: hash does not match its fields`);
    if (line.payload !== undefined && sha256Of(line.payload) !== line.payloadHash) broken.push(`seq ${line.seq}: payload does not match payloadHash`);
  });
  const last = lines.at(-1);
  if (last === undefined) broken.push('journal is empty');
  else if (last.hash !== chainHead) broken.push(`chain head is ${chainHead}, last line has ${last.hash}`);
  return broken;
}
