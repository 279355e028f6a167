import { z } from 'zod';
import { journalPath, metadataPath, type ArchiveMetadata } from './archive-package.js';
import { sha256Of } from './blob-store.js';
import { brokenLinks, type JournalLine, type SealedLine, type SkeletonFields } from './journal-chain.js';
import { unzipFiles, type PackedFile } from './zip-folder.js';

/** What is wrong with one part of a package. */
export interface PackageDefect {
  what: 'edited' | 'deleted' | 'added' | 'reordered' | 'unreadable' | 'chain-broken';
  /** Path inside the package, or `(package)`. */
  part: string;
  detail: string;
}

export interface PackageVerdict {
  sound: boolean;
  sha256: string;
  defects: PackageDefect[];
  /** Null when it could not be read. */
  metadata: ArchiveMetadata | null;
}

const tagFiles = ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt', 'tagmanifest-sha256.txt'];

const part = z.object({ path: z.string(), sha256: z.string() }).loose();
const metadataShape = z.object({
  format: z.literal('yanshou-archive-1'), documents: z.array(part), attachments: z.array(part),
  journal: z.object({ path: z.literal(journalPath), lines: z.int(), chainHead: z.string() }),
}).loose();
const link = { seq: z.int(), prevHash: z.string(), hash: z.string() };
const lineShape = z.union([z.strictObject({ ...link, sealed: z.literal(true) }), z.object({ ...link, payloadHash: z.string(), payload: z.string().optional(), sealed: z.undefined().optional() }).loose()]);

/**
 * Proves a package from its own bytes: every file against manifest and metadata, nothing missing, added or in another
 * order, the journal's hash chain from its first line to its head. Names every part that fails; never throws for a bad
 * package. Whoever rewrites the whole package changes `sha256`, which stands registered with the case.
 */
export async function verifyArchivePackage(bytes: Buffer, fields: SkeletonFields): Promise<PackageVerdict> {
  const sha256 = sha256Of(bytes);
  let entries: PackedFile[];
  try {
    entries = await unzipFiles(bytes);
  } catch (error) {
    return { sound: false, sha256, metadata: null, defects: [{ what: 'unreadable', part: '(package)', detail: String(error) }] };
  }
  const files = new Map(entries);
  const metadata = readMetadata(files.get(metadataPath));
  const defects = [
    ...twice(entries), ...againstManifest(files, 'tagmanifest-sha256.txt'), ...againstManifest(files, 'manifest-sha256.txt'),
    ...added(files), ...againstMetadata(files, metadata), ...order(entries, metadata), ...chain(files.get(journalPath), metadata, fields),
  ];
  return { sound: defects.length === 0, sha256, defects: distinct(defects), metadata };
}

function twice(entries: PackedFile[]): PackageDefect[] {
  return entries
    .filter(([path], index) => entries.findIndex(([other]) => other === path) !== index)
    .map(([path]) => ({ what: 'added', part: path, detail: 'the name stands in the package twice' }));
}

function manifestLines(files: Map<string, Buffer>, name: string): [hash: string, path: string][] | null {
  const text = files.get(name)?.toString('utf8');
  if (text === undefined) return null;
  return text.split('\n').filter((line) => line !== '').map((line) => [line.slice(0, 64), line.slice(66)]);
}

function againstManifest(files: Map<string, Buffer>, name: string): PackageDefect[] {
  const lines = manifestLines(files, name);
  if (lines === null) return [{ what: 'deleted', part: name, detail: 'the manifest is missing' }];
  return lines.flatMap(([hash, path]): PackageDefect[] => {
    const bytes = files.get(path);
    if (bytes === undefined) return [{ what: 'deleted', part: path, detail: `listed in ${name}, not in the package` }];
    return sha256Of(bytes) === hash ? [] : [{ what: 'edited', part: path, detail: `its hash is not the one in ${name}` }];
  });
}

function added(files: Map<string, Buffer>): PackageDefect[] {
  const listed = new Set([...tagFiles, ...(manifestLines(files, 'manifest-sha256.txt') ?? []).map(([, path]) => path)]);
  return [...files.keys()].filter((path) => !listed.has(path)).map((path) => ({ what: 'added', part: path, detail: 'in no manifest' }));
}

function readMetadata(bytes: Buffer | undefined): ArchiveMetadata | null {
  try {
    const read = JSON.parse(bytes?.toString('utf8') ?? '') as unknown;
    return metadataShape.safeParse(read).success ? (read as ArchiveMetadata) : null;
  } catch {
    return null;
  }
}

function againstMetadata(files: Map<string, Buffer>, metadata: ArchiveMetadata | null): PackageDefect[] {
  if (metadata === null) return [{ what: files.has(metadataPath) ? 'unreadable' : 'deleted', part: metadataPath, detail: 'no metadata of this format' }];
  const known = [...metadata.documents, ...metadata.attachments];
  const wrong = known.flatMap((one): PackageDefect[] => {
    const bytes = files.get(one.path);
    if (bytes === undefined) return [{ what: 'deleted', part: one.path, detail: 'listed in the metadata, not in the package' }];
    return sha256Of(bytes) === one.sha256 ? [] : [{ what: 'edited', part: one.path, detail: 'its hash is not the one in the metadata' }];
  });
  const paths = new Set([...known.map((one) => one.path), journalPath, metadataPath]);
  const unknown = [...files.keys()].filter((path) => path.startsWith('data/') && !paths.has(path));
  return [...wrong, ...unknown.map((path): PackageDefect => ({ what: 'added', part: path, detail: 'not in the metadata' }))];
}

/** Tag files first, then the parts as the metadata lists them, journal, metadata: any other order is a rearrangement. */
function order(entries: PackedFile[], metadata: ArchiveMetadata | null): PackageDefect[] {
  if (metadata === null) return [];
  const expected = [...tagFiles, ...metadata.documents.map((one) => one.path), ...metadata.attachments.map((one) => one.path), journalPath, metadataPath];
  const present = entries.map(([path]) => path).filter((path) => expected.includes(path));
  const rightly = expected.filter((path) => present.includes(path));
  return present
    .filter((path, index) => path !== rightly[index])
    .map((path) => ({ what: 'reordered', part: path, detail: `stands in place ${present.indexOf(path) + 1} instead of ${rightly.indexOf(path) + 1}` }));
}

function chain(bytes: Buffer | undefined, metadata: ArchiveMetadata | null, fields: SkeletonFields): PackageDefect[] {
  if (bytes === undefined) return [{ what: 'deleted', part: journalPath, detail: 'the journal is missing' }];
  const lines: (JournalLine | SealedLine)[] = [];
  for (const [index, text] of bytes.toString('utf8').split('\n').filter((line) => line !== '').entries()) {
    try {
      lines.push(lineShape.parse(JSON.parse(text)) as JournalLine | SealedLine);
    } catch {
      return [{ what: 'unreadable', part: journalPath, detail: `line ${index + 1} is no journal line` }];
    }
  }
  const broken = brokenLinks(lines, fields, metadata?.journal.chainHead ?? lines.at(-1)?.hash ?? '');
  if (metadata !== null && metadata.journal.lines !== lines.length) broken.push(`${lines.length} lines where the metadata counts ${metadata.journal.lines}`);
  return broken.map((detail) => ({ what: 'chain-broken', part: journalPath, detail }));
}

function distinct(defects: PackageDefect[]): PackageDefect[] {
  return defects.filter((one, index) => defects.findIndex((other) => other.what === one.what && other.part === one.part && other.detail === one.detail) === index);
}
