import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { createToken } from '../../src/auth/api-tokens.js';
import { systemClock } from '../../src/clock.js';
import { openDatabase } from '../../src/database.js';
import type { DatabaseUrls } from '../../src/runtime/database-roles.js';
import { demonstrationPeople } from '../../src/register/demonstration-people.js';
import { readJinan } from '../../src/register/jinan-files.js';
import { checkoutRoot } from '../../src/runtime/checkout.js';
import type { MadeDatabase } from './cluster.js';
import { startFront, type Front } from './front.js';
import { startReplica, type Replica } from './replica.js';
import { startWireProxy, type WireProxy } from './wire-proxy.js';

export const CITY = '370100';
const DAYS = 2;

/** One installation under attack: replicas on one database, one folder of files, one address before them. */
export interface Installation {
  readonly database: MadeDatabase;
  readonly blobs: string;
  readonly replicas: readonly Replica[];
  /** What stands between each replica and the database. */
  readonly proxies: readonly WireProxy[];
  readonly front: Front;
  /** Looks past every wall, and not through the proxy. Waits while the database is away. */
  rows<T extends pg.QueryResultRow = Record<string, any>>(sql: string, values?: unknown[]): Promise<T[]>;
  tokens(): Promise<Map<string, string>>;
  /** Ends everything in order; the milliseconds the slowest replica took. */
  close(): Promise<number>;
}

export interface InstallationOptions {
  database: MadeDatabase;
  /** Port of the database server. */
  port: number;
  directory: string;
  program: readonly string[];
  browser?: string;
  replicas?: number;
  /** Roles of each replica in turn; both where left out. */
  roles?: readonly string[];
  flags?: readonly string[];
  /** Beside what every replica is told. */
  env?: Record<string, string>;
}

export async function install(options: InstallationOptions): Promise<Installation> {
  const { database, directory } = options;
  const blobs = join(directory, 'blobs');
  mkdirSync(blobs, { recursive: true });
  const proxies = await Promise.all(Array.from({ length: options.replicas ?? 1 }, () => startWireProxy(options.port)));
  const replicas = await Promise.all(proxies.map((proxy, index) => startReplica({
    name: `replica ${index + 1}`, program: options.program, dataDir: join(directory, `replica-${index + 1}`), browser: options.browser, flags: options.flags,
    env: { ...environment(database, proxy.port, blobs), ...options.env, ...(options.roles?.[index] === undefined ? {} : { YANSHOU_ROLES: options.roles[index]! }) },
  })));
  const serving = replicas.filter((_, index) => (options.roles?.[index] ?? 'web').includes('web'));
  const front = await startFront(() => serving.map((one) => one.address));
  const admin = new pg.Pool({ connectionString: database.adminUrl, max: 3 });
  admin.on('error', () => undefined);
  return {
    database, blobs, proxies, replicas, front,
    rows: async (sql, values = []) => (await patiently(() => admin.query(sql, values))).rows as never,
    tokens: () => tokensFor(database),
    close: async () => {
      const times = await Promise.all(replicas.map((one) => one.stop()));
      await front.close();
      await Promise.all(proxies.map((proxy) => proxy.close()));
      await admin.end();
      return Math.max(...times);
    },
  };
}

function environment(database: DatabaseUrls, port: number, blobs: string): Record<string, string> {
  const through = (address: string): string => {
    const url = new URL(address);
    url.port = String(port);
    return url.href;
  };
  return {
    DATABASE_URL: through(database.migratorUrl), YANSHOU_WEB_URL: through(database.webUrl), YANSHOU_WORKER_URL: through(database.workerUrl), YANSHOU_BLOBS: blobs,
    YANSHOU_BASE_URL: 'http://127.0.0.1:8080', NODE_ENV: 'production',
  };
}

/** The same again while the server is away: it has been killed and comes back. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      const away = /ECONNREFUSED|ECONNRESET|terminat|starting up|shutting down|recovery|not yet accepting/i.test(String(error));
      if (!away || tries > 600) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** A token for every person of the demonstration, issued beside the server as an operator would. */
async function tokensFor(database: MadeDatabase): Promise<Map<string, string>> {
  const db = openDatabase(database);
  try {
    const tokens = new Map<string, string>();
    await db.asAuth(CITY, async (trx) => {
      for (const { login } of demonstrationPeople(readJinan(checkoutRoot(), 2026).units)) {
        tokens.set(login, (await createToken(trx, CITY, { login, label: 'chaos', days: DAYS }, systemClock.now())).token);
      }
    });
    return tokens;
  } finally {
    await db.close();
  }
}
