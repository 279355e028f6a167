import type { BlobStore } from '../documents/blob-store.js';
import { composeDocument } from '../documents/compose-document.js';
import type { PictureMaker } from '../documents/render-pool.js';
import { gatherFacts } from './document-facts/gather-facts.js';
import { printNow, unissued, type PrintedSheet, type PrintParts } from './print-now.js';

interface SiteRecordParts extends PrintParts {
  blobs: Pick<BlobStore, 'get'>;
  pictures: PictureMaker;
}

/**
 * Prints 现场检查记录表 of one platform, with its photographs made small. The originals stay in the case under their hashes.
 * @throws DocumentRefusal as `printNow`, and when a file is damaged
 */
export const previewSiteRecord = (parts: SiteRecordParts, at: { city: string; caseId: string; place: string }): Promise<PrintedSheet> =>
  printNow(parts, at, async (dossier) => ({
    facts: await gatherFacts('siteRecord', dossier, { ...unissued(parts, at.caseId), place: at.place }),
    types: new Map<string, string>((await dossier.trx('attachment').where({ city: at.city, case_id: at.caseId }).select('sha256', 'media_type')).map((one) => [one.sha256, one.media_type])),
  }), async ({ facts, types }) => {
    const photos: typeof facts.photos = [];
    for (const photo of facts.photos) {
      const mediaType = types.get(photo.sha256) ?? '';
      const small = photo.isolated || !mediaType.startsWith('image/') ? null : await parts.pictures.picture({ mediaType, bytes: await parts.blobs.get(photo.sha256) });
      photos.push({ ...photo, picture: small === null ? null : `data:image/jpeg;base64,${small.toString('base64')}` });
    }
    return composeDocument('siteRecord', { ...facts, photos }, parts.documents);
  });
