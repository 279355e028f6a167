import { chmodSync, lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { DomainError } from '../../src/domain/errors.js';
import { ensureOwnDatabase, ensureOwnRoles } from '../../src/runtime/database-roles.js';
import { startEmbeddedPostgres } from '../../src/runtime/embedded-postgres.js';
import { processIdentity } from '../../src/runtime/process-table.js';
import { templateName, type ClusterAddress } from './cluster-address.js';
import { buildTemplate } from './template.js';

// A process of its own that keeps the temporary cluster of one jest run. It lives until its standard input closes, which
// happens however jest ends, so that a killed run leaves neither a server nor files behind. With the argument `durable`
// the server forces every commit to the disk, as a real one does: for benchmarks.
const prefix = 'yanshou-test-';

/** Files of keepers that were themselves killed. Their servers are gone: each has its own watchdog. */
function sweep(base: string): void {
  for (const name of readdirSync(base).filter((entry) => entry.startsWith(prefix))) {
    const [pid, ticks] = name.slice(prefix.length).split('-');
    const maker = processIdentity(Number(pid));
    if (maker !== undefined && maker.started.endsWith(`:${ticks}`)) continue;
    // Another user's is his to clear; as root we would follow whatever paths he made.
    if (lstatSync(join(base, name)).uid === process.getuid?.()) rmSync(join(base, name), { recursive: true, force: true });
  }
}

function makeDirectory(base: string): string {
  const ticks = processIdentity()?.started.split(':').pop() ?? '';
  const directory = mkdtempSync(join(base, `${prefix}${process.pid}-${ticks}-`));
  if (process.getuid?.() === 0) chmodSync(directory, 0o711);
  return directory;
}

async function prepare(superuserUrl: string, directory: string): Promise<ClusterAddress> {
  const passwords = await ensureOwnRoles(superuserUrl, directory);
  await buildTemplate(await ensureOwnDatabase(superuserUrl, passwords, templateName));
  const admin = new pg.Client({ connectionString: superuserUrl });
  await admin.connect();
  await admin.query(`alter database ${templateName} with allow_connections false is_template true`);
  await admin.end();
  return { superuserUrl, directory, passwords };
}

async function keep(): Promise<void> {
  const base = realpathSync(tmpdir());
  sweep(base);
  const directory = makeDirectory(base);
  try {
    const server = await startEmbeddedPostgres({ directory: join(directory, 'postgres'), durable: process.argv.includes('durable') });
    try {
      const inputClosed = new Promise((resolve) => process.stdin.once('close', resolve).resume());
      const ready = prepare(server.superuserUrl, directory).then((address) => process.stdout.write(`${JSON.stringify(address)}\n`));
      await Promise.race([inputClosed, ready]);
      await inputClosed;
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

try {
  await keep();
} catch (error) {
  console.error(error instanceof DomainError ? `${error.sentence.zh}\n${error.sentence.en}\n${error.detail}` : error);
  process.exitCode = 1;
}
process.exit();
