import request from 'supertest';
import { endedSession } from '../../../src/auth/sessions.js';
import { PASSWORD, webCity, type WebCity } from '../web/web-city.js';

const MINUTE = 60_000;
let c: WebCity;
let login: string;
beforeAll(async () => {
  c = await webCity('sign-in');
  login = c.loginOf('office.director');
});
afterAll(() => c.close());

const attempt = (name: string, password: string) => request(c.app).post('/sign-in').type('form').send({ login: name, password });
const later = (minutes: number): void => { c.times.wall = new Date(c.times.wall.getTime() + minutes * MINUTE); };
const messageIn = (html: string): string => /id="pe"[^>]*>.*?<span>([^<]*)<\/span>/s.exec(html)?.[1] ?? '';

describe('signing in', () => {
  it('a login nobody has is answered in the same words, count and status as a wrong password', async () => {
    for (let count = 0; count < 6; count += 1) {
      const [known, unknown] = [await attempt(c.loginOf('auditor') ?? login, 'wrong'), await attempt('nobody.at.all', 'wrong')];
      expect([known.status, messageIn(known.text)]).toEqual([unknown.status, messageIn(unknown.text)]);
      expect(messageIn(known.text)).not.toBe('');
    }
  });

  it('five failures close the login for 15 minutes, also for the right password, and no longer', async () => {
    for (let count = 0; count < 5; count += 1) await attempt(login, 'wrong').expect(422);
    await attempt(login, PASSWORD).expect(422);
    later(14);
    await attempt(login, PASSWORD).expect(422);
    later(2);
    await attempt(login, PASSWORD).expect(303);
  });

  it('one success forgets earlier failures', async () => {
    const other = c.loginOf('office.clerk');
    for (let count = 0; count < 4; count += 1) await attempt(other, 'wrong').expect(422);
    await attempt(other, PASSWORD).expect(303);
    for (let count = 0; count < 4; count += 1) await attempt(other, 'wrong').expect(422);
    await attempt(other, PASSWORD).expect(303);
  });

  it('the address after signing in is never somebody else’s', async () => {
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      const answer = await request(c.app).post('/sign-in').type('form').send({ login: c.loginOf('office.clerk'), password: PASSWORD, next });
      expect(answer.headers.location).toBe('/');
    }
  });

  it('failed attempts stand in the audit trail without the login, which may be a password typed into the wrong field', async () => {
    await attempt('hunter2-is-my-password', 'x');
    const rows = await c.database.asAuth(c.city, (trx) => trx('audit_event').where({ action: 'sign-in.failed' }));
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('hunter2');
  });
});

describe('a session', () => {
  const cookieOf = async (): Promise<string> => {
    const answer = await attempt(c.loginOf('office.clerk'), PASSWORD);
    return String(answer.headers['set-cookie']?.[0]);
  };
  const home = (cookie: string) => request(c.app).get('/').set('cookie', cookie.split(';')[0]!);

  it('is out of reach of scripts and of other sites', async () => {
    const cookie = await cookieOf();
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
  });

  it('is kept as a hash only: a stolen database opens nothing', async () => {
    const secret = /yanshou_session=([^;]+)/.exec(await cookieOf())![1]!;
    const rows = await c.database.asAuth(c.city, (trx) => trx('session').select());
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('a stolen cookie is worth nothing after signing out', async () => {
    const cookie = await cookieOf();
    const page = await home(cookie).expect(200);
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)![1]!;
    await request(c.app).post('/sign-out').set('cookie', cookie.split(';')[0]!).type('form').send({ _csrf: csrf }).expect(303);
    await home(cookie).expect(303);
  });

  it('is remembered for ten days after its end and then forgotten; what is remembered signs nobody in', async () => {
    const secret = /yanshou_session=([^;]+)/.exec(await cookieOf())![1]!;
    const remembered = () => c.database.asAuth(c.city, (trx) => endedSession(trx, c.city, secret, c.times.wall));
    expect(await remembered()).toBeNull();
    later(31);
    expect(await remembered()).toMatchObject({ account: expect.any(String), sealKey: expect.any(Buffer) });
    await home(`yanshou_session=${secret}`).expect(303);
    later(10 * 24 * 60);
    expect(await remembered()).toBeNull();
    await cookieOf();
    expect(await c.database.asAuth(c.city, (trx) => trx('session').where('expires_at', '<', new Date(c.times.wall.getTime() - 10 * 24 * 60 * MINUTE)))).toEqual([]);
  });

  it('a planted cookie does not survive signing in', async () => {
    const planted = 'yanshou_session=planted-by-somebody';
    const answer = await attempt(c.loginOf('office.clerk'), PASSWORD).set('cookie', planted);
    expect(String(answer.headers['set-cookie']?.[0])).not.toContain('planted');
    await home(planted).expect(303);
  });

  it('ends after 30 idle minutes, goes on while it is used, and ends after 12 hours whatever is done', async () => {
    const idle = await cookieOf();
    later(31);
    await home(idle).expect(303);
    const used = await cookieOf();
    for (let hours = 0; hours < 23; hours += 1) {
      later(29);
      await home(used).expect(200);
    }
    for (let last = 0; last < 3; last += 1) later(20);
    await home(used).expect(303);
  });
});

describe('a program’s token', () => {
  it('works from the header only, never from the address or a cookie, and not after it has expired', async () => {
    const { createToken } = await import('../../../src/auth/api-tokens.js');
    const { token } = await c.database.asAuth(c.city, (trx) => createToken(trx, c.city, { login: c.loginOf('office.clerk'), label: 'test', days: 1 }, c.times.wall));
    const inbox = () => request(c.app).get('/api/v1/inbox');
    await inbox().set('authorization', `Bearer ${token}`).expect(200);
    await request(c.app).get(`/api/v1/inbox?token=${token}`).expect(401);
    await inbox().set('cookie', `yanshou_session=${token}`).expect(401);
    await inbox().set('authorization', `Bearer ${token}x`).expect(401);
    expect(JSON.stringify(c.logged)).not.toContain(token);
    later(25 * 60);
    await inbox().set('authorization', `Bearer ${token}`).expect(401);
  });
});
