import { randomUUID } from 'node:crypto';
import { createToken } from '../../src/auth/api-tokens.js';
import { systemClock } from '../../src/clock.js';
import { openDatabase } from '../../src/database.js';
import { CITY, type Installation } from './installation.js';

const DAYS = 2;

export interface CrowdResult {
  people: number;
  answered: number;
  seconds: number;
  perSecond: number;
  /** Steps that were computed and met a faster one at the door. */
  doorRetries: number;
  /** Requests a person had to send again because too many were faster each time. */
  askedAgain: number;
}

/** That many people who hold the post of a unit's clerk, each with a token of his own. */
async function people(on: Installation, login: string, count: number): Promise<string[]> {
  await on.rows(
    `with clerk as (select h.post, a.password_hash from account a join post_holding h on h.person = a.person where a.login = $1),
          made as (insert into person (city, id, name, invented) select $2, gen_random_uuid(), '示例' || n, true from generate_series(1, $3::int) n returning id, name),
          held as (insert into post_holding (city, post, person, standing, valid_from) select $2, clerk.post, made.id, 'A', '2020-01-01' from made, clerk)
     insert into account (city, id, login, person, password_hash) select $2, gen_random_uuid(), 'crowd.' || made.name, made.id, clerk.password_hash from made, clerk`, [login, CITY, count]);
  const database = openDatabase(on.database);
  try {
    return await database.asAuth(CITY, async (trx) => {
      const tokens: string[] = [];
      for (let n = 1; n <= count; n += 1) tokens.push((await createToken(trx, CITY, { login: `crowd.示例${n}`, label: 'crowd', days: DAYS }, systemClock.now())).token);
      return tokens;
    });
  } finally {
    await database.close();
  }
}

/** Lets everybody leave a word on one and the same case in the same moment. */
export async function crowd(on: Installation, size: number): Promise<CrowdResult> {
  const login = 'gaoxin.clerk';
  const tokens = await people(on, login, size);
  const [found] = await on.rows<{ id: string }>(
    `select f.id from case_file f join post p on p.unit = f.unit join post_holding h on h.post = p.id join account a on a.person = h.person where a.login = $1 and f.workflow = 'plan' and not f.final limit 1`, [login]);
  let doors = 0;
  const counters = on.proxies.map((proxy) => proxy.set({ sees: (sight) => { if (sight.statement === 'door' && sight.user === 'yanshou_web') doors += 1; return false; }, moment: 'before', spring: () => undefined }));
  let askedAgain = 0;
  const began = performance.now();
  const answers = await Promise.all(tokens.map(async (token, index) => {
    const key = `crowd:${randomUUID()}`;
    for (let tries = 0; tries < 50; tries += 1) {
      const answer = await fetch(`${on.front.address}/api/v1/cases/${found!.id}/commands`, {
        method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key }, body: JSON.stringify({ type: 'note.comment', fields: { text: `第${index + 1}人` } }),
      });
      await answer.arrayBuffer();
      if (answer.ok) return true;
      askedAgain += 1;
      if (answer.status !== 409 && answer.status < 500) return false;
    }
    return false;
  }));
  const seconds = (performance.now() - began) / 1000;
  for (const { remove } of counters) remove();
  const answered = answers.filter(Boolean).length;
  return { people: size, answered, seconds: Math.round(seconds * 10) / 10, perSecond: Math.round(answered / seconds), doorRetries: Math.max(0, doors - answered), askedAgain };
}
