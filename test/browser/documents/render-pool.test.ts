import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { placedText, startPrinting, type Printing } from './printing.js';
import type { DocumentRefusal } from '../../../src/documents/document-refusal.js';

const page = (body: string): string => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>试印</title></head><body>${body}</body></html>`;
const textOf = async (pdf: Buffer): Promise<string> => (await placedText(pdf)).flat().map((item) => item.text).join('');
const refusalOf = (job: Promise<unknown>): Promise<DocumentRefusal> => job.then(() => { throw new Error('not refused'); }, (error: DocumentRefusal) => error);

/** Kills the processes that lay pages out, as the system does when memory runs out; returns how many. */
function killRenderersOf(browser: number): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer') && Number(/\) \S+ \d+ (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]) === browser;
    } catch {
      return false; // gone meanwhile
    }
  });
  for (const pid of pids) process.kill(Number(pid), 'SIGKILL');
  return pids.length;
}

let printing: Printing;
beforeAll(async () => { printing = await startPrinting(); }, 60_000);
afterAll(() => printing.close());

describe('the render pool', () => {
  it('many papers at once come out whole, each its own', async () => {
    const papers = await Promise.all(Array.from({ length: 12 }, (_, number) => printing.pool.pdf(page(`第${number}号文`))));
    expect(await Promise.all(papers.map(textOf))).toEqual(papers.map((_, number) => `第${number}号文`));
    expect(printing.pool.state()).toMatchObject({ launches: 1, waiting: 0 });
  }, 60_000);

  it('script in a paper does not run, and no picture, style sheet or frame leaves it', async () => {
    const asked: string[] = [];
    const server: Server = createServer((request, response) => { asked.push(request.url ?? ''); response.end(); });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const text = await textOf(await printing.pool.pdf(page(
      `正文<script>document.body.textContent='坏'</script><img src="${url}/a.png"><link rel="stylesheet" href="${url}/b.css"><iframe src="file:///etc/hostname"></iframe><iframe src="${url}/c"></iframe>`,
    )));
    server.closeAllConnections();
    await new Promise((resolve) => { server.close(resolve); });
    expect(text).toBe('正文');
    expect(asked).toEqual([]);
  }, 60_000);

  it('a browser killed in the middle is started again and no paper is lost', async () => {
    const pool = printing.anotherPool({ pages: 2 });
    await pool.pdf(page('先'));
    const jobs = Array.from({ length: 8 }, (_, number) => pool.pdf(page(`${'长文'.repeat(4000)}${number}`)));
    process.kill(printing.started.at(-1)!.pid!, 'SIGKILL');
    const texts = await Promise.all((await Promise.all(jobs)).map(textOf));
    expect(texts.map((text) => text.at(-1))).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
    expect(pool.state().launches).toBe(2);
  }, 120_000);

  it('a paper whose page was killed while the browser lives on is printed by another page, not refused for good', async () => {
    const pool = printing.anotherPool({ pages: 1 });
    await pool.pdf(page('先'));
    const browser = printing.started.at(-1)!.pid!;
    const job = pool.pdf(page(`${'长文'.repeat(12_000)}完`));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(killRenderersOf(browser)).toBeGreaterThan(0);
    expect((await textOf(await job)).at(-1)).toBe('完');
  }, 120_000);

  it('a paper that kills the browser twice fails with a reason, and the next one is printed', async () => {
    let lethal = true;
    const pool = printing.anotherPool({
      pages: 1,
      launch: async () => {
        const before = printing.started.length;
        await printing.anotherPool({ pages: 1 }).pdf(page('热身'));
        const launched = printing.started[before]!;
        if (lethal) launched.browser.once('targetcreated', () => process.kill(launched.pid!, 'SIGKILL'));
        return launched.browser;
      },
    });
    const refusal = await refusalOf(pool.pdf(page('害')));
    expect([refusal.code, refusal.retry]).toEqual(['renderer-crashed', true]);
    lethal = false;
    expect(await textOf(await pool.pdf(page('好')))).toBe('好');
    expect(pool.state().launches).toBe(3);
  }, 120_000);

  it('more jobs than the queue holds are refused at once with "later", not kept in memory', async () => {
    const pool = printing.anotherPool({ pages: 1, queueLimit: 2 });
    const jobs = Array.from({ length: 5 }, () => pool.pdf(page('排队')));
    const codes = await Promise.all(jobs.map((job) => job.then(() => 'printed', (error: DocumentRefusal) => error.code)));
    expect(codes).toEqual(['printed', 'printed', 'printed', 'renderer-busy', 'renderer-busy']);
  }, 60_000);

  it('a paper that takes too long is given up, the pool goes on', async () => {
    const pool = printing.anotherPool({ pages: 1, timeoutMs: 150 });
    await pool.pdf(page('快')).catch(() => undefined);
    const refusal = await refusalOf(pool.pdf(page(`<table>${'<tr><td>慢</td><td>慢</td></tr>'.repeat(60_000)}</table>`)));
    expect([refusal.code, refusal.retry]).toEqual(['render-timeout', true]);
    const patient = printing.anotherPool({ pages: 1 });
    expect(await textOf(await patient.pdf(page('又快')))).toBe('又快');
  }, 120_000);

  it('the browser is replaced after the agreed number of papers', async () => {
    const pool = printing.anotherPool({ pages: 2, recycleAfter: 3 });
    await Promise.all(Array.from({ length: 7 }, (_, number) => pool.pdf(page(`${number}`))));
    expect(pool.state()).toMatchObject({ printed: 7, launches: 3 });
    await pool.close();
  }, 60_000);

  it('a browser that cannot be started is no fault of the paper: it is tried again later, and the next attempt starts anew', async () => {
    let broken = true;
    const pool = printing.anotherPool({ launch: async () => {
      if (broken) throw new Error('no browser');
      await printing.anotherPool({}).pdf(page('热身'));
      return printing.started.at(-1)!.browser;
    } });
    const refusal = await refusalOf(pool.pdf(page('一')));
    expect([refusal.code, refusal.retry]).toEqual(['renderer-crashed', true]);
    broken = false;
    expect(await textOf(await pool.pdf(page('二')))).toBe('二');
  }, 60_000);

  it('closed, it refuses new papers and leaves no browser behind', async () => {
    const pool = printing.anotherPool({});
    await pool.pdf(page('末'));
    const last = printing.started.at(-1)!;
    await pool.close();
    await last.gone;
    expect((await refusalOf(pool.pdf(page('迟')))).code).toBe('renderer-closed');
  }, 60_000);
});
