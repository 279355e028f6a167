import pg from 'pg';
import { currentVersion, machineFor } from '../../../workflows/registry.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { commandForms } from '../../../workflows/forms/commands.js';
import { newId, type Clock } from '../../../src/clock.js';
import { openDatabase, type Database } from '../../../src/database.js';
import { workerActor, type Actor } from '../../../src/domain/actor.js';
import { localDay } from '../../../src/domain/local-day.js';
import { resolveActors } from '../../../src/auth/resolve-actors.js';
import { createEngine, type Engine } from '../../../src/engine/create-engine.js';
import type { CommandOutcome, EngineParts, PaperRequest, Preparer } from '../../../src/engine/engine.js';
import { statutoryDates } from '../../../src/engine/pack-terms.js';
import { Worker, type Effect, type WorkerParts } from '../../../src/engine/worker.js';
import { openChild, tellParent } from '../../../src/effects/case-effects.js';
import { notify } from '../../../src/effects/notify.js';
import { caseInput } from '../../../src/register/case-input.js';
import { chineseCalendar } from '../../../src/register/chinese-calendar.js';
import { freshDatabase, type FreshDatabase } from '../../cluster/fresh-database.js';

export const CITY = '370100';
/** 历城: a chain of two posts reviews its plans. */
export const LICHENG = '370112';

/** An instant of Beijing time. */
export const beijing = (day: string, time = '09:00:00'): Date => new Date(`${day}T${time}+08:00`);

export class SetClock implements Clock {
  constructor(private at: Date = beijing('2026-08-17')) {}
  now(): Date {
    return this.at;
  }
  set(at: Date): void {
    this.at = at;
  }
}

/** Facts as content and register would find them for a complete plan; those rooms have tests of their own. */
const complete: Preparer = async ({ context }) => {
  const content = `h${Number(context.contentOrdinal) + 1}`;
  return { facts: { defects: 0, planType: 'construction', content, completeness: 100 }, freeze: { hash: content, body: `{"content":"${content}"}` } };
};
const asked: Preparer = async ({ trx, fields, actor }) => {
  const orgs = await trx('organisation_version').where({ city: actor.city, valid_to: null }).whereIn('org', fields.organisations as string[]).select('org', 'name');
  return { facts: { orgs } };
};
let incoming = 0;
const registered: Preparer = async ({ fields, actor, now }) => {
  const number = ++incoming;
  return {
    facts: {
      incomingNumber: number,
      incoming: {
        id: newId(), number, theirNumber: fields.theirNumber, title: '实施方案', channel: fields.channel, dated: fields.dated, deliveredAt: fields.deliveredAt,
        deliveryEvidence: fields.evidence ?? null, evidenceAttachment: null, registeredAt: now, registeredBy: actor.person,
      },
    },
  };
};
const preparers: Record<string, Preparer> = {
  'plan.submit': complete, 'plan.requestPreReview': complete, 'plan.resubmit': complete, 'plan.seekOpinions': asked, 'plan.addCosigner': asked, 'plan.register': registered,
};

/** The engine on a database of its own, put together by hand as the composition root does it. */
export class TestCity {
  readonly engine: Engine;
  readonly parts: EngineParts;
  readonly system = workerActor(CITY);
  #key = 0;

  private constructor(readonly fresh: FreshDatabase, readonly database: Database, readonly admin: pg.Pool, readonly clock: SetClock) {
    const calendar = chineseCalendar();
    this.parts = {
      database, clock, calendarOf: async () => calendar, packOf: policyPack, machineFor: (w, v, p) => machineFor(w, v, policyPack(p)), currentVersion,
      forms: commandForms, preparers, caseInput: (trx, request) => caseInput(trx, request, policyPack, statutoryDates), wake: () => undefined,
    };
    this.engine = createEngine(this.parts);
  }

  static async found(name: string): Promise<TestCity> {
    const fresh = await freshDatabase(name);
    return new TestCity(fresh, openDatabase(fresh), new pg.Pool({ connectionString: fresh.adminUrl, max: 2 }), new SetClock());
  }

  async close(): Promise<void> {
    await Promise.all([this.database.close(), this.admin.end()]);
    await this.fresh.drop();
  }

