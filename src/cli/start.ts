import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { readConfig, type Config } from '../config.js';
import { openDatabase } from '../database.js';
import { workerActor } from '../domain/actor.js';
import { jsonLog, say } from '../log.js';
import { openYear } from '../engine/open-year.js';
import { demonstrationAccounts } from '../register/demonstration-accounts.js';
import { findBrowser } from '../runtime/browser.js';
import { dataDirectory } from '../runtime/data-directory.js';
import { freePort } from '../runtime/free-port.js';
import { acquireInstanceLock } from '../runtime/instance-lock.js';
import { createServices } from '../services.js';
import { createApp } from '../web/app.js';
import type { DemonstrationAccount } from '../web/services.js';
import { bringUpDatabase, type BroughtUp } from './bring-up.js';
import { demonstrationPassword } from './demonstration-password.js';
import { refuseStranded } from './refuse-stranded.js';

const DEMONSTRATION_YEAR = 2026;

/** `yanshou start`: brings everything up, serves until it is told to stop, leaves no process behind. */
export async function start(args: string[]): Promise<number> {
  const config = readConfig(process.env, args);
  const dataDir = dataDirectory();
  const attempt = acquireInstanceLock(dataDir);
  if (!attempt.held) {
    process.stdout.write(`系统已在运行 Already running: ${attempt.by.address ?? '…'}\n`);
    return 0;
  }
  const { lock } = attempt;
  const stopped = untilToldToStop();
  const closing: (() => Promise<unknown> | unknown)[] = [() => lock.release()];
  try {
    const up = await bringUpDatabase(config, dataDir);
    closing.unshift(() => up.stop());
    await refuseStranded(up.urls);
    const browser = await findBrowser(dataDir);
    say(`浏览器：${browser.description}`, 'Browser found');
    const port = await freePort(config.port);
    if (port !== config.port) say(`端口 ${config.port} 已被占用，改用 ${port}`, `Port ${config.port} is taken, using ${port}`);
    const address = `http://${config.host}:${port}`;
    const baseUrl = config.baseUrl ?? address;
    const accounts = await accountsOf(up, dataDir);
    const services = await createServices({
      urls: up.urls, dataDir, blobs: config.blobs ?? join(dataDir, 'blobs'), mode: up.prepared.mode, baseUrl, renderers: config.renderers, accounts, log: jsonLog,
    });
    closing.unshift(() => services.close());
    if (up.prepared.mode === 'demonstration') {
      // Done at every start, because it is done once: a first start may have died before it.
      await openYear(services.web, workerActor(services.web.city), DEMONSTRATION_YEAR);
      if (up.prepared.loaded) say(`${DEMONSTRATION_YEAR} 年度已开立`, `Year ${DEMONSTRATION_YEAR} opened for every filing unit`);
    }
    if (config.roles.worker) services.worker.start();
    if (config.roles.web) {
      const server = await listen(createApp(services.web), config, port);
      closing.unshift(() => close(server));
    }
    lock.announce({ address: baseUrl });
    announce(baseUrl, up, accounts);
    await stopped;
    say('正在停止', 'Stopping');
    return 0;
  } finally {
    for (const step of closing) await step();
  }
}

/** The accounts the sign-in page of a demonstration lists. The password is made at the first start and kept in a private file. */
async function accountsOf(up: BroughtUp, dataDir: string): Promise<DemonstrationAccount[]> {
  if (up.prepared.mode !== 'demonstration') return [];
  const password = demonstrationPassword(dataDir);
  const database = openDatabase(up.urls);
  try {
    const { rows } = await database.webPool.query('select city from city order by city limit 1');
    const found = await database.asAuth(rows[0].city, (trx) => demonstrationAccounts(trx, rows[0].city));
    return found.map((a) => ({ ...a, password }));
  } finally {
    await database.close();
  }
}

const listen = (app: Parameters<typeof createServer>[1], config: Config, port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer(app);
    server.once('error', reject);
    server.listen(port, config.host, () => resolve(server));
  });

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 3000).unref();
  });

function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
}

const SHOWN = ['office.clerk', 'office.registrar', 'office.director', 'licheng.clerk', 'licheng.head', 'licheng.consent', 'team.hrss', 'inspector.1', 'auditor', 'admin'];

function announce(address: string, up: BroughtUp, accounts: DemonstrationAccount[]): void {
  process.stdout.write(`\n  ${address}\n\n`);
  if (up.prepared.mode !== 'demonstration') return;
  process.stdout.write(`  演示账号 Demonstration accounts（密码 password: ${accounts[0]?.password ?? ''}）\n`);
  for (const account of accounts.filter((a) => SHOWN.includes(a.login))) {
    process.stdout.write(`    ${account.login.padEnd(20)} ${account.name}  ${account.post.zh} ${account.post.en}\n`);
  }
  process.stdout.write(`    … 共 ${accounts.length} 个，见登录页 all ${accounts.length} on the sign-in page\n\n`);
}
