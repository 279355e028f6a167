import type { Knex } from 'knex';
import { buildArchivePackage, type ArchivePart } from '../documents/archive-package.js';
import type { BlobStore } from '../documents/blob-store.js';
import type { JournalLine, SealedLine } from '../documents/journal-chain.js';
import { verifyArchivePackage } from '../documents/verify-archive-package.js';
import { workerActor, type Actor } from '../domain/actor.js';
import { localDay } from '../domain/local-day.js';
import { newId, type Clock } from '../clock.js';
import type { Database } from '../database.js';
import type { CommandOutcome, CommandRequest } from '../engine/engine.js';
import type { Effect, OutboxRow } from '../engine/worker.js';
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

type Side = 'unit' | 'city';

/** Whose archive gets a package: both, but a matter of the city's own office is no unit's, and what a unit has not passed on is not the city's. */
const sidesOf = ({ confined, released, unit, office }: { confined: boolean; released: boolean; unit: string; office: string }): Side[] =>
  (confined && !released ? ['unit'] : unit === office ? ['city'] : ['city', 'unit']);

/**
 * 办结 → 预归档: one verifiable package for the archive of each side, made when the papers are all there. A case's own papers are issued by
 * the same step, so the packages wait for them and are tried again. A package gone stale – a file of it was isolated or given back, the case was
 * woken since – is made anew, and the bytes of the former one are removed.
 */
export const archiveCase = (parts: Parts): Effect => async (row) => {
  const worker = workerActor(row.city);
  const { known, sides } = await parts.database.asActor(worker, async (trx): Promise<{ known: Kept[]; sides: Side[] }> => {
    const file = await trx('case_file').where({ city: row.city, id: row.caseId }).first('confined', 'released', 'unit');
    const { id: office } = await trx('organisation').where({ city: row.city, kind: 'office' }).first('id');
    const woken = (await trx('journal').where({ city: row.city, year: row.year, case_id: row.caseId, command: 'wake' }).max('at as at').first())?.at ?? null;
    const kept = trx('archive_package').where({ city: row.city, case_id: row.caseId }).select('side', 'sha256', trx.raw('stale or coalesce(built_at < ?, false) as stale', [woken]));
    return { known: await kept, sides: sidesOf({ ...file, office }) };
  });
  const due = sides.filter((side) => !known.some((one) => one.side === side && !one.stale));
  if (due.length > 0) {
    const gathered = await parts.database.asActor(worker, (trx) => gather(trx, row));
    for (const side of due) await pack(parts, row, gathered, side, known.find((one) => one.side === side));
  }
  if (row.params.again === true) return;
  const { final } = await parts.database.asActor(worker, (trx) => trx('case_file').where({ city: row.city, id: row.caseId }).first('final'));
  if (!final) await parts.dispatch(worker, { caseId: row.caseId, type: 'case.archived', key: `${row.key}:archived`, fields: {} });
};

/** A package as it is kept now. */
interface Kept {
  side: Side;
  sha256: string;
  stale: boolean;
}

type Gathered = Awaited<ReturnType<typeof gather>>;

async function gather(trx: Knex.Transaction, row: OutboxRow) {
  const where = { city: row.city, case_id: row.caseId };
  const waiting = await trx('outbox').where({ ...where, effect: 'issueDocument' }).whereNull('parked_at').first('id');
  if (waiting) throw new Error('papers of this case are still being issued');
  const file = await trx('case_file').where({ city: row.city, id: row.caseId }).first();
  const journal = await trx('journal as j').join('journal_payload as p', (on) => on.on('p.city', 'j.city').andOn('p.year', 'j.year').andOn('p.case_id', 'j.case_id').andOn('p.seq', 'j.seq'))
    .where({ 'j.city': row.city, 'j.year': file.year, 'j.case_id': row.caseId }).orderBy('j.seq').select('j.*', 'p.body', 'p.visibility as payload_visibility');
  const hrss: string | undefined = (await trx('filing_unit').where({ city: row.city, year: file.year, id: file.unit }).first('hrss_org'))?.hrss_org;
  return {
    file, journal, documents: await trx('document').where(where).orderBy('id').select(), attachments: await trx('attachment').where(where).whereNull('isolated_at').orderBy('id').select(),
    withheld: await trx('attachment').where(where).whereNotNull('isolated_at').orderBy('id').select(), bureau: hrss && (await namesOn(trx, row.city, localDay(file.moved_at), [hrss])).get(hrss),
  };
}

