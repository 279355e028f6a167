import request from 'supertest';
import { newId } from '../../../src/clock.js';
import { permissions } from '../../../src/auth/permissions.js';
import { routes } from '../../../src/web/routes.js';
import { webCity, type WebCity } from './web-city.js';

let c: WebCity;
let unit: { id: string };
let caseId: string;
beforeAll(async () => {
  c = await webCity('way-in');
  unit = await c.unitNamed('历下区');
  caseId = (await c.open('plan', unit.id)).caseId;
});
afterAll(() => c.close());

const real = (path: string): string => path.replace(/:\w+/g, newId());

describe('every way in', () => {
  it('names a permission that exists; a route nobody thought about is closed', () => {
    expect(routes.filter((route) => !(permissions as readonly string[]).includes(route.permission)).map((route) => route.path)).toEqual([]);
  });

  it('only these routes are open to everybody', () => {
    expect(routes.filter((route) => route.permission === 'public').map((route) => `${route.method} ${route.path}`)).toEqual([
      'get /sign-in', 'post /sign-in', 'post /sign-out', 'get /verify/:code', 'post /verify/:code', 'get /api/v1/openapi.json',
    ]);
  });

  it('the router holds exactly the table: nothing is mounted beside it', () => {
    const stack = (c.app as unknown as { router: { stack: { handle: { stack?: { route?: { path: string } }[] } }[] } }).router.stack;
    const mounted = stack.flatMap((layer) => (layer.handle.stack ?? []).flatMap((inner) => (inner.route === undefined ? [] : [inner.route.path])));
    expect(mounted.sort()).toEqual(routes.map((route) => route.path).sort());
  });

  it.each(routes.filter((route) => route.permission !== 'public').map((route) => [`${route.method} ${route.path}`, route] as const))('%s refuses a stranger', async (_name, route) => {
    c.times.wall = new Date(c.times.wall.getTime() + 61_000);
    const answer = await request(c.app)[route.method](real(route.path));
    expect([303, 401]).toContain(answer.status);
    if (answer.status === 303) expect(answer.headers.location).toMatch(/^\/sign-in/);
  });

  it.each([['unit.clerk', '/progress'], ['unit.clerk', '/incoming'], ['unit.clerk', '/exceptions'], ['consent.officer', '/incoming'], ['consent.officer', `/cases/${newId()}/edit`]])(
    '%s may not open %s', async (role, path) => {
      const agent = await c.signedIn(c.loginOf(role, unit.id));
      await agent.get(path).expect(403);
    });
});

describe('a forged request', () => {
  it('without the session’s token is refused', async () => {
    const agent = await c.signedIn(c.loginOf('unit.clerk', unit.id));
    await agent.post(`/cases/${caseId}/edit/basics`).type('form').send({ currentState: 'forged' }).expect(403);
    await agent.post(`/cases/${caseId}/edit/basics`).type('form').send({ _csrf: 'x', currentState: 'forged' }).expect(403);
  });

  it('from another site is refused even with the token', async () => {
    const agent = await c.signedIn(c.loginOf('unit.clerk', unit.id));
    await agent.post(`/cases/${caseId}/edit/basics`).set('origin', 'https://evil.example').type('form').send({ _csrf: agent.csrf }).expect(403);
  });

  it('with a session’s cookie cannot reach the API without the token', async () => {
    const agent = await c.signedIn(c.loginOf('unit.clerk', unit.id));
    await agent.post(`/api/v1/cases/${caseId}/commands`).set('idempotency-key', newId()).send({ type: 'submit' }).expect(403);
  });

  it('cannot send the system’s own events', async () => {
    const agent = await c.signedIn(c.loginOf('unit.clerk', unit.id));
    for (const type of ['term.plan.filing.due', 'document.issued', 'xstate.after.1', 'constructor']) {
      const answer = await agent.post(`/api/v1/cases/${caseId}/commands`).set('x-csrf-token', agent.csrf).set('idempotency-key', newId()).send({ type });
      expect(answer.status).toBe(404);
    }
  });
});

describe('every answer', () => {
  it('carries the strict policy: no inline script or style, no foreign source', async () => {
    const { headers } = await request(c.app).get('/sign-in').expect(200);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('pages hold no inline style, script or handler the policy would refuse', async () => {
    const agent = await c.signedIn(c.loginOf('office.clerk'));
    for (const path of ['/', '/progress', `/cases/${caseId}`]) {
      const { text } = await agent.get(path).expect(200);
      expect(text).not.toMatch(/ style=|<style|<script(?![^>]* src=)| on[a-z]+="/);
    }
  });

  it('a failure of ours shows a number and nothing else; the log has the detail under the same number', async () => {
    const agent = await c.signedIn(c.loginOf('office.clerk'));
    const answer = await agent.get('/cases/not-an-id');
    expect(answer.status).toBe(404);
    const number = /E-[0-9A-Z]{4}/.exec(answer.text)![0];
    expect(c.logged.find((line) => line.number === number)).toBeDefined();
    expect(answer.text).not.toMatch(/select|syntax|uuid|node_modules/i);
  });

  it('the API speaks problem+json with a stable code and both languages', async () => {
    const answer = await request(c.app).get('/api/v1/inbox').expect(401);
    expect(answer.type).toBe('application/problem+json');
    const body = JSON.parse(answer.text);
    expect([body.code, typeof body.sentence.zh, typeof body.sentence.en]).toEqual(['not-signed-in', 'string', 'string']);
  });

  it('a session that has ended gives the text that was typed back instead of dropping it', async () => {
    const answer = await request(c.app).post(`/cases/${caseId}/commands`).type('form').send({ _command: 'submit', note: '写了半小时的意见' });
    expect(answer.status).toBe(401);
    expect(answer.text).toContain('写了半小时的意见');
  });
});

describe('two clerks on one section', () => {
  it('the second gets both texts and a conflict; nothing is overwritten', async () => {
    const agent = await c.signedIn(c.loginOf('unit.clerk', unit.id));
    const save = (revision: number, currentState: string) =>
      agent.post(`/cases/${caseId}/edit/basics`).type('form').send({ _csrf: agent.csrf, _revision: String(revision), planType: 'construction', currentState });
    await save(0, '第一稿').expect(303);
    const clash = await save(0, '第二稿').expect(409);
    expect(clash.text).toContain('第二稿');
    const page = await agent.get(`/cases/${caseId}/edit/basics`);
    expect(page.text).toContain('第一稿');
  });
});

describe('the description of the API', () => {
  it('is OpenAPI 3.1 and describes every route of the API, its bodies from the schemas that judge them', async () => {
    const { body } = await request(c.app).get('/api/v1/openapi.json').expect(200);
    expect(body.openapi).toBe('3.1.0');
    const described = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
    const mounted = routes.filter((route) => route.path.startsWith('/api/')).map((route) => `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`);
    expect(described.sort()).toEqual(mounted.sort());
    expect(body.components.schemas['command.report'].properties.documentNumber).toBeDefined();
  });
});
