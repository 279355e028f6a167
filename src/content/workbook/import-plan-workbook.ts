import type { Knex } from 'knex';
import type { Clock } from '../../clock.js';
import type { Actor } from '../../domain/actor.js';
import { Forbidden, Refused } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import { loadSections, saveSection } from '../sections.js';
import { readPlanWorkbook, type PlanWorkbookReading, type PlanWorkbookSections } from './read-plan-workbook.js';
import { planWorkbookRegister } from './workbook-register.js';

export interface WorkbookParts {
  readonly database: { asActor<T>(actor: Actor, run: (trx: Knex.Transaction) => Promise<T>): Promise<T> };
  readonly clock: Clock;
}

export interface PlanWorkbookImport extends PlanWorkbookReading {
  /** Sections saved, by name; empty when the report has a defect. */
  readonly saved: Readonly<Record<string, { readonly revision: number; readonly savedAt: Date }>>;
}

/** What of each section stands in a workbook; everything else in it is left as it is. */
const carried = { premises: ['projects'], funds: ['lines', 'total'], schedule: ['phases'] } as const;

/**
 * Brings an uploaded workbook into the live plan: all three sections in one transaction or, with the report saying why, none. It is read
 * between two transactions, so that a large file holds no connection.
 * @param expectedRevisions revisions to write over; left out, those the workbook was written from: whoever has edited since is not overwritten
 * @throws SectionConflict where somebody else has saved in between, Forbidden for anybody but the unit's clerk, Refused while the content is frozen, NotFound
 */
export async function importPlanWorkbook(
  { database, clock }: WorkbookParts, actor: Actor, caseId: string, bytes: Buffer, expectedRevisions?: Readonly<Record<string, number>>,
): Promise<PlanWorkbookImport> {
  const register = await database.asActor(actor, (trx) => writableRegister(trx, actor, caseId));
  const reading = await readPlanWorkbook(bytes, register);
  if (reading.sections === null) return { ...reading, saved: {} };
  const sections = reading.sections;
  const saved = await database.asActor(actor, (trx) => saveAll(trx, actor, caseId, sections, expectedRevisions ?? reading.basedOn, clock.now()));
  return { ...reading, saved };
}

/** Asked before the file is read: nobody mends a hundred rows to be told at the end that the plan is frozen. `saveSection` asks again. */
async function writableRegister(trx: Knex.Transaction, actor: Actor, caseId: string) {
  const { record, ...register } = await planWorkbookRegister(trx, caseId);
  if (actor.scope !== 'unit' || actor.role !== 'unit.clerk' || actor.unit !== record.unit) {
    throw new Forbidden('not-the-clerk', words('内容由本单位经办填写。', 'The content is written by the unit’s clerk.'), `${actor.role} ${caseId}`);
  }
  if (!record.live) throw new Refused('content-frozen', words('内容已送出，现在不能导入。要改请先撤回或等退回。', 'The content has been sent on; nothing can be imported now. Withdraw it or wait for its return.'), record.stage);
  return register;
}

async function saveAll(trx: Knex.Transaction, actor: Actor, caseId: string, sections: PlanWorkbookSections, expected: Readonly<Record<string, number>>, now: Date) {
  const live = await loadSections(trx, caseId);
  const saved: Record<string, { revision: number; savedAt: Date }> = {};
  for (const [name, fields] of Object.entries(carried)) {
    const read = sections[name as keyof typeof carried];
    if (read === undefined) continue;
    const kept = Object.entries(live[name]?.body ?? {}).filter(([field]) => !(fields as readonly string[]).includes(field));
    saved[name] = await saveSection(trx, actor, caseId, name, { ...Object.fromEntries(kept), ...read }, expected[name] ?? 0, now);
  }
  return saved;
}
