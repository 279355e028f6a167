import { parseArgs } from 'node:util';
import { recordAudit } from '../auth/audit.js';
import { createToken } from '../auth/api-tokens.js';
import { systemClock } from '../clock.js';
import type { Database } from '../database.js';
import { withDatabase } from './with-database.js';

const USAGE = '用法 Usage: yanshou token --login <login> --label <text> [--days 90] [--city <code>]\n';
const LONGEST_DAYS = 3660;

interface TokenRequest {
  login: string;
  label: string;
  days: number;
  city: string | undefined;
}

/**
 * `yanshou token`: a token for a program that acts as one person. It is printed once, alone on standard output, and kept only as a hash.
 * Its validity runs on the wall clock, also in a demonstration whose own clock has been moved.
 */
export async function tokenCommand(args: string[]): Promise<number> {
  const request = readArguments(args);
  if (request === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { token, expiresAt } = await withDatabase((database) => issue(database, request));
  process.stderr.write(`✔ 令牌只显示这一次，有效至 Shown only once, valid until ${expiresAt.toISOString()}\n`);
  process.stdout.write(`${token}\n`);
  return 0;
}

/** The login and the name of a post are the same word; both options are understood. Null for anything that cannot be meant. */
function readArguments(args: string[]): TokenRequest | null {
  try {
    const { values } = parseArgs({
      args, options: { login: { type: 'string' }, post: { type: 'string' }, label: { type: 'string' }, days: { type: 'string', default: '90' }, city: { type: 'string' } },
    });
    const login = values.login ?? values.post;
    const days = Number(values.days);
    if (!login || !Number.isSafeInteger(days) || days < 1 || days > LONGEST_DAYS) return null;
    return { login, label: values.label ?? login, days, city: values.city };
  } catch {
    return null;
  }
}

async function issue(database: Database, { login, label, days, city: wanted }: TokenRequest): Promise<{ token: string; expiresAt: Date }> {
  const { rows } = await database.webPool.query<{ city: string }>('select city from city order by city limit 1');
  const city = wanted ?? rows[0]?.city ?? '';
  const now = systemClock.now();
  return database.asAuth(city, async (trx) => {
    const made = await createToken(trx, city, { login, label, days }, now);
    await recordAudit(trx, { city, at: now, person: null, action: 'token.issued', subject: login, detail: label });
    return made;
  });
}