  /** Looks at the tables as superuser, past every wall. */
  async rows<T extends pg.QueryResultRow = Record<string, any>>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.admin.query<T>(sql, values)).rows;
  }

  /** Every post of an account, as of the present instant. */
  async actors(login: string): Promise<Actor[]> {
    return this.database.asAuth(CITY, async (trx) => {
      const account = await trx('account').where({ city: CITY, login }).first('person');
      return resolveActors(trx, CITY, account.person, localDay(this.clock.now()));
    });
  }

  async actor(login: string): Promise<Actor> {
    return (await this.actors(login))[0]!;
  }

  async unitId(code: string, year = 2026): Promise<string> {
    return (await this.rows('select id from filing_unit where code = $1 and year = $2', [code, year]))[0]!.id;
  }

  key(): string {
    return `key-${(this.#key += 1)}`;
  }

  async openPlan(code: string, year = 2026, key = this.key()): Promise<string> {
    return (await this.engine.open(this.system, 'plan', { unit: await this.unitId(code, year), year, key })).caseId;
  }

  async go(login: string, caseId: string, type: string, fields: Record<string, unknown> = {}, over: { key?: string; taskId?: string } = {}): Promise<CommandOutcome> {
    return this.engine.dispatch(await this.actors(login), { caseId, type, fields, key: over.key ?? this.key(), ...(over.taskId ? { taskId: over.taskId } : {}) });
  }

  /** A plan of a unit, brought as far as a state. Units with a chain of one post skip the reviewer. */
  async planIn(state: 'headReview' | 'governmentApproval' | 'reporting' | 'registered' | 'officeReview', unit: string, code: string): Promise<string> {
    const id = await this.openPlan(code);
    await this.go(`${unit}.clerk`, id, 'submit');
    if (state === 'headReview') return id;
    if (await this.openTask(id, 'unit.reviewer')) await this.go(`${unit}.reviewer`, id, 'approve');
    await this.go(`${unit}.head`, id, 'approve');
    if (state === 'governmentApproval') return id;
    await this.go(`${unit}.consent`, id, 'consent', consentFields);
    if (state === 'reporting') return id;
    await this.go(`${unit}.clerk`, id, 'report', { documentNumber: '历人社报〔2026〕8号' });
    if (state === 'registered') return id;
    await this.go('office.registrar', id, 'register', { theirNumber: '历人社报〔2026〕8号', channel: 'system', dated: '2026-08-17', deliveredAt: '2026-08-17T09:00' });
    return id;
  }

  async openTask(caseId: string, role: string): Promise<Record<string, any> | undefined> {
    return (await this.rows(`select * from task where case_id = $1 and role = $2 and status = 'open'`, [caseId, role]))[0];
  }

  async stage(caseId: string): Promise<string> {
    return (await this.rows('select stage from case_file where id = $1', [caseId]))[0]!.stage;
  }

  /** Everything a step may write, counted: two looks are equal when nothing was written between them. */
  async traces(caseId: string): Promise<unknown> {
    return (await this.rows(
      `select f.version, f.head_hash, f.stage, s.snapshot,
         (select count(*)::int from journal where case_id = f.id) as entries, (select count(*)::int from journal_payload where case_id = f.id) as payloads,
         (select count(*)::int from case_stage where case_id = f.id) as stages, (select count(*)::int from outbox where case_id = f.id) as effects,
         (select count(*)::int from content_version where case_id = f.id) as contents, (select count(*)::int from command where case_id = f.id) as commands,
         (select count(*)::int from paper_act where case_id = f.id) as papers, (select count(*)::int from exception_entry where case_id = f.id) as exceptions,
         (select json_agg(json_build_array(t.id, t.status) order by t.id) from task t where case_id = f.id) as tasks,
         (select json_agg(json_build_array(key, status, due_at) order by key) from term where case_id = f.id) as terms
       from case_file f join case_snapshot s on s.id = f.id where f.id = $1`, [caseId]))[0];
  }

  paper(caseId: string, taskId: string, over: Partial<PaperRequest> = {}): PaperRequest {
    return {
      caseId, taskId, command: 'consent', fields: consentFields, signatoryName: '示例区长', signatoryPost: '区长', wording: '同意', kind: 'agree', paperDate: '2026-08-17', scan: null,
      keptAt: '区政府办档案柜', key: this.key(), ...over,
    };
  }

  worker(effects: Record<string, Effect> = {}, over: Partial<WorkerParts> = {}): Worker {
    const { database, clock, engine } = this;
    const dispatch: WorkerParts['dispatch'] = (actor, request) => engine.dispatch([actor], request);
    const parts = { database, clock, dispatch, open: engine.open, calendarOf: this.parts.calendarOf };
    return new Worker({
      database, clock, dispatch, cities: async () => [CITY], log: () => undefined,
      effects: { notify: notify(parts), openCase: openChild(parts), tellParent: tellParent(parts), issueDocument: async () => undefined, recordBaseline: async () => undefined, archiveCase: async () => undefined, ...effects },
      ...over,
    });
  }
}

export const consentFields = { kind: 'reply', number: '历城政复〔2026〕12号', date: '2026-08-17' };
