import { parseArgs } from 'node:util';
import { recordAudit } from '../auth/audit.js';
import { resolveActors } from '../auth/resolve-actors.js';
import { systemClock } from '../clock.js';
import type { Database } from '../database.js';
import { Forbidden, NotFound } from '../domain/errors.js';
import { isDay, localDay } from '../domain/local-day.js';
import { words } from '../domain/text.js';
import { orderVersion } from '../register/opening-order.js';
import { workflowNamed } from '../../workflows/registry.js';
import { withDatabase } from './with-database.js';

const USAGE = '用法 Usage: yanshou open-with <workflow> --version <n> --from <YYYY-MM-DD> --login <administrator> --reason <text> [--city <code>]\n';

interface Order {
  workflow: string;
  version: number;
  from: string;
  login: string;
  reason: string;
  city: string | undefined;
}

/**
 * `yanshou open-with`: from a day on the city opens new cases of a workflow under a version of its chart. An administrator says so with a
 * reason; it is kept for good and stands in the audit. Open cases stay as they are: `yanshou migrate-cases` leads them over.
 */
export async function openWithCommand(args: string[]): Promise<number> {
  const order = readArguments(args);
  if (order === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { versions } = workflowNamed(order.workflow);
  if (!Object.hasOwn(versions, order.version)) {
    const known = Object.keys(versions).join('、');
    throw new NotFound('no-such-version', words(`流程“${order.workflow}”没有第 ${order.version} 版，现有：${known}。`, `Workflow “${order.workflow}” has no version ${order.version}; there are: ${known}.`));
  }
  await withDatabase((database) => keep(database, order));
  process.stdout.write(`✔ ${order.from} 起，新案卷按 ${order.workflow}.v${order.version} 开立；在办案卷不变 From ${order.from} new cases are opened under ${order.workflow}.v${order.version}; open cases stay as they are\n`);
  return 0;
}

function readArguments(args: string[]): Order | null {
  try {
    const { values, positionals: [workflow] } = parseArgs({
      args, allowPositionals: true,
      options: { version: { type: 'string' }, from: { type: 'string' }, login: { type: 'string' }, reason: { type: 'string' }, city: { type: 'string' } },
    });
    const version = Number(values.version);
    const { from = '', login = '', reason = '' } = values;
    return workflow && Number.isSafeInteger(version) && isDay(from) && login !== '' && reason.trim() !== '' ? { workflow, version, from, login, reason: reason.trim(), city: values.city } : null;
  } catch {
    return null;
  }
}

async function keep(database: Database, { workflow, version, from, login, reason, city: wanted }: Order): Promise<void> {
  const { rows } = await database.webPool.query<{ city: string }>('select city from city order by city limit 1');
  const city = wanted ?? rows[0]?.city ?? '';
  const at = systemClock.now();
  await database.asAuth(city, async (trx) => {
    const account = await trx('account').where({ city, login, disabled: false }).first('person');
    const posts = account === undefined ? [] : await resolveActors(trx, city, account.person, localDay(at));
    if (!posts.some(({ role }) => role === 'admin')) throw new Forbidden('not-administrator', words(`“${login}”不是系统管理员。`, `“${login}” is no administrator.`));
    await orderVersion(trx, { city, workflow, version, from, reason, person: account.person, at });
    await recordAudit(trx, { city, at, person: account.person, action: 'version.ordered', subject: `${workflow}.v${version}`, detail: `${from} ${reason}` });
  });
}
