import type { Knex } from 'knex';
import { hashed, readContent } from './case-content.js';
import { caseRecord } from './case-record.js';
import type { PlanCheck } from './plan-check.js';
import type { ReadContent } from './read-sections.js';

/** What a submitting command freezes: plain JSON, its RFC 8785 text and SHA-256, and what was found while reading it. */
export interface Frozen {
  readonly hash: string;
  readonly body: string;
  readonly content: FrozenContent;
  readonly read: ReadContent;
  readonly check: PlanCheck | null;
}

/** The frozen text. Areas 0.01 m², money 分, scores tenths, days 'YYYY-MM-DD'. */
export interface FrozenContent {
  readonly workflow: string;
  readonly sections: Readonly<Record<string, unknown>>;
  /** Sections that could not be read, as typed: only a draft for preliminary remarks has any. */
  readonly drafts: Readonly<Record<string, unknown>>;
  /** Projects held against annex 2 by the register of that day, so that a paper never judges anew. */
  readonly judged: PlanCheck['projects'];
  readonly totals: PlanCheck['totals'] | null;
  readonly attachments: readonly { readonly id: string; readonly purpose: string; readonly name: string; readonly sha256: string; readonly size: number }[];
}

/** Reads the live sections of a case and freezes them: the same content always has the same hash. @throws NotFound */
export async function freeze(trx: Knex.Transaction, caseId: string): Promise<Frozen> {
  const record = await caseRecord(trx, caseId);
  const read = await readContent(trx, record);
  const rows: { name: string; body: Record<string, unknown> }[] = await trx('case_section').where({ city: record.city, case_id: caseId }).select('name', 'body');
  const attachments = await trx('attachment').where({ city: record.city, case_id: caseId }).whereNull('isolated_at').orderBy('id').select('id', 'purpose', 'name', 'sha256', 'size');
  const needed = new Set(read.states.map((one) => one.name));
  const content: FrozenContent = {
    workflow: record.workflow, sections: read.values,
    drafts: Object.fromEntries(rows.filter(({ name }) => needed.has(name) && !(name in read.values)).map(({ name, body }) => [name, body])),
    judged: read.check?.projects ?? [], totals: read.check?.totals ?? null, attachments,
  };
  return { ...hashed(content), content, read, check: read.check };
}

/** A frozen version of a case. null where there is none under that hash for this reader. */
export async function frozenContent(trx: Knex.Transaction, caseId: string, hash: string): Promise<FrozenContent | null> {
  const row = await trx('content_version').where({ case_id: caseId, hash }).first('body');
  return row === undefined ? null : (JSON.parse(row.body) as FrozenContent);
}
