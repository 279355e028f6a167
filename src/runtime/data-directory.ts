import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { words } from '../domain/text.js';
import { checkoutRoot } from './checkout.js';
import { RuntimeFailure } from './runtime-failure.js';

/** What decides where the data lies. Everything has a default; tests pass their own. */
export interface DataDirectoryOptions {
  readonly checkout?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly isRoot?: boolean;
  readonly home?: string;
}

const marker = 'README.txt';
const explanation =
  '本目录由验收系统（yanshou）使用：数据库、密码、附件与缓存。系统运行时请勿改动。\n' +
  'Used by yanshou: database, passwords, attachments and caches. Do not change it while the system runs.\n';

/**
 * Where the data lies: `YANSHOU_DATA`, else /var/lib/yanshou (root) or $XDG_DATA_HOME/yanshou, followed by a hash of the
 * checkout's path, so that two checkouts never share a database.
 * @throws RuntimeFailure when it would lie inside the checkout, where a clean-up would take the data along
 */
export function dataDirectoryPath(options: DataDirectoryOptions = {}): string {
  const env = options.env ?? process.env;
  const checkout = realpathSync(options.checkout ?? checkoutRoot());
  const chosen = env['YANSHOU_DATA'];
  const path = chosen ? resolve(chosen) : join(standardPlace(options, env), hashOf(checkout));
  if (isInside(existingPart(path), checkout)) {
    throw new RuntimeFailure(
      'data-in-checkout',
      words(
        `数据目录 ${path} 在程序目录里，更新或清理程序时会丢失数据。请把 YANSHOU_DATA 设到别处。`,
        `The data directory ${path} lies inside the program's own directory and would be lost with it. Set YANSHOU_DATA to another place.`,
      ),
    );
  }
  return path;
}

/**
 * The data directory, made if it was missing. It is 0700; as root 0711, so that the users under whom the database and the
 * browser run can reach their own parts by name but list nothing. A directory with somebody else's files keeps its mode.
 * @throws RuntimeFailure when it cannot be made or written
 */
export function dataDirectory(options: DataDirectoryOptions = {}): string {
  const path = dataDirectoryPath(options);
  const mode = (options.isRoot ?? isRoot()) ? 0o711 : 0o700;
  try {
    makePrivately(path, mode);
    const ours = existsSync(join(path, marker)) || readdirSync(path).length === 0;
    if (ours) {
      chmodSync(path, mode);
      writeFileSync(join(path, marker), explanation);
    }
    return realpathSync(path);
  } catch (error) {
    throw new RuntimeFailure(
      'data-directory-unusable',
      words(
        `不能使用数据目录 ${path}。请检查它的权限，或用 YANSHOU_DATA 指定另一个目录。`,
        `The data directory ${path} cannot be used. Check its permissions, or name another one in YANSHOU_DATA.`,
      ),
      (error as Error).message,
    );
  }
}

function standardPlace(options: DataDirectoryOptions, env: NodeJS.ProcessEnv): string {
  if (options.isRoot ?? isRoot()) return '/var/lib/yanshou';
  // A relative XDG_DATA_HOME is to be ignored, says the specification of the base directories.
  const base = env['XDG_DATA_HOME'];
  return join(base && isAbsolute(base) ? base : join(options.home ?? homedir(), '.local', 'share'), 'yanshou');
}

/** Only the last two levels are ours to close; the ones above follow the system's habit. */
function makePrivately(path: string, mode: number): void {
  const parent = dirname(path);
  if (!existsSync(parent)) {
    mkdirSync(dirname(parent), { recursive: true });
    mkdirSync(parent, { mode });
    chmodSync(parent, mode);
  }
  mkdirSync(path, { recursive: true, mode });
}

function existingPart(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  return join(existingPart(dirname(path)), path.slice(dirname(path).length));
}

function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

function hashOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 12);
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
