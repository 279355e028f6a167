import { calendars } from './calendars.js';
import { systemClock } from './clock.js';
import type { Config } from './config.js';
import { attachTo } from './content/attachments.js';
import { confirmDisposal, isolateFile, proposeDisposal } from './content/isolation.js';
import { preparers } from './content/preparers.js';
import { checkContent, shownHash } from './content/case-content.js';
import { planStanding } from './content/plan-standing.js';
import { prefillProjects } from './content/prefill-projects.js';
import { saveSection } from './content/sections.js';
import { visitedPlaces } from './content/visited-places.js';
import { carryOverPlan } from './content/workbook/carry-over-plan.js';
import { importPlanWorkbook } from './content/workbook/import-plan-workbook.js';
import { planWorkbook } from './content/workbook/plan-workbook.js';
import { sectionForms } from '../workflows/forms/section-forms.js';
import { openDatabase, type DatabaseUrls } from './database.js';
import { shippedFonts } from './documents/document-fonts.js';
import { loadDocumentTemplates } from './documents/document-templates.js';
import { folderBlobStore } from './documents/blob-store.js';
import { openGlyphGate } from './documents/glyph-gate.js';
import { verifyArchivePackage } from './documents/verify-archive-package.js';
import { createRenderPool } from './documents/render-pool.js';
import { skeletonFields } from './effects/archive-case.js';
import { createEffects } from './effects/create-effects.js';
import { previewHandlingSheet } from './effects/preview-handling-sheet.js';
import { previewSiteRecord } from './effects/preview-site-record.js';
import { previewSlip } from './effects/preview-slip.js';
import { previewSupervision } from './effects/preview-supervision.js';
import { reckonTerms } from './effects/reckon-terms.js';
import { allStages } from './engine/case-step.js';
import { createEngine } from './engine/create-engine.js';
import { statutoryDates } from './engine/pack-terms.js';
import { Worker } from './engine/worker.js';
import type { Actor } from './domain/actor.js';
import type { CommandRequest } from './engine/engine.js';
import type { Log } from './log.js';
import { chartPictures } from './pictures/chart-pictures.js';
import { caseInput } from './register/case-input.js';
import { findBrowser } from './runtime/browser.js';
import { launchBrowser } from './runtime/browser-launch.js';
import { prepareFonts } from './runtime/fonts.js';
import { createUpkeep } from './upkeep/create-upkeep.js';
import { whatIfDesk } from './simulation/desk.js';
import { demonstrationScenario } from './simulation/scenario.js';
import { readJinan } from './register/jinan-files.js';
import { checkoutRoot } from './runtime/checkout.js';
import { virtualClock } from './virtual-clock.js';
import type { DemonstrationAccount, WebServices } from './web/services.js';
import { commandForms } from '../workflows/forms/commands.js';
import { policyPack } from '../workflows/policies/pack-registry.js';
import { currentVersion, machineFor, workflowNamed } from '../workflows/registry.js';

export interface ServiceOptions {
  urls: Pick<DatabaseUrls, 'webUrl' | 'workerUrl'>;
  dataDir: string;
  /** The folder of everything that may never change: shared by all replicas on one database. */
  blobs: string;
  mode: 'demonstration' | 'production';
  baseUrl: string;
  renderers: Config['renderers'];
  accounts: DemonstrationAccount[];
  log: Log;
}

export interface Services {
  web: WebServices;
  worker: Worker;
  close(): Promise<void>;
}

