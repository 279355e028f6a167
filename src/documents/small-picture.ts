import type { Page } from 'puppeteer';

/** Longest edge of a photograph on paper, in pixels: 79 mm at some 300 dpi. */
const EDGE = 940;
const QUALITY = 78;

/**
 * A photograph turned upright and made small, as JPEG: what a phone takes is fifty times too large for a paper. Null where the bytes are no picture
 * that can be shown.
 */
export async function smallPicture(page: Page, original: { mediaType: string; bytes: Buffer }, timeoutMs: number): Promise<Buffer | null> {
  await page.setContent(
    `<!doctype html><style>body{margin:0;background:#fff}img{display:block;max-width:${EDGE}px;max-height:${EDGE}px}</style><img decoding="sync" src="data:${original.mediaType};base64,${original.bytes.toString('base64')}">`,
    { waitUntil: 'load', timeout: timeoutMs },
  );
  const picture = await page.$('img');
  if (picture === null || (await picture.evaluate(((image: { naturalWidth: number }) => image.naturalWidth) as never)) === 0) return null;
  return Buffer.from(await picture.screenshot({ type: 'jpeg', quality: QUALITY }));
}
