import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import request from 'supertest';
import { calendars } from '../../../src/calendars.js';
import { hashPassword } from '../../../src/auth/passwords.js';
import { openSession } from '../../../src/auth/sessions.js';
import { newId, systemClock } from '../../../src/clock.js';
import { attachTo } from '../../../src/content/attachments.js';
import { confirmDisposal, isolateFile, proposeDisposal } from '../../../src/content/isolation.js';
import { checkContent, shownHash } from '../../../src/content/case-content.js';
import { preparers } from '../../../src/content/preparers.js';
import { planStanding } from '../../../src/content/plan-standing.js';
import { prefillProjects } from '../../../src/content/prefill-projects.js';
import { saveSection } from '../../../src/content/sections.js';
import { visitedPlaces } from '../../../src/content/visited-places.js';
import { carryOverPlan } from '../../../src/content/workbook/carry-over-plan.js';
import { importPlanWorkbook } from '../../../src/content/workbook/import-plan-workbook.js';
import { planWorkbook } from '../../../src/content/workbook/plan-workbook.js';
import { openDatabase } from '../../../src/database.js';
import { folderBlobStore } from '../../../src/documents/blob-store.js';
import { DocumentRefusal } from '../../../src/documents/document-refusal.js';
import { verifyArchivePackage } from '../../../src/documents/verify-archive-package.js';
import { skeletonFields } from '../../../src/effects/archive-case.js';
import { workerActor } from '../../../src/domain/actor.js';
import { allStages } from '../../../src/engine/case-step.js';
import { createEngine } from '../../../src/engine/create-engine.js';
import { statutoryDates } from '../../../src/engine/pack-terms.js';
import { chartPictures } from '../../../src/pictures/chart-pictures.js';
import { caseInput } from '../../../src/register/case-input.js';
import { readJinan } from '../../../src/register/jinan-files.js';
import { checkoutRoot } from '../../../src/runtime/checkout.js';
import { whatIfDesk } from '../../../src/simulation/desk.js';
import { demonstrationScenario } from '../../../src/simulation/scenario.js';
import { createUpkeep } from '../../../src/upkeep/create-upkeep.js';
import { createApp } from '../../../src/web/app.js';
import type { WebServices } from '../../../src/web/services.js';
import { commandForms } from '../../../workflows/forms/commands.js';
import { sectionForms } from '../../../workflows/forms/section-forms.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { currentVersion, machineFor, workflowNamed } from '../../../workflows/registry.js';
import { freshDatabase } from '../../cluster/fresh-database.js';

/** A year of three units is tried out as a year of thirteen is. */
const threeUnits = () => {
  const data = readJinan(checkoutRoot(), 2026);
  return { ...data, units: data.units.slice(0, 3) };
};

export const PASSWORD = 'correct horse';

