import type { Knex } from 'knex';
import type { Actor } from '../domain/actor.js';
import type { PlanStanding } from '../domain/plan-standing.js';
import type { RowReport } from '../domain/row-report.js';

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

/** Excel out and in. */
export interface WebWorkbook {
  /** The plan as this reader may see it. @throws NotFound */
  write(actor: Actor, caseId: string): Promise<{ bytes: Buffer; name: string }>;
  /** All or nothing: `saved` is empty as soon as one line is a defect. @throws Conflict, Forbidden, Refused, NotFound */
  read(actor: Actor, caseId: string, bytes: Buffer, revisions?: Readonly<Record<string, number>>): Promise<{ rows: readonly RowReport[]; saved: Saved }>;
}

/** Papers printed on demand, not kept: made to be signed by hand. */
export interface WebPapers {
  /** 呈批件 for a duty, or for a right that has no task. @throws DocumentRefusal when the case has not recorded what the sheet needs */
  slip(asked: { caseId: string; matter: { taskId: string } | { command: string }; printedBy: string }): Promise<{ bytes: Buffer; title: string }>;
  /** 督导通知书（拟稿） of an overdue plan. */
  supervision(caseId: string): Promise<{ bytes: Buffer; title: string }>;
  /** 收文处理单 of a registered plan. @throws DocumentRefusal when it cannot be printed */
  handlingSheet(caseId: string): Promise<{ bytes: Buffer; title: string }>;
  /** 现场检查记录表 of one platform, with its photographs. @throws DocumentRefusal when it cannot be printed */
  siteRecord(caseId: string, place: string): Promise<{ bytes: Buffer; title: string }>;
}
