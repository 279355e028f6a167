import { composeDocument } from '../documents/compose-document.js';
import { requireGlyphs } from '../documents/glyph-gate.js';
import { localDay } from '../domain/local-day.js';
import { withDossier } from './dossier.js';
import { gatherFacts } from './document-facts/gather-facts.js';
import type { IssueParts } from './issue-document.js';

/** The case as it stands now: no step is later. */
const LAST_STEP = 2_147_483_647;

/**
 * Prints 督导通知书 as a draft for the director's signature, on demand: it has no number, is kept nowhere, and the unit's own case says nothing
 * of it. What is signed begins a supervision of its own.
 * @throws Refused when the plan has come or is not overdue for long enough; DocumentRefusal when a sign has no glyph or the renderer is busy
 */
export async function previewSupervision(
  parts: Pick<IssueParts, 'database' | 'clock' | 'packOf' | 'calendarOf' | 'documents' | 'renderer'>, at: { city: string; caseId: string },
): Promise<{ bytes: Buffer; title: string }> {
  const composition = await withDossier(parts, { ...at, seq: LAST_STEP }, async (dossier) =>
    composeDocument('supervisionDraft', await gatherFacts('supervisionDraft', dossier, { id: at.caseId, verifyCode: '', number: null, date: localDay(parts.clock.now()) }), parts.documents));
  requireGlyphs(composition.title, composition.missingGlyphs);
  return { bytes: await parts.renderer.pdf(composition.html), title: composition.title };
}
