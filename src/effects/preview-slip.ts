import { composeDocument } from '../documents/compose-document.js';
import { requireGlyphs } from '../documents/glyph-gate.js';
import { slipCodeOf } from '../documents/slip-code.js';
import { localDay } from '../domain/local-day.js';
import { approvalSlip, type SlipMatter } from './document-facts/approval-slip.js';
import { withDossier } from './dossier.js';
import type { IssueParts } from './issue-document.js';

/** The case as it stands now: no step is later. */
const LAST_STEP = 2_147_483_647;

/**
 * Prints a 呈批件 on demand. It is no paper of the case: it has no number and is not kept; what is kept is the signed sheet, by the code it carries:
 * that of the task it decides, or of the case where a right is exercised that has no task.
 * @throws DocumentRefusal when the case has not recorded what the sheet needs, a sign has no glyph, or the renderer is busy
 */
export async function previewSlip(
  parts: Pick<IssueParts, 'database' | 'clock' | 'packOf' | 'calendarOf' | 'documents' | 'renderer'>,
  asked: { city: string; caseId: string; matter: SlipMatter; printedBy: string },
): Promise<{ bytes: Buffer; title: string }> {
  const { city, caseId, matter, printedBy } = asked;
  const code = slipCodeOf('taskId' in matter ? matter.taskId : caseId);
  const composition = await withDossier(parts, { city, caseId, seq: LAST_STEP }, async (dossier) => {
    const facts = await approvalSlip(dossier, { matter, printedBy, code, date: localDay(parts.clock.now()) });
    return composeDocument('approvalSlip', facts, parts.documents);
  });
  requireGlyphs(composition.title, composition.missingGlyphs);
  return { bytes: await parts.renderer.pdf(composition.html), title: composition.title };
}
