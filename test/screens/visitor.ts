import type { HTTPResponse, Page } from 'puppeteer';
import { findBrowser } from '../../src/runtime/browser.js';
import { launchBrowser, type LaunchedBrowser } from '../../src/runtime/browser-launch.js';
import { prepareFonts } from '../../src/runtime/fonts.js';
import type { Fault } from './page-faults.js';
import type { ScreenedCity } from './screened-city.js';

export interface Visitor {
  /** The page of this person, signed in once; null for a stranger. */
  pageOf(login: string | null): Promise<Page>;
  /** What the browser has objected to on a page since it was last asked; `expected` is a status the page was meant to have. */
  objections(page: Page, expected: number): Fault[];
  close(): Promise<void>;
}

/** A real browser with one profile for each person. */
export async function visitor(city: ScreenedCity): Promise<Visitor> {
  const fonts = await prepareFonts(city.dataDir);
  const launched: LaunchedBrowser = await launchBrowser(await findBrowser(city.dataDir), { fontconfigFile: fonts.fontconfigFile });
  const pages = new Map<string, Page>();
  const heard = new WeakMap<Page, Fault[]>();

  async function newPage(): Promise<Page> {
    const page = await (await launched.browser.createBrowserContext()).newPage();
    const faults: Fault[] = [];
    heard.set(page, faults);
    page.on('pageerror', (error) => faults.push({ kind: 'script', what: String(error), where: page.url() }));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push({ kind: /Content Security Policy/.test(message.text()) ? 'policy' : 'script', what: message.text(), where: message.location().url ?? '' });
    });
    return page;
  }

  return {
    pageOf: async (login) => {
      const known = pages.get(login ?? '');
      if (known !== undefined) return known;
      const page = await newPage();
      if (login !== null) await signIn(page, city, login);
      pages.set(login ?? '', page);
      return page;
    },
    objections: (page, expected) => {
      const all = heard.get(page)!.splice(0);
      return all.filter(({ what }) => !what.includes(`status of ${expected} `));
    },
    close: () => launched.close(),
  };
}

export async function signIn(page: Page, city: ScreenedCity, login: string, password = city.password): Promise<HTTPResponse | null> {
  await page.goto(`${city.address}/sign-in`);
  await page.type('#u', login);
  await page.type('#p', password);
  const [answer] = await Promise.all([page.waitForNavigation(), page.click('main form button')]);
  return answer;
}
