import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkoutRoot } from '../../src/runtime/checkout.js';
import { findBrowser } from '../../src/runtime/browser.js';
import { ensureOwnDatabase, ensureOwnRoles, type DatabaseUrls } from '../../src/runtime/database-roles.js';
import { withClient } from '../../src/runtime/database-connection.js';
import { startEmbeddedPostgres } from '../../src/runtime/embedded-postgres.js';
import { processesIn } from '../../src/runtime/process-table.js';
import { buildTemplate } from '../cluster/template.js';
import { compiledProgram } from './compiled-program.js';

const TEMPLATE = 'yanshou_template';

/** A database of the cluster, with the address of its superuser to arrange and to look. */
export interface MadeDatabase extends DatabaseUrls {
  adminUrl: string;
}

/** A PostgreSQL of our own that forces every commit to the disk and is started again when it is killed; a compiled program; an unpacked browser. */
export interface ChaosCluster {
  readonly directory: string;
  readonly program: readonly string[];
  readonly browser: string;
  readonly port: number;
  /** A copy of the loaded demonstration city, or of another database nobody is connected to. */
  copy(name: string, of?: string): Promise<MadeDatabase>;
  /** A database with nothing in it. */
  empty(name: string): Promise<MadeDatabase>;
  /** kill -9 of the server and all of its backends. */
  kill(): void;
  stop(): Promise<void>;
}

export async function startCluster(): Promise<ChaosCluster> {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), 'yanshou-chaos-'));
  if (process.getuid?.() === 0) chmodSync(directory, 0o711);
  const program = compiledProgram(checkoutRoot(), join(directory, 'program'));
  mkdirSync(join(directory, 'shared'));
  if (process.getuid?.() === 0) chmodSync(join(directory, 'shared'), 0o711);
  await findBrowser(join(directory, 'shared'));
  const server = await startEmbeddedPostgres({ directory: join(directory, 'postgres'), durable: true });
  const passwords = await ensureOwnRoles(server.superuserUrl, directory);
  const make = async (name: string, template?: string): Promise<MadeDatabase> => {
    const adminUrl = new URL(server.superuserUrl);
    adminUrl.pathname = `/${name}`;
    return { ...(await ensureOwnDatabase(server.superuserUrl, passwords, name, template)), adminUrl: adminUrl.href };
  };
  await buildTemplate(await make(TEMPLATE));
  await withClient(server.superuserUrl, (admin) => admin.query(`alter database ${TEMPLATE} with is_template true`));
  return {
    directory, program, browser: join(directory, 'shared', 'browser', 'chromium'), port: server.port,
    copy: (name, of = TEMPLATE) => make(name, of), empty: (name) => make(name),
    kill: () => { for (const pid of processesIn(join(directory, 'postgres', 'data'))) process.kill(pid, 'SIGKILL'); },
    stop: async () => {
      await server.stop();
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
