import type { Knex } from 'knex';
import type { Actor } from '../domain/actor.js';
import type { Words } from '../domain/text.js';
import type { Verdict } from '../domain/verdict.js';

/** A row of the premises as typed, held against annex 2; areas are 0.01 m². */
export interface ProjectStanding {
  readonly index: number;
  readonly tier: string;
  readonly placeCode: string;
  readonly name: string;
  readonly population: number | null;
  readonly className: string | null;
  readonly verdicts: readonly Verdict[];
  readonly required: { readonly area: number; readonly archiveArea: number | null } | null;
  readonly justified: boolean;
  readonly place: string | null;
  readonly sample: boolean;
}

/** How the premises of a plan stand while they are being written. */
export interface PlanStanding {
  readonly hall: { readonly population: number; readonly deducted: number; readonly source: string; readonly sample: boolean; readonly required: number; readonly upTo: number | null };
  readonly projects: readonly ProjectStanding[];
  readonly unlisted: readonly { readonly tier: string; readonly placeCode: string; readonly name: string }[];
  readonly townships: number;
}

/** What a plan can do beside being written section by section. */
export interface WebPlanContent {
  standing(trx: Knex.Transaction, caseId: string): Promise<PlanStanding>;
  /** Lists hall and township centres no row speaks of yet. @throws whatever saving a section throws */
  prefill(trx: Knex.Transaction, actor: Actor, caseId: string, choice: { type: string; rooms: boolean }): Promise<{ added: readonly string[] }>;
  /** 沿用上年. `revisions` are those to write over; without them every section must be empty. @throws Refused without an earlier plan, Conflict */
  carryOver(
    trx: Knex.Transaction, actor: Actor, caseId: string, revisions?: Readonly<Record<string, number>>,
  ): Promise<{ from: number; saved: Saved; carried: readonly string[]; dropped: readonly string[] }>;
}

type Saved = Readonly<Record<string, { readonly revision: number; readonly savedAt: Date }>>;

/** One line of the report on an uploaded workbook. */
export interface WorkbookLine {
  readonly level: 'read' | 'note' | 'defect';
  readonly sheet: string;
  readonly row: number;
  readonly cell: string;
  readonly column: Words | null;
  readonly read: string;
  readonly code: string;
  readonly sentence: Words;
}

/** Excel out and in. */
export interface WebWorkbook {
  /** The plan as this reader may see it. @throws NotFound */
  write(actor: Actor, caseId: string): Promise<{ bytes: Buffer; name: string }>;
  /** All or nothing: `saved` is empty as soon as one line is a defect. @throws Conflict, Forbidden, Refused, NotFound */
  read(actor: Actor, caseId: string, bytes: Buffer, revisions?: Readonly<Record<string, number>>): Promise<{ rows: readonly WorkbookLine[]; saved: Saved }>;
}

/** Papers printed on demand, not kept: made to be signed by hand. */
export interface WebPapers {
  /** 呈批件 for a task. @throws DocumentRefusal when the case has not recorded what the sheet needs */
  slip(caseId: string, taskId: string): Promise<{ bytes: Buffer; title: string }>;
}
