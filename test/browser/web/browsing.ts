import { chmodSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { calendars } from '../../../src/calendars.js';
import { shippedFonts } from '../../../src/documents/document-fonts.js';
import { loadDocumentTemplates } from '../../../src/documents/document-templates.js';
import { openGlyphGate } from '../../../src/documents/glyph-gate.js';
import { createRenderPool } from '../../../src/documents/render-pool.js';
import { previewHandlingSheet } from '../../../src/effects/preview-handling-sheet.js';
import { previewSiteRecord } from '../../../src/effects/preview-site-record.js';
import { previewSlip } from '../../../src/effects/preview-slip.js';
import { previewSupervision } from '../../../src/effects/preview-supervision.js';
import { findBrowser } from '../../../src/runtime/browser.js';
import { launchBrowser } from '../../../src/runtime/browser-launch.js';
import { prepareFonts } from '../../../src/runtime/fonts.js';
import { SESSION_COOKIE } from '../../../src/web/cookies.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import type { WebCity } from '../../postgres/web/web-city.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.YANSHOU_SHOTS ?? '';

export const desk = { name: 'desk', width: 1440, height: 900 };
export const phone = { name: 'phone', width: 390, height: 844 };

/** Every rule on a desk; on a phone, where the same elements are only laid out anew, what depends on that. `check:screens` asks all of both sizes. */
export const axeRun = (onDesk: boolean): string => `axe.run(document, { runOnly: ${JSON.stringify(onDesk
  ? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  : { type: 'rule', values: ['target-size', 'scrollable-region-focusable', 'button-name', 'link-name', 'label', 'aria-hidden-focus', 'region'] })} })`;

export const valueOf = (page: Page, name: string): Promise<string> => page.$eval(`[name="${name}"]`, (one) => (one as { value: string }).value);
export const textOf = (page: Page, selector: string): Promise<string> => page.$eval(selector, (one) => one.textContent ?? '');
/** Presses what leads to another page. A swap of htmx counts as navigation for the driver, so the old document is marked and the new one awaited. */
export const pressed = async (page: Page, selector: string): Promise<void> => {
  await page.evaluate('document.documentElement.dataset.left = "yes"');
  await page.click(selector);
  await page.waitForFunction('document.documentElement.dataset.left === undefined && document.readyState === "complete"', { polling: 50 });
};
/** The same where scripts are off: nothing swaps there, and a page without scripts cannot be asked again and again whether it has come. */
export const followed = async (page: Page, selector: string): Promise<void> => {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
};
export const retype = async (page: Page, name: string, text: string): Promise<void> => {
  await page.click(`[name="${name}"]`, { count: 3 });
  await page.type(`[name="${name}"]`, text);
};

/** A web city behind a real address, a real browser before it, and slips that are really printed. */
export async function browsing(c: WebCity, name: string) {
  const server = createServer(c.app).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const data = mkdtempSync(join(tmpdir(), `${name}-`));
  chmodSync(data, 0o711);
  const fonts = await prepareFonts(data);
  const launch = async () => launchBrowser(await findBrowser(data), { fontconfigFile: fonts.fontconfigFile });
  const launched = await launch();
  const fontFiles = fonts.families.map((f) => f.file);
  const renderer = createRenderPool({ pages: 1, fontFiles, launch: async () => (await launch()).browser });
  const documents = { mode: 'demonstration' as const, baseUrl: base, fonts: shippedFonts, templates: loadDocumentTemplates(), glyphs: openGlyphGate(fontFiles) };
  const printing = { database: c.database, clock: { now: () => c.times.now }, packOf: policyPack, calendarOf: calendars(c.database), documents, renderer };
  c.services.papers = {
    slip: (asked) => previewSlip(printing, { city: c.city, ...asked }), supervision: (caseId) => previewSupervision(printing, { city: c.city, caseId }),
    handlingSheet: (caseId) => previewHandlingSheet(printing, { city: c.city, caseId }),
    siteRecord: (caseId, place) => previewSiteRecord({ ...printing, blobs: c.services.blobs, pictures: renderer }, { city: c.city, caseId, place }),
  };
  if (shots !== '') mkdirSync(shots, { recursive: true });
  return {
    base,
    /** A browser profile of its own with a session; the page of the sign-in has tests of its own. `complaints` are errors of the console. */
    signedIn: async (login: string) => {
      const context = await launched.browser.createBrowserContext();
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.setViewport(desk);
      // A page that still glides to its anchor is not where the driver looks for its button.
      await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
      await context.setCookie({ name: SESSION_COOKIE, value: await c.sessionOf(login), domain: '127.0.0.1', path: '/', httpOnly: true });
      return { page, complaints, done: () => context.close() };
    },
    /** What is wrong with the page as it stands, on a desk and on a phone: accessibility, sideways scrolling. Takes its pictures. */
    faults: async (page: Page, shot: string): Promise<unknown[]> => {
      const found: unknown[] = [];
      for (const size of [desk, phone]) {
        await page.setViewport(size);
        if (shots !== '') {
          await page.screenshot({ path: join(shots, `${shot}-${size.name}.png`) as `${string}.png` });
          await page.screenshot({ path: join(shots, `${shot}-${size.name}-whole.png`) as `${string}.png`, fullPage: true });
        }
        const wide = Number(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'));
        if (wide > 0) found.push([size.name, 'scrolls sideways by', wide, await page.evaluate(`[...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth && !one.closest('.tscroll, .sn')).slice(0, 3).map((one) => one.outerHTML.slice(0, 120))`)]);
        // What lies under the bar at the bottom is reached by scrolling; it would be taken for a target that is too small.
        await page.evaluate(`document.querySelectorAll('.sticky-act').forEach((one) => { one.style.position = 'static'; })`);
        if (size === desk) await page.evaluate(axe);
        const report = (await page.evaluate(axeRun(size === desk))) as { violations: { id: string; nodes: { html: string }[] }[] };
        found.push(...report.violations.map((one) => [size.name, one.id, one.nodes.slice(0, 2).map((node) => node.html.slice(0, 160))]));
      }
      await page.setViewport(desk);
      return found;
    },
    close: async () => {
      await launched.close();
      await renderer.close();
      server.close();
    },
  };
}

export type Browsing = Awaited<ReturnType<typeof browsing>>;
