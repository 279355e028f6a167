import { composeDocument } from '../documents/compose-document.js';
import { requireGlyphs } from '../documents/glyph-gate.js';
import { localDay } from '../domain/local-day.js';
import { withDossier } from './dossier.js';
import { gatherFacts } from './document-facts/gather-facts.js';
import type { IssueParts } from './issue-document.js';

/** The case as it stands now: no step is later. */
const LAST_STEP = 2_147_483_647;

/**
 * Prints 收文处理单 of a registered plan on demand: it goes round on paper and is kept nowhere here.
 * @throws DocumentRefusal when nothing was registered, a sign has no glyph, or the renderer is busy
 */
export async function previewHandlingSheet(
  parts: Pick<IssueParts, 'database' | 'clock' | 'packOf' | 'calendarOf' | 'documents' | 'renderer'>, at: { city: string; caseId: string },
): Promise<{ bytes: Buffer; title: string }> {
  const composition = await withDossier(parts, { ...at, seq: LAST_STEP }, async (dossier) =>
    composeDocument('handlingSheet', await gatherFacts('handlingSheet', dossier, { id: at.caseId, verifyCode: '', number: null, date: localDay(parts.clock.now()) }), parts.documents));
  requireGlyphs(composition.title, composition.missingGlyphs);
  return { bytes: await parts.renderer.pdf(composition.html), title: composition.title };
}
