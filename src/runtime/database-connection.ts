import pg from 'pg';
import { words } from '../domain/text.js';
import { RuntimeFailure } from './runtime-failure.js';

/**
 * Connects, works and always disconnects.
 * @throws RuntimeFailure naming user, host and database (never the password) when it cannot connect
 */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 });
  client.on('error', () => undefined); // a lost connection also fails the query in flight, which is what we report
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw cannotConnect(url, error as Error);
  }
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function cannotConnect(url: string, error: Error): RuntimeFailure {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const place = parsed === undefined ? '' : `${parsed.username}@${parsed.host}${parsed.pathname}`;
  return new RuntimeFailure(
    'database-unreachable',
    words(`连不上数据库 ${place}：${error.message}。请检查地址、用户名和密码。`, `The database ${place} cannot be reached: ${error.message}. Check address, user and password.`),
  );
}