/** The way in on a city of its own: real database, engine and content; two clocks that a test moves; nothing in the background. */
export async function webCity(name: string) {
  const fresh = await freshDatabase(name);
  const database = openDatabase(fresh);
  const { rows: [first] } = await database.workerPool.query('select city from city');
  const city: string = first.city;
  const times = { now: new Date('2026-09-07T02:00:00Z'), wall: systemClock.now() };
  const clock = { now: () => times.now };
  const machineOf = (workflow: string, version: number, id: string) => machineFor(workflow, version, policyPack(id));
  const blobs = folderBlobStore(mkdtempSync(join(tmpdir(), 'web-city-')));
  const engine = createEngine({
    database, clock, calendarOf: calendars(database), packOf: policyPack, machineFor: machineOf, currentVersion, forms: commandForms, preparers,
    caseInput: (trx, wanted) => caseInput(trx, wanted, policyPack, statutoryDates), wake: () => undefined,
  });
  const isolation = { database, clock, wake: () => undefined };
  const logged: Record<string, unknown>[] = [];
  const services: WebServices = {
    city, database, engine, upkeep: createUpkeep({ database, clock, engine }), blobs, clock, wallClock: { now: () => times.wall }, calendarOf: calendars(database), packOf: policyPack, forms: commandForms,
    workflowOf: workflowNamed, verifyPackage: (bytes) => verifyArchivePackage(bytes, skeletonFields), stagesOf: (workflow, version, pack) => allStages(machineOf(workflow, version, pack)), pictures: chartPictures({ machineOf, packOf: policyPack }),
    whatIf: whatIfDesk({ data: threeUnits(), pack: policyPack('jinan-2011-61'), scenario: demonstrationScenario(), calendar: () => calendars(database)(city) }), baseUrl: 'http://127.0.0.1',
    content: {
      sections: sectionForms, save: (trx, actor, caseId, section, body, revision) => saveSection(trx, actor, caseId, section, body, revision, times.now),
      check: checkContent, shownHash, visited: visitedPlaces, attach: (actor, caseId, file) => attachTo({ database, blobs, clock }, actor, caseId, file),
      isolate: (actors, fileId, fields) => isolateFile(isolation, actors, fileId, fields),
      proposeDisposal: (actors, fileId, fields) => proposeDisposal(isolation, actors, fileId, fields),
      confirmDisposal: (actors, fileId, proposedAt) => confirmDisposal(isolation, actors, fileId, proposedAt),
      plan: {
        standing: planStanding, prefill: (trx, actor, caseId, choice) => prefillProjects(trx, actor, caseId, choice, times.now),
        carryOver: (trx, actor, caseId, revisions) => carryOverPlan(trx, actor, caseId, times.now, revisions),
      },
      workbook: {
        write: (actor, caseId) => planWorkbook({ database, clock }, actor, caseId),
        read: (actor, caseId, bytes, revisions) => importPlanWorkbook({ database, clock }, actor, caseId, bytes, revisions),
      },
    },
    papers: {
      siteRecord: async () => { throw new DocumentRefusal('renderer-closed', { zh: '没有打印。', en: 'Nothing prints.' }, 'no renderer'); },
      handlingSheet: async () => { throw new DocumentRefusal('renderer-closed', { zh: '没有打印。', en: 'Nothing prints.' }, 'no renderer'); },
      // This city has no browser; the tests that print give it one.
      slip: async () => { throw new DocumentRefusal('renderer-closed', { zh: '没有打印。', en: 'Nothing prints.' }, 'no renderer'); },
      supervision: async () => { throw new DocumentRefusal('renderer-closed', { zh: '没有打印。', en: 'Nothing prints.' }, 'no renderer'); },
    },
    demonstration: { accounts: [], catchUp: async () => undefined, advance: async (to) => { times.now = to; return { now: to, fired: 0 }; } },
    log: (level, message, detail) => void logged.push({ level, message, ...detail }),
  };
  const app: Express = createApp(services);
  const password = await hashPassword(PASSWORD);
  await database.asAuth(city, (trx) => trx('account').where({ city }).update({ password_hash: password }));
  const people: { login: string; person: string; role: string; unit: string | null; postName: string; id: string }[] = await database.asAuth(city, (trx) =>
    trx('account as a').join('post_holding as h', (on) => on.on('h.city', 'a.city').andOn('h.person', 'a.person')).join('post as p', (on) => on.on('p.city', 'h.city').andOn('p.id', 'h.post'))
      .where({ 'a.city': city, 'h.standing': 'A' }).select('a.login', 'a.person', 'a.id', 'p.role', 'p.unit', 'p.name as postName'));
  const unitNamed = (wanted: string) => database.asActor(workerActor(city), (trx) => trx('filing_unit').where({ city, year: 2026, name: wanted }).first());
  const loginOf = (role: string, unit: string | null = null): string => people.find((one) => one.role === role && one.unit === unit)!.login;
  return {
    app, city, database, engine, services, times, logged, people, unitNamed, loginOf,
    open: (workflow: string, unit: string) => engine.open(workerActor(city), workflow, { unit, year: 2026, key: newId() }),
    /** A browser of its own, signed in. */
    signedIn: async (login: string) => {
      const agent = request.agent(app);
      await agent.post('/sign-in').type('form').send({ login, password: PASSWORD }).expect(303);
      const page = await agent.get('/');
      const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
      return Object.assign(agent, { csrf, home: page.text });
    },
    /** The secret of a session as the sign-in would open it, for a browser's cookie. */
    sessionOf: (login: string) => database.asAuth(city, (trx) => openSession(trx, city, people.find((one) => one.login === login)!.id, times.wall)),
    close: async () => {
      await database.close();
      await fresh.drop();
    },
  };
}

export type WebCity = Awaited<ReturnType<typeof webCity>>;
