// `npm run check:screens [-- --out folder] [--only pattern]`: every screen in every state, in Chinese and English, on a desk and on a phone.
// Plays a year in a city of its own, visits the screens in a real Chromium, keeps a picture of each and measures what can be measured:
// axe, content policy, script errors, sideways scrolling, Chinese left on English pages, words the office does not use. Prints a table and
// one line of JSON, leaves report.json and axe.txt beside the pictures; exits 1 when anything is wrong. What a picture looks like is for people to judge.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { localDay } from '../../src/domain/local-day.js';
import { systemClock } from '../../src/clock.js';
import { checkoutRoot } from '../../src/runtime/checkout.js';
import { eventfulYear } from './eventful-year.js';
import { axeLines } from './axe-report.js';
import { pageFaults, type AxeResult, type Fault } from './page-faults.js';
import { andWords, type OwnWords } from './own-words.js';
import type { Screen } from './screen.js';
import { screenedCity, type ScreenedCity } from './screened-city.js';
import { moments } from './screens.js';
import { visitor, type Visitor } from './visitor.js';

const sizes = [{ name: 'desk', width: 1440, height: 900 }, { name: 'phone', width: 390, height: 844 }] as const;
const languages = ['zh', 'en'] as const;

export interface Seen {
  screen: string;
  who: string | null;
  language: (typeof languages)[number];
  size: (typeof sizes)[number]['name'];
  picture: string;
  faults: Fault[];
  /** Null where the screen was not reached. */
  axe: AxeResult | null;
}

const asked = (name: string): string | undefined => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);
const out = resolve(asked('--out') ?? `screens-${localDay(systemClock.now())}`);
const only = new RegExp(asked('--only') ?? '');

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

async function visit(screen: Screen, city: ScreenedCity, browser: Visitor, known: OwnWords): Promise<Seen[]> {
  const words = andWords(known, screen.written ?? []);
  const seen: Seen[] = [];
  for (const language of languages) {
    const page = await browser.pageOf(screen.who);
    await page.setViewport(sizes[0]);
    await page.setCookie({ name: 'yanshou_lang', value: language, url: city.address });
    const answer = await screen.open(page, city);
    const expected = screen.status ?? 200;
    const first: Fault[] = answer?.status() === expected ? [] : [{ kind: 'status', what: `answered ${answer?.status()}, not ${expected}`, where: page.url() }];
    // A bar that stays at the bottom of the window would cover the middle of a picture of the whole page.
    await page.evaluate(`document.querySelectorAll('.sticky-act, .foot').forEach((one) => { one.style.position = 'static'; })`);
    for (const size of sizes) {
      await page.setViewport(size);
      const picture = `${screen.name}.${language}.${size.name}.png`;
      await page.screenshot({ path: join(out, picture) as `${string}.png`, fullPage: true });
      const { faults, axe } = await pageFaults(page, language, words);
      seen.push({ screen: screen.name, who: screen.who, language, size: size.name, picture, faults: [...first.splice(0), ...browser.objections(page, expected), ...faults], axe });
    }
  }
  return seen;
}

/** A screen that cannot be reached is a fault like any other: the rest is still looked at. */
async function visited(screen: Screen, city: ScreenedCity, browser: Visitor, words: OwnWords): Promise<Seen[]> {
  return visit(screen, city, browser, words).catch((error: unknown) => [notReached(screen.name, screen.who, error)]);
}

const notReached = (screen: string, who: string | null, error: unknown): Seen =>
  ({ screen, who, language: 'zh', size: 'desk', picture: '', faults: [{ kind: 'status', what: `not reached: ${(error as Error).message}`, where: '' }], axe: null });

/** Adds to `seen` as it goes: what was looked at before something broke is still reported. */
async function everyScreen(seen: Seen[]): Promise<void> {
  const checkout = checkoutRoot();
  const city = await screenedCity(checkout, eventfulYear(checkout));
  const browser = await visitor(city);
  try {
    for (const moment of moments) {
      const screens = moment.screens.filter(({ name }) => only.test(name));
      if (screens.length === 0) continue;
      tell(`… ${moment.at}`);
      await city.playUntil(moment.at);
      for (const screen of screens) {
        // Asked for each screen: papers are still being made while others are looked at.
        const looked = await visited(screen, city, browser, await city.words());
        seen.push(...looked);
        tell(`${looked.some(({ faults }) => faults.length > 0) ? '✘' : '✔'} ${screen.name}`);
      }
    }
  } finally {
    await browser.close();
    await city.close();
  }
}

function table(seen: readonly Seen[]): string {
  const names = [...new Set(seen.map(({ screen }) => screen))];
  const cell = (screen: string, language: string, size: string): string => {
    const one = seen.find((other) => other.screen === screen && other.language === language && other.size === size);
    return one === undefined ? '–' : String(one.faults.length);
  };
  const line = (name: string, cells: string[]): string => `${name.padEnd(30)}${cells.map((text) => text.padStart(10)).join('')}`;
  const heads = languages.flatMap((language) => sizes.map(({ name }) => `${language} ${name}`));
  return [line('screen', heads), ...names.map((name) => line(name, languages.flatMap((language) => sizes.map((size) => cell(name, language, size.name)))))].join('\n');
}

mkdirSync(out, { recursive: true });
const seen: Seen[] = [];
await everyScreen(seen).catch((error: unknown) => seen.push(notReached('the year', null, error)));
writeFileSync(join(out, 'report.json'), `${JSON.stringify(seen, null, 2)}\n`);
writeFileSync(join(out, 'axe.txt'), `${axeLines(seen).join('\n')}\n`);
const violations = seen.reduce((sum, { faults }) => sum + faults.length, 0);
for (const { picture, screen, faults } of seen) for (const { kind, what, where } of faults) tell(`${picture || screen}: ${kind} ${what} ${where}`);
process.stdout.write(`${table(seen)}\n${out}\n${JSON.stringify({ screens: new Set(seen.map(({ screen }) => screen)).size, violations })}\n`);
process.exitCode = violations === 0 ? 0 : 1;
