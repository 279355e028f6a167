import type { z } from 'zod';
import type { Knex } from 'knex';
import type { CommandForm } from '../../workflows/forms/command-form.js';
import type { PolicyPack } from '../../workflows/policies/policy-pack.js';
import type { StageMeta } from '../../workflows/vocabulary.js';
import type { Clock } from '../clock.js';
import type { Database } from '../database.js';
import type { Actor } from '../domain/actor.js';
import type { WorkCalendar } from '../domain/calendar.js';
import type { Defect } from '../domain/errors.js';
import type { Words } from '../domain/text.js';
import type { TypedVisit, VisitedPlace } from '../domain/visited-place.js';
import type { AvailableAction } from '../engine/actions.js';
import type { CommandOutcome, CommandRequest, OpenRequest, PaperRequest } from '../engine/engine.js';
import type { ManyLine, ManyRequest } from '../engine/dispatch-many.js';
import type { PaperEntry } from '../engine/paper-entries.js';
import type { PackageVerdict } from '../documents/verify-archive-package.js';
import type { Log } from '../log.js';
import type { ChartPictures } from '../pictures/chart-pictures.js';
import type { WhatIfDesk } from '../simulation/desk.js';
import type { Upkeep } from '../upkeep/create-upkeep.js';
import type { WebPapers, WebPlanContent, WebWorkbook } from './plan-content.js';

/** The engine as the way in uses it; every call is bound to its parts by the composition root. */
export interface WebEngine {
  dispatch(actors: Actor[], request: CommandRequest): Promise<CommandOutcome>;
  /** One command for many cases; each is told of by itself. @throws Refused for a command that is given singly */
  dispatchMany(actors: Actor[], request: ManyRequest): Promise<ManyLine[]>;
  open(actor: Actor, workflow: string, request: OpenRequest): Promise<CommandOutcome>;
  actionsFor(actors: Actor[], caseId: string): Promise<AvailableAction[]>;
  /** What these people may register from paper on a case now. @throws NotFound */
  paperEntriesFor(actors: Actor[], caseId: string): Promise<PaperEntry[]>;
  registerPaper(actors: Actor[], request: PaperRequest): Promise<{ paperId: string; compareTask: string }>;
  comparePaper(
    actors: Actor[], request: { caseId: string; taskId: string; mismatches: { field: string; seen: string }[]; key: string },
  ): Promise<CommandOutcome>;
  /** A notice to a unit's bureau whose plan is not filed. @throws Refused within the pack's interval */
  remindUnit(actors: readonly Actor[], caseId: string): Promise<{ at: Date; unitName: string }>;
}

/** A section of a case's content as the editor shows it: its words, its schema with labels and controls. */
export interface SectionForm {
  name: string;
  words: Words;
  schema: z.ZodObject;
}

/** One line of 提交前还要处理: an open defect of the live sections, pinned to `section` and to a field within it. */
export interface SectionDefect extends Defect {
  section: string;
}

/** The live content of a case, saved outside the door. */
export interface WebContent {
  /** The sections of a workflow in their order; empty when it has none. */
  sections(workflow: string, pack: PolicyPack): readonly SectionForm[];
  /** @throws Conflict carrying both texts when the section has another revision */
  save(
    trx: Knex.Transaction, actor: Actor, caseId: string, name: string, body: Record<string, unknown>, expectedRevision: number,
  ): Promise<{ revision: number; savedAt: Date }>;
  /** What keeps the live sections from being submitted, and how complete they are (0–100). */
  check(trx: Knex.Transaction, caseId: string): Promise<{ defects: SectionDefect[]; completeness: number }>;
  /** @throws InvalidInput for a wrong type, an empty or too large file or a missing declaration */
  attach(
    actor: Actor, caseId: string, file: { purpose: string; name: string; bytes: Buffer; declaredUnclassified: boolean },
  ): Promise<{ id: string; name: string; sha256: string }>;
  /** 隔离: out of everybody's reach at once. @throws NotFound, Forbidden, InvalidInput without a reason */
  isolate(actors: readonly Actor[], fileId: string, fields: Record<string, unknown>): Promise<{ caseId: string }>;
  /** What is to become of an isolated file, as one person proposes. @throws Conflict, Forbidden, NotFound, InvalidInput */
  proposeDisposal(actors: readonly Actor[], fileId: string, fields: Record<string, unknown>): Promise<{ caseId: string }>;
  /** A second person confirms the proposal that was shown, named by its instant (ISO). @throws Forbidden for who proposed it, Conflict, NotFound */
  confirmDisposal(actors: readonly Actor[], fileId: string, proposedAt: string): Promise<{ caseId: string }>;
  /** Hash of what an actor is shown of a case's content now; null when the case has none. Sent back with the command. */
  shownHash(trx: Knex.Transaction, caseId: string): Promise<string | null>;
  /** How far the record of each platform of a visit has come; a place that is none of the unit's is left out. */
  visited(trx: Knex.Transaction, unit: { city: string; year: number; unit: string }, pack: PolicyPack, typed: readonly TypedVisit[]): Promise<VisitedPlace[]>;
  plan: WebPlanContent;
  workbook: WebWorkbook;
}

/** The content-addressed store of attachments and issued papers. */
export interface WebBlobs {
  get(sha256: string): Promise<Buffer>;
}

/** An account the demonstration prints on its sign-in page. */
export interface DemonstrationAccount {
  login: string;
  password: string;
  name: string;
  post: Words;
}

/** What exists in demonstration mode only. */
export interface Demonstration {
  accounts: readonly DemonstrationAccount[];
  /** Fires every due term in due order and moves the clock. @throws Refused for a day in the past */
  advance(to: Date): Promise<{ now: Date; fired: number }>;
  /** Takes over at once what another replica has moved the clock to. */
  catchUp(): Promise<void>;
}

/** Everything the way in is given by the composition root. */
export interface WebServices {
  city: string;
  database: Database;
  engine: WebEngine;
  /** Who follows, who stands in, and what is done where something stands still. */
  upkeep: Upkeep;
  content: WebContent;
  blobs: WebBlobs;
  papers: WebPapers;
  /** The verdict on an archive package from its own bytes. */
  verifyPackage(bytes: Buffer): Promise<PackageVerdict>;
  /** Business time; virtual in demonstration mode. */
  clock: Clock;
  /** Real time for sessions, locks, tokens and rate limits: a year played in an hour must sign nobody out. */
  wallClock: Clock;
  calendarOf(city: string): Promise<WorkCalendar>;
  packOf(id: string): { hash: string; pack: PolicyPack };
  /** What a workflow is called. @throws NotFound */
  workflowOf(id: string): { id: string; words: Words };
  /** The stages of a chart in its order. */
  stagesOf(workflow: string, version: number, pack: string): readonly StageMeta[];
  pictures: ChartPictures;
  /** Years that are only tried out. */
  whatIf: WhatIfDesk;
  forms: Readonly<Record<string, CommandForm>>;
  demonstration: Demonstration | null;
  /** What stands in links and QR codes; https here makes cookies secure. */
  baseUrl: string;
  log: Log;
}
