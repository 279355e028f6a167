import { composeDocument, type DocumentContext } from '../documents/compose-document.js';
import { DocumentRefusal } from '../documents/document-refusal.js';
import { requireGlyphs } from '../documents/glyph-gate.js';
import type { BlobStore } from '../documents/blob-store.js';
import type { RenderPool } from '../documents/render-pool.js';
import { workerActor } from '../domain/actor.js';
import { formatDocumentNumber, type DocumentNumber } from '../domain/document-number.js';
import { localDay, yearOf } from '../domain/local-day.js';
import type { CommandOutcome, CommandRequest } from '../engine/engine.js';
import { canonical, sha256 } from '../engine/journal.js';
import type { Effect, OutboxRow } from '../engine/worker.js';
import type { Actor } from '../domain/actor.js';
import type { Database } from '../database.js';
import type { Clock } from '../clock.js';
import { allocateNumber, voidNumber } from '../register/number-series.js';
import { documentKindOf } from '../../workflows/policies/pack-rules.js';
import { valueOf } from '../../workflows/policies/policy-pack.js';
import { idFrom, verifyCodeOf } from './deterministic-id.js';
import { withDossier, type Dossier } from './dossier.js';
import { gatherFacts, type GatheredKind } from './document-facts/gather-facts.js';
import type { Issue } from './document-facts/gatherer.js';
import { paperInForce } from './paper-in-force.js';

export interface IssueParts {
  database: Database;
  clock: Clock;
  packOf: Parameters<typeof withDossier>[0]['packOf'];
  calendarOf: Parameters<typeof withDossier>[0]['calendarOf'];
  documents: DocumentContext;
  renderer: RenderPool;
  blobs: BlobStore;
  dispatch(actor: Actor, request: CommandRequest): Promise<CommandOutcome>;
}

interface Params {
  kind: GatheredKind;
  visibleTo: 'unit' | 'city' | 'both';
  /** The chart waits for this paper and hears of a refusal. */
  then?: boolean;
}

/**
 * Makes a paper: facts → glyph gate → number → PDF → store → row → back through the door. Every step may be repeated after a crash: the
 * id follows from the outbox key, the number is kept for the id, the store is addressed by content, the door knows the key.
 */
export const issueDocument = (parts: IssueParts): Effect => async (row) => {
  const params = row.params as unknown as Params;
  const id = idFrom(row.key);
  const issued = await parts.database.asActor(workerActor(row.city), (trx) => trx('document').where({ city: row.city, id }).first('id', 'kind', 'number', 'sha256', 'entered_at'));
  const document = issued ?? (await make(parts, row, params, id));
  if (!document) return;
  await parts.dispatch(workerActor(row.city), {
    caseId: row.caseId, type: 'document.issued', key: `${row.key}:issued`,
    fields: { document: { kind: document.kind, id, number: document.number, sha256: document.sha256, at: document.entered_at.toISOString() } },
  });
};

async function make(parts: IssueParts, row: OutboxRow, params: Params, id: string) {
  const asked = { city: row.city, caseId: row.caseId, seq: Number(row.key.split(':')[1]) };
  const verifyCode = verifyCodeOf(id);
  const composed = (sequence: number | null) => withDossier(parts, asked, async (dossier) => {
    const definition = documentKindOf(dossier.pack, params.kind);
    const date = localDay(new Date(dossier.at));
    const series = definition.numbered && definition.issuerCode !== null ? { issuerCode: definition.issuerCode, year: yearOf(date) } : null;
    const issue: Issue = { id, verifyCode, number: series && sequence !== null ? { ...series, sequence } : null, date };
    const facts = await gatherFacts(params.kind, dossier, issue);
    return { facts, composition: composeDocument(params.kind, facts, parts.documents), dossier, definition, series };
  });
  let sequence: number | null = null;
  try {
    const trial = await composed(1);
    requireGlyphs(trial.composition.title, trial.composition.missingGlyphs);
    const { series } = trial;
    sequence = series && (await parts.database.asActor(workerActor(row.city), (trx) => allocateNumber(trx, { city: row.city, ...series, documentId: id, at: trial.dossier.at })));
    const { facts, composition, dossier, definition } = sequence === null || sequence === 1 ? trial : await composed(sequence);
    const pdf = await parts.renderer.pdf(composition.html);
    const { sha256: content, size } = await parts.blobs.put(pdf);
    return await keep(parts, row, params, { id, verifyCode, facts, title: composition.title, dossier, definition, content, size, pages: pagesIn(pdf) });
  } catch (error) {
    if (!(error instanceof DocumentRefusal) || error.retry) throw error;
    const reason = error.sentence.zh;
    if (sequence !== null && params.then) await parts.database.asActor(workerActor(row.city), (trx) => voidNumber(trx, { city: row.city, documentId: id, at: parts.clock.now(), reason }));
    await parts.dispatch(workerActor(row.city), { caseId: row.caseId, type: 'document.refused', key: `${row.key}:refused:${sha256(reason).slice(0, 8)}`, fields: { kind: params.kind, reason } });
    // A chart that waits has gone back to where the paper can be mended; otherwise the effect is put aside until somebody has it done again.
    if (params.then) return null;
    throw error;
  }
}

interface Made {
  id: string; verifyCode: string; facts: unknown; title: string; dossier: Dossier; content: string; size: number; pages: number;
  definition: { retention: string; filedBy: 'office' | 'unit' };
}

async function keep(parts: IssueParts, row: OutboxRow, params: Params, made: Made) {
  const { dossier, definition } = made;
  const filingOrg = definition.filedBy === 'office' ? valueOf(dossier.pack.archive.office).responsible.zh : (dossier.organisations.hrss ?? dossier.unit.name);
  return parts.database.asActor(workerActor(row.city), async (trx) => {
    // A paper of what a unit has not sent anywhere is its own, whoever it is meant for.
    const { side, released } = await trx('case_file').where({ city: row.city, id: row.caseId }).first('side', 'released');
    const visibleTo = side === 'unit' && !released ? 'unit' : params.visibleTo;
    const kept = {
      city: row.city, id: made.id, case_id: row.caseId, year: row.year, unit: row.unit, side: visibleTo === 'unit' ? 'unit' : 'city', kind: params.kind, title: made.title,
      number: numberOn(made.facts), dated: localDay(new Date(dossier.at)), entered_at: parts.clock.now(), filing_org: filingOrg, retention: definition.retention,
      sha256: made.content, size: made.size, pages: made.pages, facts_hash: sha256(canonical(made.facts)), verify_code: made.verifyCode,
      supersedes: await paperInForce(trx, { city: row.city, caseId: row.caseId, kind: params.kind, id: made.id }), visible_to: visibleTo,
    };
    await trx('document').insert(kept).onConflict(['city', 'id']).ignore();
    // Another worker may have printed the same paper and been first: the journal names the one that is kept.
    return trx('document').where({ city: row.city, id: made.id }).first('id', 'kind', 'number', 'sha256', 'entered_at');
  });
}

/** The number a paper carries, allocated here or brought by whoever wrote it; null where it has none. */
function numberOn(facts: unknown): string | null {
  const { number } = facts as { number?: DocumentNumber | string | null };
  return number === null || number === undefined || typeof number === 'string' ? (number ?? null) : formatDocumentNumber(number);
}

/** Pages of a PDF as the renderer writes them: one plain page object each. */
const pagesIn = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
