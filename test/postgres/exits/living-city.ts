import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createToken } from '../../../src/auth/api-tokens.js';
import { openSession } from '../../../src/auth/sessions.js';
import { newId, systemClock } from '../../../src/clock.js';
import { workerActor } from '../../../src/domain/actor.js';
import { createEffects } from '../../../src/effects/create-effects.js';
import { createServices, type Services } from '../../../src/services.js';
import { checkCases } from '../../../src/engine/check-cases.js';
import { Worker } from '../../../src/engine/worker.js';
import { createApp } from '../../../src/web/app.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { machineFor } from '../../../workflows/registry.js';
import { freshDatabase } from '../../cluster/fresh-database.js';
import { documentContext } from '../../pure/documents/document-context.js';
import { expectProblem, localDate, type Answer } from './answers.js';
import { IMPRINT } from './imprint.js';

export interface Unit { key: string; id: string; code: string; name: string; population: number }
export interface Action { taskId: string | null; subject: Record<string, any> | null; command: string; paper: boolean; fields: any }
interface Sent { taskId?: string; key?: string; shown?: string; subject?: (subject: Record<string, any>) => boolean }

/** Every paper is composed and passes the glyph gate; only the browser is left out, so that a hundred exits take seconds. */
const BLANK_PAGE = Buffer.from('%PDF-1.7\n1 0 obj <</Type /Page >> endobj\n%%EOF\n');

/**
 * The whole system as it is composed, served over HTTP on a database of its own. The clock stands where a test puts it and the worker
 * works when the clock is moved or `drain` is called. People come in with tokens of their own.
 */
export class LivingCity {
  #tokens = new Map<string, string>();
  #papers = new Map<string, string>();

  private constructor(
    readonly services: Services, readonly admin: pg.Pool, readonly units: ReadonlyMap<string, Unit>, readonly base: string, private still: { at: Date },
    /** What the worker could not do. */
    readonly complaints: string[],
    /** The papers as composed, in order. */
    readonly printed: string[], private readonly worker: Worker, private readonly ends: () => Promise<void>,
  ) {}