/**
 * The package of one side: what is its own or has been sent to it. What a district's offices told each other stays in the district's, what
 * a team wrote for itself in the city's; of such entries the other package has the links only, so that its chain holds all the same.
 */
async function pack(parts: Parts, row: OutboxRow, { file, journal, ...all }: Gathered, side: Side, former: Kept | undefined): Promise<void> {
  const worker = workerActor(row.city);
  const where = { city: row.city, case_id: row.caseId };
  const office = valueOf(parts.packOf(file.pack).pack.archive.office).responsible.zh;
  const bureau = all.bureau ?? office;
  const seen = (whose: string): boolean => whose === side || whose === 'both';
  const forSide = (one: { side: string; released_at: Date | null }): boolean => one.side === side || one.released_at !== null;
  const documents = all.documents.filter((one) => seen(one.visible_to));
  const attachments = all.attachments.filter(forSide);
  // The package keeps what its most lasting paper keeps.
  const retention = ['Y', 'D30', 'D10'].find((r) => documents.some((d) => d.retention === r)) ?? 'D10';
  const documentParts: ArchivePart[] = await Promise.all(documents.map(async (d) => ({
    title: d.title, number: d.number, responsible: d.filing_org, date: d.dated, retention: d.retention, archivingUnit: d.filing_org, extension: 'pdf', bytes: await parts.blobs.get(d.sha256),
  })));
  // A unit's papers go to its own fonds.
  const keeper = (a: { side: string }): string => (a.side === 'unit' ? bureau : office);
  const attachmentParts: ArchivePart[] = await Promise.all(attachments.map(async (a) => ({
    title: a.name, number: null, responsible: keeper(a), date: localDay(a.uploaded_at), retention, archivingUnit: keeper(a),
    extension: a.name.split('.').at(-1) ?? 'bin', bytes: await parts.blobs.get(a.sha256),
  })));
  const lines = journal.map((j): JournalLine | SealedLine => (!seen(j.visibility) || j.payload_visibility !== j.visibility ? { seq: j.seq, prevHash: j.prev_hash, hash: j.hash, sealed: true } : {
    city: j.city, caseId: j.case_id, seq: j.seq, at: j.at.toISOString(), person: j.person, post: j.post, actingFor: j.acting_for, origin: j.origin, command: j.command,
    state: j.state, chart: j.chart, packHash: j.pack_hash, calendarVersion: j.calendar_version, payloadHash: j.payload_hash, prevHash: j.prev_hash, hash: j.hash, payload: j.body,
  }));
  const filingOrg = side === 'unit' ? bureau : office;
  const built = await buildArchivePackage({
    caseId: row.caseId, caseNumber: file.case_number, title: file.title, cycleYear: file.year, retention, archivingUnit: filingOrg, packedAt: parts.clock.now(),
    documents: documentParts, attachments: attachmentParts, withheld: all.withheld.filter(forSide).map((a) => ({ 题名: a.name, sha256: a.sha256, 隔离日期: localDay(a.isolated_at) })), journal: lines,
  });
  const verdict = await verifyArchivePackage(built.bytes, skeletonFields);
  if (!verdict.sound) throw new Error(`the package does not verify: ${verdict.defects.map((d) => `${d.part} ${d.what}`).join(', ')}`);
  await parts.blobs.put(built.bytes);
  await parts.database.asActor(worker, async (trx) => {
    await trx('case_file').where({ city: row.city, id: row.caseId }).forUpdate().first('id');
    const present: string[] = await trx('attachment').where(where).whereNull('isolated_at').orderBy('id').pluck('id');
    if (present.join() !== all.attachments.map((a) => a.id).join()) throw new Error('the files of this case changed while its package was made');
    await trx('archive_package').insert({
      city: row.city, case_id: row.caseId, side, year: file.year, unit: file.unit, sha256: built.sha256, size: built.bytes.length, built_at: parts.clock.now(), retention,
      filing_org: filingOrg, archival_status: 'pre-archived', head_hash: built.metadata.journal.chainHead, stale: false,
    }).onConflict(['city', 'case_id', 'side']).merge();
    if (former === undefined) return;
    await trx('outbox').insert({
      city: row.city, id: newId(), year: file.year, case_id: row.caseId, unit: file.unit, key: `${row.key}:former:${side}`, seq: 0, effect: 'eraseContent', params: JSON.stringify({ sha256: former.sha256 }),
      run_after: parts.clock.now(),
    }).onConflict(['city', 'key']).ignore();
  });
}
