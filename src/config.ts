import { Refused } from './domain/errors.js';
import { words } from './domain/text.js';

/** Where the system listens, and on what it stands. Read once from the environment; no secret is ever printed. */
export interface Config {
  port: number;
  host: string;
  /** An operator's PostgreSQL (15–18); null means the embedded one. */
  databaseUrl: string | null;
  /** Demonstration data on an operator's empty database. */
  demonstration: boolean;
  /** What stands in links and QR codes. */
  baseUrl: string | null;
  roles: { web: boolean; worker: boolean };
  /** The folder of issued papers, attachments and packages; null means one in the data directory. Replicas on one database share it. */
  blobs: string | null;
  renderers: number;
}

const DEFAULT_PORT = 8080;
const HIGHEST_PORT = 65_535;
const MOST_RENDERERS = 16;

/**
 * Reads the configuration.
 * @param env the process environment
 * @param flags command-line words such as `--demo`
 * @throws Refused for a value that cannot be used
 */
export function readConfig(env: NodeJS.ProcessEnv, flags: string[] = []): Config {
  const roles = rolesIn(env.YANSHOU_ROLES ?? 'web,worker');
  return {
    port: wholeNumber(env.PORT, 'PORT', DEFAULT_PORT, HIGHEST_PORT),
    host: env.YANSHOU_HOST ?? '127.0.0.1',
    databaseUrl: env.DATABASE_URL ?? null,
    demonstration: !env.DATABASE_URL || flags.includes('--demo'),
    baseUrl: env.YANSHOU_BASE_URL ?? null,
    roles: { web: roles.includes('web'), worker: roles.includes('worker') },
    blobs: env.YANSHOU_BLOBS || null,
    renderers: wholeNumber(env.YANSHOU_RENDERERS, 'YANSHOU_RENDERERS', 1, MOST_RENDERERS),
  };
}

function rolesIn(text: string): string[] {
  const roles = text.split(',').map((role) => role.trim());
  if (roles.every((role) => role === 'web' || role === 'worker')) return roles;
  throw new Refused('configuration', words(`YANSHOU_ROLES 应是 web、worker 或 web,worker，现为“${text}”。`, `YANSHOU_ROLES must be web, worker or web,worker, not “${text}”.`));
}

function wholeNumber(text: string | undefined, name: string, fallback: number, highest: number): number {
  if (text === undefined || text === '') return fallback;
  if (/^\d{1,5}$/.test(text) && Number(text) <= highest) return Number(text);
  throw new Refused('configuration', words(`${name} 应是 0 到 ${highest} 的整数，现为“${text}”。`, `${name} must be a whole number from 0 to ${highest}, not “${text}”.`));
}
