import { sha256Of } from './blob-store.js';
import type { JournalLine, SealedLine } from './journal-chain.js';
import { zipFiles, type PackedFile } from './zip-folder.js';

/** One paper or attachment of a case with what an archive wants to know of it (DA/T 46 element names in the file). */
export interface ArchivePart {
  /** 题名 */
  title: string;
  /** 文号 */
  number: string | null;
  /** 责任者 */
  responsible: string;
  /** 日期 `YYYY-MM-DD` */
  date: string;
  /** 保管期限 `Y`, `D30`, `D10` */
  retention: string;
  /** 归档责任单位 */
  archivingUnit: string;
  /** Ending of the file name without dot: `pdf`, `jpg` … */
  extension: string;
  bytes: Buffer;
}

/** A file that is not in the package, because it was isolated: 隔离日期 `YYYY-MM-DD`. */
export interface WithheldFile {
  题名: string;
  sha256: string;
  隔离日期: string;
}

export interface ArchivePackageInput {
  caseId: string;
  caseNumber: string;
  title: string;
  cycleYear: number;
  retention: string;
  archivingUnit: string;
  /** Instant of 预归档, from the injected clock; also the time written on every file of the package. */
  packedAt: Date;
  /** In the order they are to be filed; the order is part of what is proved. */
  documents: ArchivePart[];
  attachments: ArchivePart[];
  /** Files of the case that were isolated: they are named here and their bytes are not in the package. */
  withheld: WithheldFile[];
  /** The whole chain of the case from its first line to its head; lines that are not for this archive are sealed. */
  journal: (JournalLine | SealedLine)[];
}

/** What `data/metadata.json` says of one part. */
export interface ArchivePartMetadata {
  path: string;
  题名: string;
  文号: string | null;
  责任者: string;
  日期: string;
  保管期限: string;
  归档责任单位: string;
  sha256: string;
  bytes: number;
}

export interface ArchiveMetadata {
  format: 'yanshou-archive-1';
  caseId: string;
  caseNumber: string;
  题名: string;
  年度: number;
  保管期限: string;
  归档责任单位: string;
  packedAt: string;
  documents: ArchivePartMetadata[];
  attachments: ArchivePartMetadata[];
  withheld: WithheldFile[];
  journal: { path: string; lines: number; chainHead: string };
}

export const journalPath = 'data/journal.jsonl';
export const metadataPath = 'data/metadata.json';

/**
 * The 预归档 package of a case: a BagIt 1.0 folder in one ZIP. The same input gives the same bytes, so its hash can be
 * registered and made again.
 */
export async function buildArchivePackage(input: ArchivePackageInput): Promise<{ bytes: Buffer; sha256: string; metadata: ArchiveMetadata }> {
  const documents = input.documents.map((part, index) => partFile('documents', part, index));
  const attachments = input.attachments.map((part, index) => partFile('attachments', part, index));
  const metadata: ArchiveMetadata = {
    format: 'yanshou-archive-1',
    caseId: input.caseId,
    caseNumber: input.caseNumber,
    题名: input.title,
    年度: input.cycleYear,
    保管期限: input.retention,
    归档责任单位: input.archivingUnit,
    packedAt: input.packedAt.toISOString(),
    documents: documents.map((one) => one.metadata),
    attachments: attachments.map((one) => one.metadata),
    withheld: input.withheld,
    journal: { path: journalPath, lines: input.journal.length, chainHead: input.journal.at(-1)?.hash ?? '' },
  };
  const payload: PackedFile[] = [
    ...documents.map((one) => one.file),
    ...attachments.map((one) => one.file),
    [journalPath, Buffer.from(input.journal.map((line) => `${JSON.stringify(line)}\n`).join(''))],
    [metadataPath, Buffer.from(`${JSON.stringify(metadata, null, 2)}\n`)],
  ];
  const octets = payload.reduce((sum, [, bytes]) => sum + bytes.length, 0);
  const tags: PackedFile[] = [
    ['bagit.txt', Buffer.from('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')],
    ['bag-info.txt', Buffer.from([
      `Bagging-Date: ${input.packedAt.toISOString().slice(0, 10)}`, `Payload-Oxum: ${octets}.${payload.length}`,
      `External-Identifier: ${input.caseNumber}`, `Chain-Head: ${metadata.journal.chainHead}`, '',
    ].join('\n'))],
    ['manifest-sha256.txt', manifest(payload)],
  ];
  const bytes = await zipFiles([...tags, ['tagmanifest-sha256.txt', manifest(tags)], ...payload], input.packedAt);
  return { bytes, sha256: sha256Of(bytes), metadata };
}

function manifest(files: PackedFile[]): Buffer {
  return Buffer.from(files.map(([path, bytes]) => `${sha256Of(bytes)}  ${path}\n`).join(''));
}

/** File names carry order only: titles may hold any character, names of files in an archive may not. */
function partFile(folder: string, part: ArchivePart, index: number): { file: PackedFile; metadata: ArchivePartMetadata } {
  const extension = /^[a-z0-9]{1,8}$/.test(part.extension) ? part.extension : 'bin';
  const path = `data/${folder}/${String(index + 1).padStart(4, '0')}.${extension}`;
  return {
    file: [path, part.bytes],
    metadata: {
      path, 题名: part.title, 文号: part.number, 责任者: part.responsible, 日期: part.date, 保管期限: part.retention,
      归档责任单位: part.archivingUnit, sha256: sha256Of(part.bytes), bytes: part.bytes.length,
    },
  };
}
