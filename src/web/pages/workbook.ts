import { Conflict, InvalidInput, Refused, type DomainError } from '../../domain/errors.js';
import type { RowReport } from '../../domain/row-report.js';
import { words } from '../../domain/text.js';
import { liveSections } from '../../reads/case-content.js';
import { caseHead, caseKnown } from '../../reads/case-head.js';
import type { Exchange, Handler } from '../context.js';
import type { WebWorkbook } from '../plan-content.js';
import { readAs } from '../reading.js';
import { noSuchPage } from '../refusals.js';
import { writerOf } from '../writer-of.js';

const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

interface Outcome {
  /** The report on an uploaded workbook. */
  report?: { rows: readonly RowReport[]; saved: readonly string[]; fileName: string };
  refusal?: { of: 'workbook' | 'carryOver'; error: DomainError };
  carried?: { from: number; carried: readonly string[]; dropped: readonly string[] };
}

/** Excel out and in, and 沿用上年: the two ways to fill a plan at one stroke. */
export const workbookPage: Handler = (x) => render(x, {}, 200);

async function render(x: Exchange, { report, refusal, carried }: Outcome, status: number): Promise<void> {
  const { services, req } = x;
  const id = String(req.params.id);
  const model = await readAs(x, async (trx, actor) => {
    const head = await caseHead(trx, services.city, id);
    if (head.workflow !== 'plan' || actor.scope !== 'unit') throw noSuchPage(id);
    const forms = services.content.sections(head.workflow, services.packOf(head.pack).pack);
    const live = await liveSections(trx, services.city, id);
    const named = (names: readonly string[]) => forms.filter((form) => names.includes(form.name)).map((form) => form.words);
    const written = live.map((one) => one.name);
    return { head, named, written: named(written), revisions: JSON.stringify(Object.fromEntries(live.map((one) => [one.name, one.revision]))) };
  });
  const { named, ...rest } = model;
  const lines = report?.rows ?? [];
  await x.pages.render(x, 'workbook', {
    nav: 'plan', ...rest, carried: carried ?? null,
    report: report === undefined ? null : {
      fileName: report.fileName, saved: named(report.saved), defects: lines.filter(({ level }) => level === 'defect'), notes: lines.filter(({ level }) => level === 'note'),
      read: lines.filter(({ level }) => level === 'read'), ok: report.saved.length > 0,
    },
    refused: refusal === undefined ? null : { [refusal.of]: true, sentence: refusal.error.sentence, conflict: refusal.error instanceof Conflict },
  }, status);
}

/** The workbook of a plan, as this reader may see it. */
export const workbookFile: Handler = async (x) => {
  const id = String(x.req.params.id);
  const { bytes, name } = await x.services.content.workbook.write(await readerOf(x, id), id);
  x.res.set({ 'content-type': mediaType, 'content-disposition': `attachment; filename="plan.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}`, 'cache-control': 'no-store' }).send(bytes);
};

/** Who reads or writes a case: the one behind whose wall it lies, the unit's clerk where that is one of the posts. @throws NotFound */
async function readerOf(x: Exchange, id: string) {
  return readAs(x, async (trx, actor) => {
    await caseKnown(trx, x.services.city, id);
    return writerOf(x, actor);
  });
}

/** The one file of an upload. @throws InvalidInput when there is none */
function uploadedFile(x: Exchange): Express.Multer.File {
  const file = ((x.req.files ?? []) as Express.Multer.File[]).find((one) => one.fieldname === 'file' && one.originalname !== '');
  if (file !== undefined) return file;
  throw new InvalidInput([{ field: 'file', code: 'missing', sentence: words('请先选择填好的 Excel 文件。', 'Choose the filled-in workbook first.') }]);
}

/** Reads an uploaded workbook into the plan: all or nothing. @throws InvalidInput, Conflict, Forbidden, Refused, NotFound */
export async function importWorkbook(x: Exchange): Promise<Awaited<ReturnType<WebWorkbook['read']>> & { fileName: string }> {
  const id = String(x.req.params.id);
  const file = uploadedFile(x);
  const { rows, saved } = await x.services.content.workbook.read(await readerOf(x, id), id, file.buffer, overwritten(x));
  return { rows, saved, fileName: file.originalname };
}

/** The page of an upload: what was saved, or every cell that keeps it from being saved. */
export const workbookUploaded: Handler = async (x) => {
  try {
    const report = await importWorkbook(x);
    const saved = Object.keys(report.saved);
    await render(x, { report: { ...report, saved } }, saved.length > 0 ? 200 : 422);
  } catch (error) {
    await refuse(x, 'workbook', error);
  }
};

/** 沿用上年. Where something was written already, it is written over only when that was asked for. */
export async function carryOver(x: Exchange) {
  const id = String(x.req.params.id);
  return readAs(x, (trx, actor) => x.services.content.plan.carryOver(trx, writerOf(x, actor), id, overwritten(x)));
}

export const carriedOver: Handler = async (x) => {
  try {
    await render(x, { carried: await carryOver(x) }, 200);
  } catch (error) {
    await refuse(x, 'carryOver', error);
  }
};

async function refuse(x: Exchange, of: 'workbook' | 'carryOver', error: unknown): Promise<void> {
  if (!(error instanceof InvalidInput || error instanceof Conflict || error instanceof Refused)) throw error;
  await render(x, { refusal: { of, error: error instanceof InvalidInput ? asSentence(error) : error } }, error instanceof Conflict ? 409 : 422);
}

/** An upload without a file has one defect; its sentence says more than “one to correct”. */
const asSentence = (error: InvalidInput): DomainError => new Refused(error.code, error.defects[0]?.sentence ?? error.sentence);

/** The revisions a form asks to write over; undefined unless its box was ticked. */
function overwritten(x: Exchange): Record<string, number> | undefined {
  const body = (x.req.body ?? {}) as Record<string, unknown>;
  if (body._overwrite !== 'on' || typeof body._revisions !== 'string') return undefined;
  try {
    const parsed = JSON.parse(body._revisions) as Record<string, unknown>;
    return Object.fromEntries(Object.entries(parsed).flatMap(([name, revision]) => (Number.isInteger(revision) ? [[name, revision as number]] : [])));
  } catch {
    return undefined;
  }
}
