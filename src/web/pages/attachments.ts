import { Forbidden } from '../../domain/errors.js';
import { words } from '../../domain/text.js';
import { attachmentById } from '../../reads/case-content.js';
import { noSuchCase } from '../../reads/case-head.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { disposition } from '../disposition.js';
import { readAs } from '../reading.js';
import { framedByOurselves } from '../security-headers.js';

/** An attachment. Only pictures and PDF are shown in place; everything else is handed over as a file, never as a page of ours. @throws Forbidden once isolated */
export const attachmentFile: Handler = async (x) => {
  const { services, req, res } = x;
  const found = await readAs(x, async (trx) => {
    const attachment = await attachmentById(trx, services.city, String(req.params.id));
    if (attachment === undefined) throw noSuchCase(String(req.params.id));
    return attachment;
  });
  if (found.isolatedAt !== null) throw isolated(found.id);
  const inline = ['application/pdf', 'image/png', 'image/jpeg'].includes(found.mediaType) && req.query.download === undefined;
  res.set({
    ...framedByOurselves, 'content-type': inline ? found.mediaType : 'application/octet-stream', 'x-content-type-options': 'nosniff', 'content-disposition': disposition(!inline, found.name),
    // No copy stays in a browser that the isolation of the file would not reach.
    'cache-control': 'no-store',
  });
  res.send(await services.blobs.get(found.sha256));
};

const bodyOf = (x: Exchange): Record<string, unknown> => (x.req.body ?? {}) as Record<string, unknown>;
const fileOf = (x: Exchange): string => String(x.req.params.id);

const actions = {
  isolate: (x: Exchange) => x.services.content.isolate(viewerOf(x).actors, fileOf(x), bodyOf(x)),
  propose: (x: Exchange) => x.services.content.proposeDisposal(viewerOf(x).actors, fileOf(x), bodyOf(x)),
  confirm: (x: Exchange) => x.services.content.confirmDisposal(viewerOf(x).actors, fileOf(x), String(bodyOf(x).proposedAt ?? '')),
};

/** Back to where the file is listed, with its new state. */
const onPage = (act: (x: Exchange) => Promise<{ caseId: string }>): Handler => async (x) => x.res.redirect(303, `/cases/${(await act(x)).caseId}?tab=documents`);
const asJson = (act: (x: Exchange) => Promise<{ caseId: string }>): Handler => async (x) => void x.res.json({ ...(await act(x)), file: fileOf(x) });

/** 隔离, and what becomes of an isolated file by two persons: from the page and over the API alike. */
export const [fileIsolated, disposalProposed, disposalConfirmed] = [onPage(actions.isolate), onPage(actions.propose), onPage(actions.confirm)];
export const [apiIsolate, apiProposeDisposal, apiConfirmDisposal] = [asJson(actions.isolate), asJson(actions.propose), asJson(actions.confirm)];

const isolated = (id: string): Forbidden => new Forbidden('file-isolated', words('这个文件已隔离，谁也不能打开。摘要值留在案卷里。', 'This file has been isolated; nobody can open it. Its hash is kept in the case.'), id);