/** The composition root: every room is given what it needs here, and nowhere else. */
export async function createServices(options: ServiceOptions): Promise<Services> {
  const { log, dataDir } = options;
  const database = openDatabase(options.urls);
  const cities = async (): Promise<string[]> => (await database.workerPool.query('select city from city order by city')).rows.map((r) => r.city);
  const clock = await virtualClock(database, cities);
  const calendarOf = calendars(database);
  const blobs = folderBlobStore(options.blobs);
  const fonts = await prepareFonts(dataDir);
  const renderer = createRenderPool({
    pages: options.renderers, fontFiles: fonts.families.map((f) => f.file),
    launch: async () => (await launchBrowser(await findBrowser(dataDir), { fontconfigFile: fonts.fontconfigFile, onWarning: (w) => log('info', w.en) })).browser,
  });
  const documents = {
    mode: options.mode, baseUrl: options.baseUrl, fonts: shippedFonts, templates: loadDocumentTemplates(), glyphs: openGlyphGate(fonts.families.map((f) => f.file)),
  };
  const machineOf = (workflow: string, version: number, packId: string) => machineFor(workflow, version, policyPack(packId));
  // The engine wakes the worker and the worker dispatches through the engine: one of them is tied after both exist.
  const rouse = { wake: (): void => undefined };
  const engine = createEngine({
    database, clock, calendarOf, packOf: policyPack, machineFor: machineOf, currentVersion, forms: commandForms, preparers,
    caseInput: (trx, request) => caseInput(trx, request, policyPack, statutoryDates), wake: () => rouse.wake(),
  });
  const dispatch = (actor: Actor, request: CommandRequest) => engine.dispatch([actor], request);
  const effects = createEffects({ database, clock, packOf: policyPack, calendarOf, documents, renderer, blobs, dispatch, open: engine.open, cities });
  const upkeep = createUpkeep({ database, clock, engine });
  const reckon = reckonTerms({ database, clock, calendarOf, packOf: policyPack });
  const worker = new Worker({ database, clock, cities, effects, dispatch, log, upkeep: async (of) => (await reckon(of)) + (await upkeep.goOn(of)), watch: async (of) => void (await upkeep.watch(of)) });
  rouse.wake = () => worker.wake();
  const isolation = { database, clock, wake: () => worker.wake() };
  const city = (await cities())[0] ?? '';
  const printing = { database, clock, packOf: policyPack, calendarOf, documents, renderer };
  return {
    worker,
    web: {
      city, database, engine, upkeep, blobs, clock, wallClock: systemClock, calendarOf, packOf: policyPack, forms: commandForms, baseUrl: options.baseUrl, log,
      workflowOf: workflowNamed,
      verifyPackage: (bytes) => verifyArchivePackage(bytes, skeletonFields),
      stagesOf: (workflow, version, pack) => allStages(machineOf(workflow, version, pack)),
      pictures: chartPictures({ machineOf, packOf: policyPack }),
      whatIf: whatIfDesk({ data: readJinan(checkoutRoot(), 2026), pack: policyPack('jinan-2011-61'), scenario: demonstrationScenario(), calendar: () => calendarOf(city) }),
      content: {
        sections: sectionForms, save: (trx, actor, caseId, name, body, revision) => saveSection(trx, actor, caseId, name, body, revision, clock.now()),
        check: checkContent, shownHash, visited: visitedPlaces, attach: (actor, caseId, file) => attachTo({ database, blobs, clock }, actor, caseId, file),
        isolate: (actors, fileId, fields) => isolateFile(isolation, actors, fileId, fields),
        proposeDisposal: (actors, fileId, fields) => proposeDisposal(isolation, actors, fileId, fields),
        confirmDisposal: (actors, fileId, proposedAt) => confirmDisposal(isolation, actors, fileId, proposedAt),
        plan: {
          standing: planStanding, prefill: (trx, actor, caseId, choice) => prefillProjects(trx, actor, caseId, choice, clock.now()),
          carryOver: (trx, actor, caseId, revisions) => carryOverPlan(trx, actor, caseId, clock.now(), revisions),
        },
        workbook: {
          write: (actor, caseId) => planWorkbook({ database, clock }, actor, caseId),
          read: (actor, caseId, bytes, revisions) => importPlanWorkbook({ database, clock }, actor, caseId, bytes, revisions),
        },
      },
      papers: {
        slip: (asked) => previewSlip(printing, { city, ...asked }), supervision: (caseId) => previewSupervision(printing, { city, caseId }),
        handlingSheet: (caseId) => previewHandlingSheet(printing, { city, caseId }), siteRecord: (caseId, place) => previewSiteRecord({ ...printing, blobs, pictures: renderer }, { city, caseId, place }),
      },
      demonstration: options.mode === 'demonstration'
        ? {
            accounts: options.accounts, catchUp: () => clock.catchUp(),
            advance: async (to) => {
              const fired = await clock.advanceTo(to, () => worker.drain());
              return { now: clock.now(), fired };
            },
          }
        : null,
    },
    close: async () => {
      await worker.stop();
      await renderer.close();
      clock.stop();
      await database.close();
    },
  };
}
