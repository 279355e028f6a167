import type { ComposedDocument } from '../documents/compose-document.js';
import { requireGlyphs } from '../documents/glyph-gate.js';
import { localDay } from '../domain/local-day.js';
import { withDossier, type Dossier } from './dossier.js';
import type { IssueParts } from './issue-document.js';

/** The case as it stands now: no step is later. */
const LAST_STEP = 2_147_483_647;

/** What printing on demand needs. */
export type PrintParts = Pick<IssueParts, 'database' | 'clock' | 'packOf' | 'calendarOf' | 'documents' | 'renderer'>;

/** A sheet as it is handed out. */
export interface PrintedSheet {
  bytes: Buffer;
  title: string;
}

/** What a paper that is not issued is gathered under: neither a code to verify it by nor a number, dated today. */
export const unissued = (parts: Pick<PrintParts, 'clock'>, caseId: string) => ({ id: caseId, verifyCode: '', number: null, date: localDay(parts.clock.now()) });

/**
 * Prints a sheet about a case as it stands now. It is no paper of the case: it has no number and is kept nowhere.
 * @throws DocumentRefusal when the case has not recorded what the sheet needs, a sign has no glyph, or the renderer is busy
 */
export async function printNow<T>(
  parts: PrintParts, at: { city: string; caseId: string }, gather: (dossier: Dossier) => Promise<T>, compose: (gathered: T) => ComposedDocument | Promise<ComposedDocument>,
): Promise<PrintedSheet> {
  const composition = await compose(await withDossier(parts, { city: at.city, caseId: at.caseId, seq: LAST_STEP }, gather));
  requireGlyphs(composition.title, composition.missingGlyphs);
  return { bytes: await parts.renderer.pdf(composition.html), title: composition.title };
}
