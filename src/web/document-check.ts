import { sha256Of } from '../documents/blob-store.js';
import type { PackageVerdict } from '../documents/verify-archive-package.js';
import { caseHead } from '../reads/case-head.js';
import { checkJournal, type JournalCheck } from '../reads/journal-check.js';
import type { DocumentLine } from '../reads/documents.js';
import type { Exchange } from './context.js';
import { readAs } from './reading.js';

/** What was computed about a paper at this moment: from the stored bytes and from the case's chain, never from what is remembered of them. */
export interface DocumentCheck {
  at: Date;
  /** The SHA-256 of the bytes as they lie in the store now; null when they are not there. */
  computed: string | null;
  same: boolean;
  chain: JournalCheck;
  sound: boolean;
}

export async function checkDocument(x: Exchange, document: DocumentLine): Promise<DocumentCheck> {
  const { services } = x;
  const computed = await hashOf(x, document.sha256);
  const chain = await readAs(x, async (trx) => {
    const head = await caseHead(trx, services.city, document.caseId);
    return checkJournal(trx, head.caseId, head.year, head.headHash);
  });
  const same = computed === document.sha256;
  return { at: x.context.now, computed, same, chain, sound: same && chain.intact };
}

/** The verdict on a case's package from its own bytes; null when they are not there. Reads the whole package: only when asked for. */
export async function checkPackage(x: Exchange, sha256: string): Promise<(PackageVerdict & { registered: boolean }) | null> {
  try {
    const verdict = await x.services.verifyPackage(await x.services.blobs.get(sha256));
    return { ...verdict, registered: verdict.sha256 === sha256 };
  } catch (error) {
    x.services.log('error', 'package not readable', { sha256, error: String(error) });
    return null;
  }
}

async function hashOf(x: Exchange, sha256: string): Promise<string | null> {
  try {
    return sha256Of(await x.services.blobs.get(sha256));
  } catch (error) {
    x.services.log('error', 'stored file not readable', { sha256, error: String(error) });
    return null;
  }
}
