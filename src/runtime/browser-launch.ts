import type { Browser } from 'puppeteer';
import { words, type Words } from '../domain/text.js';
import { newBrowserDirectories } from './browser-directories.js';
import type { FoundBrowser } from './browser.js';
import { startBrowserProcess, type BrowserProcess } from './browser-process.js';
import { RuntimeFailure } from './runtime-failure.js';
import { browserAccount } from './service-account.js';

/** A running browser and the certainty that it ends. */
export interface LaunchedBrowser {
  readonly browser: Browser;
  readonly pid: number | undefined;
  /** False when this machine allows no sandbox; pages must then run no script of others. */
  readonly sandboxed: boolean;
  /** Resolves when the process has gone, asked or not. */
  readonly gone: Promise<void>;
  /** Closes it, by force if it does not answer; resolves when the process has gone. */
  close(): Promise<void>;
}

export interface LaunchOptions {
  readonly fontconfigFile: string;
  readonly onWarning?: (warning: Words) => void;
}

/** Programs whose sandbox was found not to work on this machine: asked once per process. */
const withoutSandbox = new Set<string>();

const patience = 30_000;

/**
 * Starts the browser on a pipe, as root under a user without privileges, with its sandbox; without it only after it was
 * tried and refused, with a warning. The browser reaches this machine's own addresses and nothing else.
 * @throws RuntimeFailure with the end of what the browser wrote
 */
export async function launchBrowser(found: FoundBrowser, options: LaunchOptions): Promise<LaunchedBrowser> {
  if (!withoutSandbox.has(found.executablePath)) {
    const launched = await attempt(found, options, true).catch(() => undefined);
    if (launched !== undefined) return launched;
  }
  const launched = await attempt(found, options, false);
  if (!withoutSandbox.has(found.executablePath)) {
    withoutSandbox.add(found.executablePath);
    options.onWarning?.(
      words(
        '本机不允许浏览器沙箱，已关闭沙箱运行；文书只含系统自己的内容。',
        'This machine does not allow the browser its sandbox, so it runs without; documents hold only content of the system itself.',
      ),
    );
  }
  return launched;
}

async function attempt(found: FoundBrowser, options: LaunchOptions, sandboxed: boolean): Promise<LaunchedBrowser> {
  // Loaded here and not above: it takes a while, and most commands print nothing.
  const { connect, defaultArgs } = await import('puppeteer');
  const account = browserAccount();
  const directories = newBrowserDirectories(found.profiles, account);
  const args = defaultArgs({
    headless: 'shell',
    userDataDir: directories.profile,
    args: [
      '--remote-debugging-pipe',
      '--disable-gpu',
      '--no-pings',
      '--lang=zh-CN',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      ...(sandboxed ? [] : ['--no-sandbox']),
    ],
  });
  const run = startBrowserProcess(found, args, directories, { FONTCONFIG_FILE: options.fontconfigFile }, account);
  try {
    const browser = await inTime(run, async () => {
      const connected = await connect({ transport: run.transport });
      // A sandbox that does not work shows itself only when a page is drawn.
      await (await connected.newPage()).close();
      return connected;
    });
    return { browser, pid: run.pid, sandboxed, gone: run.gone.then(() => undefined), close: () => closeForSure(browser, run) };
  } catch (error) {
    run.kill();
    throw doesNotStart(found, `${(error as Error).message}\n${await run.gone}`);
  }
}

/** The work, unless the browser goes or keeps silent before it is done. */
async function inTime<T>(run: BrowserProcess, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patience} ms`)), patience);
    void run.gone.then((written) => reject(new Error(written)));
  });
  try {
    return await Promise.race([work(), silence]);
  } finally {
    clearTimeout(timer);
  }
}

async function closeForSure(browser: Browser, run: BrowserProcess): Promise<void> {
  const force = setTimeout(run.kill, 5_000);
  await browser.close().catch(run.kill);
  await run.gone;
  clearTimeout(force);
}

function doesNotStart(found: FoundBrowser, detail: string): RuntimeFailure {
  return new RuntimeFailure(
    'browser-did-not-start',
    words(
      `浏览器 ${found.executablePath} 没有启动，无法生成 PDF。请查看日志，或用 PUPPETEER_EXECUTABLE_PATH 指定另一个。`,
      `The browser ${found.executablePath} did not start, so no PDF can be made. See the log, or name another in PUPPETEER_EXECUTABLE_PATH.`,
    ),
    detail,
  );
}
