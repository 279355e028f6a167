import { createHash } from 'node:crypto';
import canonicalizeModule from 'canonicalize';
import type { Knex } from 'knex';
import type { PlanContent } from '../../workflows/forms/plan-sections.js';
import { standardRulesOf } from '../../workflows/policies/pack-rules.js';
import { caseRecord, type CaseRecord } from './case-record.js';
import { checkPlan, rowDefects, type PlanCheck } from './plan-check.js';
import { readableProjects } from './readable-projects.js';
import { planRegister } from './plan-register.js';
import { completedProjectDefects } from './completed-projects.js';
import { readSections, type ReadContent, type SectionDefect } from './read-sections.js';

const canonicalize = canonicalizeModule as unknown as (value: unknown) => string;

/** One text for one value (RFC 8785) and its SHA-256. */
export function hashed(value: unknown): { hash: string; body: string } {
  const body = canonicalize(value);
  return { hash: createHash('sha256').update(body, 'utf8').digest('hex'), body };
}

/** The sections of a case as read, with everything the register and the standards have to say; the whole-plan check where it is a plan. */
export async function readContent(trx: Knex.Transaction, record: CaseRecord): Promise<ReadContent & { readonly check: PlanCheck | null }> {
  const rows: { name: string; body: Record<string, unknown> }[] = await trx('case_section').where({ city: record.city, case_id: record.id }).select('name', 'body');
  const bodies = Object.fromEntries(rows.map(({ name, body }) => [name, body]));
  if (record.workflow === 'plan') {
    const register = await planRegister(trx, record);
    let check: PlanCheck | null = null;
    const read = readSections('plan', record.pack, bodies, (values) => {
      const rules = standardRulesOf(record.pack);
      check = checkPlan(values as PlanContent, register, rules, record.year);
      // A section with something missing is told at once of what is wrong in its rows, not when the rest is there.
      return values.premises === undefined ? [...check.defects, ...rowDefects(readableProjects(record.pack, bodies.premises), register, rules)] : check.defects;
    });
    return { ...read, check };
  }
  const unfinished = record.workflow === 'acceptance' ? await trx('project').where({ city: record.city, unit: record.unit, accepted_case: null, dropped_case: null }).pluck('id') : [];
  return { ...readSections(record.workflow, record.pack, bodies, (values) => completedProjectDefects(values, unfinished)), check: null };
}

/** What keeps the live sections from being submitted (提交前还要处理), and how complete they are. @throws NotFound */
export async function checkContent(trx: Knex.Transaction, caseId: string): Promise<{ defects: SectionDefect[]; completeness: number }> {
  const { defects, completeness } = await readContent(trx, await caseRecord(trx, caseId));
  return { defects: [...defects], completeness };
}

/**
 * Hash of what an actor is shown of a case's content now: of the live sections while they are being written, else of the last frozen
 * version this actor may see; null where there is none. Sent back with the command, it says what was decided on.
 */
export async function shownHash(trx: Knex.Transaction, caseId: string): Promise<string | null> {
  const { live } = await caseRecord(trx, caseId);
  return live ? liveHash(trx, caseId) : frozenHash(trx, caseId);
}

/** Hash of the live sections by their revisions; null before the first was saved. */
export async function liveHash(trx: Knex.Transaction, caseId: string): Promise<string | null> {
  const rows: { name: string; revision: number }[] = await trx('case_section').where({ case_id: caseId }).select('name', 'revision');
  return rows.length === 0 ? null : hashed(Object.fromEntries(rows.map(({ name, revision }) => [name, revision]))).hash;
}

/** The version the case stands on, which is not always the last one frozen: a unit may go back to an earlier text. */
async function frozenHash(trx: Knex.Transaction, caseId: string): Promise<string | null> {
  const stored = await trx('case_snapshot').where({ id: caseId }).first('snapshot');
  if (stored === undefined) return null;
  return (JSON.parse(stored.snapshot) as { snapshot: { context: { content: string | null } } }).snapshot.context.content;
}