  static async found(name: string): Promise<LivingCity> {
    const fresh = await freshDatabase(name);
    const dataDir = mkdtempSync(join(tmpdir(), 'living-city-'));
    const services = await createServices({
      urls: fresh, dataDir, blobs: join(dataDir, 'blobs'), mode: 'demonstration', baseUrl: 'http://127.0.0.1', renderers: 1, accounts: [], log: () => undefined,
    });
    const { web } = services;
    const still = { at: new Date('2026-08-17T09:00:00+08:00') };
    const printed: string[] = [];
    Object.assign(web.clock, { now: () => still.at });
    const admin = new pg.Pool({ connectionString: fresh.adminUrl, max: 2 });
    const { rows } = await admin.query(
      `select split_part(a.login, '.', 1) as key, u.id, u.code, u.name, u.population - u.population_deducted as population from filing_unit u
         join post p on p.unit = u.id and p.role = 'unit.clerk' join post_holding h on h.post = p.id join account a on a.person = h.person
        where u.year = 2026 and a.login like '%.clerk'`);
    const complaints: string[] = [];
    const dispatch = (actor: never, request: never) => web.engine.dispatch([actor], request);
    const worker = new Worker({
      database: web.database, clock: web.clock, cities: async () => [web.city], dispatch: dispatch as never,
      effects: createEffects({
        database: web.database, clock: web.clock, packOf: policyPack, calendarOf: web.calendarOf, documents: documentContext(), blobs: web.blobs as never,
        renderer: { pdf: async (html) => { printed.push(html); return BLANK_PAGE; }, state: () => ({ printed: 0, launches: 0, waiting: 0 }), close: async () => undefined },
        dispatch: dispatch as never, open: web.engine.open, cities: async () => [web.city],
      }),
      log: (level, message, detail) => { if (level === 'error') complaints.push(`${message} ${JSON.stringify(detail)}`); },
    });
    const server: Server = createServer(createApp(web)).listen(0, '127.0.0.1');
    await new Promise((ready) => server.once('listening', ready));
    return new LivingCity(services, admin, new Map(rows.map((u) => [u.key, u])), `http://127.0.0.1:${(server.address() as AddressInfo).port}`, still, complaints, printed, worker, async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await services.close();
      await admin.end();
      await fresh.drop();
      rmSync(dataDir, { recursive: true, force: true });
    });
  }

  close(): Promise<void> {
    return this.ends();
  }

  readonly now = (): Date => this.still.at;
  readonly unit = (key: string): Unit => this.units.get(key)!;

  async rows<T extends pg.QueryResultRow = Record<string, any>>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.admin.query<T>(sql, values)).rows;
  }

  async drain(): Promise<void> {
    await this.worker.drain();
  }

  /** Goes to a local time ('2026-09-30T23:59:59'), stopping at whatever is due on the way, and stands still there. */
  async at(local: string): Promise<void> {
    const target = new Date(`${local}${local.length === 10 ? 'T09:00' : ''}+08:00`);
    await this.drain();
    for (;;) {
      const [next] = await this.rows<{ at: Date | null }>(
        `select min(at) as at from (select due_at as at from term where status = 'armed' union all select next_reminder_at from term where status = 'armed') t where at <= $1`, [target]);
      if (!next?.at) break;
      if (next.at > this.still.at) this.still.at = next.at;
      await this.drain();
    }
    this.still.at = target;
    await this.drain();
  }

  async token(login: string): Promise<string> {
    const { web } = this.services;
    const known = this.#tokens.get(login) ?? (await web.database.asAuth(web.city, (trx) => createToken(trx, web.city, { login, label: 'test', days: 2 }, systemClock.now()))).token;
    this.#tokens.set(login, known);
    return known;
  }

  async call(login: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.base}/api/v1${path}`, {
      method, headers: { authorization: `Bearer ${await this.token(login)}`, ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined || body instanceof FormData || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text };
  }

  /** A page as a browser of this person asks for it. */
  async page(login: string, path: string): Promise<{ status: number; text: string }> {
    const { web } = this.services;
    const [account] = await this.rows('select id from account where login = $1', [login]);
    const secret = await web.database.asAuth(web.city, (trx) => openSession(trx, web.city, account!.id, web.wallClock.now()));
    const answer = await fetch(`${this.base}${path}`, { headers: { cookie: `yanshou_session=${secret}` }, redirect: 'manual' });
    return { status: answer.status, text: await answer.text() };
  }

  /** What the worker could not do, and how many cases do not replay to their tables. */
  async loose(): Promise<{ undone: string[]; broken: number }> {
    await this.drain();
    const { web } = this.services;
    const machineOf = (workflow: string, version: number, pack: string) => machineFor(workflow, version, policyPack(pack));
    const { broken } = await checkCases({ database: web.database, packOf: policyPack, machineFor: machineOf }, [web.city], (one) => { this.complaints.push(JSON.stringify(one)); });
    return { undone: this.complaints, broken };
  }

  /** A call that must succeed. */
  async got(login: string, path: string): Promise<any> {
    const answer = await this.call(login, 'GET', path);
    if (answer.status !== 200) throw new Error(`GET ${path} as ${login}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async offered(login: string, caseId: string): Promise<Action[]> {
    return (await this.got(login, `/cases/${caseId}`)).actions;
  }

  command(login: string, caseId: string, type: string, fields: Record<string, unknown> = {}, { taskId, key = newId(), shown }: Sent = {}): Promise<Answer> {
    return this.call(login, 'POST', `/cases/${caseId}/commands`, { type, fields, ...(taskId ? { taskId } : {}), ...(shown ? { shown } : {}) }, { 'idempotency-key': key });
  }

  /** Gives a command this person is offered now. */
  async act(login: string, caseId: string, type: string, fields: Record<string, unknown> = {}, sent: Sent = {}): Promise<{ stage: string; final: boolean; acknowledgement: { number: string; at: string } | null }> {
    // 签收 needs no offer: whoever carries a task may take it in.
    const action = type === 'open' ? { taskId: null } : (await this.offered(login, caseId)).find((one) => one.command === type && (!sent.subject || (one.subject !== null && sent.subject(one.subject))));
    if (!action) throw new Error(`${login} is not offered '${type}' in ${await this.stage(caseId)}`);
    const answer = await this.command(login, caseId, type, fields, { ...sent, taskId: sent.taskId ?? action.taskId ?? undefined });
    if (answer.status !== 200) throw new Error(`${type} by ${login}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** A command that must be refused: with a sentence in both languages, and nothing moved. */
  async refused(login: string, caseId: string, type: string, fields: Record<string, unknown> = {}, sent: Sent = {}): Promise<{ status: number; code: string; defects: { field: string; code: string }[]; sentence: { zh: string; en: string } }> {
    const before = await this.imprint(caseId);
    const answer = await this.command(login, caseId, type, fields, sent);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expectProblem(answer);
    expect(await this.imprint(caseId)).toEqual(before);
    return { status: answer.status, ...answer.body };
  }

  /** Everything of a case that a refusal must leave as it was. */
  async imprint(caseId: string): Promise<unknown> {
    return (await this.rows(IMPRINT, [caseId]))[0];
  }

  async stage(caseId: string): Promise<string> {
    return (await this.rows('select stage from case_file where id = $1', [caseId]))[0]!.stage;
  }

  async context(caseId: string): Promise<any> {
    return JSON.parse((await this.rows('select snapshot from case_snapshot where id = $1', [caseId]))[0]!.snapshot).snapshot.context;
  }

  /** The stages a case is in now, of all its regions. */
  async stages(caseId: string): Promise<string[]> {
    return (await this.rows('select stage from case_stage where case_id = $1 and left_at is null order by seq', [caseId])).map((row) => row.stage);
  }

  async exceptions(caseId: string): Promise<{ kind: string; words: string }[]> {
    return this.rows('select kind, words from exception_entry where case_id = $1 order by at, id', [caseId]);
  }

  async notices(caseId: string, template: string): Promise<{ role: string; at: Date }[]> {
    return this.rows('select role, at from notice where case_id = $1 and template = $2 order by at, id', [caseId, template]);
  }

  async openTask(caseId: string, where: { role?: string; kind?: string } = {}): Promise<Record<string, any>> {
    return (await this.rows(`select * from task where case_id = $1 and status = 'open' and role = coalesce($2, role) and kind = coalesce($3, kind) order by opened_at, id`, [caseId, where.role ?? null, where.kind ?? null]))[0]!;
  }

  save(login: string, caseId: string, name: string, body: unknown, revision: number | string | null): Promise<Answer> {
    return this.call(login, 'PUT', `/cases/${caseId}/sections/${name}`, body, revision === null ? {} : { 'if-match': `"${revision}"` });
  }

  /** Changes a section on top of what stands there now. */
  async rewrite(login: string, caseId: string, name: string, change: (body: any) => void): Promise<void> {
    const { body, revision } = await this.got(login, `/cases/${caseId}/sections/${name}`);
    change(body);
    expect((await this.save(login, caseId, name, body, revision)).status).toBe(200);
  }

  /** A case of a unit beside its year, as the worker opens it. */
  async opened(workflow: string, key: string): Promise<string> {
    const { web } = this.services;
    return (await web.engine.open(workerActor(web.city), workflow, { unit: this.unit(key).id, year: 2026, key: newId() })).caseId;
  }

  /** The post a person holds. */
  async post(login: string): Promise<string> {
    return (await this.rows(`select h.post from account a join post_holding h on h.person = a.person where a.login = $1 and h.standing = 'A'`, [login]))[0]!.post;
  }

  /** Registers a decision on paper; without a role for a right that has no task. */
  async register(login: string, caseId: string, role: string | null, command: string, fields: Record<string, unknown>, paper: Record<string, unknown> = {}): Promise<Answer> {
    const task = role === null ? {} : { taskId: (await this.openTask(caseId, { role, kind: 'duty' })).id };
    const sheet = { signatoryName: '示例签批人', signatoryPost: '负责人', wording: '同意。', kind: 'agree', paperDate: localDate(this.still.at), scan: '', keptAt: '办公室档案柜', ...paper };
    const answer = await this.call(login, 'POST', `/cases/${caseId}/paper`, { ...task, command, fields, paper: sheet }, { 'idempotency-key': newId() });
    if (answer.status === 201) this.#papers.set(caseId, answer.body.paperId);
    return answer;
  }

  compare(login: string, caseId: string, mismatches: { field: string; seen: string }[] = []): Promise<Answer> {
    return this.call(login, 'POST', `/paper/${this.#papers.get(caseId)}/compare`, { mismatches }, { 'idempotency-key': newId() });
  }
}
