import { caseKnown } from '../../reads/case-head.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';
import { leaveReceipt } from '../personal-notes.js';
import { readAs } from '../reading.js';

/** 已阅, for every post of the reader a case was circulated to. */
async function read(x: Exchange): Promise<{ caseId: string; read: number }> {
  const caseId = String(x.req.params.id);
  return readAs(x, async (trx) => {
    await caseKnown(trx, x.services.city, caseId);
    return { caseId, read: await leaveReceipt(trx, viewerOf(x).actors, caseId, x.context.now) };
  });
}

export const circulationRead: Handler = async (x) => {
  const { caseId } = await read(x);
  x.res.redirect(303, `/cases/${caseId}?done=read`);
};

export const apiCirculationRead: Handler = async (x) => void x.res.json(await read(x));
