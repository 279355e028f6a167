import { buildArchivePackage, type ArchivePackageInput } from '../../../src/documents/archive-package.js';
import { sha256Of } from '../../../src/documents/blob-store.js';
import { hashEntry, type JournalLine } from '../../../src/documents/journal-chain.js';
import { verifyArchivePackage, type PackageVerdict } from '../../../src/documents/verify-archive-package.js';
import { unzipFiles, zipFiles, type PackedFile } from '../../../src/documents/zip-folder.js';

const fields = (line: JournalLine): string[] => [String(line.seq), String(line.at), String(line.command), line.payloadHash];

function journalOf(commands: string[]): JournalLine[] {
  let prevHash = '0'.repeat(64);
  return commands.map((command, index) => {
    const payload = JSON.stringify({ command });
    const line: JournalLine = { seq: index + 1, at: `2026-09-${10 + index}T01:00:00Z`, command, payload, payloadHash: sha256Of(payload), prevHash, hash: '' };
    line.hash = hashEntry(prevHash, fields(line));
    prevHash = line.hash;
    return line;
  });
}

const part = (title: string, bytes: string, extension = 'pdf') => ({
  title, number: '济基平验〔2026〕4号', responsible: '验收小组', date: '2026-12-03', retention: 'Y', archivingUnit: '市人社局', extension, bytes: Buffer.from(bytes),
});
const input: ArchivePackageInput = {
  caseId: '0199aaaa', caseNumber: 'JCPT-2026-370112-01', title: '历城区2026年度验收案卷', cycleYear: 2026, retention: 'Y', archivingUnit: '市人社局',
  packedAt: new Date('2026-12-10T02:00:00Z'), documents: [part('验收报告', '%PDF-1'), part('整改通知书', '%PDF-2')], attachments: [part('现场照片', 'jpg', 'jpg')], withheld: [{ 题名: '误传.pdf', sha256: sha256Of('secret'), 隔离日期: '2026-11-03' }],
  journal: journalOf(['open', 'score', 'sign', 'issue']),
};
const packed = await buildArchivePackage(input);

const verdictOf = async (change: (files: PackedFile[]) => PackedFile[]): Promise<PackageVerdict> =>
  verifyArchivePackage(await zipFiles(change(await unzipFiles(packed.bytes)), input.packedAt), fields);
const replaced = (files: PackedFile[], path: string, text: (old: string) => string): PackedFile[] =>
  files.map(([name, bytes]) => [name, name === path ? Buffer.from(text(bytes.toString('utf8'))) : bytes]);
const parts = (verdict: PackageVerdict): string[] => verdict.defects.map((one) => `${one.what} ${one.part}`);

