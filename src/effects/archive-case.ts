import { buildArchivePackage, type ArchivePart } from '../documents/archive-package.js';
import type { BlobStore } from '../documents/blob-store.js';
import type { JournalLine } from '../documents/journal-chain.js';
import { verifyArchivePackage } from '../documents/verify-archive-package.js';
import { workerActor, type Actor } from '../domain/actor.js';
import { localDay } from '../domain/local-day.js';
import { newId, type Clock } from '../clock.js';
import type { Database } from '../database.js';
import type { CommandOutcome, CommandRequest } from '../engine/engine.js';
import type { Effect } from '../engine/worker.js';
import { namesOn } from './dossier.js';
import { valueOf, type PolicyPack } from '../../workflows/policies/policy-pack.js';

interface Parts {
  database: Database;
  clock: Clock;
  blobs: BlobStore;
  packOf(id: string): { pack: PolicyPack };
  dispatch(actor: Actor, request: CommandRequest): Promise<CommandOutcome>;
}

/** The fields the chain covers, in order; the same as `chainedFields` of the engine writes them. */
export const skeletonFields = (line: JournalLine): string[] =>
  ['city', 'caseId', 'seq', 'at', 'person', 'post', 'actingFor', 'origin', 'command', 'state', 'chart', 'packHash', 'calendarVersion', 'payloadHash'].map((name) => String(line[name] ?? ''));

/**
 * 办结 → 预归档: one verifiable package of a case, made when its papers are all there. A case's own papers are issued by the same step,
 * so the package waits for them and is tried again. A package gone stale – a file of it was isolated or given back – is made anew, and the
 * bytes of the former one are removed.
 */
export const archiveCase = (parts: Parts): Effect => async (row) => {
  const worker = workerActor(row.city);
  const where = { city: row.city, case_id: row.caseId };
  const known = await parts.database.asActor(worker, (trx) => trx('archive_package').where(where).first('sha256', 'stale'));
  if (known === undefined || known.stale) {
    const gathered = await parts.database.asActor(worker, async (trx) => {
      const waiting = await trx('outbox').where({ city: row.city, case_id: row.caseId, effect: 'issueDocument' }).whereNull('parked_at').first('id');
      if (waiting) throw new Error('papers of this case are still being issued');
      const file = await trx('case_file').where({ city: row.city, id: row.caseId }).first();
      const documents = await trx('document').where(where).orderBy('id').select();
      const attachments = await trx('attachment').where(where).whereNull('isolated_at').orderBy('id').select();
      const withheld = await trx('attachment').where(where).whereNotNull('isolated_at').orderBy('id').select();
      const journal = await trx('journal as j').join('journal_payload as p', (on) => on.on('p.city', 'j.city').andOn('p.year', 'j.year').andOn('p.case_id', 'j.case_id').andOn('p.seq', 'j.seq'))
        .where({ 'j.city': row.city, 'j.year': file.year, 'j.case_id': row.caseId }).orderBy('j.seq').select('j.*', 'p.body');
      const { hrss_org: hrss } = await trx('filing_unit').where({ city: row.city, year: file.year, id: file.unit }).first('hrss_org');
      const bureau = (await namesOn(trx, row.city, localDay(file.moved_at), [hrss])).get(hrss);
      return { file, documents, attachments, withheld, journal, bureau };
    });
    const { file, documents, attachments, withheld, journal, bureau } = gathered;
    const { pack } = parts.packOf(file.pack);
    const office = valueOf(pack.archive.office).responsible.zh;
    // The case keeps what its most lasting paper keeps.
    const retention = ['Y', 'D30', 'D10'].find((r) => documents.some((d) => d.retention === r)) ?? 'D10';
    const documentParts: ArchivePart[] = await Promise.all(documents.map(async (d) => ({
      title: d.title, number: d.number, responsible: d.filing_org, date: d.dated, retention: d.retention, archivingUnit: d.filing_org, extension: 'pdf', bytes: await parts.blobs.get(d.sha256),
    })));
    // A unit's papers go to its own fonds.
    const keeper = (a: { side: string }): string => (a.side === 'unit' ? (bureau ?? office) : office);
    const attachmentParts: ArchivePart[] = await Promise.all(attachments.map(async (a) => ({
      title: a.name, number: null, responsible: keeper(a), date: localDay(a.uploaded_at), retention, archivingUnit: keeper(a),
      extension: a.name.split('.').at(-1) ?? 'bin', bytes: await parts.blobs.get(a.sha256),
    })));
    const lines: JournalLine[] = journal.map((j) => ({
      city: j.city, caseId: j.case_id, seq: j.seq, at: j.at.toISOString(), person: j.person, post: j.post, actingFor: j.acting_for, origin: j.origin, command: j.command,
      state: j.state, chart: j.chart, packHash: j.pack_hash, calendarVersion: j.calendar_version, payloadHash: j.payload_hash, prevHash: j.prev_hash, hash: j.hash, payload: j.body,
    }));
    const built = await buildArchivePackage({
      caseId: row.caseId, caseNumber: file.case_number, title: file.title, cycleYear: file.year, retention, archivingUnit: office, packedAt: parts.clock.now(),
      documents: documentParts, attachments: attachmentParts, withheld: withheld.map((a) => ({ 题名: a.name, sha256: a.sha256, 隔离日期: localDay(a.isolated_at) })), journal: lines,
    });
    const verdict = await verifyArchivePackage(built.bytes, skeletonFields);
    if (!verdict.sound) throw new Error(`the package does not verify: ${verdict.defects.map((d) => `${d.part} ${d.what}`).join(', ')}`);
    await parts.blobs.put(built.bytes);
    await parts.database.asActor(worker, async (trx) => {
      await trx('case_file').where({ city: row.city, id: row.caseId }).forUpdate().first('id');
      const present: string[] = await trx('attachment').where(where).whereNull('isolated_at').orderBy('id').pluck('id');
      if (present.join() !== attachments.map((a) => a.id).join()) throw new Error('the files of this case changed while its package was made');
      await trx('archive_package').insert({
        city: row.city, case_id: row.caseId, year: file.year, unit: file.unit, sha256: built.sha256, size: built.bytes.length, built_at: parts.clock.now(), retention,
        filing_org: office, archival_status: 'pre-archived', head_hash: built.metadata.journal.chainHead, stale: false,
      }).onConflict(['city', 'case_id']).merge();
      if (known === undefined) return;
      await trx('outbox').insert({
        city: row.city, id: newId(), year: file.year, case_id: row.caseId, unit: file.unit, key: `${row.key}:former`, seq: 0, effect: 'eraseContent', params: JSON.stringify({ sha256: known.sha256 }),
        run_after: parts.clock.now(),
      }).onConflict(['city', 'key']).ignore();
    });
  }
  if (row.params.again === true) return;
  const { final } = await parts.database.asActor(worker, (trx) => trx('case_file').where({ city: row.city, id: row.caseId }).first('final'));
  if (!final) await parts.dispatch(worker, { caseId: row.caseId, type: 'case.archived', key: `${row.key}:archived`, fields: {} });
};
