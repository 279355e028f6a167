import { createHash } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { words } from '../domain/text.js';
import { RuntimeFailure } from './runtime-failure.js';
import { browserAccount, type ServiceAccount } from './service-account.js';
import { placeWithinReach } from './within-reach.js';

/** One face a document may use. */
export interface FontFace {
  readonly family: string;
  readonly weight: number;
  /** A static TrueType or OpenType file. */
  readonly file: string;
}

/** What the browser is told, and what the glyph gate may count on. */
export interface PreparedFonts {
  readonly fontconfigFile: string;
  readonly families: readonly FontFace[];
}

const shipped = [
  { family: 'Noto Serif SC', module: 'noto-serif-sc', name: 'NotoSerifSC' },
  { family: 'Noto Sans SC', module: 'noto-sans-sc', name: 'NotoSansSC' },
] as const;
const faces = [
  { weight: 400, name: '400Regular' },
  { weight: 700, name: '700Bold' },
] as const;

/**
 * Writes a fontconfig file that names exactly the faces we know: both weights of the two shipped families – a bold made up
 * by the browser would be embedded as Type 3 – and the operator's licensed ones in YANSHOU_FONTS (小标宋, 仿宋). Fonts of
 * the system stay out, so that a document looks the same on every machine.
 * @throws RuntimeFailure when YANSHOU_FONTS cannot be read
 */
export async function prepareFonts(dataDirectory: string, env: NodeJS.ProcessEnv = process.env): Promise<PreparedFonts> {
  const account = browserAccount();
  const directory = join(dataDirectory, 'fonts');
  const cache = join(directory, 'cache');
  mkdirSync(cache, { recursive: true });
  chmodSync(directory, account === undefined ? 0o700 : 0o711);
  if (account !== undefined) chownSync(cache, account.uid, account.gid);
  const families = [...shippedFaces(directory, account), ...(await operatorFaces(env['YANSHOU_FONTS'], directory, account))];
  const fontconfigFile = join(directory, 'fonts.conf');
  writeFileSync(fontconfigFile, fontconfig([...new Set(families.map((face) => dirname(face.file)))], cache));
  chmodSync(fontconfigFile, 0o644);
  return { fontconfigFile, families };
}

function shippedFaces(directory: string, account: ServiceAccount | undefined): FontFace[] {
  return shipped.flatMap(({ family, module, name }) => {
    const manifest = createRequire(import.meta.url).resolve(`@expo-google-fonts/${module}/package.json`);
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    return faces.map((face) => {
      const file = `${name}_${face.name}.ttf`;
      const copy = join(directory, `${module}-${face.weight}`, version);
      return { family, weight: face.weight, file: join(placeWithinReach(join(dirname(manifest), face.name), file, copy, account), file) };
    });
  });
}

async function operatorFaces(named: string | undefined, directory: string, account: ServiceAccount | undefined): Promise<FontFace[]> {
  if (!named) return [];
  const source = resolve(named);
  try {
    const files = readdirSync(source).filter((file) => /\.(ttf|otf)$/i.test(file));
    const first = files[0];
    if (first === undefined) throw new Error('no .ttf or .otf in it');
    const { openSync } = await import('fontkit');
    const place = placeWithinReach(source, first, join(directory, 'operator', stateOf(source, files)), account);
    return files.map((name) => {
      const file = join(place, name);
      const { familyName, subfamilyName } = openSync(file);
      return { family: familyName, weight: /bold|粗/i.test(subfamilyName) ? 700 : 400, file };
    });
  } catch (error) {
    if (error instanceof RuntimeFailure) throw error;
    throw new RuntimeFailure(
      'fonts-unreadable',
      words(
        `读不到 YANSHOU_FONTS 所指目录 ${source} 里的字体。请检查目录、权限和文件格式（.ttf 或 .otf）。`,
        `The fonts in ${source}, named by YANSHOU_FONTS, cannot be read. Check the directory, its permissions and the formats (.ttf or .otf).`,
      ),
      (error as Error).message,
    );
  }
}

/** Changes when a font is added, removed or replaced, so that a copy never stays behind its source. */
function stateOf(directory: string, files: readonly string[]): string {
  const states = files.map((name) => `${name} ${statSync(join(directory, name)).size} ${statSync(join(directory, name)).mtimeMs}`);
  return createHash('sha256').update(states.join('\n')).digest('hex').slice(0, 12);
}

function fontconfig(directories: readonly string[], cache: string): string {
  const alias = (generic: string, family: string) => `  <alias binding="same"><family>${generic}</family><prefer><family>${family}</family></prefer></alias>`;
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
    '<fontconfig>',
    ...directories.map((directory) => `  <dir>${escaped(directory)}</dir>`),
    `  <cachedir>${escaped(cache)}</cachedir>`,
    alias('serif', 'Noto Serif SC'),
    alias('sans-serif', 'Noto Sans SC'),
    alias('monospace', 'Noto Sans SC'),
    '</fontconfig>',
    '',
  ].join('\n');
}

function escaped(path: string): string {
  return path.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
