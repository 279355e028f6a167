import { readFile } from 'node:fs/promises';
import { verifyArchivePackage } from '../documents/verify-archive-package.js';
import { skeletonFields } from '../effects/archive-case.js';

/** `yanshou verify <package.zip> …`: proves packages from their own bytes; needs no database. */
export async function verifyCommand(files: string[]): Promise<number> {
  if (files.length === 0) {
    process.stderr.write('用法 Usage: yanshou verify <package.zip> …\n');
    return 2;
  }
  let bad = 0;
  for (const file of files) {
    const verdict = await verifyArchivePackage(await readFile(file), skeletonFields);
    if (verdict.sound) {
      process.stdout.write(`✔ ${file}  ${verdict.metadata!.caseNumber}  ${verdict.metadata!.题名}  ${verdict.sha256}\n`);
      continue;
    }
    bad += 1;
    process.stdout.write(`✘ ${file}\n${verdict.defects.map((d) => `    ${d.what}  ${d.part}  ${d.detail}\n`).join('')}`);
  }
  return bad === 0 ? 0 : 1;
}
