import { qrCode } from '../../documents/qr-code.js';
import { documentById, documentsOf, packageOf, type DocumentLine } from '../../reads/documents.js';
import { caseHead } from '../../reads/case-head.js';
import { filingUnits } from '../../reads/filing-units.js';
import { workerActor } from '../../domain/actor.js';
import { Conflict, NotFound } from '../../domain/errors.js';
import { words, type Words } from '../../domain/text.js';
import type { Exchange, Handler } from '../context.js';
import { checkDocument, checkPackage } from '../document-check.js';
import { disposition } from '../disposition.js';
import { pageOf } from '../page-of.js';
import { programmeYear } from '../programme-year.js';
import { readAll, readAs } from '../reading.js';
import { framedByOurselves } from '../security-headers.js';

/** What a kind of paper is called, from the newest pack that knows it. */
export function kindWords(x: Exchange, packId: string, kind: string): Words {
  const { pack } = x.services.packOf(packId);
  return pack.documents[kind]?.value.name ?? words(kind, kind);
}

/** The pack of the city, for the names of its papers. */
export async function cityPack(x: Exchange): Promise<string> {
  return x.services.database.asActor(workerActor(x.services.city), async (trx) => (await trx('city').where({ city: x.services.city }).first('pack')).pack);
}

/** 文书档案: the list, and the paper that is chosen. */
export const documentsPage: Handler = (x) => render(x, null);
export const documentPage: Handler = (x) => render(x, String(x.req.params.id));

const SHOWN = 50;

async function render(x: Exchange, id: string | null): Promise<void> {
  const { services, req } = x;
  const chosen = id === null ? null : await readAs(x, (trx) => documentById(trx, services.city, id));
  const year = chosen?.year ?? programmeYear(x);
  const pack = await cityPack(x);
  const filter = { kind: asText(req.query.kind), unit: asText(req.query.unit) };
  const all = await readAll(x, (trx) => documentsOf(trx, { city: services.city, year }));
  const units = await readAs(x, (trx) => filingUnits(trx, services.city, year));
  const fits = (one: DocumentLine, by: typeof filter): boolean => (by.kind === undefined || one.kind === by.kind) && (by.unit === undefined || one.unit === by.unit);
  const list = all.filter((one) => fits(one, filter));
  const query = new URLSearchParams({ year: String(year), ...Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) } as Record<string, string>);
  const place = Math.max(0, list.findIndex((one) => one.id === id));
  const shown = pageOf(list, req.query.page ?? Math.floor(place / SHOWN) + 1, SHOWN, `${req.path}?${query.toString()}`);
  await x.pages.render(x, 'documents', {
    nav: 'documents', year, document: chosen === null ? null : await shownDocument(x, pack, chosen), query: query.toString(),
    kinds: [...new Set(all.map((one) => one.kind))].map((kind) => ({ value: kind, words: kindWords(x, pack, kind), selected: kind === filter.kind, count: all.filter((one) => fits(one, { ...filter, kind })).length })),
    units: units.map((unit) => ({ ...unit, selected: unit.id === filter.unit, count: all.filter((one) => fits(one, { ...filter, unit: unit.id })).length })).filter((unit) => unit.count > 0 || unit.selected),
    count: list.length, list: { ...shown, items: shown.items.map((one) => ({ ...named(x, pack, one), current: one.id === id })) }, filtered: filter.kind !== undefined || filter.unit !== undefined,
  });
}

/** A paper with everything that is checked at this moment, its code as a picture, and on request the verdict on its case's package. */
async function shownDocument(x: Exchange, pack: string, chosen: DocumentLine): Promise<object> {
  const { services } = x;
  const verifyUrl = `${services.baseUrl}/verify/${chosen.verifyCode}`;
  const archived = await readAs(x, (trx) => packageOf(trx, services.city, chosen.caseId));
  const asked = x.req.query.check === 'package' && archived !== undefined && !archived.stale;
  return {
    ...named(x, pack, chosen), verifyUrl, qr: quietZone(qrCode(verifyUrl)), check: await checkDocument(x, chosen), package: archived,
    packageAsked: asked, packageCheck: asked ? await checkPackage(x, archived.sha256) : null,
  };
}

/** With the two light modules a reader needs around the code. */
const quietZone = ({ path, size }: { path: string; size: number }) => ({ path, view: size + 4 });
const named = (x: Exchange, pack: string, one: DocumentLine) => ({ ...one, kindWords: kindWords(x, pack, one.kind) });
const asText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** The issued PDF as it was stored; `?download` makes the browser keep it. */
export const documentPdf: Handler = async (x) => {
  const { services, req, res } = x;
  const document = await readAs(x, (trx) => documentById(trx, services.city, String(req.params.id)));
  const name = `${document.title}.pdf`;
  const download = req.query.download !== undefined || x.context.api;
  res.set({ ...framedByOurselves, 'content-type': 'application/pdf', 'content-disposition': disposition(download, name), etag: `"${document.sha256}"`, 'cache-control': 'private, no-cache' });
  res.send(await services.blobs.get(document.sha256));
};

/** The verifiable package of a pre-archived case (ZIP). */
export const casePackage: Handler = async (x) => {
  const { services, req, res } = x;
  const id = String(req.params.id);
  const { head, found } = await readAs(x, async (trx) => ({ head: await caseHead(trx, services.city, id), found: await packageOf(trx, services.city, id) }));
  if (found === undefined) throw new NotFound('no-package', words('这个案卷还没有预归档。', 'This case has not been pre-archived yet.'), id);
  if (found.stale) throw new Conflict('package-stale', words('案卷里有文件被隔离或解除隔离，案卷包正在重新生成，请稍后再取。', 'A file of this case was isolated or given back; its package is being made anew. Try again shortly.'), id);
  res.set({ 'content-type': 'application/zip', 'content-disposition': disposition(true, `${head.caseNumber}.zip`) });
  res.send(await services.blobs.get(found.sha256));
};
