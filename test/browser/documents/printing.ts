import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer';
import { getDocumentProxy } from 'unpdf';
import { composeDocument, type DocumentContext } from '../../../src/documents/compose-document.js';
import type { DocumentKind, FactsOf } from '../../../src/documents/document-kinds.js';
import { createRenderPool, type PictureMaker, type RenderPool, type RenderPoolOptions } from '../../../src/documents/render-pool.js';
import { findBrowser } from '../../../src/runtime/browser.js';
import { launchBrowser, type LaunchedBrowser } from '../../../src/runtime/browser-launch.js';
import { prepareFonts } from '../../../src/runtime/fonts.js';
import { documentContext } from '../../pure/documents/document-context.js';

/** A real browser with the shipped fonts only, as the composition root starts it. */
export interface Printing {
  pool: RenderPool & PictureMaker;
  /** Every browser started so far; the last one is in use. */
  started: LaunchedBrowser[];
  print<K extends DocumentKind>(kind: K, facts: FactsOf<K>, mode?: DocumentContext['mode']): Promise<{ pdf: Buffer; text: string }>;
  /** Another pool on the same browser program. */
  anotherPool(options: Partial<RenderPoolOptions>): RenderPool;
  close(): Promise<void>;
}

export async function startPrinting(): Promise<Printing> {
  const folder = mkdtempSync(join(tmpdir(), 'yanshou-documents-'));
  chmodSync(folder, 0o711);
  const [found, fonts] = [await findBrowser(folder), await prepareFonts(folder)];
  const started: LaunchedBrowser[] = [];
  const launch = async (): Promise<Browser> => {
    const launched = await launchBrowser(found, { fontconfigFile: fonts.fontconfigFile });
    started.push(launched);
    return launched.browser;
  };
  const options: RenderPoolOptions = { launch, fontFiles: fonts.families.map((face) => face.file) };
  const pools = [createRenderPool(options)];
  return {
    pool: pools[0]!,
    started,
    print: async (kind, facts, mode = 'demonstration') => {
      const composed = composeDocument(kind, facts, documentContext(mode));
      return { pdf: await pools[0]!.pdf(composed.html), text: composed.text };
    },
    anotherPool: (changed) => {
      const pool = createRenderPool({ ...options, ...changed });
      pools.push(pool);
      return pool;
    },
    close: async () => {
      await Promise.all(pools.map((pool) => pool.close()));
      await Promise.all(started.map((one) => one.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A run of text on a page: millimetres from the top left corner of the paper to its baseline start, size in points. */
export interface PlacedText { text: string; x: number; y: number; width: number; size: number; upright: boolean }

const mm = 25.4 / 72;

/** What stands where, page by page, in the order of the file. */
export async function placedText(pdf: Buffer): Promise<PlacedText[][]> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const pages: PlacedText[][] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const height = page.view[3]!;
    const { items } = (await page.getTextContent()) as { items: ({ str: string; width: number; transform: number[] } | { type: string })[] };
    pages.push(items.flatMap((item) => {
      if (!('str' in item) || item.str.trim() === '') return [];
      const [a, b, , d, x, y] = item.transform;
      return [{ text: item.str, x: x! * mm, y: (height - y!) * mm, width: item.width * mm, size: Math.hypot(b === 0 ? d! : a!, b!), upright: b === 0 }];
    }));
  }
  return pages;
}

/** Runs on one baseline, left to right, as lines from the top. */
export function linesOf(page: PlacedText[]): PlacedText[][] {
  const lines = new Map<number, PlacedText[]>();
  for (const item of page) {
    const key = [...lines.keys()].find((y) => Math.abs(y - item.y) < 0.5) ?? item.y;
    lines.set(key, [...(lines.get(key) ?? []), item]);
  }
  return [...lines].sort(([left], [right]) => left - right).map(([, line]) => line.sort((left, right) => left.x - right.x));
}