describe('the archive package of a case', () => {
  it('untouched, it proves itself, and making it again gives the same bytes', async () => {
    expect((await verifyArchivePackage(packed.bytes, fields)).defects).toEqual([]);
    expect((await buildArchivePackage(input)).sha256).toBe(packed.sha256);
  });

  it('its metadata names 题名 文号 责任者 日期 保管期限 归档责任单位 and the head of the chain', async () => {
    const { metadata } = await verifyArchivePackage(packed.bytes, fields);
    expect(metadata?.documents[0]).toEqual({
      path: 'data/documents/0001.pdf', 题名: '验收报告', 文号: '济基平验〔2026〕4号', 责任者: '验收小组', 日期: '2026-12-03', 保管期限: 'Y', 归档责任单位: '市人社局', sha256: sha256Of('%PDF-1'), bytes: 6,
    });
    expect(metadata?.journal).toEqual({ path: 'data/journal.jsonl', lines: 4, chainHead: input.journal.at(-1)!.hash });
  });

  it('an edited paper is named', async () => {
    expect(parts(await verdictOf((files) => replaced(files, 'data/documents/0002.pdf', () => '%PDF-X')))).toContain('edited data/documents/0002.pdf');
  });

  it('a deleted attachment is named', async () => {
    expect(parts(await verdictOf((files) => files.filter(([path]) => !path.endsWith('.jpg'))))).toContain('deleted data/attachments/0001.jpg');
  });

  it('an added file is named, inside and outside the payload', async () => {
    const verdict = await verdictOf((files) => [...files, ['data/documents/0003.pdf', Buffer.from('x')], ['note.txt', Buffer.from('x')]]);
    expect(parts(verdict)).toEqual(expect.arrayContaining(['added data/documents/0003.pdf', 'added note.txt']));
  });

  it('papers in another order are named', async () => {
    const verdict = await verdictOf((files) => [...files.filter(([path]) => path !== 'data/documents/0001.pdf'), ...files.filter(([path]) => path === 'data/documents/0001.pdf')]);
    expect(parts(verdict)).toContain('reordered data/documents/0001.pdf');
  });

  it('two papers that changed names are named although both are still there', async () => {
    const swap: Record<string, string> = { 'data/documents/0001.pdf': 'data/documents/0002.pdf', 'data/documents/0002.pdf': 'data/documents/0001.pdf' };
    const verdict = await verdictOf((files) => files.map(([path, bytes]) => [swap[path] ?? path, bytes]));
    expect(parts(verdict)).toEqual(expect.arrayContaining(['edited data/documents/0001.pdf', 'edited data/documents/0002.pdf']));
  });

  it.each<[string, (lines: string[]) => string[]]>([
    ['an edited line', (lines) => lines.map((line) => line.replace('score', 'praise'))],
    ['a missing line', (lines) => lines.filter((_, index) => index !== 1)],
    ['a missing last line', (lines) => lines.slice(0, -1)],
    ['lines in another order', ([first, second, ...rest]) => [second!, first!, ...rest]],
    ['a doubled line', ([first, ...rest]) => [first!, first!, ...rest]],
  ])('%s breaks the chain even when the manifests are made anew', async (_, change) => {
    const lines = input.journal.map((line) => JSON.stringify(line));
    const forged = change(lines).map((line) => JSON.parse(line) as JournalLine);
    const anew = await buildArchivePackage({ ...input, journal: forged });
    const head = input.journal.at(-1)!.hash;
    const files = replaced(await unzipFiles(anew.bytes), 'data/metadata.json', (old) => old.replace(/"chainHead": "[^"]*"/, `"chainHead": "${head}"`));
    const verdict = await verifyArchivePackage(await zipFiles(files, input.packedAt), fields);
    expect(parts(verdict)).toContain('chain-broken data/journal.jsonl');
  });

  it('a hidden payload leaves the chain whole', async () => {
    const journal = (input.journal as JournalLine[]).map(({ payload: _hidden, ...line }) => line as JournalLine);
    const hidden = await buildArchivePackage({ ...input, journal });
    expect((await verifyArchivePackage(hidden.bytes, fields)).sound).toBe(true);
  });

  it('a line of the other side stands sealed in the chain: it tells nothing, and neither it nor its neighbours can be taken out or changed', async () => {
    const sealed = (lines: JournalLine[]) => lines.map((line) => (line.seq === 2 ? { seq: line.seq, prevHash: line.prevHash, hash: line.hash, sealed: true as const } : line));
    const journal = sealed(input.journal as JournalLine[]);
    const kept = await buildArchivePackage({ ...input, journal });
    expect((await verifyArchivePackage(kept.bytes, fields)).defects).toEqual([]);
    const without = await buildArchivePackage({ ...input, journal: journal.filter(({ seq }) => seq !== 2) });
    expect(parts(await verifyArchivePackage(without.bytes, fields))).toContain('chain-broken data/journal.jsonl');
    const other = await buildArchivePackage({ ...input, journal: sealed(journalOf(['open', 'dissent', 'sign', 'issue'])).map((line) => (line.seq === 3 ? input.journal[2]! : line)) });
    expect(parts(await verifyArchivePackage(other.bytes, fields))).toContain('chain-broken data/journal.jsonl');
  });

  it('bytes that are no package are refused with a reason, not with a crash', async () => {
    expect((await verifyArchivePackage(Buffer.from('PK nothing'), fields)).defects[0]?.what).toBe('unreadable');
    const broken = await verdictOf((files) => replaced(files, 'data/metadata.json', () => '{'));
    expect(parts(broken)).toContain('unreadable data/metadata.json');
  });
});
