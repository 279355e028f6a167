import { workerActor } from '../../domain/actor.js';
import { verifyDocument, verifyHash } from '../../reads/documents.js';
import type { Exchange, Handler } from '../context.js';
import { hashUpload } from '../hash-upload.js';
import { cityPack, kindWords } from './documents.js';

/** 核验: what anybody who holds a paper may check, without an account. No content is shown. */
export const verifyPage: Handler = (x) => render(x, null);

/** 比对文件: a file in hand against the paper of this code. It is hashed while it arrives and kept nowhere. */
export const verifyFile: Handler = async (x) => {
  const sha256 = await hashUpload(x);
  await render(x, { sha256 });
};

async function render(x: Exchange, sent: { sha256: string | null } | null): Promise<void> {
  const { services, req } = x;
  const code = String(req.params.code).toUpperCase().slice(0, 40);
  const { found, other } = await services.database.asActor(workerActor(services.city), async (trx) => ({
    found: await verifyDocument(trx, services.city, code), other: sent?.sha256 == null ? null : await verifyHash(trx, services.city, sent.sha256),
  }));
  const result = sent === null ? null : sent.sha256 === null ? 'none' : found !== null && sent.sha256 === found.sha256 ? 'same' : other !== null ? 'other' : 'different';
  const status = found === null ? 404 : result === 'none' ? 422 : 200;
  await x.pages.render(x, 'verify', {
    code, result, sent, other, found: found === null ? null : { ...found, kindWords: kindWords(x, await cityPack(x), found.kind) },
  }, status);
}
