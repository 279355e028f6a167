import { caseKnown } from '../../reads/case-head.js';
import type { Handler } from '../context.js';
import { readAs } from '../reading.js';
import { framedByOurselves } from '../security-headers.js';

/** 督导通知书（拟稿） of a plan that has not come, as PDF, made when the office asks for it: it is signed on paper and kept nowhere here. */
export const supervisionPdf: Handler = async (x) => {
  const caseId = String(x.req.params.id);
  await readAs(x, (trx) => caseKnown(trx, x.services.city, caseId));
  const { bytes, title } = await x.services.papers.supervision(caseId);
  x.res.set({ ...framedByOurselves, 'content-type': 'application/pdf', 'cache-control': 'no-store', 'content-disposition': `inline; filename="supervision.pdf"; filename*=UTF-8''${encodeURIComponent(`${title}.pdf`)}` }).send(bytes);
};
