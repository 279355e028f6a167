import type { Browser, Page } from 'puppeteer';
import { words } from '../domain/text.js';
import { DocumentRefusal } from './document-refusal.js';
import { finishPdf } from './finish-pdf.js';
import { openGlyphAliases, type GlyphAliases } from './glyph-aliases.js';
import { openRenderPage, printPage } from './render-page.js';
import { smallPicture } from './small-picture.js';

export interface RenderPoolOptions {
  /** The configured font files, the same the browser sees; needed to keep the text of a PDF searchable. */
  fontFiles: string[];
  /** Starts a browser that sees the configured fonts only. Called at the first job, after a crash, after `recycleAfter`. */
  launch: () => Promise<Browser>;
  /** Pages kept warm and used one document at a time. */
  pages?: number;
  /** Jobs that may wait; one more is refused at once, so that deadline night slows down instead of running out of memory. */
  queueLimit?: number;
  /** Milliseconds one document may take. */
  timeoutMs?: number;
  /** Documents after which the browser is replaced. */
  recycleAfter?: number;
}

/** One warm browser behind one bounded queue. */
export interface RenderPool {
  /**
   * Prints a composed paper as tagged A4 PDF.
   * @throws DocumentRefusal renderer-busy, renderer-crashed (after one retry), render-timeout, render-failed, renderer-closed
   */
  pdf(html: string): Promise<Buffer>;
  /** Documents printed, browsers started, jobs waiting: for the health page. */
  state(): { printed: number; launches: number; waiting: number };
  /** Refuses what waits, lets running jobs end, closes the browser. */
  close(): Promise<void>;
}

/** The same browser for photographs that go onto papers. */
export interface PictureMaker {
  /** A photograph made small, as JPEG; null where it cannot be shown. @throws DocumentRefusal as `pdf` */
  picture(original: { mediaType: string; bytes: Buffer }): Promise<Buffer | null>;
}

interface Job { work: (page: Page) => Promise<Buffer | null>; attempts: number; resolve: (made: Buffer | null) => void; reject: (reason: unknown) => void }
interface Warm { browser: Browser; idle: Page[]; started: number; busy: number }

const refusals = {
  busy: () => new DocumentRefusal('renderer-busy', words('排队生成的文书太多，请稍后再试。内容没有丢。', 'Too many papers are waiting. Try again shortly; nothing is lost.'), 'render queue is full', { retry: true }),
  closed: () => new DocumentRefusal('renderer-closed', words('系统正在停止，文书没有生成。', 'The system is stopping; the paper was not made.'), 'render pool is closed', { retry: true }),
  crashed: (cause: unknown) => new DocumentRefusal('renderer-crashed', words('生成文书的程序两次中断，文书没有生成。稍后会自动再试。', 'The renderer stopped twice; the paper was not made and will be tried again.'), String(cause), { retry: true, cause }),
  timeout: (ms: number) => new DocumentRefusal('render-timeout', words('文书太长，规定时间内没有生成完。', 'The paper took too long to print.'), `no PDF within ${ms} ms`, { retry: true }),
  failed: (cause: unknown) => new DocumentRefusal('render-failed', words('文书没有生成，请把编号报给管理员。', 'The paper could not be printed.'), String(cause), { cause }),
};

/** Makes the pool; no browser is started before the first job. */
export function createRenderPool(options: RenderPoolOptions): RenderPool & PictureMaker {
  const { launch, pages = 2, queueLimit = 200, timeoutMs = 30_000, recycleAfter = 500 } = options;
  const waiting: Job[] = [];
  const retired = new Set<Promise<unknown>>();
  const running = new Set<Promise<void>>();
  let current: Promise<Warm> | null = null;
  let aliases: GlyphAliases | null = null;
  let closed = false;
  let printed = 0;
  let launches = 0;

  const start = (): Promise<Warm> => {
    launches += 1;
    const starting = launch().then((browser) => {
      browser.once('disconnected', () => { if (current === starting) current = null; });
      return { browser, idle: [], started: 0, busy: 0 } satisfies Warm;
    });
    // A failed launch must not poison the next one.
    starting.catch(() => { if (current === starting) current = null; });
    return starting;
  };

  const retire = (warm: Warm): void => {
    const closing = warm.browser.close().catch(() => undefined).finally(() => retired.delete(closing));
    retired.add(closing);
  };

  const attempt = async (job: Job): Promise<Buffer | null> => {
    current ??= start();
    const mine = current;
    const warm = await mine.catch((error: unknown) => { throw refusals.crashed(error); });
    warm.started += 1;
    warm.busy += 1;
    if (warm.started >= recycleAfter && current === mine) current = null;
    let page: Page | null = null;
    let timer: NodeJS.Timeout | undefined;
    try {
      const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(refusals.timeout(timeoutMs)), timeoutMs); });
      const work = (async () => {
        page = warm.idle.pop() ?? await openRenderPage(warm.browser);
        // What is asked of a page whose process was killed is never answered; the browser tells by this event.
        return await Promise.race([job.work(page), new Promise<never>((_, reject) => { page!.once('error', reject); })]);
      })();
      work.catch(() => undefined);
      const made = await Promise.race([work, late]);
      (page as Page | null)?.off('error');
      if (page !== null) warm.idle.push(page);
      return made;
    } catch (error) {
      // A page that failed is never used again.
      void (page as Page | null)?.close().catch(() => undefined);
      // Whatever the browser complains of – itself killed, one of its processes, or out of memory – is no fault of the paper.
      if (error instanceof DocumentRefusal) throw error;
      // Its browser may be on its way down and not have said so: whoever comes next gets another.
      if (current === mine) current = null;
      throw (error as Error).name === 'TimeoutError' && warm.browser.connected ? refusals.timeout(timeoutMs) : refusals.crashed(error);
    } finally {
      clearTimeout(timer);
      warm.busy -= 1;
      if (warm.busy === 0 && current !== mine) retire(warm);
    }
  };

  const run = async (job: Job): Promise<void> => {
    try {
      job.resolve(await attempt(job));
    } catch (error) {
      const refusal = error instanceof DocumentRefusal ? error : refusals.failed(error);
      job.attempts += 1;
      if (refusal.code === 'renderer-crashed' && job.attempts < 2 && !closed) waiting.unshift(job);
      else job.reject(refusal);
    }
  };

  const pump = (): void => {
    while (running.size < pages && waiting.length > 0) {
      const going: Promise<void> = run(waiting.shift()!).finally(() => { running.delete(going); pump(); });
      running.add(going);
    }
  };

  const asked = (work: Job['work']): Promise<Buffer | null> => new Promise((resolve, reject) => {
    if (closed) return reject(refusals.closed());
    if (waiting.length >= queueLimit) return reject(refusals.busy());
    waiting.push({ work, attempts: 0, resolve, reject });
    pump();
  });

  return {
    pdf: async (html) => {
      const bytes = await asked((page) => printPage(page, html, timeoutMs));
      try {
        aliases ??= openGlyphAliases(options.fontFiles);
        const pdf = finishPdf(bytes!, html, aliases);
        printed += 1;
        return pdf;
      } catch (error) {
        throw refusals.failed(error);
      }
    },
    picture: (original) => asked((page) => smallPicture(page, original, timeoutMs)),
    state: () => ({ printed, launches, waiting: waiting.length }),
    close: async () => {
      closed = true;
      for (const job of waiting.splice(0)) job.reject(refusals.closed());
      await Promise.allSettled([...running]);
      const last = current;
      current = null;
      if (last !== null) await last.then((warm) => warm.browser.close()).catch(() => undefined);
      await Promise.allSettled([...retired]);
    },
  };
}
