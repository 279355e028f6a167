import { InvalidInput } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import { readForm } from '../../../workflows/forms/command-form.js';
import { documentById, documentsOf } from '../../reads/documents.js';
import { incomingPapers } from '../../reads/incoming-papers.js';
import { paperActById } from '../../reads/paper-acts.js';
import type { Handler } from '../context.js';
import { actorsFor } from '../actors-for.js';
import { advanceClock } from '../pages/clock.js';
import { programmeYear } from '../programme-year.js';
import { readAll, readAs } from '../reading.js';
import { noSuchPage } from '../refusals.js';
import { advanceBody, compareBody, paperBody } from './api-bodies.js';
import { idempotencyKey } from './api-cases.js';

export const apiDocuments: Handler = async (x) => {
  const text = (name: string): string | undefined => (typeof x.req.query[name] === 'string' ? (x.req.query[name] as string) : undefined);
  const year = text('year') === undefined ? undefined : programmeYear(x);
  const filter = { city: x.services.city, year, kind: text('kind'), unit: text('unit'), caseId: text('case') };
  x.res.json({ documents: await readAll(x, (trx) => documentsOf(trx, filter)) });
};

export const apiDocument: Handler = async (x) => {
  x.res.json(await readAs(x, (trx) => documentById(trx, x.services.city, String(x.req.params.id))));
};

/** 收文簿: the same read that fills the page. */
export const apiIncoming: Handler = async (x) => {
  const year = programmeYear(x);
  x.res.json({ year, papers: await readAs(x, (trx) => incomingPapers(trx, x.services.city, year)) });
};

/** One file per request, in the field `file`; `purpose` and `unclassified=true` beside it. */
export const apiAttach: Handler = async (x) => {
  const id = String(x.req.params.id);
  const file = ((x.req.files ?? []) as Express.Multer.File[]).find((one) => one.fieldname === 'file');
  if (file === undefined) throw new InvalidInput([{ field: 'file', code: 'missing', sentence: words('没有收到文件。', 'No file was received.') }]);
  const body = (x.req.body ?? {}) as Record<string, string>;
  const [actor] = await actorsFor(x, id);
  const stored = await x.services.content.attach(actor!, id, {
    purpose: body.purpose ?? 'other', name: file.originalname, bytes: file.buffer, declaredUnclassified: body.unclassified === 'true' || body.unclassified === 'on',
  });
  x.res.status(201).json(stored);
};

/** Registers a decision made on paper; a second person compares it. */
export const apiPaper: Handler = async (x) => {
  const id = String(x.req.params.id);
  const { paper, ...act } = readForm(paperBody, x.req.body);
  x.res.status(201).json(await x.services.engine.registerPaper(await actorsFor(x, id), { caseId: id, ...act, ...paper, key: idempotencyKey(x) }));
};

export const apiCompare: Handler = async (x) => {
  const paperId = String(x.req.params.id);
  const act = await readAs(x, async (trx) => {
    const found = await paperActById(trx, x.services.city, paperId);
    if (found === undefined) throw noSuchPage(paperId);
    return found;
  });
  const { taskId = act.compareTask ?? paperId, mismatches } = readForm(compareBody, x.req.body);
  x.res.json(await x.services.engine.comparePaper(await actorsFor(x, act.caseId), { caseId: act.caseId, taskId, mismatches, key: idempotencyKey(x) }));
};

export const apiAdvance: Handler = async (x) => {
  x.res.json(await advanceClock(x, readForm(advanceBody, x.req.body).to));
};
