import { calendars } from '../../../src/calendars.js';
import { newId } from '../../../src/clock.js';
import { shownHash } from '../../../src/content/case-content.js';
import { preparers } from '../../../src/content/preparers.js';
import { saveSection } from '../../../src/content/sections.js';
import { openDatabase } from '../../../src/database.js';
import { workerActor, type Actor } from '../../../src/domain/actor.js';
import { createEngine } from '../../../src/engine/create-engine.js';
import { statutoryDates } from '../../../src/engine/pack-terms.js';
import { caseInput } from '../../../src/register/case-input.js';
import { commandForms } from '../../../workflows/forms/commands.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { currentVersion, machineFor } from '../../../workflows/registry.js';
import { freshDatabase } from '../../cluster/fresh-database.js';

/** The demonstration city with the real engine and preparers; the worker's results are brought back by hand. */
export async function cityAtWork(name: string) {
  const fresh = await freshDatabase(name);
  const database = openDatabase(fresh);
  const { rows: [first] } = await database.workerPool.query('select city from city');
  const city: string = first.city;
  const worker = workerActor(city);
  let now = new Date('2026-09-07T02:00:00Z');
  const clock = { now: () => now };
  const engine = createEngine({
    database, clock, calendarOf: calendars(database), packOf: policyPack, machineFor: (workflow, version, id) => machineFor(workflow, version, policyPack(id)), currentVersion,
    forms: commandForms, preparers, caseInput: (trx, request) => caseInput(trx, request, policyPack, statutoryDates), wake: () => undefined,
  });
  const posts: { id: string; org: string; role: string; name: string; unit: string | null; person: string; person_name: string }[] = await database.asActor(worker, (trx) =>
    trx('post as p').join('post_holding as h', (on) => on.on('h.city', 'p.city').andOn('h.post', 'p.id')).join('person as w', (on) => on.on('w.city', 'h.city').andOn('w.id', 'h.person'))
      .where({ 'p.city': city, 'h.standing': 'A' }).select('p.id', 'p.org', 'p.role', 'p.name', 'p.unit', 'h.person', 'w.name as person_name'));
  const actorOf = (post: (typeof posts)[number]): Actor => ({
    city, scope: post.unit ? 'unit' : 'city', unit: post.unit, org: post.org, role: post.role, post: post.id, postName: post.name, person: post.person, personName: post.person_name, actingFor: null,
  });
  const unitNamed = async (unit: string) => database.asActor(worker, (trx) => trx('filing_unit').where({ city, year: 2026, name: unit }).first());
  const townshipsOf = async (unit: string) => database.asActor(worker, (trx) => trx('township').where({ city, year: 2026, unit }).orderBy('population', 'desc'));
  return {
    database, engine, city, worker, posts, unitNamed, townshipsOf, shownHash,
    at: (iso: string) => { now = new Date(iso); },
    /** Somebody with this role, of a unit or of the city; `text` picks among several by the post's name. */
    who: (role: string, unit: string | null = null, text = ''): Actor => actorOf(posts.find((p) => p.role === role && p.unit === unit && p.name.includes(text))!),
    open: (workflow: string, unit: string) => engine.open(worker, workflow, { unit, year: 2026, key: newId() }),
    /** One command, on the task of that subject where it is given. */
    act: async (actor: Actor, caseId: string, type: string, fields: Record<string, unknown> = {}, subject?: string) => {
      const action = subject === undefined ? undefined : (await engine.actionsFor([actor], caseId)).find((a) => a.command === type && (a.subject?.key === subject || a.subject?.post === subject));
      return engine.dispatch([actor], { caseId, type, fields, key: newId(), ...(action?.taskId ? { taskId: action.taskId } : {}) });
    },
    save: (actor: Actor, caseId: string, section: string, body: Record<string, unknown>, revision = 0) =>
      database.asActor(actor, (trx) => saveSection(trx, actor, caseId, section, body, revision, now)),
    facts: async (caseId: string, command: string): Promise<any> => {
      const rows = await database.asActor(worker, (trx) => trx('journal as j').join('journal_payload as p', (on) => on.on('p.case_id', 'j.case_id').andOn('p.seq', 'j.seq').andOn('p.year', 'j.year'))
        .where({ 'j.case_id': caseId, 'j.command': command }).orderBy('j.seq', 'desc').select('p.body'));
      return JSON.parse(rows[0].body).facts;
    },
    close: async () => {
      await database.close();
      await fresh.drop();
    },
  };
}

export type CityAtWork = Awaited<ReturnType<typeof cityAtWork>>;

/** The sections of a plan with a hall and one centre, both at the standard, as typed. */
export async function writtenPlan(c: CityAtWork, caseId: string, unit: any, change: (sections: Record<string, any>) => void = () => undefined) {
  const clerk = c.who('unit.clerk', unit.id);
  const [township] = await c.townshipsOf(unit.id);
  const sections: Record<string, any> = {
    basics: { planType: 'construction', currentState: '现状。', contactName: '䶮堃', contactPhone: '0531-0' },
    goals: { guidingIdea: '公益。', goals: '建成。' },
    premises: {
      projects: [
        { tier: 'hall', placeCode: unit.code, name: '示例大厅', type: 'new', grossArea: '5000', money: '100' },
        { tier: 'center', placeCode: township.code, name: '示例中心', type: 'new', usableArea: '300', archiveArea: '40', receptionRoom: true, staffOffice: true, streetFront: true, groundFloor: true, money: '50' },
      ],
      sitingFactors: { economy: 'a', population: 'b', revenue: 'c', geography: 'd', serviceRadius: 'e', serviceContent: 'f' }, spatialPlan: '规划',
    },
    organisation: { coordinationBody: '组长', staffing: '三人' },
    funds: {
      lines: ['personnelFund', 'operatingFund', 'constructionFund'].map((category) => ({ category, city: '0', district: '150', township: '0', total: '150' })), total: '450', specialAccount: '专账',
    },
    informatisation: { plan: '接入' }, regulations: { plan: '上墙' }, schedule: { phases: [{ name: '建设', from: '2026-09-10', to: '2026-12-20' }] }, attachments: { files: [] },
  };
  change(sections);
  for (const [name, body] of Object.entries(sections)) await c.save(clerk, caseId, name, body);
  return { clerk, township, sections };
}
