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
  renderers: number;
}

const DEFAULT_PORT = 8080;

/**
 * Reads the configuration.
 * @param env the process environment
 * @param flags command-line words such as `--demo`
 * @throws Error with a sentence for a value that cannot be used
 */
export function readConfig(env: NodeJS.ProcessEnv, flags: string[] = []): Config {
  const roles = (env.YANSHOU_ROLES ?? 'web,worker').split(',').map((r) => r.trim());
  return {
    port: wholeNumber(env.PORT, 'PORT', DEFAULT_PORT),
    host: env.YANSHOU_HOST ?? '127.0.0.1',
    databaseUrl: env.DATABASE_URL ?? null,
    demonstration: !env.DATABASE_URL || flags.includes('--demo'),
    baseUrl: env.YANSHOU_BASE_URL ?? null,
    roles: { web: roles.includes('web'), worker: roles.includes('worker') },
    renderers: wholeNumber(env.YANSHOU_RENDERERS, 'YANSHOU_RENDERERS', 1),
  };
}

function wholeNumber(text: string | undefined, name: string, fallback: number): number {
  if (text === undefined || text === '') return fallback;
  if (!/^\d{1,5}$/.test(text)) throw new Error(`${name} 应是一个整数 / ${name} must be a whole number: ${text}`);
  return Number(text);
}
