import { verifyArchivePackage, type PackageDefect } from '../documents/verify-archive-package.js';
import { words, type Words } from '../domain/text.js';
import { skeletonFields } from '../effects/archive-case.js';
import { namedFile } from './named-file.js';

const found: Readonly<Record<PackageDefect['what'], Words>> = {
  edited: words('内容被改动', 'was changed'),
  deleted: words('缺失', 'is missing'),
  added: words('不是归档时的内容', 'was not there when it was filed'),
  reordered: words('次序被改动', 'stands in another place'),
  unreadable: words('读不出来，不是本系统的归档包或已损坏', 'cannot be read: no package of this system, or damaged'),
  'chain-broken': words('日志链断开', 'the chain of the journal is broken'),
};

/** `yanshou verify <package.zip> …`: proves packages from their own bytes; needs no database. Exit code 1 when one is not sound. */
export async function verifyCommand(files: string[]): Promise<number> {
  if (files.length === 0) {
    process.stderr.write('用法 Usage: yanshou verify <package.zip> …\n');
    return 2;
  }
  let bad = 0;
  for (const file of files) {
    const verdict = await verifyArchivePackage(await namedFile(file), skeletonFields);
    if (verdict.sound) {
      process.stdout.write(`✔ ${file}  ${verdict.metadata!.caseNumber}  ${verdict.metadata!.题名}  ${verdict.sha256}\n`);
      continue;
    }
    bad += 1;
    process.stdout.write(`✘ ${file}\n${verdict.defects.map((d) => `    ${d.part}  ${found[d.what].zh} ${found[d.what].en}  (${d.detail})\n`).join('')}`);
  }
  return bad === 0 ? 0 : 1;
}
