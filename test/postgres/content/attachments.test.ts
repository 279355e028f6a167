import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attachTo } from '../../../src/content/attachments.js';
import { allocateNumber } from '../../../src/register/number-series.js';
import { folderBlobStore } from '../../../src/documents/blob-store.js';
import { newId, systemClock } from '../../../src/clock.js';
import { cityAtWork, type CityAtWork } from './city-at-work.js';

let c: CityAtWork;
let folder: string;
beforeAll(async () => {
  c = await cityAtWork('attachments');
  folder = await mkdtemp(join(tmpdir(), 'yanshou-blobs-'));
});
afterAll(async () => {
  await c.close();
  await rm(folder, { recursive: true });
});

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const file = { purpose: 'consentPaper', name: '../同意文件𠮷.png', bytes: png, declaredUnclassified: true };

it('a unit’s file is stored by its content and seen by nobody else before it is released', async () => {
  const unit = await c.unitNamed('历下区');
  const { caseId } = await c.open('plan', unit.id);
  const clerk = c.who('unit.clerk', unit.id);
  const parts = { database: c.database, blobs: folderBlobStore(folder), clock: systemClock };
  const kept = await attachTo(parts, clerk, caseId, file);
  expect(kept).toMatchObject({ name: '同意文件𠮷.png' });
  expect(await parts.blobs.get(kept.sha256)).toEqual(png);
  const seen = (actor: any) => c.database.asActor(actor, (trx) => trx('attachment').where({ case_id: caseId }).pluck('id'));
  expect(await seen(clerk)).toEqual([kept.id]);
  expect(await seen(c.who('office.clerk'))).toEqual([]);
  const other = await c.unitNamed('市中区');
  expect(await seen(c.who('unit.clerk', other.id))).toEqual([]);
  await expect(attachTo(parts, c.who('unit.clerk', other.id), caseId, file)).rejects.toMatchObject({ code: 'no-such-case' });
});

it('incoming numbers have no gap and no double, however many clerks register at once and however often one tries again', async () => {
  const registrar = c.who('office.registrar');
  const tasks = Array.from({ length: 12 }, () => newId());
  const allocate = (task: string) => c.database.asActor(registrar, (trx) => allocateNumber(trx, { city: c.city, issuerCode: '收文', year: 2026, documentId: task, at: '2026-09-10T02:00:00Z' }));
  const first = await Promise.all(tasks.map(allocate));
  expect([...first].sort((a, b) => a - b)).toEqual(tasks.map((_, n) => n + 1));
  expect(await Promise.all(tasks.map(allocate))).toEqual(first);
});
