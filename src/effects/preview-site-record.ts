import type { BlobStore } from '../documents/blob-store.js';
import { composeDocument } from '../documents/compose-document.js';
import { requireGlyphs } from '../documents/glyph-gate.js';
import type { PictureMaker } from '../documents/render-pool.js';
import { localDay } from '../domain/local-day.js';
import { withDossier } from './dossier.js';
import { gatherFacts } from './document-facts/gather-facts.js';
import type { IssueParts } from './issue-document.js';

/** The case as it stands now: no step is later. */
const LAST_STEP = 2_147_483_647;

interface SiteRecordParts extends Pick<IssueParts, 'database' | 'clock' | 'packOf' | 'calendarOf' | 'documents' | 'renderer'> {
  blobs: Pick<BlobStore, 'get'>;
  pictures: PictureMaker;
}

/**
 * Prints 现场检查记录表 of one platform on demand, with its photographs made small. The originals stay in the case under their hashes.
 * @throws DocumentRefusal when the platform was not recorded, a sign has no glyph, a file is damaged, or the renderer is busy
 */
export async function previewSiteRecord(parts: SiteRecordParts, at: { city: string; caseId: string; place: string }): Promise<{ bytes: Buffer; title: string }> {
  const { facts, types } = await withDossier(parts, { city: at.city, caseId: at.caseId, seq: LAST_STEP }, async (dossier) => ({
    facts: await gatherFacts('siteRecord', dossier, { id: at.caseId, verifyCode: '', number: null, date: localDay(parts.clock.now()), place: at.place }),
    types: new Map<string, string>((await dossier.trx('attachment').where({ city: at.city, case_id: at.caseId }).select('sha256', 'media_type')).map((one) => [one.sha256, one.media_type])),
  }));
  const photos: typeof facts.photos = [];
  for (const photo of facts.photos) {
    const mediaType = types.get(photo.sha256) ?? '';
    const small = photo.isolated || !mediaType.startsWith('image/') ? null : await parts.pictures.picture({ mediaType, bytes: await parts.blobs.get(photo.sha256) });
    photos.push({ ...photo, picture: small === null ? null : `data:image/jpeg;base64,${small.toString('base64')}` });
  }
  const composition = composeDocument('siteRecord', { ...facts, photos }, parts.documents);
  requireGlyphs(composition.title, composition.missingGlyphs);
  return { bytes: await parts.renderer.pdf(composition.html), title: composition.title };
}
