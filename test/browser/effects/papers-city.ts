import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calendars } from '../../../src/calendars.js';
import { folderBlobStore } from '../../../src/documents/blob-store.js';
import type { RenderPool } from '../../../src/documents/render-pool.js';
import { approvalSlip } from '../../../src/effects/document-facts/approval-slip.js';
import { withDossier } from '../../../src/effects/dossier.js';
import { previewSiteRecord } from '../../../src/effects/preview-site-record.js';
import { createEffects } from '../../../src/effects/create-effects.js';
import { newId } from '../../../src/clock.js';
import { Worker, type OutboxRow } from '../../../src/engine/worker.js';
import { policyPack } from '../../../workflows/policies/pack-registry.js';
import { scoreSheetOf } from '../../../workflows/policies/pack-rules.js';
import { documentContext } from '../../pure/documents/document-context.js';
import { cityAtWork, writtenPlan } from '../../postgres/content/city-at-work.js';
import { placedText, startPrinting } from '../documents/printing.js';

const shots = process.env.YANSHOU_SHOTS ?? '';
export const { pack } = policyPack('jinan-2011-61');
export const sheet = scoreSheetOf(pack);

/** The demonstration city with its real way out: worker, effects, store and browser. */
export async function papersCity(name: string) {
  const c = await cityAtWork(name);
  const printing = await startPrinting();
  const folder = mkdtempSync(join(tmpdir(), 'yanshou-effects-'));
  chmodSync(folder, 0o711);
  const blobs = folderBlobStore(join(folder, 'blobs'));
  let now = new Date('2026-09-07T02:00:00Z');
  const clock = { now: () => now };
  const inUse: { pool: RenderPool } = { pool: printing.pool };
  const renderer: RenderPool = { pdf: (html) => inUse.pool.pdf(html), state: () => inUse.pool.state(), close: async () => undefined };
  const effects = createEffects({
    database: c.database, clock, packOf: policyPack, calendarOf: calendars(c.database), documents: documentContext(), renderer, blobs,
    dispatch: (actor, request) => c.engine.dispatch([actor], request), open: c.engine.open, cities: async () => [c.city],
  });
  const complaints: string[] = [];
  const worker = new Worker({
    database: c.database, clock, cities: async () => [c.city], effects, dispatch: (actor, request) => c.engine.dispatch([actor], request),
    log: (level, message, detail) => { if (level === 'error') complaints.push(`${message} ${JSON.stringify(detail)}`); },
  });
  const read = (query: (trx: any) => Promise<any>): Promise<any> => c.database.asActor(c.worker, query);
  return {
    ...c, printing, inUse, blobs, effects, complaints, read,
    at: (iso: string) => { now = new Date(iso); c.at(iso); },
    drain: () => worker.drain(),
    papers: (caseId: string): Promise<any[]> => read((trx) => trx('document').where({ case_id: caseId }).orderBy('entered_at').orderBy('id')),
    outbox: (caseId: string): Promise<OutboxRow[]> =>
      read((trx) => trx('outbox').where({ case_id: caseId }).orderBy('id').select('city', 'id', 'year', 'case_id as caseId', 'unit', 'key', 'effect', 'params', 'attempts')),
    /** A photograph in a case, as the phone of whoever records that place sends it. */
    photographed: async (caseId: string, place: string, by: string, bytes: Buffer, mediaType: string): Promise<void> => {
      const { sha256, size } = await blobs.put(bytes);
      const { year, unit } = await read((trx) => trx('case_file').where({ id: caseId }).first('year', 'unit'));
      await read((trx) => trx('attachment').insert({
        city: c.city, id: newId(), case_id: caseId, year, unit, side: 'city', purpose: `photos.${place}`, name: '现场.png', media_type: mediaType, size, sha256, declared_unclassified: true,
        uploaded_by: by, uploaded_at: now,
      }));
    },
    /** 现场检查记录表 with its photographs, printed: bytes and words. */
    siteRecord: async (caseId: string, place: string): Promise<{ bytes: Buffer; pages: number; text: string }> => {
      const { bytes } = await previewSiteRecord({
        database: c.database, clock, packOf: policyPack, calendarOf: calendars(c.database), documents: documentContext(), renderer, blobs, pictures: printing.pool,
      }, { city: c.city, caseId, place });
      if (shots !== '') { mkdirSync(shots, { recursive: true }); writeFileSync(join(shots, 'site-record.pdf'), bytes); }
      const pages = await placedText(bytes);
      return { bytes, pages: pages.length, text: pages.flat().map((item) => item.text).join('').replace(/\s/g, '') };
    },
    /** All words of a printed paper without white space. */
    textOf: async (paper: { sha256: string }): Promise<string> => (await placedText(await blobs.get(paper.sha256))).flat().map((item) => item.text).join('').replace(/\s/g, ''),
    /** The 呈批件 for the duty that is open in a stage, or for a right: its words. It is one page, or a signature stands where nobody looks. */
    slip: async (caseId: string, of: { stage: string } | { command: string }): Promise<string> => {
      const matter = 'command' in of ? of : { taskId: (await read((trx) => trx('task').where({ case_id: caseId, status: 'open', kind: 'duty', state: of.stage }).orderBy('opened_at').first('id'))).id as string };
      const { seq } = await read((trx) => trx('journal').where({ case_id: caseId }).max('seq as seq').first());
      const facts = await withDossier({ database: c.database, packOf: policyPack, calendarOf: calendars(c.database) }, { city: c.city, caseId, seq }, (dossier) =>
        approvalSlip(dossier, { matter, printedBy: '示例登记人', code: '7K4P-92XD', date: '2026-10-20' }));
      const { pdf, text } = await printing.print('approvalSlip', facts);
      if (shots !== '') { mkdirSync(shots, { recursive: true }); writeFileSync(join(shots, `slip-${'command' in of ? of.command : of.stage}.pdf`), pdf); }
      expect(await placedText(pdf)).toHaveLength(1);
      return text.replace(/\s/g, '');
    },
    context: async (caseId: string): Promise<any> => JSON.parse((await read((trx) => trx('case_snapshot').where({ id: caseId }).first('snapshot'))).snapshot).snapshot.context,
    close: async () => {
      await printing.close();
      await c.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type PapersCity = Awaited<ReturnType<typeof papersCity>>;

/** A plan filed by its unit in the system on 7 September, with its papers issued. */
export async function reportedPlan(c: PapersCity, unitName: string, change: (sections: Record<string, any>) => void = () => undefined) {
  const unit = await c.unitNamed(unitName);
  const id = (await c.open('plan', unit.id)).caseId;
  const { clerk, township, sections } = await writtenPlan(c, id, unit, (written) => {
    Object.assign(written.organisation, { hallStaff: '42', centerStaff: '9', stationStaff: '31' });
    change(written);
  });
  await c.act(clerk, id, 'submit');
  await c.act(c.who('unit.head', unit.id), id, 'approve');
  await c.act(c.who('consent.officer', unit.id), id, 'consent', { kind: 'reply', number: '平政复〔2026〕5号', date: '2026-09-07' });
  await c.act(clerk, id, 'report', { documentNumber: '平人社函〔2026〕3号', signatory: '' });
  return { id, unit, clerk, township, sections };
}

/** On record: registered, complete, decided. */
export async function filePlan(c: PapersCity, id: string): Promise<void> {
  await c.act(c.who('office.registrar'), id, 'register', { theirNumber: '平人社函〔2026〕3号', channel: 'system', dated: '2026-09-07', deliveredAt: '2026-09-07T02:00:00Z' });
  await c.act(c.who('office.clerk'), id, 'acceptComplete', { opinion: '材料齐全。' });
  await c.act(c.who('office.director'), id, 'file');
}

export const answers = (tier: 'hall' | 'center', unmet: string[] = []) =>
  pack.inspection.checklists.value[tier].filter((one) => one.kind === 'yesNo').map((one) => ({ item: one.id, result: unmet.includes(one.id) ? 'unmet' : 'met' }));
export const readings = (...items: [item: string, ...values: string[]][]) => items.map(([item, ...values]) => ({ item, values: values.length === 1 ? Array(3).fill(values[0]) : values }));
