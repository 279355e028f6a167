import type { Browser, Page } from 'puppeteer';

/** A blank page for composed papers: no script, and no request leaves it, neither to the network nor to a file. */
export async function openRenderPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.setRequestInterception(true);
  page.on('request', (request) => { void request.abort('blockedbyclient').catch(() => undefined); });
  return page;
}

/** Lays one paper out at double size and prints it at half (see `print.css.hbs`), tagged, with title and language. */
export async function printPage(page: Page, html: string, timeoutMs: number): Promise<Buffer> {
  await page.setContent(html, { waitUntil: 'load', timeout: timeoutMs });
  const bytes = await page.pdf({
    preferCSSPageSize: true, scale: 0.5, printBackground: true, tagged: true, outline: false, waitForFonts: false, timeout: timeoutMs,
  });
  return Buffer.from(bytes);
}
