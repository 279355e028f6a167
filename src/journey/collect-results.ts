import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyArchivePackage } from '../documents/verify-archive-package.js';
import { skeletonFields } from '../effects/archive-case.js';

interface ListedCase { caseId: string; caseNumber: string; workflow: string; final: boolean; outcome: string | null }
interface ListedDocument { id: string; kind: string; title: string; number: string | null; caseNumber?: string }

export interface Collected {
  documents: number;
  /** Cases 办结 whose package was downloaded and verified. */
  filed: number;
  failed: string[];
}

/** Downloads every paper and every package of a year into a folder and verifies the packages from their own bytes. */
export async function collectResults(baseUrl: string, token: string, year: number, folder: string): Promise<Collected> {
  const headers = { authorization: `Bearer ${token}` };
  const json = async <T>(path: string): Promise<T> => (await fetch(`${baseUrl}/api/v1${path}`, { headers })).json() as Promise<T>;
  const bytes = async (path: string): Promise<Buffer> => {
    const response = await fetch(`${baseUrl}/api/v1${path}`, { headers });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  };
  mkdirSync(join(folder, 'documents'), { recursive: true });
  mkdirSync(join(folder, 'packages'), { recursive: true });
  const { documents } = await json<{ documents: ListedDocument[] }>(`/documents?year=${year}`);
  const failed: string[] = [];
  for (const [index, document] of documents.entries()) {
    const name = `${String(index + 1).padStart(3, '0')}-${document.kind}-${document.number ?? document.id.slice(-6)}.pdf`;
    writeFileSync(join(folder, 'documents', name), await bytes(`/documents/${document.id}/pdf`));
  }
  const { cases } = await json<{ cases: ListedCase[] }>(`/cases?year=${year}`);
  let filed = 0;
  for (const one of cases) {
    if (!one.final) {
      failed.push(`${one.caseNumber} 未办结`);
      continue;
    }
    const zip = await bytes(`/cases/${one.caseId}/package`).catch(() => null);
    const verdict = zip ? await verifyArchivePackage(zip, skeletonFields) : null;
    if (zip) writeFileSync(join(folder, 'packages', `${one.caseNumber}.zip`), zip);
    if (verdict?.sound) filed += 1;
    else failed.push(`${one.caseNumber} ${verdict ? verdict.defects.map((d) => `${d.part} ${d.what}`).join(', ') : '没有归档包'}`);
  }
  return { documents: documents.length, filed, failed };
}
